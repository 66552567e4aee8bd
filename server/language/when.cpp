#include "language/when.hpp"

#include <algorithm>
#include <array>

#include "language/when_days.hpp"
#include "language/when_hours.hpp"

namespace language {

namespace {

using Code = Ambiguity::Code;
using std::chrono::days;

/// What the message mentions, corrections already made: of several mentions of one kind the last stays, unless they
/// are offered side by side ("el jueves o el viernes").
struct Mentions {
    std::vector<DayMention> days;
    std::vector<HourMention> hours;
    PartOfDay part = PartOfDay::none;
    std::vector<Span> spans;
};

class Reader {
public:
    Reader(std::vector<Token> const& tokens, base::LocalTime now) : at_(tokens), now_(now) {}

    Mentions read() && {
        while (!at_.at_end()) {
            start_ = at_.place();
            if (!skip_past_duration() && !read_successor() && !read_hours() && !read_parts() && !read_days()) {
                watch_for_refusal();
            }
        }
        return std::move(mentions_);
    }

private:
    base::Date today() const { return base::date_of(now_); }

    /// "hace 3 meses", "tarda 40 minutos"
    bool skip_past_duration() {
        constexpr auto openings = std::to_array<std::string_view>({"hace", "tarda", "dura", "desde hace"});
        if (!at_.take_any(openings)) return false;
        if (at_.take_number(1, 999)) at_.skip();
        return true;
    }

    /// "el jueves que viene no, el siguiente": a week after the one refused.
    bool read_successor() {
        constexpr auto phrases = std::to_array<std::string_view>({"el siguiente", "el otro", "el subsiguiente"});
        if (!refused_ || !at_.take_any(phrases)) return false;
        auto const refused = refused_->options.empty() ? refused_->date : std::optional(refused_->options.front());
        refused_.reset();
        if (!refused) return false;
        add_day({.date = *refused + days(7), .date_to = {}, .doubt = {}, .options = {}});
        return true;
    }

    bool read_hours() {
        auto hour = read_hour(at_, now_, is_after_day_);
        if (!hour) return false;
        if (hour->moment) {
            add_day({.date = base::date_of(*hour->moment), .date_to = {}, .doubt = {}, .options = {}});
            hour->from = SaidHour{static_cast<int>(base::time_of_day(*hour->moment).count()), Mark::exact};
            hour->is_point = true;
        }
        note_span();
        add_hour(*hour);
        return true;
    }

    bool read_parts() {
        auto const part = read_part(at_);
        if (!part) return false;
        note_span();
        mentions_.part = part->part;
        if (part->days_from_today) {
            add_day({.date = today() + days(*part->days_from_today), .date_to = {}, .doubt = {}, .options = {}});
        }
        return true;
    }

    bool read_days() {
        auto const day = read_day(at_, today());
        if (!day) return false;
        if (is_refusing_ || at_.peek().is("no")) {
            refused_ = day;
            return true;
        }
        note_span();
        add_day(*day);
        is_after_day_ = day->is_relative;
        return true;
    }

    /// "no puedo el jueves": up to the end of the clause nothing counts.
    void watch_for_refusal() {
        constexpr auto refusals = std::to_array<std::string_view>({"no puedo", "no podria", "no podre", "no me viene",
                                                                   "no me va", "no me sirve", "no quiero", "que no sea",
                                                                   "menos", "can ' t", "can ’ t", "cannot"});
        constexpr auto turns =
            std::to_array<std::string_view>({",", ";", ".", "mejor", "pero", "sino", "prefiero", "but"});
        is_after_day_ = false;
        if (at_.take_any(refusals)) {
            is_refusing_ = true;
        } else if (at_.take_any(turns)) {
            is_refusing_ = false;
        } else {
            at_.skip();
        }
    }

    bool is_alternative() const {
        auto before = at_;
        before.move_to(start_);
        return before.peek(-1).is("o") || before.peek(-1).is("u") || before.peek(-1).is("or");
    }

    void add_day(DayMention day) {
        auto& found = mentions_.days;
        if (!found.empty() && day.bare_weekday != 0 && found.back().is_week) {
            day = in_week(*found.back().date, day.bare_weekday);
        } else if (!found.empty() && day.is_week && found.back().bare_weekday != 0) {
            day = in_week(*day.date, found.back().bare_weekday);
        } else if (is_alternative()) {
            found.push_back(std::move(day));
            return;
        }
        found.assign(1, std::move(day));
    }

    static DayMention in_week(base::Date day_of_week, unsigned weekday) {
        return {.date = monday_of(day_of_week) + days(weekday - 1), .date_to = {}, .doubt = {}, .options = {}};
    }

    void add_hour(HourMention const& hour) {
        auto& found = mentions_.hours;
        is_after_day_ = false;
        auto const is_of_alternative_day = mentions_.days.size() > 1 && found.size() + 1 == mentions_.days.size();
        if (is_alternative() || (is_of_alternative_day && !found.empty())) {
            found.push_back(hour);
        } else if (!found.empty() && is_rest_of(found.back(), hour)) {
            found.back().to = hour.to;
        } else {
            found.assign(1, hour);
        }
    }

    /// "desde las 4 … hasta las 6" is one stretch.
    static bool is_rest_of(HourMention const& first, HourMention const& second) {
        auto const is_since = first.to && first.to->minutes == 1440 && first.to->mark == Mark::exact;
        auto const is_until = second.to && second.from && second.from->minutes == 0 && second.from->mark == Mark::exact;
        return is_since && is_until;
    }

    void note_span() {
        auto first = at_;
        first.move_to(start_);
        mentions_.spans.push_back({first.peek().start, at_.peek(-1).end});
    }

    Cursor at_;
    base::LocalTime now_;
    Mentions mentions_;
    std::size_t start_ = 0;
    bool is_after_day_ = false;
    bool is_refusing_ = false;
    std::optional<DayMention> refused_;
};

std::vector<std::string> formatted(std::vector<base::Date> const& dates) {
    auto result = std::vector<std::string>();
    for (auto const date : dates)
        result.push_back(base::format_date(date));
    return result;
}

When with_doubt(When when, Code code, std::vector<std::string> options) {
    std::ranges::sort(options);
    when.ambiguities.push_back({code, std::move(options)});
    return when;
}

/// The hour, with the part of the day as its mark; said of today, a reading that has passed gives way to the other.
ClockTime clock_of(SaidHour hour, PartOfDay part, std::optional<base::Date> date, base::LocalTime now) {
    if (hour.mark == Mark::none) hour.mark = mark_of(part);
    auto clock = read_clock(hour);
    auto const is_today = date == base::date_of(now);
    if (is_today && clock.other && clock.time <= base::time_of_day(now) && *clock.other > base::time_of_day(now)) {
        return {*clock.other, {}};
    }
    return clock;
}

When with_stretch(When when, HourMention const& hour, PartOfDay part) {
    auto const is_until = hour.from->mark == Mark::exact && hour.from->minutes == 0;
    auto const is_since = hour.to->mark == Mark::exact && hour.to->minutes == 1440;
    auto from = *hour.from;
    auto to = *hour.to;
    if (from.mark == Mark::none) from.mark = mark_of(part);
    auto const start = read_clock(from);
    if (to.mark == Mark::none && is_until) to.mark = mark_of(part);
    when.time = start.time;
    when.time_to = is_until ? read_clock(to).time : first_after(start.time, to);
    if (is_since) when.other_time = start.other;
    return when;
}

When with_point(When when, SaidHour hour, PartOfDay part, base::LocalTime now) {
    auto const clock = clock_of(hour, part, when.date, now);
    if (clock.is_open) {
        auto options = std::vector{base::format_time_of_day(clock.time), base::format_time_of_day(*clock.other)};
        return with_doubt(std::move(when), Code::am_pm, std::move(options));
    }
    when.time = clock.time;
    when.other_time = clock.other;
    return when;
}

When with_part(When when, PartOfDay part) {
    when.part_of_day = part;
    if (part == PartOfDay::midday) when.time = base::TimeOfDay(720);
    return when;
}

When with_hours(When when, Mentions const& mentions, base::LocalTime now) {
    auto const part = mentions.part;
    if (mentions.hours.empty()) return with_part(std::move(when), part);
    if (mentions.hours.size() > 1) {
        auto times = std::vector<std::string>();
        for (auto const& hour : mentions.hours) {
            if (hour.from) times.push_back(base::format_time_of_day(clock_of(*hour.from, part, when.date, now).time));
        }
        return with_doubt(std::move(when), Code::several, std::move(times));
    }
    auto const& hour = mentions.hours.front();
    if (!hour.from) return with_doubt(std::move(when), Code::invalid_time, {});
    return hour.is_point ? with_point(std::move(when), *hour.from, part, now)
                         : with_stretch(std::move(when), hour, part);
}

When with_days(When when, std::vector<DayMention> const& mentioned) {
    if (mentioned.empty()) return when;
    if (mentioned.size() == 1) {
        auto const& day = mentioned.front();
        when.date = day.date;
        when.date_to = day.date_to;
        return day.doubt ? with_doubt(std::move(when), *day.doubt, formatted(day.options)) : when;
    }
    auto options = std::vector<base::Date>();
    for (auto const& day : mentioned) {
        if (day.date) options.push_back(*day.date);
        options.insert(options.end(), day.options.begin(), day.options.end());
    }
    return with_doubt(std::move(when), Code::several, formatted(options));
}

/// "el jueves a las 5 o el viernes a las 6"; empty when the message is not of this kind.
std::vector<std::string> moments(Mentions const& mentions, base::LocalTime now) {
    if (mentions.days.size() < 2 || mentions.days.size() != mentions.hours.size()) return {};
    auto result = std::vector<std::string>();
    for (std::size_t i = 0; i < mentions.days.size(); ++i) {
        auto const& date = mentions.days[i].date;
        if (!date || !mentions.hours[i].from) return {};
        auto const clock = clock_of(*mentions.hours[i].from, mentions.part, date, now);
        result.push_back(base::format_local_time(*date + clock.time));
    }
    return result;
}

/// Today's weekday with an hour that has passed can only mean the next week's.
When with_week_settled(When when, std::vector<DayMention> const& mentioned, base::LocalTime now) {
    auto const today = base::date_of(now);
    auto const is_of_today = mentioned.size() == 1 && mentioned.front().bare_weekday == base::iso_weekday(today);
    auto const end = when.time_to ? when.time_to : when.time;
    if (when.find(Code::which_week) == nullptr || !is_of_today || !end || *end > base::time_of_day(now)) return when;
    when.date = today + days(7);
    std::erase_if(when.ambiguities, [](Ambiguity const& ambiguity) { return ambiguity.code == Code::which_week; });
    return when;
}

bool is_past(When const& when, base::LocalTime now) {
    if (!when.date) return false;
    auto const today = base::date_of(now);
    auto const last = when.date_to.value_or(*when.date);
    auto const end = when.time_to ? when.time_to : when.time;
    return last < today || (last == today && end && *end < base::time_of_day(now));
}

} // namespace

Ambiguity const* When::find(Ambiguity::Code code) const {
    auto const found = std::ranges::find(ambiguities, code, &Ambiguity::code);
    return found == ambiguities.end() ? nullptr : &*found;
}

When read_when(std::string_view text, base::LocalTime now, std::string_view) {
    auto const tokens = read_tokens(text);
    auto const mentions = Reader(tokens, now).read();
    auto when = When();
    when.spans = mentions.spans;
    if (auto offered = moments(mentions, now); !offered.empty()) {
        return with_doubt(std::move(when), Code::several, std::move(offered));
    }
    when = with_hours(with_days(std::move(when), mentions.days), mentions, now);
    when = with_week_settled(std::move(when), mentions.days, now);
    return is_past(when, now) ? with_doubt(std::move(when), Code::past, {}) : when;
}

} // namespace language
