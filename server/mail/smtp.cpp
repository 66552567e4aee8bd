#include "mail/smtp.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

#include "base/log.hpp"

namespace mail {
namespace {

constexpr auto longest_connect = std::chrono::milliseconds(10'000);
constexpr auto last_wait = std::chrono::seconds(5);
constexpr auto submission_port = std::uint16_t{587};  // RFC 6409
constexpr auto submissions_port = std::uint16_t{465}; // RFC 8314

/// Once, before threads share the library.
void start_curl() {
    static auto const started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw std::runtime_error("libcurl cannot start");
}

tl::unexpected<base::Error> bad_url(std::string const& what) {
    return base::fail(base::Fault::invalid, "bad_smtp_url", what);
}

bool is_loopback(std::string_view host) { return host == "localhost" || host == "[::1]" || host.starts_with("127."); }

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

/// nullopt when the URL has no such part or it cannot be decoded.
std::optional<std::string> part(Url const& url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return std::nullopt;
    auto const kept = std::unique_ptr<char, decltype(&curl_free)>(text, &curl_free);
    return std::string(text);
}

bool is_one_line(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= ' '; });
}

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

struct Upload {
    std::string text;
    std::stop_token stop;
    std::size_t sent = 0;
    std::optional<std::chrono::steady_clock::time_point> asked_to_stop = {};
};

std::size_t read_on(char* buffer, std::size_t size, std::size_t count, void* context) {
    auto& upload = *static_cast<Upload*>(context);
    auto const length = std::min(size * count, upload.text.size() - upload.sent);
    std::memcpy(buffer, upload.text.data() + upload.sent, length);
    upload.sent += length;
    return length;
}

/// Asked by libcurl at least once a second; 1 ends the transfer. A message that is on its way is waited for a little:
/// cut off now, it might be taken and yet be sent again.
int may_stop(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& upload = *static_cast<Upload*>(context);
    if (!upload.stop.stop_requested()) return 0;
    if (upload.sent == 0) return 1;
    auto const now = std::chrono::steady_clock::now();
    if (!upload.asked_to_stop) upload.asked_to_stop = now;
    return now - *upload.asked_to_stop > last_wait ? 1 : 0;
}

tl::unexpected<base::Error> later(std::string_view code, std::string what) {
    return base::fail(base::Fault::unavailable, code, std::move(what));
}

/// `reply`: the last code of the server, 0 when it said nothing. Its words may quote the address: they go nowhere.
base::Result<void> outcome(CURLcode code, long reply) {
    auto const what = fmt::format("{} (reply {})", curl_easy_strerror(code), reply);
    switch (code) {
    case CURLE_OK: return {};
    case CURLE_LOGIN_DENIED: return later("mail_login_refused", what);
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return later("mail_tls_failed", what);
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_ABORTED_BY_CALLBACK: return later("mail_unreachable", what);
    default: break;
    }
    if (reply >= 500 && reply < 600) return base::fail(base::Fault::refused, "mail_refused", what);
    if (reply >= 400 && reply < 500) return later("mail_deferred", what);
    return later("mail_unreachable", what);
}

void address(CURL* curl, SmtpServer const& server) {
    auto const implicit = server.protection == Protection::implicit_tls;
    auto const url = fmt::format("{}://{}:{}/", implicit ? "smtps" : "smtp", server.host, server.port);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(server.protection == Protection::plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (server.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
}

} // namespace

base::Result<SmtpServer> parse_smtp_url(std::string const& text) {
    start_curl();
    auto const url = Url(curl_url(), &curl_url_cleanup);
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
        return bad_url("must look like smtp://user:password@host:587, with user and password percent-encoded");
    }
    auto const scheme = part(url, CURLUPART_SCHEME).value_or("");
    if (scheme != "smtp" && scheme != "smtps") return bad_url("must begin with smtp:// or smtps://");
    if (part(url, CURLUPART_PATH).value_or("/") != "/" || part(url, CURLUPART_QUERY) || part(url, CURLUPART_FRAGMENT)) {
        return bad_url("must end after host and port; a / or ? or # in the password is written as %2F, %3F or %23");
    }
    auto server = SmtpServer();
    server.host = part(url, CURLUPART_HOST).value_or("");
    if (server.host.empty()) return bad_url("must name a host");
    auto const plain = is_loopback(server.host) ? Protection::plain : Protection::starttls;
    server.protection = scheme == "smtps" ? Protection::implicit_tls : plain;
    auto const usual = scheme == "smtps" ? submissions_port : submission_port;
    server.port = static_cast<std::uint16_t>(std::stoi(part(url, CURLUPART_PORT).value_or(std::to_string(usual))));
    server.user = part(url, CURLUPART_USER, CURLU_URLDECODE).value_or("");
    server.password = part(url, CURLUPART_PASSWORD, CURLU_URLDECODE).value_or("");
    if (server.user.empty() != server.password.empty()) return bad_url("must have both user and password, or neither");
    if (!is_one_line(server.user) || !is_one_line(server.password)) return bad_url("holds control characters");
    return server;
}

base::Result<void> Smtp::send(Message const& message, std::stop_token stop) {
    start_curl();
    auto const handle = Handle(curl_easy_init(), &curl_easy_cleanup);
    auto const to = List(curl_slist_append(nullptr, message.to.address.c_str()), &curl_slist_free_all);
    if (!handle || !to) throw std::bad_alloc();
    auto upload = Upload{render(message, from_), std::move(stop)};
    auto* const curl = handle.get();
    address(curl, server_);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from_.address.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &read_on);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(longest_connect.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(longest_send.count()));
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &may_stop);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &upload);
    auto const code = curl_easy_perform(curl);
    auto reply = 0L;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    return outcome(code, reply);
}

} // namespace mail
