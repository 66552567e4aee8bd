// The door through which mails leave.
#pragma once

#include <stop_token>

#include "base/result.hpp"
#include "mail/message.hpp"

namespace mail {

class Mailer {
public:
    virtual ~Mailer() = default;
    /// Blocks until the other side has taken the message or it is clear that it does not, 25 s at most; returns early
    /// when asked to stop: within a second or so, or, with the message already on its way, five.
    /// unavailable `mail_unreachable`, `mail_login_refused`, `mail_tls_failed`, `mail_deferred`: worth another try.
    /// refused `mail_refused`: the other side will never take this one.
    virtual base::Result<void> send(Message const& message, std::stop_token stop) = 0;
};

inline constexpr auto longest_send = std::chrono::seconds(25);

} // namespace mail
