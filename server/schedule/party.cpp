#include "schedule/party.hpp"

#include <algorithm>

namespace schedule {
namespace {

using std::chrono::days;

/// The start of the next service of a row, after one that starts at `start`.
base::Instant next_in_row(Calendar const& calendar, base::Instant start, business::Service const& service,
                          business::Service const& next) {
    auto const free_from = start + service.duration + service.buffer_after + next.buffer_before;
    auto const local = calendar.zone.to_local(free_from);
    auto const step = std::max(calendar.rules.slot_step, base::Minutes(1));
    auto const over = std::chrono::ceil<base::Minutes>(base::time_of_day(local)) % step;
    return over == base::Minutes(0) ? free_from : free_from + (step - over);
}

/// When each service of the party starts if the first starts at `first`.
std::vector<base::Instant> starts_of(Calendar const& calendar, Query const& query,
                                     std::vector<business::Service> const& others, Arrangement arrangement,
                                     base::Instant first) {
    std::vector<base::Instant> starts{first};
    auto const* before = &query.service;
    for (auto const& other : others) {
        auto const row = arrangement == Arrangement::in_a_row;
        starts.push_back(row ? next_in_row(calendar, starts.back(), *before, other) : first);
        before = &other;
    }
    return starts;
}

/// Who is free, the one that a single booking would take first.
std::vector<base::StaffId> by_preference(Slot const& slot) {
    auto staff = slot.staff;
    std::ranges::stable_partition(staff, [&](auto const& id) { return id == slot.preferred; });
    return staff;
}

/// In a row the person of the service before goes on where she can.
std::vector<base::StaffId> one_after_the_other(std::span<std::vector<base::StaffId> const> able) {
    std::vector<base::StaffId> chosen;
    for (auto const& staff : able) {
        auto const stays = !chosen.empty() && std::ranges::find(staff, chosen.back()) != staff.end();
        chosen.push_back(stays ? chosen.back() : staff.front());
    }
    return chosen;
}

std::optional<PartyStart> seated(std::vector<Slot const*> const& slots, Arrangement arrangement) {
    std::vector<std::vector<base::StaffId>> able;
    able.reserve(slots.size());
    for (auto const* slot : slots)
        able.push_back(by_preference(*slot));
    auto const chosen =
        arrangement == Arrangement::together ? one_person_each(able) : std::optional(one_after_the_other(able));
    if (!chosen) return std::nullopt;
    PartyStart party;
    for (std::size_t i = 0; i < slots.size(); ++i)
        party.push_back({slots[i]->starts_at, (*chosen)[i]});
    return party;
}

Query query_for(Query const& query, business::Service const& other) {
    // A row may run into what a day later begins.
    return {other, query.from, query.to + days(1), std::nullopt, query.now};
}

Slot const* find(std::vector<Slot> const& slots, base::Instant start) {
    auto const found = std::ranges::lower_bound(slots, start, {}, &Slot::starts_at);
    return found != slots.end() && found->starts_at == start ? &*found : nullptr;
}

bool place_rest(std::span<std::vector<base::StaffId> const> able, std::vector<base::StaffId>& chosen) {
    if (chosen.size() == able.size()) return true;
    for (auto const& id : able[chosen.size()]) {
        if (std::ranges::find(chosen, id) != chosen.end()) continue;
        chosen.push_back(id);
        if (place_rest(able, chosen)) return true;
        chosen.pop_back();
    }
    return false;
}

} // namespace

std::vector<PartyStart> party_starts(Calendar const& calendar, Query const& query,
                                     std::vector<business::Service> const& others, Arrangement arrangement) {
    auto const first = availability(calendar, query);
    std::vector<std::vector<Slot>> rest;
    rest.reserve(others.size());
    for (auto const& other : others)
        rest.push_back(availability(calendar, query_for(query, other)));
    std::vector<PartyStart> parties;
    for (auto const& slot : first) {
        auto const starts = starts_of(calendar, query, others, arrangement, slot.starts_at);
        std::vector<Slot const*> slots{&slot};
        for (std::size_t i = 0; i < rest.size() && slots.back(); ++i)
            slots.push_back(find(rest[i], starts[i + 1]));
        if (!slots.back()) continue;
        if (auto party = seated(slots, arrangement)) parties.push_back(*std::move(party));
    }
    return parties;
}

PartyVerdict check_party(Calendar const& calendar, Query const& query, std::vector<business::Service> const& others,
                         Arrangement arrangement, base::Instant start) {
    auto const starts = starts_of(calendar, query, others, arrangement, start);
    std::vector<Slot> slots;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        auto const own = i == 0 ? query : query_for(query, others[i - 1]);
        auto verdict = check_start(calendar, own, starts[i], {});
        if (!verdict.slot) return {std::nullopt, verdict.refusal};
        slots.push_back(*std::move(verdict.slot));
    }
    std::vector<Slot const*> pointers;
    for (auto const& slot : slots)
        pointers.push_back(&slot);
    return {seated(pointers, arrangement), Refusal::taken};
}

std::vector<PartyStart> nearest_parties(Calendar const& calendar, Query query,
                                        std::vector<business::Service> const& others, Arrangement arrangement,
                                        base::Instant wanted, std::size_t count, int days_around) {
    auto const date = base::date_of(calendar.zone.to_local(wanted));
    query.from = calendar.zone.to_instant(base::LocalTime(date - days(days_around)));
    query.to = calendar.zone.to_instant(base::LocalTime(date + days(days_around + 1)));
    auto parties = party_starts(calendar, query, others, arrangement);
    auto const distance = [&](PartyStart const& party) {
        auto const start = party.front().starts_at;
        return start < wanted ? wanted - start : start - wanted;
    };
    std::ranges::stable_sort(parties, {}, distance);
    if (parties.size() > count) parties.resize(count);
    std::ranges::sort(parties, {}, [](PartyStart const& party) { return party.front().starts_at; });
    return parties;
}

std::optional<std::vector<base::StaffId>> one_person_each(std::span<std::vector<base::StaffId> const> able) {
    std::vector<base::StaffId> chosen;
    return place_rest(able, chosen) ? std::optional(chosen) : std::nullopt;
}

} // namespace schedule
