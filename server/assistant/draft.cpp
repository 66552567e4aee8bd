#include "assistant/draft.hpp"

#include <algorithm>
#include <chrono>

#include "assistant/doubt.hpp"
#include "assistant/party.hpp"
#include "base/text.hpp"
#include "business/enum_text.hpp"

namespace assistant {
namespace {

using language::PartOfDay;
using Code = language::Ambiguity::Code;

constexpr business::EnumNames<15> part_names = {"none",        "asap",         "first",      "early",       "morning",
                                                "mid_morning", "late_morning", "midday",     "after_lunch", "afternoon",
                                                "evening",     "night",        "after_work", "last",        "any"};
constexpr auto offer_lifetime = std::chrono::minutes(30);

bool other_day(language::When const& when, base::Date chosen) {
    if (when.date) return chosen < *when.date || chosen > when.date_to.value_or(*when.date);
    for (auto const code : {Code::which_week, Code::weekday_date_mismatch, Code::several}) {
        auto const* doubt = when.find(code);
        if (doubt && !is_option(*doubt, base::format_date(chosen))) return true;
    }
    return when.find(Code::past) || when.find(Code::invalid_date) || when.find(Code::invalid_time);
}

bool other_part(PartOfDay part, base::TimeOfDay chosen, std::string_view country) {
    if (part == PartOfDay::none) return false;
    auto const window = language::window_of(part, country);
    return chosen < window.from || chosen >= window.to;
}

bool other_time(language::When const& when, base::TimeOfDay chosen, std::string_view country) {
    if (when.time && when.time_to) return chosen < *when.time || chosen > *when.time_to;
    if (when.time) return chosen != *when.time && chosen != when.other_time;
    if (auto const* doubt = when.find(Code::am_pm)) return !is_option(*doubt, base::format_time_of_day(chosen));
    return other_part(when.part_of_day, chosen, country);
}

bool other_staff(Draft const& draft, Heard const& heard) {
    if (!heard.staff) return heard.unknown_staff;
    return draft.staff ? draft.staff != heard.staff : draft.start && draft.start->staff != *heard.staff;
}

bool take_one_service(Turn& turn, Heard const& heard) {
    auto& dialogue = turn.dialogue;
    auto named = heard.services;
    if (dialogue.awaiting == Awaiting::service) {
        if (auto const number = chosen_number(heard, dialogue.offered_services.size()); number && named.size() != 1) {
            named = {dialogue.offered_services[*number]};
        }
        std::vector<base::ServiceId> offered;
        std::ranges::copy_if(named, std::back_inserter(offered), [&](auto const& id) {
            return std::ranges::find(dialogue.offered_services, id) != dialogue.offered_services.end();
        });
        if (!offered.empty()) named = offered;
    }
    if (named.empty()) return false;
    // The same several again answer nothing.
    if (named.size() > 1 && named.size() == dialogue.offered_services.size()) return false;
    if (dialogue.draft.service && std::ranges::find(named, *dialogue.draft.service) != named.end()) return false;
    dialogue.draft.service.reset();
    dialogue.offered_services = named;
    if (named.size() == 1) dialogue.draft.service = named.front();
    turn.dialogue.draft.start.reset();
    return true;
}

/// What several people want is told apart by who it is for.
bool take_service(Turn& turn, Heard const& heard) {
    if (take_party(turn, heard)) return true;
    return turn.dialogue.draft.party.empty() && take_one_service(turn, heard);
}

bool take_staff(Turn& turn, Heard const& heard) {
    auto& draft = turn.dialogue.draft;
    if (draft.staff && !heard.staff && heard.topics.has(language::Topic::anyone)) {
        draft.staff.reset();
        draft.start.reset();
        return true;
    }
    if (!other_staff(turn.dialogue.draft, heard) && !(heard.staff && !turn.dialogue.draft.staff)) return false;
    auto const same_start =
        heard.staff && turn.dialogue.draft.start && turn.dialogue.draft.start->staff == *heard.staff;
    turn.dialogue.draft.staff = heard.staff;
    if (!same_start) turn.dialogue.draft.start.reset();
    return true;
}

std::optional<std::string> spoken_name(Turn const& turn, Heard const& heard) {
    if (heard.name && heard.people.empty()) return heard.name;
    if (turn.dialogue.awaiting != Awaiting::name || !heard.services.empty()) return std::nullopt;
    return language::read_name(heard.text);
}

/// Somebody else's name is to be asked, though the customer's own is known.
bool take_for_whom(Turn& turn, Heard const& heard) {
    auto& draft = turn.dialogue.draft;
    if (!heard.for_whom || draft.for_other) return false;
    draft.for_other = true;
    draft.name.reset();
    return true;
}

bool take_name(Turn& turn, Heard const& heard) {
    auto& draft = turn.dialogue.draft;
    auto const name = spoken_name(turn, heard);
    if (!name || draft.name == name) return false;
    draft.name = base::truncate(*name, 60);
    draft.for_other = draft.for_other || heard.name_of_other;
    return true;
}

bool take_day(Turn& turn, Heard const& heard) {
    if (!heard.when.date) return false;
    turn.dialogue.draft.date = heard.when.date;
    turn.dialogue.draft.date_to = heard.when.date_to;
    turn.dialogue.draft.start.reset();
    return true;
}

bool take_hour(Turn& turn, Heard const& heard) {
    auto& draft = turn.dialogue.draft;
    auto const& when = heard.when;
    if (!when.has_time()) return false;
    draft.time.reset();
    draft.part_of_day.clear();
    draft.time_to = when.time_to;
    if (when.time) draft.time = hour_of(turn.situation.shop, when, draft.date);
    if (!when.time) draft.part_of_day = to_text(when.part_of_day);
    turn.dialogue.draft.start.reset();
    return true;
}

bool take_when(Turn& turn, Heard const& heard) {
    if (heard.when.find(Code::past)) return false;
    auto const day = take_day(turn, heard);
    return take_hour(turn, heard) || day;
}

bool fresh(Turn const& turn) {
    auto const& at = turn.dialogue.offered_at;
    return at && turn.situation.now - *at <= offer_lifetime;
}

bool fits(Turn const& turn, Heard const& heard, base::LocalTime start) {
    auto const& country = turn.situation.shop.profile.country;
    return !other_day(heard.when, base::date_of(start)) && !other_time(heard.when, base::time_of_day(start), country);
}

/// The start shown that the words fit: by day and hour when only one does, else by its number.
std::optional<FreeStart> chosen_start(Turn const& turn, Heard const& heard) {
    auto const& offered = turn.dialogue.offered;
    std::vector<FreeStart> fitting;
    if (heard.when.says_anything()) {
        std::ranges::copy_if(offered, std::back_inserter(fitting),
                             [&](auto const& start) { return fits(turn, heard, local(turn, start.starts_at)); });
    }
    auto const exact = heard.when.time && !heard.when.time_to;
    if (fitting.size() == 1 && (exact || !heard.when.has_time())) return fitting.front();
    if (auto const number = chosen_number(heard, offered.size())) return offered[*number];
    if (offered.size() == 1 && heard.answer == language::Answer::yes && !heard.when.says_anything())
        return offered.front();
    return std::nullopt;
}

bool take_offer(Turn& turn, Heard const& heard) {
    if (turn.dialogue.awaiting != Awaiting::start || turn.dialogue.offered.empty()) return false;
    if ((!heard.services.empty() || !heard.people.empty()) && take_service(turn, heard)) return false;
    auto const start = chosen_start(turn, heard);
    if (!start) return false;
    choose_start(turn, *start);
    return true;
}

std::optional<base::Date> chosen_day(Turn const& turn, Heard const& heard) {
    auto const& days = turn.dialogue.offered_days;
    std::vector<base::Date> fitting;
    if (!heard.when.date && heard.when.says_anything()) {
        std::ranges::copy_if(days, std::back_inserter(fitting),
                             [&](auto day) { return !heard.when.ambiguities.empty() && !other_day(heard.when, day); });
    }
    if (fitting.size() == 1) return fitting.front();
    auto const said = heard.when.date && std::ranges::find(days, *heard.when.date) != days.end();
    if (said) return std::nullopt;
    if (auto const number = chosen_number(heard, days.size())) return days[*number];
    if (days.size() == 1 && heard.answer == language::Answer::yes && !heard.when.has_day()) return days.front();
    return std::nullopt;
}

bool take_offered_day(Turn& turn, Heard const& heard) {
    if (turn.dialogue.awaiting != Awaiting::day || turn.dialogue.offered_days.empty()) return false;
    auto const day = chosen_day(turn, heard);
    if (!day) return false;
    turn.dialogue.draft.date = day;
    turn.dialogue.draft.date_to.reset();
    take_hour(turn, heard);
    turn.dialogue.draft.start.reset();
    return true;
}

void forget_hour(Draft& draft) {
    draft.time.reset();
    draft.time_to.reset();
    draft.part_of_day.clear();
}

} // namespace

std::string_view to_text(PartOfDay part) { return part == PartOfDay::none ? "" : business::name_of(part_names, part); }

PartOfDay parse_part_of_day(std::string_view text) {
    return business::named<PartOfDay>(part_names, text).value_or(PartOfDay::none);
}

bool differs_from_draft(Turn const& turn, Heard const& heard) {
    auto const& draft = turn.dialogue.draft;
    if (other_staff(draft, heard)) return true;
    if (!draft.party.empty() || heard.people.size() > 1) {
        if (differs_from_party(turn, heard)) return true;
    } else if (!heard.services.empty() && draft.service &&
               std::ranges::find(heard.services, *draft.service) == heard.services.end()) {
        return true;
    }
    if (heard.for_whom && !heard.name && !draft.for_other) return true;
    if (heard.name && heard.name != draft.name && heard.name != turn.situation.customer.name) return true;
    return draft.start && heard.when.says_anything() && !fits(turn, heard, local(turn, draft.start->starts_at));
}

bool take(Turn& turn, Heard const& heard) {
    auto const other = take_for_whom(turn, heard);
    auto const name = take_name(turn, heard);
    // "Domingo Pérez" is no Sunday.
    if (name && !heard.name) return true;
    auto const staff = take_staff(turn, heard);
    if (!staff && (take_offer(turn, heard) || take_offered_day(turn, heard))) return true;
    auto const service = take_service(turn, heard);
    auto const when = take_when(turn, heard) || heard.when.says_anything();
    return other || name || staff || service || when;
}

std::optional<std::size_t> chosen_number(Heard const& heard, std::size_t count) {
    if (count == 0) return std::nullopt;
    auto const words = 1 + std::ranges::count(heard.folded, ' ');
    if (heard.when.says_anything() && words > 2) return std::nullopt;
    return language::read_choice(heard.spanish, count);
}

bool look_elsewhere(Turn& turn, Elsewhere where) {
    auto& draft = turn.dialogue.draft;
    auto const& offered = turn.dialogue.offered;
    if (where == Elsewhere::none || (!draft.start && offered.empty() && !draft.date)) return false;
    if (draft.start || !offered.empty()) {
        auto const first = local(turn, (draft.start ? *draft.start : offered.front()).starts_at);
        auto const last = local(turn, (draft.start ? *draft.start : offered.back()).starts_at);
        seek_beside(draft, where, first, last);
    }
    if (where == Elsewhere::other_day) forget_day_and_hour(draft);
    if (where == Elsewhere::other_hour) forget_hour(draft);
    draft.start.reset();
    return true;
}

void seek_beside(Draft& draft, Elsewhere where, base::LocalTime first, base::LocalTime last) {
    auto const later = where == Elsewhere::later;
    if (!later && where != Elsewhere::earlier) return;
    draft.date = base::date_of(later ? last : first);
    draft.date_to.reset();
    draft.part_of_day.clear();
    draft.time = later ? base::time_of_day(last) + base::Minutes(1) : base::TimeOfDay(0);
    draft.time_to =
        later ? base::TimeOfDay(1440) : std::max(base::time_of_day(first), base::TimeOfDay(1)) - base::Minutes(1);
}

void choose_start(Turn& turn, FreeStart const& start) {
    auto& draft = turn.dialogue.draft;
    auto const when = local(turn, start.starts_at);
    draft.date = base::date_of(when);
    draft.time = base::time_of_day(when);
    draft.date_to.reset();
    draft.time_to.reset();
    draft.part_of_day.clear();
    draft.start.reset();
    // An old offer is only a wish: the calendar is asked again.
    if (fresh(turn)) draft.start = start;
}

bool named_exactly(Draft const& draft) { return draft.date && !draft.date_to && draft.time && !draft.time_to; }

void forget_day_and_hour(Draft& draft) {
    draft.date.reset();
    draft.date_to.reset();
    draft.time.reset();
    draft.time_to.reset();
    draft.part_of_day.clear();
    draft.start.reset();
}

} // namespace assistant
