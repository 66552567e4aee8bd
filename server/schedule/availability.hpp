// Which starts are free. Pure: `now` and everything that blocks a chair come in as values.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "business/hours.hpp"
#include "business/profile.hpp"
#include "business/services.hpp"

namespace schedule {

/// One able person with what already takes her time: other bookings with their buffers, blocks, external events.
/// `busy` in any order, may overlap; half-open.
struct Chair {
    business::StaffMember member;
    std::vector<base::Interval> busy;
};

/// All that the answer depends on. `exceptions` are the business's and the staff members'.
struct Calendar {
    base::Zone zone;
    business::Rules rules;
    business::WeeklyHours weekly;
    std::vector<business::HoursException> exceptions;
    std::vector<Chair> chairs; ///< active staff only; in display order, which breaks ties
};

/// Starts s with from ≤ s < to are asked for. `staff` empty = anyone who performs the service.
struct Query {
    business::Service service;
    base::Instant from;
    base::Instant to;
    std::optional<base::StaffId> staff;
    base::Instant now;
};

/// A free start. `staff` = all who are free then, in display order; `preferred` is the one a booking would take:
/// the one with the least busy time on that local date, counted once where it overlaps, then display order.
struct Slot {
    base::Instant starts_at;
    base::Instant ends_at;
    std::vector<base::StaffId> staff;
    base::StaffId preferred;
    bool operator==(Slot const&) const = default;
};

/// Why a start is refused, in the order in which the rules are asked.
enum class Refusal {
    not_performed, ///< nobody (asked for) performs the service, or it is inactive
    too_far,       ///< after today + horizon_days, or after 2036
    too_soon,      ///< before now + min_notice
    closed,        ///< no opening hours on that date
    outside_hours, ///< the service does not fit into one opening interval of the business
    staff_off,     ///< … nor into the hours of any able person
    taken          ///< every able person who works then is busy, buffers included
};
std::string_view to_text(Refusal);

/// One start of the grid that was refused, with the rule.
struct RefusedStart {
    base::Instant starts_at;
    Refusal reason;
};

/// Filled when the caller wants to know why; the answer is the same with or without.
struct Trace {
    std::vector<RefusedStart> refused;
};

/// Every free start in order. The grid: wall-clock times on multiples of slot_step from local midnight of each date; a
/// wall-clock time that a change of the clocks skips is no start, one that comes twice is its first instant.
/// The service (without buffers) must lie, by the wall clock and as an interval of instants, inside one opening
/// interval of the date of its start; buffers may pass closing time. At most 370 days are looked at.
std::vector<Slot> availability(Calendar const& calendar, Query const& query, Trace* trace = nullptr);

/// Rules that the owner may set aside for one booking; `too_far` not beyond 2036.
struct Overrides {
    bool outside_hours = false; ///< also closed, staff_off and off the grid
    bool too_soon = false;
    bool too_far = false;
};

/// Checks one start, whatever the query's from and to say; it need not lie on the grid if outside_hours is overridden
/// (otherwise off the grid = outside_hours).
/// Answers the free staff as a Slot, or the first rule that refuses it. An overlap cannot be overridden.
struct Verdict {
    std::optional<Slot> slot;
    Refusal refusal = Refusal::taken; ///< meaningful only without a slot
};
Verdict check_start(Calendar const& calendar, Query const& query, base::Instant start, Overrides overrides);

/// Up to `count` free starts nearest to `wanted`, ordered by time, from `days_around` local dates before to as many
/// after it (0 = that date only; at most 184). The query's from and to do not count; of two equally near the earlier
/// wins.
std::vector<Slot> nearest(Calendar const& calendar, Query query, base::Instant wanted, std::size_t count,
                          int days_around);

} // namespace schedule
