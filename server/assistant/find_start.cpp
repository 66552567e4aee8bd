#include "assistant/find_start.hpp"

#include <algorithm>
#include <chrono>

#include "assistant/draft.hpp"
#include "assistant/party.hpp"
#include "assistant/replies.hpp"

namespace assistant {
namespace {

using language::PartOfDay;
using std::chrono::days;

constexpr std::size_t most_starts = 6;
constexpr std::size_t most_alternatives = 4;
constexpr std::size_t most_days = 6;
constexpr auto week = days(7);
constexpr auto longest_search = days(61);

struct Dates {
    base::Date from;
    base::Date to;
    bool single() const { return from == to; }
};

/// A week from today when no day was said.
Dates wanted_dates(Turn const& turn) {
    auto const& draft = turn.dialogue.draft;
    if (!draft.date) return {today(turn), today(turn) + week};
    auto const from = std::max(*draft.date, std::min(today(turn), draft.date_to.value_or(*draft.date)));
    return {from, std::min(draft.date_to.value_or(from), from + longest_search)};
}

FindAvailability search_for(Turn const& turn, Dates dates) {
    auto const& draft = turn.dialogue.draft;
    return {*draft.service, dates.from, dates.to, draft.staff, company_of(draft)};
}

FreeStarts starts_in(ToolAnswer const& answer) {
    if (auto const* found = std::get_if<FreeStarts>(&answer)) return *found;
    if (auto const* refused = std::get_if<Refused>(&answer)) return {{}, refused->code};
    return {};
}

base::Date day_of(Turn const& turn, FreeStart const& start) { return base::date_of(local(turn, start.starts_at)); }

/// The hours in which a start is welcome, both ends included.
struct Window {
    base::TimeOfDay from;
    base::TimeOfDay to;
};

Window wanted_hours(Turn const& turn) {
    auto const& draft = turn.dialogue.draft;
    if (draft.time) return {*draft.time, draft.time_to.value_or(*draft.time)};
    auto const part = parse_part_of_day(draft.part_of_day);
    if (part == PartOfDay::none) return {base::TimeOfDay(0), base::TimeOfDay(1440)};
    auto const window = language::window_of(part, turn.situation.shop.profile.country);
    return {window.from, window.to - base::Minutes(1)};
}

bool welcome(Turn const& turn, FreeStart const& start) {
    auto const window = wanted_hours(turn);
    auto const time = base::time_of_day(local(turn, start.starts_at));
    return window.from <= time && time <= window.to;
}

std::vector<FreeStart> welcome_ones(Turn const& turn, std::vector<FreeStart> const& starts) {
    std::vector<FreeStart> fitting;
    std::ranges::copy_if(starts, std::back_inserter(fitting), [&](auto const& start) { return welcome(turn, start); });
    return fitting;
}

std::vector<std::vector<FreeStart>> by_day(Turn const& turn, std::vector<FreeStart> const& starts) {
    std::vector<std::vector<FreeStart>> grouped;
    for (auto const& start : starts) {
        if (grouped.empty() || day_of(turn, grouped.back().front()) != day_of(turn, start)) grouped.emplace_back();
        grouped.back().push_back(start);
    }
    return grouped;
}

/// The day of the list becomes the day talked about, so that "a las 10" means that day; a list over several days leaves
/// the day open.
void settle_day(Turn& turn, std::vector<FreeStart> const& listed) {
    auto& draft = turn.dialogue.draft;
    auto const grouped = by_day(turn, listed);
    if (grouped.size() == 1) {
        draft.date = day_of(turn, listed.front());
        draft.date_to.reset();
        return;
    }
    auto const keeps = [&](auto const& starts) { return draft.date == day_of(turn, starts.front()); };
    if (std::ranges::any_of(grouped, keeps)) return;
    draft.date.reset();
    draft.date_to.reset();
}

Step list_starts(Turn& turn, std::vector<FreeStart> listed, std::string words) {
    settle_day(turn, listed);
    forget_offers(turn);
    turn.dialogue.offered = std::move(listed);
    turn.dialogue.offered_at = turn.situation.now;
    return ask(turn, Awaiting::start, std::move(words));
}

Step list_starts(Turn& turn, std::vector<FreeStart> listed) {
    auto words = offer_starts(turn, listed);
    return list_starts(turn, std::move(listed), std::move(words));
}

Step list_days(Turn& turn, std::vector<FreeStart> const& starts) {
    std::vector<base::Date> listed;
    for (auto const& of_day : by_day(turn, starts))
        listed.push_back(day_of(turn, of_day.front()));
    if (listed.size() > most_days) listed.resize(most_days);
    forget_offers(turn);
    turn.dialogue.offered_days = std::move(listed);
    turn.dialogue.offered_at = turn.situation.now;
    return ask(turn, Awaiting::day, offer_days(turn, turn.dialogue.offered_days));
}

/// A start that the customer did not name: her hour, if she said one, becomes a stretch of no length, so that it is not
/// taken for her choice.
std::optional<Step> propose(Turn& turn, FreeStart const& start) {
    auto& draft = turn.dialogue.draft;
    settle_day(turn, {start});
    if (draft.time && !draft.time_to) draft.time_to = draft.time;
    draft.start = start;
    return std::nullopt;
}

std::vector<FreeStart> one_a_day(std::vector<std::vector<FreeStart>> const& grouped, bool last) {
    std::vector<FreeStart> chosen;
    chosen.reserve(grouped.size());
    for (auto const& of_day : grouped)
        chosen.push_back(last ? of_day.back() : of_day.front());
    if (chosen.size() > most_starts) chosen.resize(most_starts);
    return chosen;
}

/// `starts` is not empty.
std::optional<Step> offer(Turn& turn, std::vector<FreeStart> const& starts) {
    auto const& draft = turn.dialogue.draft;
    auto const part = parse_part_of_day(draft.part_of_day);
    auto const grouped = by_day(turn, starts);
    auto const one_day = grouped.size() == 1 && draft.date && !draft.date_to;
    if (starts.size() == 1 || part == PartOfDay::asap) return propose(turn, starts.front());
    if (one_day && part == PartOfDay::first) return propose(turn, starts.front());
    if (one_day && part == PartOfDay::last) return propose(turn, starts.back());
    if (part == PartOfDay::first || part == PartOfDay::last) {
        return list_starts(turn, one_a_day(grouped, part == PartOfDay::last));
    }
    if (grouped.size() == 1) return list_starts(turn, spread(starts, most_starts));
    if (draft.time && !draft.time_to) return list_starts(turn, one_a_day(grouped, false));
    return list_days(turn, starts);
}

/// Free starts on the wished days, though not at the wished hours: those with the nearest hours.
Step offer_near_hour(Turn& turn, std::vector<FreeStart> starts) {
    auto const window = wanted_hours(turn);
    auto const distance = [&](FreeStart const& start) {
        auto const time = base::time_of_day(local(turn, start.starts_at));
        return time < window.from ? window.from - time : time - window.to;
    };
    std::ranges::stable_sort(starts, {}, distance);
    if (starts.size() > most_alternatives) starts.resize(most_alternatives);
    std::ranges::sort(starts, {}, &FreeStart::starts_at);
    auto words = nearest_starts(turn, starts);
    return list_starts(turn, std::move(starts), std::move(words));
}

/// Two starts of each of the first two days that have any.
std::vector<FreeStart> first_of_days(Turn const& turn, std::vector<FreeStart> const& starts) {
    std::vector<FreeStart> chosen;
    for (auto const& of_day : by_day(turn, starts)) {
        if (chosen.size() == most_alternatives) break;
        for (auto const& start : spread(of_day, 2))
            chosen.push_back(start);
    }
    if (chosen.size() > most_alternatives) chosen.resize(most_alternatives);
    return chosen;
}

Step nothing_at_all(Turn& turn) {
    turn.words.push_back(no_starts_at_all(turn));
    forget_day_and_hour(turn.dialogue.draft);
    forget_offers(turn);
    turn.dialogue.awaiting = Awaiting::day;
    return say(turn);
}

/// Nothing is free on the wished days: the next days that have something, looked for in two steps.
std::optional<Step> offer_later(Turn& turn, Dates after) {
    for (auto const length : {days(14), longest_search}) {
        auto const from = std::max(after.to + days(1), today(turn));
        auto const call = search_for(turn, {from, from + length});
        auto const* answer = recall(turn, call);
        if (!answer) return run(turn, call);
        auto const found = starts_in(*answer).starts;
        if (found.empty()) continue;
        auto const fitting = welcome_ones(turn, found);
        auto listed = first_of_days(turn, fitting.empty() ? found : fitting);
        auto words = nearest_starts(turn, listed);
        return list_starts(turn, std::move(listed), std::move(words));
    }
    return nothing_at_all(turn);
}

std::optional<Step> nothing_on(Turn& turn, Dates dates, std::string_view reason) {
    if (!turn.dialogue.draft.date) return offer_later(turn, dates);
    turn.words.push_back(day_refused(turn, dates.from, reason));
    if (reason != "too_far") return offer_later(turn, dates);
    forget_day_and_hour(turn.dialogue.draft);
    return ask(turn, Awaiting::day, plain(turn, "ask_day_again"));
}

std::optional<Step> search(Turn& turn) {
    auto const dates = wanted_dates(turn);
    auto const call = search_for(turn, dates);
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const found = starts_in(*answer);
    auto const fitting = welcome_ones(turn, found.starts);
    if (!fitting.empty()) return offer(turn, fitting);
    if (!found.starts.empty()) return offer_near_hour(turn, found.starts);
    return nothing_on(turn, dates, found.reason_if_empty);
}

/// "el jueves a las 5 o el viernes a las 6": those of the two that are free.
std::optional<Step> search_between(Turn& turn) {
    auto const [first, last] = std::ranges::minmax(turn.either);
    auto const dates =
        Dates{base::date_of(first), std::min(base::date_of(last), base::date_of(first) + longest_search)};
    auto const call = search_for(turn, dates);
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    auto const found = starts_in(*answer);
    std::vector<FreeStart> fitting;
    std::ranges::copy_if(found.starts, std::back_inserter(fitting), [&](auto const& start) {
        return std::ranges::find(turn.either, local(turn, start.starts_at)) != turn.either.end();
    });
    if (fitting.size() == 1) return propose(turn, fitting.front());
    if (!fitting.empty()) return list_starts(turn, fitting);
    if (!found.starts.empty()) return offer_near_hour(turn, found.starts);
    turn.dialogue.draft.date = dates.from;
    return nothing_on(turn, dates, found.reason_if_empty);
}

std::optional<Step> check_exact(Turn& turn) {
    auto& draft = turn.dialogue.draft;
    auto const wanted = turn.situation.shop.profile.zone.to_instant(base::LocalTime(*draft.date) + *draft.time);
    auto const call = CheckStart{*draft.service, wanted, draft.staff, company_of(draft)};
    auto const* answer = recall(turn, call);
    if (!answer) return run(turn, call);
    if (auto const* check = std::get_if<StartCheck>(answer)) {
        if (check->free) {
            draft.start = check->free;
            return std::nullopt;
        }
        return offer_instead(turn, start_refused(turn, wanted, check->refusal), check->alternatives);
    }
    auto const* refused = std::get_if<Refused>(answer);
    return offer_instead(turn, start_refused(turn, wanted, refused ? refused->code : ""),
                         refused ? refused->alternatives : std::vector<FreeStart>{});
}

} // namespace

std::optional<Step> require_start(Turn& turn) {
    auto const& draft = turn.dialogue.draft;
    if (draft.start) return std::nullopt;
    if (!turn.either.empty()) return search_between(turn);
    if (named_exactly(draft)) return check_exact(turn);
    return search(turn);
}

Step offer_instead(Turn& turn, std::string reason, std::vector<FreeStart> const& alternatives) {
    turn.dialogue.draft.start.reset();
    turn.words.push_back(std::move(reason));
    if (alternatives.empty()) {
        forget_day_and_hour(turn.dialogue.draft);
        return ask(turn, Awaiting::day, plain(turn, "no_nearest_starts"));
    }
    auto listed = alternatives;
    if (listed.size() > most_alternatives) listed.resize(most_alternatives);
    auto words = nearest_starts(turn, listed);
    return list_starts(turn, std::move(listed), std::move(words));
}

} // namespace assistant
