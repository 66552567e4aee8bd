#include "schedule/random_calendar_test.hpp"

#include <rapidcheck.h>
#include <sstream>

namespace schedule::oracle {
namespace {

using base::Minutes;

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 1440 * minute_ms;

/// From `low` to `high`, both included. At full size always: rapidcheck would begin with the low ends of all ranges.
std::int64_t draw(std::int64_t low, std::int64_t high) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(low, high + 1));
}
bool draw_one_in(std::int64_t n) { return draw(1, n) == n; }
template <class T>
T draw_of(std::vector<T> const& values) {
    return values.at(static_cast<std::size_t>(draw(0, std::ssize(values) - 1)));
}
Minutes draw_minutes(std::int64_t low, std::int64_t high) { return Minutes(draw(low, high)); }

business::DayHours draw_day_hours(std::int64_t most) {
    business::DayHours hours;
    auto const grain = draw_of<std::int64_t>({1, 15, 30});
    auto from = draw(0, 600 / grain) * grain;
    for (auto left = draw_one_in(6) ? 0 : draw(1, most); left > 0 && from < 1440; --left) {
        auto const to = std::min<std::int64_t>(from + draw(1, 600 / grain) * grain, 1440);
        hours.push_back({Minutes(from), Minutes(to)});
        from = to + draw(1, 240 / grain) * grain;
    }
    return hours;
}

business::WeeklyHours draw_weekly() {
    business::WeeklyHours weekly;
    auto const usual = draw_day_hours(3);
    for (auto& day : weekly.days)
        day = draw_one_in(3) ? draw_day_hours(3) : usual;
    return weekly;
}

std::vector<base::StaffId> draw_staff_ids(std::int64_t most) {
    std::vector<base::StaffId> ids;
    for (auto i = 0; i < most; ++i) {
        if (!draw_one_in(4)) ids.emplace_back("s" + std::to_string(i));
    }
    return ids;
}

std::vector<business::HoursException> draw_exceptions(std::int64_t first_day, std::int64_t chairs) {
    std::vector<business::HoursException> exceptions;
    for (auto left = draw(0, 4); left > 0; --left) {
        business::HoursException exception;
        exception.date = base::Date(std::chrono::days(first_day + draw(-1, 4)));
        if (draw_one_in(2)) exception.staff = base::StaffId("s" + std::to_string(draw(0, chairs)));
        exception.hours = draw_day_hours(2);
        exceptions.push_back(exception);
    }
    return exceptions;
}

/// Mostly on round minutes, so that intervals touch each other and the starts.
std::vector<base::Interval> draw_busy(base::Interval const& window) {
    std::vector<base::Interval> busy;
    auto const first = base::to_millis(window.from) - day_ms;
    auto const grain = draw_of<std::int64_t>({30'000, minute_ms, 15 * minute_ms, 15 * minute_ms});
    auto const length = (base::to_millis(window.to) + day_ms - first) / grain;
    for (auto left = draw(0, 24); left > 0; --left) {
        auto const from = first / grain * grain + draw(0, length) * grain;
        auto const most = draw_one_in(8) ? 2 * day_ms : 3 * 60 * minute_ms;
        busy.push_back({base::from_millis(from), base::from_millis(from + draw(0, most / grain) * grain)});
    }
    return busy;
}

business::Service draw_service(std::int64_t chairs) {
    business::Service service;
    service.duration =
        draw_one_in(8)
            ? draw_minutes(5, 720)
            : draw_of<Minutes>({Minutes(5), Minutes(30), Minutes(45), Minutes(60), Minutes(90), Minutes(37)});
    service.buffer_before = draw_one_in(3) ? draw_minutes(1, 60) : Minutes(0);
    service.buffer_after = draw_one_in(3) ? draw_minutes(1, 240) : Minutes(0);
    service.active = !draw_one_in(30);
    if (draw_one_in(4)) service.staff = draw_staff_ids(chairs);
    return service;
}

std::int64_t draw_day(Place const& place) {
    if (!place.days_of_change.empty() && !draw_one_in(4)) return draw_of(place.days_of_change);
    return draw_one_in(6) ? unix_day(2036, 12, 31) : unix_day(2024, 1, 1) + draw(0, 4000);
}

base::Interval draw_window(std::int64_t day) {
    auto const from = day * day_ms + draw(-24 * 60, 12 * 60) * minute_ms + (draw_one_in(4) ? draw(0, 59'999) : 0);
    return {base::from_millis(from), base::from_millis(from + draw(0, 3 * 24 * 60) * minute_ms)};
}

business::Rules draw_rules() {
    business::Rules rules;
    rules.slot_step = draw_one_in(2) ? Minutes(15) : draw_minutes(5, 240);
    rules.min_notice = draw_of<Minutes>({Minutes(0), Minutes(60), Minutes(120), Minutes(draw(0, 4000))});
    rules.horizon_days = static_cast<int>(draw_one_in(2) ? draw(1, 5) : draw(1, 730));
    return rules;
}

} // namespace

Place Place::of(std::string const& zone_name, int first_year, int last_year) {
    Place place{zone_name, ZoneTable(zone_name), {}};
    place.days_of_change = place.table.days_of_change(first_year, last_year);
    return place;
}

Case draw_case(Place const& place) {
    Case drawn;
    auto const day = draw_day(place);
    auto const window = draw_window(day);
    auto const chairs = draw(1, 4);
    drawn.calendar.zone = base::Zone::find(place.zone_name).value();
    drawn.calendar.rules = draw_rules();
    drawn.calendar.weekly = draw_weekly();
    drawn.calendar.exceptions = draw_exceptions(day, chairs);
    for (auto i = 0; i < chairs; ++i) {
        business::StaffMember member;
        member.id = base::StaffId("s" + std::to_string(i));
        if (draw_one_in(3)) member.weekly = draw_weekly();
        drawn.calendar.chairs.push_back({member, draw_busy(window)});
    }
    drawn.query = {draw_service(chairs), window.from, window.to, std::nullopt, {}};
    if (draw_one_in(5)) drawn.query.staff = base::StaffId("s" + std::to_string(draw(0, chairs)));
    drawn.query.now = window.from + Minutes(draw(-3 * 1440, 600)) + base::Milliseconds(draw(0, 1) * draw(0, 59'999));
    return drawn;
}

Overrides draw_overrides() { return {draw_one_in(2), draw_one_in(2), draw_one_in(2)}; }

base::Instant draw_start(Query const& query) {
    auto const grain = draw_of<std::int64_t>({30'000, minute_ms, 5 * minute_ms, 15 * minute_ms});
    auto const from = base::to_millis(query.from) / grain * grain;
    return base::from_millis(from + draw(0, (base::to_millis(query.to) - from) / grain) * grain);
}

namespace {

void write(std::ostream& out, business::DayHours const& hours) {
    for (auto const& [from, to] : hours) {
        out << ' ' << base::format_time_of_day(from) << '-' << base::format_time_of_day(to);
    }
    if (hours.empty()) out << " closed";
}

void write(std::ostream& out, business::WeeklyHours const& weekly) {
    for (auto const& day : weekly.days) {
        write(out, day);
        out << ';';
    }
    out << '\n';
}

} // namespace

std::string describe(Case const& drawn) {
    std::ostringstream out;
    auto const& [calendar, query] = drawn;
    auto const& zone = calendar.zone;
    out << zone.name() << " from " << zone.format(query.from) << " to " << zone.format(query.to) << " now "
        << zone.format(query.now) << " staff " << (query.staff ? query.staff->text() : "any") << '\n'
        << "step " << calendar.rules.slot_step.count() << " notice " << calendar.rules.min_notice.count() << " horizon "
        << calendar.rules.horizon_days << " service " << query.service.buffer_before.count() << '+'
        << query.service.duration.count() << '+' << query.service.buffer_after.count()
        << (query.service.active ? "" : " inactive") << (query.service.staff ? " of some" : " of all") << "\nweek:";
    write(out, calendar.weekly);
    for (auto const& exception : calendar.exceptions) {
        out << "exception " << base::format_date(exception.date) << ' '
            << (exception.staff ? exception.staff->text() : "all");
        write(out, exception.hours);
        out << '\n';
    }
    for (auto const& [member, busy] : calendar.chairs) {
        out << member.id.text() << ':';
        for (auto const& [from, to] : busy)
            out << ' ' << zone.format(from) << '/' << zone.format(to);
        out << '\n';
        if (member.weekly) write(out << "  week:", *member.weekly);
    }
    return out.str();
}

std::string describe(base::Zone const& zone, Answer const& answer) {
    auto text = zone.format(answer.starts_at) + ' ';
    if (!answer.slot) return text + std::string(to_text(answer.refusal));
    for (auto const& id : answer.slot->staff)
        text += id.text() + ' ';
    return text + "preferred " + answer.slot->preferred.text() + " until " + zone.format(answer.slot->ends_at);
}

} // namespace schedule::oracle
