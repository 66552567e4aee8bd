#include "api/http/message.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace api::http {

namespace {

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

bool same_name(std::string_view a, std::string_view b) {
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// A browser's form encoding: blanks travel as `+`.
std::optional<std::string> decode_parameter(std::string_view text) {
    auto blanks = std::string(text);
    std::ranges::replace(blanks, '+', ' ');
    return percent_decode(blanks);
}

} // namespace

std::string_view Headers::operator[](std::string_view name) const {
    auto const found = std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first);
    return found == fields_.end() ? std::string_view() : found->second;
}

bool Headers::has(std::string_view name) const {
    return std::ranges::any_of(fields_, [&](auto const& field) { return field.first == name; });
}

void Headers::add(std::string name, std::string value) {
    auto const found = std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first);
    if (found == fields_.end()) {
        fields_.emplace_back(std::move(name), std::move(value));
    } else {
        found->second += (name == "cookie" ? "; " : ", ") + value;
    }
}

Response& Response::set(std::string_view name, std::string value) & {
    std::erase_if(headers, [&](auto const& header) { return same_name(header.first, name); });
    headers.emplace_back(name, std::move(value));
    return *this;
}

Response&& Response::set(std::string_view name, std::string value) && {
    set(name, std::move(value));
    return std::move(*this);
}

std::optional<std::string> percent_decode(std::string_view text) {
    auto decoded = std::string();
    decoded.reserve(text.size());
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        auto const high = hex_digit(text[i + 1]);
        auto const low = hex_digit(text[i + 2]);
        if (!high || !low || *high + *low == 0) return std::nullopt;
        decoded += static_cast<char>(*high * 16 + *low);
        i += 2;
    }
    return base::is_valid_utf8(decoded) ? std::optional(std::move(decoded)) : std::nullopt;
}

std::optional<Query> parse_query(std::string_view text) {
    auto query = Query();
    while (!text.empty()) {
        auto const part = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        if (part.empty()) continue;
        auto const equals = std::min(part.find('='), part.size());
        auto name = decode_parameter(part.substr(0, equals));
        auto value = decode_parameter(part.substr(std::min(equals + 1, part.size())));
        if (!name || !value || !query.emplace(*std::move(name), *std::move(value)).second) return std::nullopt;
    }
    return query;
}

std::string_view status_phrase(int status) {
    switch (status) {
    case 100: return "Continue";
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
    }
}

} // namespace api::http
