#include "language/answer.hpp"

#include <algorithm>
#include <utility>

#include "language/calendar.hpp"

namespace language {

namespace {

using Code = Ambiguity::Code;
using Kind = HourMention::Kind;
using std::chrono::days;

constexpr auto midnight = base::TimeOfDay(0);
constexpr auto day_end = base::TimeOfDay(1440);
constexpr auto half_day = base::TimeOfDay(720);

template <class List, class Format>
std::vector<std::string> formatted(List const& values, Format format) {
    auto result = std::vector<std::string>();
    for (auto const& value : values)
        result.push_back(format(value));
    return result;
}

void doubt(When& when, Code code, std::vector<std::string> options) {
    std::ranges::sort(options);
    options.erase(std::unique(options.begin(), options.end()), options.end());
    when.ambiguities.push_back({code, std::move(options)});
}

class Answer {
public:
    Answer(Said const& said, Context const& context) : said_(said), now_(context.now), country_(context.country) {}

    When give() && {
        if (said_.shift) {
            when_.shift = said_.shift->by;
            when_.same_hour = !said_.shift->by;
        }
        if (auto offered = moments(); !offered.empty()) {
            doubt(when_, Code::several, std::move(offered));
            return std::move(when_);
        }
        answer_days();
        answer_hours();
        settle_week();
        if (is_past()) doubt(when_, Code::past, {});
        return std::move(when_);
    }

private:
    bool is_today(std::optional<base::Date> date) const { return date == base::date_of(now_); }
    base::TimeOfDay clock_now() const { return base::time_of_day(now_); }

    void answer_days() {
        if (said_.days.empty()) return;
        if (said_.days.size() > 1) return answer_several_days();
        auto const& day = said_.days.front();
        when_.date = day.date;
        when_.date_to = day.date_to;
        if (day.doubt) doubt(when_, *day.doubt, formatted(day.options, base::format_date));
    }

    void answer_several_days() {
        auto options = std::vector<base::Date>();
        for (auto const& day : said_.days) {
            // "lunes, martes o miércoles" on a Wednesday: the one behind the Tuesday.
            auto const is_later = [&](base::Date one) { return !options.empty() && one > options.back(); };
            auto const later = std::ranges::find_if(day.options, is_later);
            if (day.date)
                options.push_back(*day.date);
            else if (day.bare_weekday != 0 && later != day.options.end())
                options.push_back(*later);
            else
                options.insert(options.end(), day.options.begin(), day.options.end());
        }
        std::ranges::sort(options);
        options.erase(std::unique(options.begin(), options.end()), options.end());
        if (options.size() == 1)
            when_.date = options.front(); // the same day in two ways
        else
            doubt(when_, Code::several, formatted(options, base::format_date));
    }

    PartOfDay part() const { return said_.parts.size() == 1 ? said_.parts.front().part : PartOfDay::none; }

    /// "el lunes a las 10 o el martes por la tarde": each has its own, and neither is the hour of both.
    bool are_of_different_days() const {
        if (said_.days.size() < 2 || said_.parts.size() != 1 || said_.hours.size() != 1) return false;
        return said_.hours.front().days_before != said_.parts.front().days_before;
    }

    void answer_hours() {
        if (said_.hours.empty()) return answer_parts();
        if (are_of_different_days()) return;
        if (part() != PartOfDay::none && said_.parts.front().is_beside_hour) return answer_hour_or_part();
        if (said_.hours.size() > 1) return answer_several_hours();
        auto const& hour = said_.hours.front();
        switch (hour.kind) {
        case Kind::impossible: return doubt(when_, Code::invalid_time, {});
        case Kind::point: return answer_point(hour.from);
        case Kind::stretch: return answer_stretch(hour);
        case Kind::since: return answer_since(hour.from);
        case Kind::until: return answer_until(hour.to);
        }
    }

    void answer_parts() {
        if (said_.parts.size() > 1) {
            auto const is_one_each = said_.parts.size() == said_.days.size();
            if (is_one_each) return;
            return doubt(when_, Code::several,
                         formatted(said_.parts, [](auto const& one) { return std::string(name_of(one.part)); }));
        }
        when_.part_of_day = part();
        if (said_.parts.size() == 1 && said_.parts.front().is_noon) when_.time = half_day;
        auto const is_of_day =
            when_.has_day() && !when_.date_to && !said_.parts.empty() && !said_.parts.front().days_from_today;
        if (part() == PartOfDay::asap && is_of_day) when_.part_of_day = PartOfDay::first;
    }

    /// "a las 11 o por la tarde"
    void answer_hour_or_part() {
        auto options = std::vector{std::string(name_of(part()))};
        for (auto const time : several_times(when_.date))
            options.push_back(base::format_time_of_day(time));
        doubt(when_, Code::several, std::move(options));
    }

    SaidHour marked(SaidHour hour) const {
        auto const holds = !said_.parts.empty() && !said_.parts.front().is_beside_hour;
        if (hour.mark == Mark::none && holds) hour.mark = mark_of(part());
        return hour;
    }

    /// Said of today, a reading that has passed gives way to the other one if that is still to come.
    ClockTime clock_of(SaidHour hour, std::optional<base::Date> date) const {
        auto const clock = read_clock(marked(hour));
        auto const has_passed =
            is_today(date) && clock.other && clock.time <= clock_now() && *clock.other > clock_now();
        return has_passed ? ClockTime{*clock.other, {}} : clock;
    }

    void doubt_hour(ClockTime const& clock) {
        doubt(when_, Code::am_pm, {base::format_time_of_day(clock.time), base::format_time_of_day(*clock.other)});
    }

    void answer_point(SaidHour hour) {
        auto const clock = clock_of(hour, when_.date);
        if (clock.is_open) return doubt_hour(clock);
        when_.time = clock.time;
        when_.other_time = clock.other;
    }

    void answer_since(SaidHour hour) {
        answer_point(hour);
        when_.time_to = day_end;
    }

    void answer_until(SaidHour hour) {
        auto const clock = clock_of(hour, when_.date);
        when_.time = midnight;
        if (clock.is_open) return doubt_hour(clock);
        when_.time_to = clock.time == midnight ? day_end : clock.time;
    }

    void answer_stretch(HourMention const& hour) {
        auto start = read_clock(marked(hour.from));
        auto end = first_after(start.time, hour.to);
        auto const has_passed =
            is_today(when_.date) && start.other && end <= clock_now() && start.time + half_day < day_end;
        if (has_passed && hour.to.mark == Mark::none) {
            start.time += half_day;
            end = first_after(start.time, hour.to);
        }
        when_.time = start.time;
        when_.time_to = end;
    }

    void answer_several_hours() {
        auto const times = several_times(when_.date);
        if (times.empty()) return;
        doubt(when_, Code::several, formatted(times, base::format_time_of_day));
    }

    /// "a las 9 o 10 de la noche": the mark holds for all; eight o'clock is in the half of the day of the others.
    std::vector<base::TimeOfDay> several_times(std::optional<base::Date> date) const {
        auto last_mark = Mark::none;
        for (auto const& hour : said_.hours) {
            if (hour.from.mark != Mark::none && hour.from.mark != Mark::exact) last_mark = hour.from.mark;
        }
        auto clocks = std::vector<ClockTime>();
        for (auto const& hour : said_.hours) {
            if (hour.kind == Kind::impossible || hour.kind == Kind::until) continue;
            auto said = hour.from;
            if (said.mark == Mark::none) said.mark = last_mark;
            clocks.push_back(clock_of(said, date));
        }
        auto const is_late = std::ranges::any_of(clocks, [](auto const& clock) { return clock.time >= half_day; });
        return times_of(clocks, is_late);
    }

    static std::vector<base::TimeOfDay> times_of(std::vector<ClockTime> const& clocks, bool is_late) {
        auto times = std::vector<base::TimeOfDay>();
        for (auto const& clock : clocks)
            times.push_back(clock.is_open && is_late ? *clock.other : clock.time);
        return times;
    }

    /// "el jueves a las 5 o el viernes a las 6"; empty when the message is not of this kind.
    std::vector<std::string> moments() const {
        if (said_.days.size() < 2 || said_.days.size() != said_.hours.size()) return {};
        auto result = std::vector<std::string>();
        for (std::size_t i = 0; i < said_.days.size(); ++i) {
            auto const& date = said_.days[i].date;
            auto const& hour = said_.hours[i];
            if (!date || hour.kind == Kind::impossible || hour.kind == Kind::until) return {};
            result.push_back(base::format_local_time(*date + clock_of(hour.from, date).time));
        }
        return result;
    }

    /// The end of what was said of the day: of the hour, or of the part of the day.
    std::optional<base::TimeOfDay> end_of_moment() const {
        if (when_.time_to) return when_.time_to;
        if (when_.part_of_day != PartOfDay::none) return window_of(when_.part_of_day, country_).to;
        return when_.time;
    }

    /// Today's weekday with an hour that has passed can only mean the next week's.
    void settle_week() {
        auto const today = base::date_of(now_);
        auto const is_of_today = said_.days.size() == 1 && said_.days.front().bare_weekday == base::iso_weekday(today);
        auto const end = end_of_moment();
        if (when_.find(Code::which_week) == nullptr || !is_of_today || !end || *end > clock_now()) return;
        when_.date = today + days(7);
        std::erase_if(when_.ambiguities, [](Ambiguity const& one) { return one.code == Code::which_week; });
    }

    bool is_past() const {
        if (!when_.date) return false;
        auto const today = base::date_of(now_);
        auto const last = when_.date_to.value_or(*when_.date);
        auto const end = end_of_moment();
        return last < today || (last == today && end && *end < clock_now());
    }

    Said const& said_;
    base::LocalTime now_;
    std::string_view country_;
    When when_;
};

} // namespace

When answer(Said const& said, Context const& context) { return Answer(said, context).give(); }

} // namespace language
