#include "business/opening.hpp"

#include <algorithm>

namespace business {
namespace {

constexpr auto longest_search = std::chrono::days(31);

std::vector<HoursException> of_the_business(std::vector<HoursException> const& exceptions) {
    auto own = std::vector<HoursException>();
    std::ranges::copy_if(exceptions, std::back_inserter(own), [](auto const& e) { return !e.staff; });
    return own;
}

base::Interval as_instants(base::Date date, OpenInterval const& hours, base::Zone const& zone) {
    return {zone.to_instant(base::LocalTime(date) + hours.from), zone.to_instant(base::LocalTime(date) + hours.to)};
}

} // namespace

bool is_open(base::Instant at, base::Zone const& zone, WeeklyHours const& weekly,
             std::vector<HoursException> const& exceptions) {
    auto date = base::date_of(zone.to_local(at));
    return std::ranges::any_of(hours_on(date, weekly, of_the_business(exceptions)), [&](OpenInterval const& hours) {
        auto open = as_instants(date, hours, zone);
        return open.from <= at && at < open.to;
    });
}

base::Instant after_open_time(base::Instant from, base::Minutes patience, base::Zone const& zone,
                              WeeklyHours const& weekly, std::vector<HoursException> const& exceptions) {
    auto own = of_the_business(exceptions);
    auto first = base::date_of(zone.to_local(from));
    auto left = base::Milliseconds(patience);
    for (auto date = first; date < first + longest_search; date += std::chrono::days(1)) {
        for (auto const& hours : hours_on(date, weekly, own)) {
            auto open = as_instants(date, hours, zone);
            auto begin = std::max(open.from, from);
            if (begin >= open.to) continue;
            if (begin + left <= open.to) return begin + left;
            left -= open.to - begin;
        }
    }
    return from + patience;
}

} // namespace business
