#include "schedule/start_rules.hpp"

#include <algorithm>

namespace schedule {
namespace {

using std::chrono::days;

/// Behind every rank: a day in milliseconds times the number of chairs is far less.
constexpr std::int64_t out_of_reach = std::int64_t{1} << 62;

base::Date last_date_of(Calendar const& calendar, Query const& query, Overrides overrides) {
    if (overrides.too_far) return base::last_bookable_date;
    auto const today = base::date_of(calendar.zone.to_local(query.now));
    return std::min(today + days(calendar.rules.horizon_days), base::last_bookable_date);
}

base::Instant earliest_of(Calendar const& calendar, Query const& query, Overrides overrides) {
    return overrides.too_soon ? base::Instant::min() : query.now + calendar.rules.min_notice;
}

/// A calendar holds years of holidays; a query looks at weeks.
std::vector<business::HoursException> exceptions_between(Calendar const& calendar, base::Date first, base::Date last) {
    std::vector<business::HoursException> found;
    std::copy_if(calendar.exceptions.begin(), calendar.exceptions.end(), std::back_inserter(found),
                 [&](auto const& exception) { return first <= exception.date && exception.date <= last; });
    return found;
}

} // namespace

StartRules::StartRules(Calendar const& calendar, Query const& query, base::Date first, base::Date last,
                       Overrides overrides)
    : calendar_(calendar), query_(query), overrides_(overrides), clock_(calendar.zone, first, last),
      earliest_(earliest_of(calendar, query, overrides)), last_date_(last_date_of(calendar, query, overrides)),
      exceptions_(exceptions_between(calendar, first, last)), able_(able_chairs(first, last)), free_(able_.size()) {}

std::vector<StartRules::AbleChair> StartRules::able_chairs(base::Date first, base::Date last) const {
    // A day more at either end: where the clocks go back over midnight, an evening lasts longer than its date.
    auto const window = base::Interval{business::occupied_by(query_.service, clock_.whole(first).from).from - days(1),
                                       business::occupied_by(query_.service, clock_.whole(last).to).to + days(1)};
    std::vector<AbleChair> able;
    for (ChairPosition position = 0; position < calendar_.chairs.size(); ++position) {
        auto const& [member, busy] = calendar_.chairs[position];
        if (!business::performs(member, query_.service) || query_.staff.value_or(member.id) != member.id) continue;
        able.push_back({position, &member, BusyTime(busy, window), has_own_hours(member), {}});
    }
    return able;
}

bool StartRules::has_own_hours(business::StaffMember const& member) const {
    return member.weekly || std::any_of(exceptions_.begin(), exceptions_.end(),
                                        [&](auto const& exception) { return exception.staff == member.id; });
}

void StartRules::turn_to(base::Date date) {
    too_far_ = date > last_date_;
    promising_.clear();
    if (too_far_ || able_.empty()) return;
    promising_ = business::hours_on(date, calendar_.weekly, exceptions_);
    open_ = spans(date, promising_);
    auto const whole_day = clock_.whole(date);
    auto const count = static_cast<std::int64_t>(able_.size());
    for (std::int64_t place = 0; place < count; ++place) {
        auto& chair = able_[static_cast<std::size_t>(place)];
        chair.rank = chair.busy.taken_of(whole_day).count() * count + place;
        if (chair.has_own_hours) {
            chair.open = spans(date, business::hours_of(*chair.member, date, promising_, exceptions_));
        }
    }
}

std::vector<StartRules::OpenSpan> StartRules::spans(base::Date date, business::DayHours const& hours) const {
    std::vector<OpenSpan> found;
    found.reserve(hours.size());
    for (auto const& wall : hours) {
        found.push_back({wall, {clock_.instant_of(date + wall.from), clock_.instant_of(date + wall.to)}});
    }
    return found;
}

std::optional<Refusal> StartRules::ask(Candidate const& candidate) {
    if (auto const refusal = ask_time(candidate)) return refusal;
    return ask_chairs(candidate);
}

std::optional<Refusal> StartRules::ask_time(Candidate const& candidate) const {
    if (able_.empty()) return Refusal::not_performed;
    if (too_far_) return Refusal::too_far;
    if (candidate.starts_at < earliest_) return Refusal::too_soon;
    if (overrides_.outside_hours) return std::nullopt;
    if (open_.empty()) return Refusal::closed;
    if (!candidate.on_grid || !fits(open_, candidate)) return Refusal::outside_hours;
    return std::nullopt;
}

bool StartRules::fits(std::vector<OpenSpan> const& open, Candidate const& candidate) const {
    auto const duration = query_.service.duration;
    auto const service = base::Interval{candidate.starts_at, candidate.starts_at + duration};
    return std::any_of(open.begin(), open.end(), [&](OpenSpan const& span) {
        return span.wall.from <= candidate.at && candidate.at + duration <= span.wall.to &&
               span.instants.contains(service);
    });
}

std::optional<Refusal> StartRules::ask_chairs(Candidate const& candidate) {
    auto const occupied = business::occupied_by(query_.service, candidate.starts_at);
    auto someone_works = false;
    auto best = out_of_reach;
    auto* const free = free_.data();
    std::size_t count = 0;
    for (auto& chair : able_) {
        if (chair.has_own_hours && !overrides_.outside_hours && !fits(chair.open, candidate)) continue;
        someone_works = true;
        // Who is free is as good as random: a branch on it would be foreseen wrongly half of the time.
        auto const is_free = chair.busy.is_free(occupied);
        free[count] = chair.position;
        count += static_cast<std::size_t>(is_free);
        best = std::min(best, chair.rank + out_of_reach * !is_free);
    }
    free_count_ = count;
    if (count == 0) return someone_works ? Refusal::taken : Refusal::staff_off;
    preferred_ = able_[static_cast<std::size_t>(best) % able_.size()].position;
    return std::nullopt;
}

} // namespace schedule
