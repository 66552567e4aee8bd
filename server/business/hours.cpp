#include "business/hours.hpp"

#include <algorithm>

namespace business {
namespace {

constexpr std::size_t most_intervals_a_day = 8;
constexpr base::TimeOfDay midnight{0};
constexpr base::TimeOfDay end_of_day{1440};

bool lies_in_a_day(OpenInterval const& interval) {
    return midnight <= interval.from && interval.from < interval.to && interval.to <= end_of_day;
}

} // namespace

base::Result<DayHours> check_day(DayHours intervals, std::string_view field) {
    if (intervals.size() > most_intervals_a_day) {
        return base::fail_field(field, "too_many", "A day has at most 8 opening intervals.");
    }
    if (!std::all_of(intervals.begin(), intervals.end(), lies_in_a_day)) {
        return base::fail_field(field, "empty_interval",
                                "An interval must open before it closes, between 00:00 and 24:00.");
    }
    std::sort(intervals.begin(), intervals.end());
    DayHours joined;
    for (auto const& interval : intervals) {
        if (!joined.empty() && interval.from < joined.back().to) {
            return base::fail_field(field, "overlap", "Two intervals of the same day overlap.");
        }
        if (!joined.empty() && interval.from == joined.back().to) {
            joined.back().to = interval.to;
        } else {
            joined.push_back(interval);
        }
    }
    return joined;
}

DayHours hours_on(base::Date date, WeeklyHours const& weekly, std::vector<HoursException> const& exceptions) {
    for (auto const& exception : exceptions) {
        if (exception.date == date && !exception.staff) return exception.hours;
    }
    return weekly.days[base::iso_weekday(date) - 1];
}

DayHours intersect(DayHours const& a, DayHours const& b) {
    DayHours both;
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
        auto const from = std::max(left->from, right->from);
        auto const to = std::min(left->to, right->to);
        if (from < to) both.push_back({from, to});
        if (left->to < right->to) {
            ++left;
        } else {
            ++right;
        }
    }
    return both;
}

} // namespace business
