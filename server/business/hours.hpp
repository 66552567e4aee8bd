// When the business is open and when a staff member works: weekly hours with several intervals a day, and exceptions.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace business {

/// Wall-clock minutes since midnight, from < to ≤ 1440. A closing time of 24:00 is written 1440.
struct OpenInterval {
    base::TimeOfDay from;
    base::TimeOfDay to;
    auto operator<=>(OpenInterval const&) const = default;
};
using DayHours = std::vector<OpenInterval>; ///< sorted, not overlapping, not touching

/// Index 0 = Monday.
struct WeeklyHours {
    std::array<DayHours, 7> days;
    bool operator==(WeeklyHours const&) const = default;
};

/// Sorts, and refuses: from ≥ to or beyond the day (`empty_interval`), overlap (`overlap`), more than 8 intervals a day
/// (`too_many`).
/// Touching intervals are joined. `field` is the path named in the error ("weekly.monday").
base::Result<DayHours> check_day(DayHours intervals, std::string_view field);

/// A date with other hours than the week says, for everybody (staff empty) or for one; no intervals = closed.
/// A staff member's exception narrows what the business's exception or week leaves.
struct HoursException {
    base::ExceptionId id;
    std::optional<base::StaffId> staff;
    base::Date date;
    DayHours hours;
    std::string reason;
    bool closed() const { return hours.empty(); }
};

/// The business's hours of one date: its exception's when there is one (the first, if there are several), else the
/// week's. Staff members' exceptions are passed over.
DayHours hours_on(base::Date date, WeeklyHours const& weekly, std::vector<HoursException> const& exceptions);
/// What lies in both.
DayHours intersect(DayHours const& a, DayHours const& b);

} // namespace business
