#include "cli/settings.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <optional>

#include "mail/smtp.hpp"

namespace cli {
namespace {

constexpr auto most_requests = 1'000'000;

tl::unexpected<base::Error> bad_setting(std::string_view name, std::string_view why) {
    return base::fail(base::Fault::invalid, "bad_setting", fmt::format("{}: {}", name, why));
}

base::Result<std::shared_ptr<mail::Mailer>> read_mailer() {
    auto const url = environment("SMTP_URL");
    auto const from = environment("MAIL_FROM");
    if (url.empty() && from.empty()) return std::shared_ptr<mail::Mailer>();
    if (url.empty()) return bad_setting("MAIL_FROM", "is of no use without SMTP_URL");
    if (from.empty()) return bad_setting("SMTP_URL", "needs MAIL_FROM beside it, the address that mails come from");
    auto server = mail::parse_smtp_url(url);
    if (!server) return bad_setting("SMTP_URL", server.error().message);
    auto sender = mail::parse_mailbox(from);
    if (!sender) return bad_setting("MAIL_FROM", sender.error().message);
    return std::shared_ptr<mail::Mailer>(std::make_shared<mail::Smtp>(*std::move(server), *std::move(sender)));
}

base::Result<std::int64_t> read_requests_per_minute(std::int64_t usual) {
    auto const text = environment("API_REQUESTS_PER_MINUTE");
    if (text.empty()) return usual;
    auto number = std::int64_t{0};
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size() || number < 0 || number > most_requests) {
        return bad_setting("API_REQUESTS_PER_MINUTE", "must be a number from 0 (any number of requests) to 1000000");
    }
    return number;
}

/// Links in mails begin with it.
base::Result<std::string> read_public_url() {
    auto url = environment("PUBLIC_URL");
    auto const is_http = url.starts_with("http://") || url.starts_with("https://");
    auto const strange = url.find_first_of(" \t\r\n<>\"'?#\\");
    if (!url.empty() && (!is_http || strange != url.npos || url.find("://") + 3 == url.size())) {
        return bad_setting("PUBLIC_URL", "must look like https://apunta.example.com");
    }
    return url;
}

} // namespace

std::string environment(char const* name) {
    auto const* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

base::Result<house::Config> with_environment(house::Config config) {
    TRY(config.public_url, read_public_url());
    TRY(config.mailer, read_mailer());
    TRY(config.limits.api_requests_per_minute, read_requests_per_minute(config.limits.api_requests_per_minute));
    auto proxies = api::Networks::parse(environment("TRUSTED_PROXIES"));
    if (!proxies) return bad_setting("TRUSTED_PROXIES", proxies.error().message);
    config.limits.trusted_proxies = *std::move(proxies);
    return config;
}

} // namespace cli
