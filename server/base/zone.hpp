// IANA time zones by Howard Hinnant's date library over the system's tzdata.
// Policy, everywhere in Apunta: a wall-clock time inside a gap (clocks go forward) means the first instant after the
// gap; one inside an overlap (clocks go back) means the earlier of its two instants.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace date {
class time_zone;
}

namespace base {

/// Bookings after this are refused: date 3.0.1 reads no daylight-saving rules past the listed transitions (2037).
inline constexpr Date last_bookable_date = make_date(2036, 12, 31);

enum class WallClock { unique, gap, overlap };

/// A stretch of time with one offset from UTC.
struct OffsetSpan {
    Instant from;
    Instant to; ///< exclusive
    Minutes offset;
};

/// A value: copies refer to the same entry of the process-wide, read-only zone table.
class Zone {
public:
    /// UTC.
    Zone();
    /// Names are exact: `Europe/Madrid`, not `europe/madrid`. Unknown → invalid `unknown_timezone`; so is `localtime`.
    static Result<Zone> find(std::string_view name);

    std::string const& name() const;
    /// Cut to the minute: offsets of the zones in use have whole minutes.
    LocalTime to_local(Instant instant) const;
    Instant to_instant(LocalTime time) const;
    WallClock wall_clock(LocalTime time) const;
    /// The stretch around `instant` within which the offset does not change.
    OffsetSpan span_at(Instant instant) const;
    /// `2026-10-22T10:00:00+02:00`
    std::string format(Instant instant) const;
    bool operator==(Zone const&) const = default;

private:
    explicit Zone(::date::time_zone const* zone) : zone_(zone) {}
    ::date::time_zone const* zone_;
};

/// Start-up self-check: the zone table is there and knows Madrid's summer time. broken `tzdata_missing` otherwise.
Result<void> check_time_zones();

} // namespace base
