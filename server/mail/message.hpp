// A mail as text for one person, and its form on the wire (RFC 5322, RFC 2045, RFC 2047).
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace mail {

/// `name` may be empty and is any text; `address` is plain ASCII, name@host.
struct Mailbox {
    std::string name = {};
    std::string address;
};

/// "Salón Ana <citas@example.com>", "<citas@example.com>" or "citas@example.com". invalid `bad_mailbox` otherwise.
base::Result<Mailbox> parse_mailbox(std::string_view text);

struct Message {
    std::string id; ///< letters, digits, `-`: the same over retries, so that a mail that came twice is shown once
    Mailbox to;
    std::string subject; ///< one line of any text
    std::string text;    ///< lines end in \n
    base::Instant at;
};

/// Headers and body with CRLF. Names and subject are encoded as soon as they hold anything but plain letters, and the
/// body always, so nothing in them can begin a header, end the message, or outgrow a line. An address or id that could
/// is a bug: std::logic_error.
std::string render(Message const& message, Mailbox const& from);

} // namespace mail
