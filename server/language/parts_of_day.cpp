#include <algorithm>

#include "language/when.hpp"

namespace language {

namespace {

constexpr TimeWindow minutes(int from, int to) { return {base::Minutes(from), base::Minutes(to)}; }
constexpr TimeWindow whole_hours(int from, int to) { return minutes(from * 60, to * 60); }

} // namespace

TimeWindow window_of(PartOfDay part, std::string_view country) {
    switch (part) {
    case PartOfDay::early: return whole_hours(7, 10);
    case PartOfDay::morning: return whole_hours(6, 13);
    case PartOfDay::mid_morning: return minutes(600, 750);
    case PartOfDay::late_morning: return whole_hours(12, 14);
    case PartOfDay::midday: return whole_hours(12, country == "ES" ? 16 : 14);
    case PartOfDay::after_lunch: return minutes(840, 990);
    case PartOfDay::afternoon: return whole_hours(13, 20);
    case PartOfDay::evening: return minutes(1050, 1230);
    case PartOfDay::night: return whole_hours(19, 23);
    case PartOfDay::after_work: return whole_hours(17, 21);
    case PartOfDay::none:
    case PartOfDay::asap:
    case PartOfDay::first:
    case PartOfDay::last:
    case PartOfDay::any: break;
    }
    return whole_hours(0, 24);
}

Ambiguity const* When::find(Ambiguity::Code code) const {
    auto const found = std::ranges::find(ambiguities, code, &Ambiguity::code);
    return found == ambiguities.end() ? nullptr : &*found;
}

} // namespace language
