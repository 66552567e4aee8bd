#include "assistant/doubt.hpp"

#include <algorithm>

#include "assistant/replies.hpp"

namespace assistant {
namespace {

using language::Ambiguity;
using Code = language::Ambiguity::Code;

bool open_at(business::DayHours const& hours, base::TimeOfDay time) {
    return std::ranges::any_of(hours, [&](auto const& open) { return open.from <= time && time < open.to; });
}

bool ever_open_at(Shop const& shop, base::TimeOfDay time, std::optional<base::Date> date) {
    if (date) return open_at(business::hours_on(*date, shop.weekly, shop.exceptions), time);
    return std::ranges::any_of(shop.weekly.days, [&](auto const& hours) { return open_at(hours, time); });
}

std::vector<base::TimeOfDay> times_in(std::span<std::string const> options) {
    std::vector<base::TimeOfDay> times;
    for (auto const& option : options) {
        if (auto const time = base::parse_time_of_day(option)) times.push_back(*time);
    }
    return times;
}

/// "el miércoles a las 10", said on a Wednesday after ten, leaves one Wednesday only.
std::vector<base::Date> still_possible(Turn const& turn, std::vector<base::Date> days) {
    auto const& draft = turn.dialogue.draft;
    if (!draft.time || draft.time_to) return days;
    auto const earliest = local(turn, turn.situation.now + turn.situation.shop.profile.rules.min_notice);
    std::erase_if(days, [&](auto day) { return base::LocalTime(day) + *draft.time < earliest; });
    return days;
}

Step ask_which_of(Turn& turn, std::vector<base::Date> days) {
    turn.dialogue.draft.date.reset();
    turn.dialogue.offered_days = std::move(days);
    return ask(turn, Awaiting::day, ask_which_day(turn, turn.dialogue.offered_days));
}

/// Several hours without a day become the stretch they span; with a day, the moments to choose between.
void take_several_hours(Turn& turn, std::vector<base::TimeOfDay> const& times) {
    auto& draft = turn.dialogue.draft;
    turn.dialogue.draft.start.reset();
    draft.part_of_day.clear();
    draft.time = times.front();
    draft.time_to.reset();
    if (times.size() > 1) draft.time_to = times.back() + base::Minutes(1);
    if (!draft.date || times.size() == 1) return;
    for (auto const time : times)
        turn.either.push_back(base::LocalTime(*draft.date) + time);
}

/// "a las 8": the reading at which the business is open; both, when it is open at both.
void take_doubtful_hour(Turn& turn, Ambiguity const& doubt) {
    auto times = times_in(doubt.options);
    std::vector<base::TimeOfDay> open;
    std::ranges::copy_if(times, std::back_inserter(open),
                         [&](auto time) { return ever_open_at(turn.situation.shop, time, turn.dialogue.draft.date); });
    if (!open.empty()) times = open;
    if (times.empty()) return;
    if (open.empty() || !turn.dialogue.draft.date) times.resize(1);
    take_several_hours(turn, times);
}

std::optional<Step> clear_up_several(Turn& turn, Ambiguity const& doubt) {
    if (auto days = dates_in(doubt.options); !days.empty()) return ask_which_of(turn, std::move(days));
    if (auto const times = times_in(doubt.options); !times.empty()) take_several_hours(turn, times);
    for (auto const& option : doubt.options) {
        if (auto const moment = base::parse_local_time(option)) turn.either.push_back(*moment);
    }
    return std::nullopt;
}

/// A doubt that the list shown resolves has been taken already.
bool resolved_by_list(Turn const& turn, Ambiguity const& doubt) {
    auto const& date = turn.dialogue.draft.date;
    return date && !turn.dialogue.draft.date_to && turn.situation.dialogue.awaiting != Awaiting::nothing &&
           turn.situation.dialogue.draft.date != date && is_option(doubt, base::format_date(*date));
}

} // namespace

std::optional<Step> clear_up_doubt(Turn& turn, Heard const& heard) {
    auto const& when = heard.when;
    if (turn.dialogue.draft.start) return std::nullopt;
    if (when.find(Code::past)) return ask(turn, Awaiting::day, plain(turn, "date_past"));
    if (when.find(Code::invalid_date)) return ask(turn, Awaiting::day, plain(turn, "date_invalid"));
    if (when.find(Code::invalid_time)) return ask(turn, Awaiting::time, plain(turn, "time_invalid"));
    if (auto const* doubt = when.find(Code::am_pm)) take_doubtful_hour(turn, *doubt);
    for (auto const code : {Code::which_week, Code::weekday_date_mismatch}) {
        auto const* doubt = when.find(code);
        if (!doubt || resolved_by_list(turn, *doubt)) continue;
        auto days = still_possible(turn, dates_in(doubt->options));
        if (days.size() != 1) return ask_which_of(turn, dates_in(doubt->options));
        turn.dialogue.draft.date = days.front();
        turn.dialogue.draft.date_to.reset();
    }
    auto const* doubt = when.find(Code::several);
    return doubt && !resolved_by_list(turn, *doubt) ? clear_up_several(turn, *doubt) : std::nullopt;
}

base::TimeOfDay hour_of(Shop const& shop, language::When const& when, std::optional<base::Date> date) {
    if (!when.other_time || ever_open_at(shop, *when.time, date)) return *when.time;
    return ever_open_at(shop, *when.other_time, date) ? *when.other_time : *when.time;
}

std::vector<base::Date> dates_in(std::span<std::string const> options) {
    std::vector<base::Date> dates;
    for (auto const& option : options) {
        if (auto const date = base::parse_date(option)) dates.push_back(*date);
    }
    return dates;
}

bool is_option(Ambiguity const& doubt, std::string const& option) {
    return std::ranges::find(doubt.options, option) != doubt.options.end();
}

} // namespace assistant
