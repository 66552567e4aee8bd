// A reply as its reader takes it: what it asks, offers, refuses and claims. Only from its words, which may be
// anybody's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "eval/claims.hpp"
#include "eval/moments.hpp"

namespace eval {

/// What a customer knows of a business from its door sign.
struct Signboard {
    std::vector<std::string> services;
    std::vector<std::string> staff;
};

enum class Question { service, day, time, name, staff, change };
std::string_view to_text(Question);

struct Reply {
    bool asks_to_confirm = false;
    bool lists = false;              ///< starts, bookings, services or dates to choose from
    std::vector<Question> questions; ///< for what it asks, in the order of the enum
    bool asks = false;               ///< anything at all, but "¿algo más?"
    bool refuses = false;            ///< says no to something
    bool offers = false;             ///< states a start without claiming or asking
    std::vector<Moment> stated;      ///< starts and dates that are not refused, each once
    std::vector<Claim> claims;
};

/// What a customer does about a reply: the first of these that it is.
enum class Kind { confirm, list, question, other, nothing };
/// other: it refuses, offers something else, or asks what nobody has an answer to.
Kind kind_of(Reply const& reply);

Reply read_reply(std::string_view text, Signboard const& signboard, base::Date today);

} // namespace eval
