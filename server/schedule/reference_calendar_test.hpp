// The calendars by which slot engines have been compared: so many people, days and busy intervals from a linear
// congruential generator, in Madrid from Monday 2030-01-07 on. The numbers of free starts are known.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schedule/availability.hpp"

namespace schedule::reference {

struct Size {
    int people;
    int days;
    int busy; ///< intervals a person, each of 15 to 45 minutes, anywhere in the window
};

struct Load {
    Calendar calendar;
    Query query;
};

inline std::vector<base::Interval> busy_time(base::Instant from, Size size, std::uint64_t state) {
    auto const next = [&state] {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::int64_t>(state >> 33U);
    };
    std::vector<base::Interval> busy;
    for (auto i = 0; i < size.busy; ++i) {
        auto const start = from + base::Minutes(next() % (size.days * 288) * 5);
        busy.push_back({start, start + base::Minutes(15 + 5 * (next() % 7))});
    }
    return busy;
}

/// Monday to Saturday 9–14 and 16–20; a service of 30 minutes every 15. Ids have the length of real ones.
inline Load load(Size size) {
    using base::Minutes;
    Load load;
    load.calendar.zone = base::Zone::find("Europe/Madrid").value();
    load.calendar.rules.min_notice = Minutes(0);
    load.calendar.rules.horizon_days = 730;
    for (std::size_t day = 0; day < 6; ++day) {
        load.calendar.weekly.days[day] = {{Minutes(540), Minutes(840)}, {Minutes(960), Minutes(1200)}};
    }
    auto const monday = base::make_date(2030, 1, 7);
    load.query.from = load.calendar.zone.to_instant(monday);
    load.query.to = load.calendar.zone.to_instant(monday + std::chrono::days(size.days));
    load.query.now = load.query.from;
    for (auto i = 0; i < size.people; ++i) {
        business::StaffMember member;
        member.id = base::StaffId("01970000-0000-7000-8000-00000000000" + std::to_string(i));
        auto const first_state = static_cast<std::uint64_t>(1000 + i);
        load.calendar.chairs.push_back({member, busy_time(load.query.from, size, first_state)});
    }
    return load;
}

} // namespace schedule::reference
