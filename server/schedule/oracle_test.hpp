// The judge of availability(): walks minutes one by one, reads the zone files itself and does its own calendar
// arithmetic. It shares the plain data structs with the engine and nothing else; slow and simple is its purpose.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schedule/availability.hpp"

namespace schedule::oracle {

/// The transitions of /usr/share/zoneinfo/<name>, in seconds of Unix time.
class ZoneTable {
public:
    explicit ZoneTable(std::string const& name);
    std::int64_t offset_minutes(std::int64_t utc_seconds) const;
    /// When the offset changes between two years, as Unix days.
    std::vector<std::int64_t> days_of_change(int first_year, int last_year) const;

private:
    std::int64_t first_offset_ = 0;
    std::vector<std::int64_t> at_;
    std::vector<std::int64_t> offset_after_;
};

std::int64_t unix_day(int year, int month, int day);

struct Answer {
    base::Instant starts_at;
    std::optional<Slot> slot;
    Refusal refusal = Refusal::taken;
};

/// For questions within a few days. Busy time must lie on half minutes.
class Oracle {
public:
    Oracle(ZoneTable const& zone, Calendar const& calendar, Query const& query);
    /// One answer for every start of the grid.
    std::vector<Answer> grid() const;
    Answer ask(base::Instant start, Overrides overrides) const;

private:
    struct Moment {
        std::int64_t utc_minute;
        std::int64_t local_minute;
        std::int64_t day() const;
        std::int64_t minute_of_day() const { return local_minute - day() * 1440; }
    };
    Moment moment(base::Instant start) const;
    std::int64_t first_shown(std::int64_t local_minute) const;
    bool is_shown(std::int64_t local_minute) const;
    bool on_grid(base::Instant start) const;
    bool too_far(std::int64_t day, Overrides overrides) const;
    business::DayHours business_hours(std::int64_t day) const;
    business::DayHours member_hours(business::StaffMember const& member, std::int64_t day) const;
    bool lies_in(business::OpenInterval const& hours, Moment const& start) const;
    bool able(business::StaffMember const& member) const;
    bool works(business::StaffMember const& member, Moment const& start) const;
    bool is_busy(std::size_t chair, base::Instant start) const;
    std::int64_t busy_ticks(std::size_t chair, std::int64_t day) const;
    std::int64_t tick(base::Instant instant) const;

    ZoneTable const& zone_;
    Calendar const& calendar_;
    Query const& query_;
    std::int64_t first_minute_;           ///< UTC
    std::int64_t first_local_;            ///< local minute of shown_[0]
    std::vector<std::int64_t> shown_;     ///< the first UTC minute at which a local minute is shown, or never
    std::vector<std::vector<bool>> busy_; ///< by chair, by half minutes since first_minute_
};

} // namespace schedule::oracle
