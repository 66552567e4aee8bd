// Mails over SMTP (RFC 5321), by libcurl.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/mailer.hpp"

namespace mail {

/// How the way to the server is protected. `starttls`: nothing is said before the connection is encrypted. `plain` is
/// for a server on this machine only. A server's certificate must be valid for its name.
enum class Protection { implicit_tls, starttls, plain };

struct SmtpServer {
    std::string host;
    std::uint16_t port = 0;
    Protection protection = Protection::starttls;
    std::string user; ///< empty: no login
    std::string password;
};

/// smtps://user:password@host[:465], or smtp://user:password@host[:587]; user and password percent-encoded, or left
/// out. invalid `bad_smtp_url`, without the URL's own words, for it holds a password.
base::Result<SmtpServer> parse_smtp_url(std::string const& url);

/// Thread-safe: each message has a connection of its own.
class Smtp final : public Mailer {
public:
    Smtp(SmtpServer server, Mailbox from) : server_(std::move(server)), from_(std::move(from)) {}
    base::Result<void> send(Message const& message, std::stop_token stop) override;

private:
    SmtpServer server_;
    Mailbox from_;
};

} // namespace mail
