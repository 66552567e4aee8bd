#include "language/story.hpp"

#include <utility>

#include "language/calendar.hpp"
#include "language/day_mentions.hpp"

namespace language {

using std::chrono::days;

namespace {

constexpr std::size_t most_alternatives = 12;

template <class Mentioned>
void offer(std::vector<Mentioned>& found, Mentioned one) {
    if (found.size() < most_alternatives) found.push_back(std::move(one));
}

DayMention week_later(DayMention day) {
    if (!day.date && !day.options.empty()) day.date = day.options.front();
    if (day.date && day.is_week && base::iso_weekday(*day.date) < 6) day.date = monday_of(*day.date);
    if (day.date) *day.date += days(7);
    if (day.date_to) *day.date_to += days(7);
    day.doubt.reset();
    day.options.clear();
    day.bare_weekday = 0;
    return day;
}

/// The weekday within the days of a week, weekend or other stretch.
std::optional<DayMention> within(DayMention const& stretch, unsigned weekday) {
    if (!stretch.date || !stretch.date_to) return std::nullopt;
    auto const day = next_weekday(*stretch.date - days(1), weekday);
    return day <= *stretch.date_to ? std::optional(on(day)) : std::nullopt;
}

/// "el 5 o el 6 de diciembre": the month holds for both.
void share_month(std::vector<DayMention>& earlier, DayMention const& last) {
    if (!last.month) return;
    for (auto& day : earlier) {
        if (day.bare_number == 0) continue;
        if (auto const date = date_in(*last.month, day.bare_number)) day.date = date;
    }
}

bool are_two_ends(HourMention const& one, HourMention const& other) {
    using Kind = HourMention::Kind;
    return (one.kind == Kind::since && other.kind == Kind::until) ||
           (one.kind == Kind::until && other.kind == Kind::since);
}

HourMention joined(HourMention const& one, HourMention const& other) {
    auto const is_in_order = one.kind == HourMention::Kind::since;
    return {.kind = HourMention::Kind::stretch,
            .from = is_in_order ? one.from : other.from,
            .to = is_in_order ? other.to : one.to,
            .moment = {}};
}

HourMention turned_round(HourMention hour) {
    using Kind = HourMention::Kind;
    hour.kind = hour.kind == Kind::since ? Kind::until : Kind::since;
    std::swap(hour.from, hour.to);
    return hour;
}

bool is_end_of_sentence(int sign) { return sign == '.' || sign == '\n' || sign == ';' || sign == '!' || sign == '?'; }

} // namespace

void Story::hear(DayMention day) {
    auto const same_kind = refused_before_ && refused_.day;
    is_dropped_ = false;
    if (refuses(same_kind)) {
        refused_.day = day;
        is_adjacent_ = true;
        return;
    }
    clause_.day = day;
    add(std::move(day));
    is_adjacent_ = true;
    is_after_sign_ = is_after_hour_ = false;
}

void Story::add(DayMention day) {
    auto& found = said_.days;
    auto const is_listed = is_adjacent_;
    auto const is_second = take_joint();
    if (auto const better = refined(day, is_second)) day = *better;
    if (day.date_to) stretch_ = day;
    if (is_second && !found.empty()) {
        share_month(found, day);
        if (is_listed) found.insert(found.begin(), listed_.begin(), listed_.end());
        listed_.clear();
        return offer(found, std::move(day));
    }
    // "lunes, martes o miércoles": whether a list begins is told by its end.
    if (!is_listed) listed_.clear();
    auto const is_list = is_listed && found.size() == 1 && found.front().bare_weekday != 0 && day.bare_weekday != 0;
    if (is_list) offer(listed_, found.front());
    found.clear();
    found.push_back(std::move(day));
}

/// "la semana que viene, el martes", and in the other order.
std::optional<DayMention> Story::refined(DayMention const& day, bool is_second) const {
    if (day.bare_weekday != 0) return stretch_ ? within(*stretch_, day.bare_weekday) : std::nullopt;
    auto const weekday = said_.days.empty() ? 0 : said_.days.back().bare_weekday;
    if (!day.is_week || weekday == 0 || is_second) return std::nullopt;
    return on(monday_of(*day.date) + days(weekday - 1));
}

void Story::hear(HourMention hour) {
    using Kind = HourMention::Kind;
    auto const is_bound = hour.kind == Kind::since || hour.kind == Kind::until;
    is_dropped_ = false;
    if (is_refusing_ && is_bound) { // "no puedo antes de las 5"
        hour = turned_round(hour);
        refused_.hour = true;
    } else if (refuses(refused_before_ && refused_.hour)) {
        refused_.hour = true;
        is_adjacent_ = true;
        return;
    }
    if (hour.moment) {
        said_.days.assign(1, on(base::date_of(*hour.moment)));
        hour.from = {static_cast<int>(base::time_of_day(*hour.moment).count()), Mark::exact};
    }
    auto& found = said_.hours;
    auto const is_of_second_day = said_.days.size() > 1 && !found.empty() && found.size() + 1 == said_.days.size();
    auto const is_listed = is_adjacent_;
    auto const is_second = take_joint();
    if (!is_listed) listed_hours_.clear();
    hour.days_before = said_.days.size();
    clause_.hour = true;
    is_adjacent_ = is_after_hour_ = true;
    is_after_sign_ = false;
    if (!found.empty() && are_two_ends(found.back(), hour)) {
        found.back() = joined(found.back(), hour);
    } else if (is_second || is_of_second_day) {
        found.insert(found.begin(), listed_hours_.begin(), listed_hours_.end());
        listed_hours_.clear();
        offer(found, hour);
    } else {
        if (is_listed && found.size() == 1) offer(listed_hours_, found.front());
        found.assign(1, hour);
    }
}

void Story::hear(PartMention part) {
    if (part.days_from_today) hear(on(today_ + days(*part.days_from_today)));
    is_dropped_ = false;
    if (refuses(refused_before_ && refused_.part)) {
        refused_.part = true;
        is_adjacent_ = true;
        return;
    }
    auto& found = said_.parts;
    auto const is_of_second_day = said_.days.size() > 1 && !found.empty() && found.size() + 1 == said_.days.size();
    auto const may_combine = !replaces_ && !found.empty();
    part.days_before = said_.days.size();
    part.is_beside_hour = or_ && is_after_hour_;
    auto const is_second = take_joint();
    clause_.part = true;
    is_adjacent_ = true;
    is_after_sign_ = is_after_hour_ = false;
    if (!found.empty() && (is_second || is_of_second_day)) {
        return offer(found, part);
    }
    if (may_combine) part.part = combined(found.back().part, part.part);
    found.assign(1, part);
}

/// A moment behind "o", or right behind "y", stands beside the one before.
bool Story::take_joint() {
    auto const is_joined = or_ || and_;
    or_ = and_ = replaces_ = false;
    return is_joined;
}

bool Story::refuses(bool same_kind_was_refused) {
    if (same_kind_was_refused) is_refusing_ = refused_before_ = false;
    return is_refusing_;
}

void Story::start_clause() {
    is_refusing_ = refused_before_ = false;
    clause_ = {};
}

void Story::refuse_clause() {
    refused_ = clause_;
    if (clause_.day) said_.days.clear();
    if (clause_.hour) said_.hours.clear();
    if (clause_.part) said_.parts.clear();
    if (clause_.day) stretch_.reset();
    refused_before_ = true;
    clause_ = {};
}

void Story::hear(Turn turn, Reading const& next) {
    switch (turn) {
    case Turn::alternative: or_ = true; return;
    case Turn::addition: and_ = is_adjacent_; return;
    case Turn::cannot:
        if (!clause_.is_empty() && !is_after_sign_) refuse_clause();
        is_refusing_ = true;
        was_bare_no_ = false;
        break;
    case Turn::except:
        is_refusing_ = true;
        was_bare_no_ = false;
        break;
    case Turn::refused:
        if (clause_.is_empty())
            is_refusing_ = true;
        else
            refuse_clause();
        break;
    case Turn::no: hear_no(next); break;
    case Turn::instead:
    case Turn::correction:
        start_clause();
        or_ = false;
        replaces_ = true;
        break;
    case Turn::successor: hear_successor(); return;
    }
    is_adjacent_ = and_ = false;
}

void Story::hear_no(Reading const& next) {
    if (next.sees_sign('?') || next.sees(Sym::no)) return;
    if (next.sees(Sym::this_) && !said_.days.empty() &&
        !next.sees(Sym::weekday, 1)) { // "el viernes, pero no este, el otro"
        refused_.day = said_.days.back();
        return;
    }
    auto const is_said_of_something = next.sees(Sym::unknown) || next.sees(Sym::talk) || next.sees(Sym::pronoun) ||
                                      next.sees(Sym::que) || next.sees(Sym::been) || next.sees(Sym::begins_trip) ||
                                      next.sees(Sym::unit) || next.sees(Sym::plus) || next.sees(Sym::con);
    if (is_said_of_something) return;
    auto const ends = next.sees(Sym::sign) || next.sees(Sym::instead) || next.sees(Sym::correction);
    if (!is_after_sign_ && !clause_.is_empty()) {
        refuse_clause();
    } else if (ends) {
        is_dropped_ = !clause_.is_empty();
        replaces_ = true;
        if (clause_.day) refused_.day = clause_.day;
    } else {
        is_refusing_ = true;
        was_bare_no_ = true;
    }
}

void Story::hear_successor() {
    auto const& last = refused_.day ? refused_.day : clause_.day;
    auto const is_meant = refused_.day || ((or_ || and_) && last);
    if (!is_meant || !last) return;
    auto later = week_later(*last);
    start_clause();
    hear(std::move(later));
}

void Story::pass(Symbol const& symbol) {
    if (symbol.sym != Sym::sign) {
        auto const is_little = symbol.sym == Sym::el || symbol.sym == Sym::la || symbol.sym == Sym::para ||
                               symbol.sym == Sym::a || symbol.sym == Sym::en || symbol.sym == Sym::las;
        if (!is_little) is_adjacent_ = and_ = false;
        return;
    }
    if (symbol.value == '/' && is_adjacent_) or_ = true; // "jueves/viernes"
    is_after_sign_ = true;
    is_refusing_ = false;
    if (!is_end_of_sentence(symbol.value)) return;
    start_clause();
    or_ = false;
}

Said Story::finish() && {
    if (is_dropped_) refuse_clause();
    auto const is_replaced_in_part = (refused_.hour || refused_.part) && (!said_.hours.empty() || !said_.parts.empty());
    auto const was_answer = was_bare_no_ && said_.hours.empty() && said_.parts.empty();
    if (said_.days.empty() && refused_.day && (is_replaced_in_part || was_answer)) said_.days.push_back(*refused_.day);
    return std::move(said_);
}

PartOfDay combined(PartOfDay before, PartOfDay after) {
    using enum PartOfDay;
    auto const are = [&](PartOfDay a, PartOfDay b) {
        return (before == a && after == b) || (before == b && after == a);
    };
    if (are(morning, early)) return early;
    if (are(morning, first)) return first;
    if (are(afternoon, first) || are(afternoon, early)) return after_lunch;
    if (are(morning, last)) return late_morning;
    if (are(afternoon, last)) return evening;
    return after == asap || after == any ? before : after;
}

} // namespace language
