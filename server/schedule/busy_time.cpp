#include "schedule/busy_time.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>

namespace schedule {
namespace {

using Intervals = std::vector<base::Interval>;

constexpr std::uint32_t most_in_a_box = 16;

Intervals clipped(Intervals const& busy, base::Interval const& window);
Intervals sorted(Intervals const& busy, base::Interval const& window);
void put_in_order(Intervals& nearly_sorted);
void merge(Intervals& sorted);

bool starts_earlier(base::Interval const& a, base::Interval const& b) { return a.from < b.from; }

} // namespace

BusyTime::BusyTime(std::vector<base::Interval> const& busy, base::Interval const& window)
    : busy_(clipped(busy, window)) {
    if (!std::is_sorted(busy_.begin(), busy_.end(), starts_earlier)) busy_ = sorted(busy_, window);
    merge(busy_);
    busy_.push_back({base::Instant::max(), base::Instant::max()});
}

base::Milliseconds BusyTime::taken_of(base::Interval const& day) {
    while (busy_[next_of_day_].to <= day.from)
        ++next_of_day_;
    auto taken = base::Milliseconds(0);
    for (auto i = next_of_day_; busy_[i].from < day.to; ++i) {
        taken += std::min(busy_[i].to, day.to) - std::max(busy_[i].from, day.from);
    }
    return taken;
}

namespace {

Intervals clipped(Intervals const& busy, base::Interval const& window) {
    Intervals inside;
    inside.reserve(busy.size() + 1);
    for (auto const& [from, to] : busy) {
        auto const part = base::Interval{std::max(from, window.from), std::min(to, window.to)};
        if (part.from < part.to) inside.push_back(part);
    }
    return inside;
}

/// Dealt by start into about as many boxes as there are intervals, which leaves little to be put in order: the
/// comparisons of std::sort, which no processor foresees, would take most of the time of a month's availability.
Intervals sorted(Intervals const& busy, base::Interval const& window) {
    auto const length = static_cast<std::uint64_t>((window.to - window.from).count());
    auto const shift =
        std::max(0, static_cast<int>(std::bit_width(length)) - static_cast<int>(std::bit_width(busy.size())));
    auto const box_of = [&](base::Interval const& interval) {
        return static_cast<std::uint64_t>((interval.from - window.from).count()) >> shift;
    };
    std::vector<std::uint32_t> places((length >> shift) + 2, 0);
    for (auto const& interval : busy)
        ++places[box_of(interval) + 1];
    auto const fullest = *std::max_element(places.begin(), places.end());
    std::partial_sum(places.begin(), places.end(), places.begin());

    Intervals dealt;
    dealt.reserve(busy.size() + 1);
    dealt.resize(busy.size());
    for (auto const& interval : busy)
        dealt[places[box_of(interval)]++] = interval;
    if (fullest > most_in_a_box) {
        std::sort(dealt.begin(), dealt.end(), starts_earlier);
    } else {
        put_in_order(dealt);
    }
    return dealt;
}

/// Insertion sort, for a list in which everything is near its place.
void put_in_order(Intervals& nearly_sorted) {
    for (std::size_t i = 1; i < nearly_sorted.size(); ++i) {
        auto const interval = nearly_sorted[i];
        auto place = i;
        for (; place > 0 && starts_earlier(interval, nearly_sorted[place - 1]); --place) {
            nearly_sorted[place] = nearly_sorted[place - 1];
        }
        nearly_sorted[place] = interval;
    }
}

/// Joins what overlaps or touches in a sorted list. Written without a branch, as the data does not let it be foreseen.
void merge(Intervals& sorted) {
    if (sorted.empty()) return;
    auto last = sorted.begin();
    for (auto const next : sorted) {
        auto const apart = last->to < next.from;
        auto const joined = base::Interval{apart ? next.from : last->from, std::max(last->to, next.to)};
        last += apart ? 1 : 0;
        *last = joined;
    }
    sorted.erase(std::next(last), sorted.end());
}

} // namespace
} // namespace schedule
