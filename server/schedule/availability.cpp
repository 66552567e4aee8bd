#include "schedule/availability.hpp"

#include <algorithm>

#include "business/enum_text.hpp"
#include "schedule/free_starts.hpp"
#include "schedule/start_rules.hpp"

namespace schedule {
namespace {

using std::chrono::days;

constexpr business::EnumNames<7> refusals{"not_performed", "too_far",   "too_soon", "closed",
                                          "outside_hours", "staff_off", "taken"};

Slot make_slot(Calendar const& calendar, Query const& query, base::Instant start, std::span<ChairPosition const> free,
               ChairPosition preferred);
std::span<FreeStart const> nearest_of(std::vector<FreeStart> const& starts, base::Instant wanted, std::size_t count);
std::vector<Slot> make_slots(Calendar const& calendar, Query const& query, FreeStarts const& found,
                             std::span<FreeStart const> chosen);

} // namespace

std::string_view to_text(Refusal refusal) { return business::name_of(refusals, refusal); }

std::vector<Slot> availability(Calendar const& calendar, Query const& query, Trace* trace) {
    auto const found = free_starts(calendar, query, trace);
    return make_slots(calendar, query, found, found.starts);
}

Verdict check_start(Calendar const& calendar, Query const& query, base::Instant start, Overrides overrides) {
    auto const local = calendar.zone.to_local(start);
    auto const date = base::date_of(local);
    auto const at = base::time_of_day(local);
    StartRules rules(calendar, query, date, date, overrides);
    rules.turn_to(date);
    // The grid has only the first of an hour's two passes and whole minutes, so the way back must lead to `start`.
    auto const step = std::max(calendar.rules.slot_step, base::Minutes(1));
    auto const on_grid = at % step == base::Minutes(0) && rules.clock().instant_of(local) == start;
    if (auto const refusal = rules.ask({at, start, on_grid})) return {std::nullopt, *refusal};
    return {make_slot(calendar, query, start, rules.free(), rules.preferred())};
}

std::vector<Slot> nearest(Calendar const& calendar, Query query, base::Instant wanted, std::size_t count,
                          int days_around) {
    constexpr auto most_days_around = 184;
    auto const date = base::date_of(calendar.zone.to_local(wanted));
    auto const around = days(std::min(days_around, most_days_around));
    query.from = calendar.zone.to_instant(date - around);
    query.to = calendar.zone.to_instant(date + around + days(1));
    auto const found = free_starts(calendar, query);
    return make_slots(calendar, query, found, nearest_of(found.starts, wanted, count));
}

namespace {

Slot make_slot(Calendar const& calendar, Query const& query, base::Instant start, std::span<ChairPosition const> free,
               ChairPosition preferred) {
    Slot slot{start, start + query.service.duration, {}, calendar.chairs[preferred].member.id};
    slot.staff.reserve(free.size());
    for (auto const position : free)
        slot.staff.push_back(calendar.chairs[position].member.id);
    return slot;
}

std::vector<Slot> make_slots(Calendar const& calendar, Query const& query, FreeStarts const& found,
                             std::span<FreeStart const> chosen) {
    std::vector<Slot> slots;
    slots.reserve(chosen.size());
    for (auto const& start : chosen) {
        slots.push_back(make_slot(calendar, query, start.starts_at, found.free_at(start), start.preferred));
    }
    return slots;
}

/// The nearest of a sorted list stand side by side; of two equally near the earlier is taken.
std::span<FreeStart const> nearest_of(std::vector<FreeStart> const& starts, base::Instant wanted, std::size_t count) {
    auto const wanted_count = std::min(count, starts.size());
    auto end = std::partition_point(starts.begin(), starts.end(),
                                    [&](FreeStart const& start) { return start.starts_at < wanted; });
    auto begin = end;
    while (static_cast<std::size_t>(end - begin) < wanted_count) {
        auto const earlier_is_nearer =
            begin != starts.begin() &&
            (end == starts.end() || wanted - std::prev(begin)->starts_at <= end->starts_at - wanted);
        if (earlier_is_nearer) {
            --begin;
        } else {
            ++end;
        }
    }
    return {begin, end};
}

} // namespace
} // namespace schedule
