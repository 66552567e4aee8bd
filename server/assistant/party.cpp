#include "assistant/party.hpp"

#include <algorithm>

#include "assistant/replies.hpp"
#include "assistant/service_terms.hpp"

namespace assistant {
namespace {

using schedule::Arrangement;
using Services = std::vector<base::ServiceId>;

std::vector<Seat> seats_for(std::vector<Person> const& people) {
    std::vector<Seat> seats;
    seats.reserve(people.size());
    for (auto const& person : people)
        seats.push_back({std::nullopt, person.name, !person.self, person.audience});
    return seats;
}

/// One visit with several things in it.
std::vector<Seat> seats_for(std::vector<Mention> const& mentions) {
    std::vector<Seat> seats;
    seats.reserve(mentions.size());
    for (auto const& mention : mentions)
        seats.push_back({mention.services.front(), std::nullopt, false, ""});
    return seats;
}

void give(Seat& seat, Services const& services, Shop const& shop) {
    auto const meant = narrowed(services, seat.audience, shop);
    if (meant.size() == 1) seat.service = meant.front();
}

/// One service named is for all of them, as many as there are people one for each in their order; what does not come
/// out even is asked.
void assign(std::vector<Seat>& party, std::vector<Mention> const& mentions, Shop const& shop) {
    if (mentions.size() != 1 && mentions.size() != party.size()) return;
    for (std::size_t i = 0; i < party.size(); ++i)
        give(party[i], mentions[mentions.size() == 1 ? 0 : i].services, shop);
}

/// Two things in one visit are wanted where a booking begins, not in the middle of a question about prices.
bool wants_several(Turn const& turn, Heard const& heard) {
    auto const& dialogue = turn.dialogue;
    auto const fixed = dialogue.awaiting == Awaiting::name || dialogue.draft.goal == Goal::move;
    return !fixed && !heard.intents.prices && !heard.intents.duration && asks_for_all(heard.spanish, heard.mentions);
}

std::vector<Seat> party_after(Turn const& turn, Heard const& heard) {
    auto party = turn.dialogue.draft.party;
    auto const& shop = turn.situation.shop;
    if (heard.people.size() > 1 && heard.people.size() != party.size()) {
        party = seats_for(heard.people);
        auto const& known = turn.dialogue.draft.service;
        if (known && heard.mentions.empty()) assign(party, {{{*known}}}, shop);
    } else if (party.empty() && wants_several(turn, heard)) {
        return seats_for(heard.mentions);
    }
    assign(party, heard.mentions, shop);
    return party;
}

std::vector<base::StaffId> able(Shop const& shop, base::ServiceId const& id, std::optional<base::StaffId> const& wish) {
    std::vector<base::StaffId> staff;
    auto const* service = find_service(shop, id);
    for (auto const& member : shop.staff) {
        if (service && business::performs(member, *service) && (!wish || wish == member.id)) staff.push_back(member.id);
    }
    return staff;
}

bool can_be_together(Turn const& turn) {
    auto const& draft = turn.dialogue.draft;
    std::vector<std::vector<base::StaffId>> staff;
    for (auto const& seat : draft.party)
        staff.push_back(able(turn.situation.shop, *seat.service, staff.empty() ? draft.staff : std::nullopt));
    return schedule::one_person_each(staff).has_value();
}

/// Who does not come alone and goes to the same person has to wait for her.
void settle_arrangement(Turn& turn) {
    auto& draft = turn.dialogue.draft;
    if (draft.arrangement == Arrangement::in_a_row || can_be_together(turn)) return;
    draft.arrangement = Arrangement::in_a_row;
    draft.start.reset();
    turn.words.push_back(plain(turn, "not_together"));
}

bool complete(Turn const& turn) {
    return std::ranges::all_of(turn.dialogue.draft.party, [&](Seat const& seat) {
        auto const* service = find_service(turn.situation.shop, seat.service);
        return service && service->active;
    });
}

void fill_with_only_service(Turn& turn) {
    auto const& services = turn.situation.shop.services;
    if (std::ranges::count_if(services, &business::Service::active) != 1) return;
    auto const only = std::ranges::find_if(services, &business::Service::active)->id;
    for (auto& seat : turn.dialogue.draft.party)
        seat.service = only;
}

bool is_companion(Seat const& seat) { return seat.companion; }

} // namespace

bool take_party(Turn& turn, Heard const& heard) {
    auto& draft = turn.dialogue.draft;
    if (draft.goal == Goal::move || draft.goal == Goal::cancel) return false;
    if (!draft.party.empty() && heard.topics.has(language::Topic::alone)) {
        draft.party.clear();
        draft.start.reset();
        return true;
    }
    auto party = party_after(turn, heard);
    if (party.empty()) return false;
    auto const one_person = std::ranges::none_of(party, is_companion);
    auto const usual = one_person ? Arrangement::in_a_row : Arrangement::together;
    auto const arrangement = heard.arrangement.value_or(draft.party.empty() ? usual : draft.arrangement);
    if (party == draft.party && arrangement == draft.arrangement) return false;
    draft.party = std::move(party);
    draft.arrangement = one_person ? usual : arrangement;
    draft.service = draft.party.front().service;
    draft.start.reset();
    turn.dialogue.offered.clear();
    return true;
}

bool differs_from_party(Turn const& turn, Heard const& heard) {
    auto const& draft = turn.dialogue.draft;
    if (heard.topics.has(language::Topic::alone) || (heard.arrangement && heard.arrangement != draft.arrangement))
        return true;
    return party_after(turn, heard) != draft.party;
}

std::optional<Step> require_seats(Turn& turn) {
    fill_with_only_service(turn);
    if (complete(turn)) {
        settle_arrangement(turn);
        turn.dialogue.draft.service = turn.dialogue.draft.party.front().service;
        return std::nullopt;
    }
    forget_offers(turn);
    return ask(turn, Awaiting::service, ask_party_services(turn));
}

Company company_of(Draft const& draft) {
    Company company;
    company.arrangement = draft.party.empty() ? Arrangement::together : draft.arrangement;
    for (std::size_t i = 1; i < draft.party.size(); ++i)
        company.services.push_back(*draft.party[i].service);
    return company;
}

std::string name_for(Turn const& turn, Seat const& seat, std::string const& customer) {
    if (seat.name) return *seat.name;
    return seat.companion ? companion_of(turn, customer) : customer;
}

std::vector<CreateBooking> bookings_of(Turn const& turn, std::string const& customer) {
    auto const& draft = turn.dialogue.draft;
    auto const& start = *draft.start;
    if (draft.party.empty()) return {{*draft.service, start.starts_at, draft.staff, customer, draft.for_other}};
    std::vector<CreateBooking> bookings;
    for (std::size_t i = 0; i < draft.party.size(); ++i) {
        auto const& seat = draft.party[i];
        auto const place = i == 0 ? schedule::Place{start.starts_at, start.staff} : start.company[i - 1];
        bookings.push_back(
            {*seat.service, place.starts_at, place.staff, name_for(turn, seat, customer), seat.companion});
    }
    return bookings;
}

} // namespace assistant
