#include "api/http/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace api::http {

namespace {

tl::unexpected<Refusal> refuse(std::string_view detail) {
    return tl::unexpected(Refusal{400, "malformed", std::string(detail), {}});
}

tl::unexpected<Refusal> refuse(int status, std::string_view code, std::string_view detail) {
    return tl::unexpected(Refusal{status, std::string(code), std::string(detail), {}});
}

using Checked = tl::expected<void, Refusal>;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alphanumeric(char c) { return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
std::string lower(std::string_view text) {
    auto result = std::string(text);
    std::ranges::transform(result, result.begin(), to_lower);
    return result;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_one_of(char c, std::string_view set) { return set.find(c) != set.npos; }

/// RFC 9110 §5.6.2 token character.
bool is_token_character(char c) { return is_alphanumeric(c) || is_one_of(c, "!#$%&'*+-.^_`|~"); }
bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_token_character); }

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// True when `word` is one of the comma-separated elements of `list`, whatever the case.
bool lists(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        auto const part = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), part.size() + 1));
        if (lower(trim(part)) == word) return true;
    }
    return false;
}

Checked check_method(std::string_view method) {
    constexpr auto allowed =
        std::to_array<std::string_view>({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"});
    if (!is_token(method)) return refuse("The request line does not begin with a method.");
    if (std::ranges::find(allowed, method) != allowed.end()) return {};
    if (method == "TRACE" || method == "CONNECT") {
        auto allow = std::pair<std::string, std::string>("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        return tl::unexpected(
            Refusal{405, "method_not_allowed", "This method is never allowed here.", {std::move(allow)}});
    }
    return refuse(501, "method_not_implemented", "This method is not known here.");
}

bool is_dot_segment(std::string_view segment) {
    auto const decoded = percent_decode(segment);
    return decoded == "." || decoded == "..";
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);
        auto const segment = path.substr(0, path.find('/'));
        if (is_dot_segment(segment)) return true;
        path.remove_prefix(segment.size());
    }
    return false;
}

Checked read_target(std::string_view target, Limits const& limits, Request& request) {
    if (target.size() > limits.target_bytes) return refuse(414, "target_too_long", "The address is too long.");
    if (target.empty() || target[0] != '/') return refuse("The target must be a path that begins with a slash.");
    auto const unsafe = [](char c) { return c <= ' ' || c >= 0x7f || is_one_of(c, "\"<>\\^`{|}#"); };
    if (std::ranges::any_of(target, unsafe)) return refuse("The target contains a character that must be escaped.");
    auto const question = std::min(target.find('?'), target.size());
    request.target = target;
    request.path = target.substr(0, question);
    if (!percent_decode(request.path)) return refuse("The path contains a broken escape, or is not UTF-8.");
    if (has_dot_segment(request.path)) return refuse("The path contains a dot segment.");
    auto query = parse_query(target.substr(std::min(question + 1, target.size())));
    if (!query) return refuse("The query is malformed, or names a parameter twice.");
    request.query = *std::move(query);
    return {};
}

/// Returns true for HTTP/1.1, false for HTTP/1.0.
tl::expected<bool, Refusal> read_request_line(std::string_view line, Limits const& limits, Request& request) {
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == line.npos || first == last) return refuse("The request line must have three parts.");
    auto const method = line.substr(0, first);
    if (auto checked = check_method(method); !checked) return tl::unexpected(checked.error());
    request.method = method;
    auto const version = line.substr(last + 1);
    auto const well_formed = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.';
    if (!well_formed) return refuse("The request line must end with the version of HTTP.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return refuse(505, "version_not_supported", "Only HTTP/1.1 and HTTP/1.0 are served.");
    }
    auto target = read_target(line.substr(first + 1, last - first - 1), limits, request);
    if (!target) return tl::unexpected(target.error());
    return version == "HTTP/1.1";
}

/// Fields with one meaning each; sent twice, somebody on the way could have picked the other one.
bool occurs_once(std::string_view name) {
    constexpr auto single = std::to_array<std::string_view>(
        {"host", "content-length", "content-type", "authorization", "expect", "origin", "idempotency-key", "upgrade",
         "sec-websocket-key", "sec-websocket-version", "transfer-encoding", "if-match", "user-agent"});
    return std::ranges::find(single, name) != single.end();
}

Checked read_field(std::string_view line, Headers& headers) {
    if (line[0] == ' ' || line[0] == '\t') return refuse("A header field is folded over two lines.");
    auto const colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon))) return refuse("A header field has no proper name.");
    auto const value = trim(line.substr(colon + 1));
    auto const control = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; };
    if (std::ranges::any_of(value, control)) return refuse("A header field contains a control character.");
    auto name = lower(line.substr(0, colon));
    if (occurs_once(name) && headers.has(name)) return refuse("The header field " + name + " occurs twice.");
    headers.add(std::move(name), std::string(value));
    return {};
}

/// `lines`: the fields, each with its line end.
Checked read_fields(std::string_view lines, Limits const& limits, Headers& headers) {
    for (auto count = std::size_t{0}; !lines.empty(); ++count) {
        if (count == limits.head_fields) return refuse(431, "head_too_large", "There are too many header fields.");
        auto const line = lines.substr(0, lines.find("\r\n"));
        if (auto read = read_field(line, headers); !read) return read;
        lines.remove_prefix(line.size() + 2);
    }
    return {};
}

/// RFC 9110 §7.2: a name or an address, perhaps with a port.
bool is_host(std::string_view host) {
    auto const in_brackets = host.starts_with('[');
    auto const end = in_brackets ? host.find(']') : std::min(host.find(':'), host.size());
    if (end == host.npos) return false;
    auto const name = in_brackets ? host.substr(1, end - 1) : host.substr(0, end);
    auto const port = host.substr(in_brackets ? end + 1 : end);
    auto const allowed = [&](char c) { return is_alphanumeric(c) || is_one_of(c, in_brackets ? ".:" : ".-_"); };
    auto const is_port = port.empty() || (port.size() <= 6 && port[0] == ':' && is_number(port.substr(1)));
    return !name.empty() && std::ranges::all_of(name, allowed) && is_port;
}

Checked check_host(Headers const& headers, bool is_1_1) {
    if (!headers.has("host")) {
        return is_1_1 ? Checked(refuse("The header field host is missing.")) : Checked();
    }
    if (!is_host(headers["host"])) return refuse("The header field host is malformed.");
    return {};
}

Checked read_length(std::string_view text, Limits const& limits, Head& head) {
    // A leading zero is decimal to the standard and octal to some.
    if (!is_number(text) || (text.size() > 1 && text[0] == '0')) return refuse("The content length is not a number.");
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), head.length);
    if (parsed.ec != std::errc() || head.length > limits.body_bytes) {
        return refuse(413, "too_large", "The body is too large.");
    }
    head.framing = head.length == 0 ? Framing::none : Framing::length;
    return {};
}

Checked read_framing(bool is_1_1, Limits const& limits, Head& head) {
    auto const& headers = head.request.headers;
    if (!headers.has("transfer-encoding")) {
        return headers.has("content-length") ? read_length(headers["content-length"], limits, head) : Checked();
    }
    if (headers.has("content-length")) return refuse("A body cannot be framed by length and by chunks.");
    if (!is_1_1) return refuse("HTTP/1.0 knows no transfer coding.");
    if (lower(headers["transfer-encoding"]) != "chunked") return refuse("The only transfer coding here is chunked.");
    head.framing = Framing::chunked;
    return {};
}

Checked read_expectation(bool is_1_1, Head& head) {
    if (!head.request.headers.has("expect")) return {};
    if (lower(head.request.headers["expect"]) != "100-continue") {
        return refuse(417, "expectation_failed", "The only expectation met here is 100-continue.");
    }
    head.expects_continue = is_1_1 && head.framing != Framing::none;
    return {};
}

/// RFC 6455 §4.1: 16 bytes in base64.
bool is_socket_key(std::string_view key) {
    auto const digit = [](char c) { return is_alphanumeric(c) || c == '+' || c == '/'; };
    return key.size() == 24 && key.ends_with("==") && std::ranges::all_of(key.substr(0, 22), digit);
}

Checked read_upgrade(bool is_1_1, Head& head) {
    auto const& headers = head.request.headers;
    if (!lists(headers["connection"], "upgrade") || lower(headers["upgrade"]) != "websocket") return {};
    if (!is_1_1 || head.request.method != "GET" || head.framing != Framing::none) {
        return refuse("A WebSocket begins with a plain GET.");
    }
    if (headers["sec-websocket-version"] != "13") {
        return tl::unexpected(Refusal{426,
                                      "upgrade_required",
                                      "Only version 13 of WebSocket is served.",
                                      {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}}});
    }
    if (!is_socket_key(headers["sec-websocket-key"])) return refuse("The key of the WebSocket is malformed.");
    head.upgrades = true;
    return {};
}

Checked read_meaning(bool is_1_1, Limits const& limits, Head& head) {
    auto const& headers = head.request.headers;
    if (auto host = check_host(headers, is_1_1); !host) return host;
    if (auto framing = read_framing(is_1_1, limits, head); !framing) return framing;
    if (auto expectation = read_expectation(is_1_1, head); !expectation) return expectation;
    head.keep_alive = is_1_1 && !lists(headers["connection"], "close");
    return read_upgrade(is_1_1, head);
}

/// A line feed that no carriage return precedes, or a carriage return that no line feed follows, at or after `from`.
bool has_bare_line_end(std::string_view bytes, std::size_t from) {
    for (auto at = bytes.find('\n', from); at != bytes.npos; at = bytes.find('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r') return true;
    }
    for (auto at = bytes.find('\r', from); at != bytes.npos; at = bytes.find('\r', at + 1)) {
        if (at + 1 < bytes.size() && bytes[at + 1] != '\n') return true;
    }
    return false;
}

tl::unexpected<Refusal> refuse_size(std::string_view bytes, Limits const& limits) {
    if (bytes.substr(0, limits.target_bytes).find("\r\n") == bytes.npos) {
        return refuse(414, "target_too_long", "The address is too long.");
    }
    return refuse(431, "head_too_large", "The header fields are too large.");
}

} // namespace

tl::expected<std::size_t, Refusal> find_head_end(std::string_view bytes, std::size_t searched, Limits const& limits) {
    if (!bytes.empty() && !is_token_character(bytes[0])) return refuse("This is not a request of HTTP/1.1.");
    auto const from = searched < 3 ? 0 : searched - 3;
    auto const end = bytes.find("\r\n\r\n", from);
    auto const head = bytes.substr(0, end == bytes.npos ? end : end + 4);
    if (has_bare_line_end(head, from)) return refuse("A line does not end with carriage return and line feed.");
    if (head.size() > limits.head_bytes) return refuse_size(head, limits);
    return end == bytes.npos ? 0 : head.size();
}

tl::expected<Head, Refusal> parse_head(std::string_view bytes, Limits const& limits) {
    auto head = Head();
    auto const line = bytes.substr(0, bytes.find("\r\n"));
    auto const is_1_1 = read_request_line(line, limits, head.request);
    if (!is_1_1) return tl::unexpected(is_1_1.error());
    auto const fields = bytes.substr(line.size() + 2, bytes.size() - line.size() - 4);
    if (auto read = read_fields(fields, limits, head.request.headers); !read) return tl::unexpected(read.error());
    if (auto meaning = read_meaning(*is_1_1, limits, head); !meaning) return tl::unexpected(meaning.error());
    return head;
}

} // namespace api::http
