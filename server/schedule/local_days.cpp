#include "schedule/local_days.hpp"

namespace schedule {
namespace {

/// More than any offset from UTC and any jump of the clocks together.
constexpr std::chrono::days margin{2};

} // namespace

LocalDays::LocalDays(base::Zone const& zone, base::Date first, base::Date last) {
    auto const end = as_if_utc(last + margin);
    spans_.push_back(zone.span_at(as_if_utc(first - margin)));
    while (spans_.back().to < end) {
        auto const next = zone.span_at(spans_.back().to);
        if (next.to <= spans_.back().to) break; // the end of the calendar
        spans_.push_back(next);
    }
}

base::Interval LocalDays::whole(base::Date date) const {
    return {instant_of(date), instant_of(date + std::chrono::days(1))};
}

} // namespace schedule
