#include "language/clock.hpp"

#include <algorithm>

namespace language {

namespace {

using base::Minutes;

constexpr int noon = 720;
constexpr int day_end = 1440;
constexpr int hour = 60;

constexpr TimeWindow minutes(int from, int to) { return {Minutes(from), Minutes(to)}; }
constexpr TimeWindow hours(int from, int to) { return minutes(from * hour, to * hour); }

} // namespace

TimeWindow window_of(PartOfDay part, std::string_view country) {
    switch (part) {
    case PartOfDay::early: return hours(7, 10);
    case PartOfDay::morning: return hours(6, 13);
    case PartOfDay::mid_morning: return minutes(10 * hour, 12 * hour + 30);
    case PartOfDay::late_morning: return hours(12, 14);
    case PartOfDay::midday: return hours(12, country == "ES" ? 16 : 14);
    case PartOfDay::after_lunch: return minutes(14 * hour, 16 * hour + 30);
    case PartOfDay::afternoon: return hours(13, 20);
    case PartOfDay::evening: return minutes(17 * hour + 30, 20 * hour + 30);
    case PartOfDay::night: return hours(19, 23);
    case PartOfDay::after_work: return hours(17, 21);
    case PartOfDay::none:
    case PartOfDay::asap:
    case PartOfDay::first:
    case PartOfDay::last:
    case PartOfDay::any: break;
    }
    return hours(0, 24);
}

Mark mark_of(PartOfDay part) {
    switch (part) {
    case PartOfDay::early:
    case PartOfDay::morning:
    case PartOfDay::mid_morning:
    case PartOfDay::first: return Mark::morning;
    case PartOfDay::late_morning:
    case PartOfDay::midday: return Mark::midday;
    case PartOfDay::after_lunch:
    case PartOfDay::afternoon:
    case PartOfDay::evening:
    case PartOfDay::after_work:
    case PartOfDay::last: return Mark::afternoon;
    case PartOfDay::night: return Mark::night;
    case PartOfDay::none:
    case PartOfDay::asap:
    case PartOfDay::any: break;
    }
    return Mark::none;
}

ClockTime read_clock(SaidHour said) {
    auto const value = said.minutes;
    auto const at = [](int time) { return ClockTime{Minutes(time), {}}; };
    auto const is_twelve = value >= noon && value < noon + hour;
    if (value >= noon + hour) return at(value);
    switch (said.mark) {
    case Mark::exact:
    case Mark::morning: return at(value);
    case Mark::am: return at(is_twelve ? value - noon : value);
    case Mark::midday: return at(value < 6 * hour ? value + noon : value);
    case Mark::afternoon: return at(is_twelve ? value : value + noon);
    case Mark::night: return at(is_twelve ? value - noon : value < 5 * hour ? value : value + noon);
    case Mark::none: break;
    }
    if (is_twelve) return at(value);
    if (value < 8 * hour) return {Minutes(value + noon), Minutes(value)};
    return {Minutes(value), Minutes(value + noon), value < 9 * hour};
}

base::TimeOfDay first_after(base::TimeOfDay from, SaidHour to) {
    auto const clock = read_clock(to);
    auto const is_midnight = clock.time.count() % noon == 0 && clock.time <= from && to.mark != Mark::exact;
    if (is_midnight) return Minutes(day_end);
    if (to.mark != Mark::none || !clock.other) return clock.time;
    auto const [early, late] = std::minmax(clock.time, *clock.other);
    return early > from ? early : late;
}

} // namespace language
