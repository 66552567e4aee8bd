#include "schedule/free_starts.hpp"

#include <algorithm>
#include <optional>

#include "schedule/start_rules.hpp"

namespace schedule {
namespace {

using std::chrono::days;

constexpr days most_days{370};

/// Goes through the grid of starts of one query.
class Walk {
public:
    Walk(Calendar const& calendar, Query const& query, Trace* trace);
    FreeStarts through_all_dates() &&;

private:
    void through(base::Date date);
    void through(base::Date date, business::OpenInterval const& hours);
    void take(Candidate const& candidate);

    Query const& query_;
    Trace* const trace_;
    base::Minutes const step_;
    base::Date const first_;
    base::Date const last_;
    StartRules rules_;
    FreeStarts found_;
};

Walk::Walk(Calendar const& calendar, Query const& query, Trace* trace)
    : query_(query), trace_(trace), step_(std::max(calendar.rules.slot_step, base::Minutes(1))),
      first_(base::date_of(calendar.zone.to_local(query.from))),
      // One date more than `to` names: where the clocks go back over midnight, a date's first start comes before the
      // evening before it ends.
      last_(std::min(base::date_of(calendar.zone.to_local(query.to)) + days(1), first_ + most_days - days(1))),
      rules_(calendar, query, first_, last_, Overrides{}) {}

FreeStarts Walk::through_all_dates() && {
    for (auto date = first_; date <= last_; date += days(1)) {
        rules_.turn_to(date);
        through(date);
    }
    return std::move(found_);
}

void Walk::through(base::Date date) {
    static business::DayHours const whole_day{{base::Minutes(0), base::Minutes(1440)}};
    // Who wants to know why needs every start; who does not can skip those that have no chance.
    for (auto const& hours : trace_ ? whole_day : rules_.promising())
        through(date, hours);
}

void Walk::through(base::Date date, business::OpenInterval const& hours) {
    auto const first = (hours.from + step_ - base::Minutes(1)) / step_ * step_;
    for (auto at = first; at < hours.to; at += step_) {
        auto const [starts_at, skipped] = rules_.clock().first_reading(date + at);
        if (starts_at >= query_.to) return;
        if (!skipped && starts_at >= query_.from) take({at, starts_at, true});
    }
}

void Walk::take(Candidate const& candidate) {
    if (auto const refusal = rules_.ask(candidate)) {
        if (trace_) trace_->refused.push_back({candidate.starts_at, *refusal});
        return;
    }
    auto const& free = rules_.free();
    found_.starts.push_back({candidate.starts_at, rules_.preferred(), static_cast<std::uint32_t>(found_.chairs.size()),
                             static_cast<std::uint32_t>(free.size())});
    found_.chairs.insert(found_.chairs.end(), free.begin(), free.end());
}

} // namespace

FreeStarts free_starts(Calendar const& calendar, Query const& query, Trace* trace) {
    if (query.from >= query.to) return {};
    return Walk(calendar, query, trace).through_all_dates();
}

} // namespace schedule
