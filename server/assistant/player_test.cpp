#include "assistant/player_test.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace assistant::test {
namespace {

using business::OpenInterval;
using std::chrono::hours;
using std::chrono::minutes;

business::WeeklyHours open(business::DayHours const& weekday, business::DayHours const& saturday,
                           business::DayHours const& sunday) {
    business::WeeklyHours weekly;
    for (std::size_t day = 0; day < 5; ++day)
        weekly.days[day] = weekday;
    weekly.days[5] = saturday;
    weekly.days[6] = sunday;
    return weekly;
}

business::Service service(std::string id, std::string name, int length, std::int64_t price,
                          std::vector<std::string> synonyms) {
    business::Service made;
    made.id = base::ServiceId(std::move(id));
    made.name = std::move(name);
    made.synonyms = std::move(synonyms);
    made.duration = minutes(length);
    made.price_minor = price;
    made.price_kind = business::PriceKind::fixed;
    return made;
}

business::StaffMember member(std::string id, std::string name) {
    return {base::StaffId(std::move(id)), std::move(name), "", true, {}};
}

Shop shop(std::string name, std::string country, std::string_view zone, business::Tone tone, std::string currency) {
    Shop made;
    made.profile.name = std::move(name);
    made.profile.locale = "es-" + country;
    made.profile.country = std::move(country);
    made.profile.zone = base::Zone::find(zone).value();
    made.profile.tone = tone;
    made.profile.currency = std::move(currency);
    return made;
}

} // namespace

base::Instant at(Shop const& shop, std::string_view local_time) {
    return shop.profile.zone.to_instant(base::parse_local_time(local_time).value());
}

Shop salon_in_spain() {
    auto made = shop("Salón Rosa", "ES", "Europe/Madrid", business::Tone::tu, "EUR");
    made.profile.address = "Calle del Pez 3, Madrid";
    made.profile.facts = {{"aparcamiento", "Hay un aparcamiento en la plaza."}, {"pago", "Se paga en el salón."}};
    made.weekly = open({{hours(10), hours(14)}, {minutes(990), minutes(1230)}}, {{hours(10), hours(14)}}, {});
    made.exceptions.push_back({{}, {}, base::make_date(2026, 11, 2), {}, "puente"});
    made.staff = {member("marta", "Marta"), member("ines", "Inés")};
    made.services = {service("corte_mujer", "Corte de mujer", 45, 2800, {"corte de señora"}),
                     service("corte_hombre", "Corte de hombre", 30, 1600, {"corte de caballero"}),
                     service("tinte", "Tinte de raíz", 90, 4200, {"tinte", "raíces"}),
                     service("mechas", "Mechas", 120, 7000, {"balayage"}), service("peinado", "Peinado", 30, 1800, {})};
    made.services[3].price_kind = business::PriceKind::from;
    made.services[3].staff = std::vector{base::StaffId("marta")};
    return made;
}

Shop barber_in_mexico() {
    auto made = shop("Barbería Roma", "MX", "America/Mexico_City", business::Tone::tu, "MXN");
    made.profile.address = "Orizaba 10, Ciudad de México";
    made.profile.rules.cancel_notice = hours(1);
    made.weekly = open({{hours(10), hours(20)}}, {{hours(10), hours(20)}}, {{hours(11), hours(15)}});
    made.staff = {member("tono", "Toño"), member("beto", "Beto")};
    made.services = {service("corte", "Corte", 40, 25000, {"corte de pelo"}),
                     service("barba", "Arreglo de barba", 30, 18000, {"barba", "afeitado"}),
                     service("corte_barba", "Corte y barba", 60, 38000, {"combo"}),
                     service("corte_nino", "Corte de niño", 30, 18000, {"corte infantil", "mi niño"})};
    return made;
}

Shop clinic_in_argentina() {
    auto made = shop("Clínica Sur", "AR", "America/Argentina/Buenos_Aires", business::Tone::vos, "ARS");
    made.profile.rules.cancel_notice = hours(24);
    made.weekly = open({{hours(9), hours(13)}, {hours(15), hours(19)}}, {}, {});
    made.staff = {member("rossi", "Dra. Rossi")};
    made.services = {service("consulta", "Consulta", 30, 2500000, {"primera consulta"}),
                     service("limpieza", "Limpieza dental", 40, 3800000, {"limpieza"}),
                     service("control", "Control", 20, 1500000, {"chequeo"})};
    return made;
}

Shop nails_in_colombia() {
    auto made = shop("Uñas Laureles", "CO", "America/Bogota", business::Tone::usted, "COP");
    made.profile.rules.cancel_notice = hours(3);
    made.weekly = open({{hours(9), hours(19)}}, {{hours(9), hours(19)}}, {});
    made.staff = {member("valentina", "Valentina"), member("daniela", "Daniela")};
    made.services = {service("manicure", "Manicure", 45, 3500000, {"manos"}),
                     service("pedicure", "Pedicure", 60, 4500000, {"pies"}),
                     service("acrilicas", "Uñas acrílicas", 120, 12000000, {"acrílicas"})};
    return made;
}

Shop barber_in_chile() {
    auto made = shop("Barbería Providencia", "CL", "America/Santiago", business::Tone::tu, "CLP");
    made.weekly = open({{hours(10), hours(20)}}, {{hours(10), hours(18)}}, {});
    made.staff = {member("matias", "Matías")};
    made.services = {service("corte", "Corte de pelo", 30, 12000, {"corte"})};
    return made;
}

Player::Player(Shop shop, std::string_view now, std::optional<std::string> customer_name)
    : shop_(std::move(shop)), customer_{std::move(customer_name), true}, now_(at(shop_, now)) {}

void Player::give(std::string_view service_id, std::string_view local_start, std::string_view staff) {
    auto const* service =
        &*std::ranges::find(shop_.services, base::ServiceId(std::string(service_id)), &business::Service::id);
    auto const start = at(shop_, local_start);
    auto const* who = &*std::ranges::find(shop_.staff, base::StaffId(std::string(staff)), &business::StaffMember::id);
    bookings_.push_back({base::BookingId("B" + std::to_string(bookings_.size() + 1)), service->id, who->id,
                         service->name, who->name, start, start + service->duration, schedule::Status::confirmed,
                         customer_.name.value_or(""), service->price_minor});
}

void Player::block(std::string_view staff, std::string_view local_from, std::string_view local_to) {
    blocks_.emplace_back(base::StaffId(std::string(staff)), base::Interval{at(shop_, local_from), at(shop_, local_to)});
}

Answered Player::say(std::vector<std::string> const& lines) {
    std::vector<Said> said;
    for (auto const& line : lines)
        said.push_back({"text", line, now_});
    return hear(said);
}

Answered Player::hear(std::vector<Said> const& said) {
    Situation situation{shop_, customer_, dialogue_, said, {}, now_, std::exchange(reminder_, std::nullopt)};
    Answered back;
    auto step = next(situation);
    for (; std::holds_alternative<RunTool>(step); step = next(situation)) {
        if (situation.journal.size() > 12) throw std::logic_error("more than 12 tools in a turn");
        auto const& call = std::get<RunTool>(step).call;
        auto result = answer(call);
        auto const* done = std::get_if<Done>(&result);
        if (done && !std::holds_alternative<NoteBooking>(call)) back.written.push_back(done->booking);
        situation.journal.push_back({call, std::move(result)});
    }
    back.tools = situation.journal.size();
    std::visit(
        [&](auto const& end) {
            using End = std::decay_t<decltype(end)>;
            if constexpr (!std::is_same_v<End, RunTool>) dialogue_ = parse_dialogue(to_json(end.dialogue));
            if constexpr (std::is_same_v<End, Say> || std::is_same_v<End, HandOver>) back.replies = end.replies;
            if constexpr (std::is_same_v<End, Say>) back.end = "say";
            if constexpr (std::is_same_v<End, HandOver>) back.end = "hand_over:" + end.reason;
            if constexpr (std::is_same_v<End, StaySilent>) back.end = "silent";
        },
        step);
    for (auto const& reply : back.replies)
        back.text += (back.text.empty() ? "" : "\n\n") + reply.text;
    if (!back.replies.empty()) customer_.new_chat = false;
    return back;
}

std::string Player::calendar() const {
    std::string text;
    for (auto const& booking : bookings_) {
        if (!text.empty()) text += "\n";
        if (!schedule::is_active(booking.status)) text += "-";
        text += booking.service.text() + " " + base::format_local_time(shop_.profile.zone.to_local(booking.starts_at)) +
                " " + booking.staff.text() + " " + booking.customer_name;
        if (booking.status == schedule::Status::pending) text += " pending";
        if (attends(booking.id)) text += " attends";
    }
    return text;
}

schedule::Calendar Player::chairs() const {
    schedule::Calendar calendar{shop_.profile.zone, shop_.profile.rules, shop_.weekly, shop_.exceptions, {}};
    for (auto const& who : shop_.staff) {
        schedule::Chair chair{who, {}};
        for (auto const& booking : bookings_) {
            if (booking.staff == who.id && schedule::is_active(booking.status)) {
                chair.busy.push_back({booking.starts_at, booking.ends_at});
            }
        }
        for (auto const& [staff, interval] : blocks_) {
            if (staff == who.id) chair.busy.push_back(interval);
        }
        calendar.chairs.push_back(std::move(chair));
    }
    return calendar;
}

schedule::Query Player::query(base::ServiceId const& id, std::optional<base::StaffId> const& staff) const {
    auto const found = std::ranges::find(shop_.services, id, &business::Service::id);
    if (found == shop_.services.end()) throw std::logic_error("a tool was called with an unknown service");
    return {*found, now_, now_ + hours(24 * 62), staff, now_};
}

FreeStart start_of(schedule::PartyStart const& party) {
    return {party.front().starts_at, party.front().staff, {party.begin() + 1, party.end()}};
}

std::vector<business::Service> Player::company_of(Company const& company) const {
    std::vector<business::Service> services;
    for (auto const& id : company.services)
        services.push_back(*std::ranges::find(shop_.services, id, &business::Service::id));
    return services;
}

std::vector<FreeStart> Player::nearest(schedule::Query const& wanted_query, base::Instant wanted,
                                       Company const& company) const {
    std::vector<FreeStart> starts;
    if (!company.services.empty()) {
        for (auto const& party :
             schedule::nearest_parties(chairs(), wanted_query, company_of(company), company.arrangement, wanted, 4, 7))
            starts.push_back(start_of(party));
        return starts;
    }
    for (auto const& slot : schedule::nearest(chairs(), wanted_query, wanted, 4, 7))
        starts.push_back({slot.starts_at, slot.preferred});
    return starts;
}

BookingView* Player::find(base::BookingId const& id) {
    auto const found = std::ranges::find(bookings_, id, &BookingView::id);
    return found == bookings_.end() ? nullptr : &*found;
}

ToolAnswer Player::answer(ToolCall const& call) {
    return std::visit([&](auto const& each) { return answer(each); }, call);
}

ToolAnswer Player::answer(FindAvailability const& call) {
    auto search = query(call.service, call.staff);
    search.from = shop_.profile.zone.to_instant(base::LocalTime(call.from));
    search.to = shop_.profile.zone.to_instant(base::LocalTime(call.to + std::chrono::days(1)));
    schedule::Trace trace;
    FreeStarts found;
    if (!call.company.services.empty()) {
        for (auto const& party :
             schedule::party_starts(chairs(), search, company_of(call.company), call.company.arrangement)) {
            if (found.starts.size() < 400) found.starts.push_back(start_of(party));
        }
        if (found.starts.empty()) found.reason_if_empty = "taken";
        return found;
    }
    for (auto const& slot : schedule::availability(chairs(), search, &trace)) {
        if (found.starts.size() < 400) found.starts.push_back({slot.starts_at, slot.preferred});
    }
    if (found.starts.empty()) {
        found.reason_if_empty = trace.refused.empty() ? "closed" : schedule::to_text(trace.refused.back().reason);
    }
    return found;
}

ToolAnswer Player::answer(CheckStart const& call) {
    auto const search = query(call.service, call.staff);
    if (!call.company.services.empty()) {
        auto const party =
            schedule::check_party(chairs(), search, company_of(call.company), call.company.arrangement, call.starts_at);
        if (party.start) return StartCheck{start_of(*party.start), "", {}};
        return StartCheck{
            {}, std::string(schedule::to_text(party.refusal)), nearest(search, call.starts_at, call.company)};
    }
    auto const verdict = schedule::check_start(chairs(), search, call.starts_at, {});
    if (verdict.slot) return StartCheck{FreeStart{call.starts_at, verdict.slot->preferred}, "", {}};
    return StartCheck{{}, std::string(schedule::to_text(verdict.refusal)), nearest(search, call.starts_at)};
}

ToolAnswer Player::answer(ListBookings const&) {
    OwnBookings own;
    for (auto const& booking : bookings_) {
        if (schedule::is_active(booking.status) && booking.starts_at > now_) own.bookings.push_back(booking);
        auto const took_place = schedule::is_active(booking.status) || booking.status == schedule::Status::completed;
        if (took_place && booking.starts_at <= now_) own.visits.push_back(booking);
    }
    std::ranges::sort(own.bookings, {}, &BookingView::starts_at);
    std::ranges::sort(own.visits, std::ranges::greater(), &BookingView::starts_at);
    return own;
}

ToolAnswer Player::answer(CreateBooking const& call) {
    if (bookings_.size() >= limit) return Refused{"limit_reached", {}};
    auto const search = query(call.service, call.staff);
    auto const verdict = schedule::check_start(chairs(), search, call.starts_at, {});
    if (!verdict.slot) return Refused{"slot_taken", nearest(search, call.starts_at)};
    give(call.service.text(), base::format_local_time(shop_.profile.zone.to_local(call.starts_at)),
         verdict.slot->preferred.text());
    bookings_.back().customer_name = call.name;
    if (shop_.profile.assistant.owner_approves) bookings_.back().status = schedule::Status::pending;
    return Done{bookings_.back()};
}

ToolAnswer Player::answer(MoveBooking const& call) {
    auto* booking = find(call.booking);
    if (!booking) return Refused{"not_found", {}};
    auto const moved = schedule::apply(schedule::Action::reschedule, schedule::Actor::customer, booking->status,
                                       booking->starts_at, now_, shop_.profile.rules.cancel_notice);
    if (!moved) return Refused{moved.error().code, {}};
    auto const search = query(booking->service, call.staff);
    auto const before = std::exchange(booking->status, schedule::Status::cancelled);
    auto const verdict = schedule::check_start(chairs(), search, call.starts_at, {});
    auto others = verdict.slot ? std::vector<FreeStart>{} : nearest(search, call.starts_at);
    booking->status = before;
    if (!verdict.slot) return Refused{"slot_taken", std::move(others)};
    booking->ends_at += call.starts_at - booking->starts_at;
    booking->starts_at = call.starts_at;
    auto const stays = (!call.staff || call.staff == booking->staff) &&
                       std::ranges::find(verdict.slot->staff, booking->staff) != verdict.slot->staff.end();
    if (!stays) booking->staff = verdict.slot->preferred;
    booking->staff_name = std::ranges::find(shop_.staff, booking->staff, &business::StaffMember::id)->name;
    return Done{*booking};
}

ToolAnswer Player::answer(CancelBooking const& call) {
    auto* booking = find(call.booking);
    if (!booking) return Refused{"not_found", {}};
    auto const status = schedule::apply(schedule::Action::cancel, schedule::Actor::customer, booking->status,
                                        booking->starts_at, now_, shop_.profile.rules.cancel_notice);
    if (!status) return Refused{status.error().code, {}};
    booking->status = *status;
    return Done{*booking};
}

ToolAnswer Player::answer(NoteBooking const& call) {
    auto* booking = find(call.booking);
    if (!booking) return Refused{"not_found", {}};
    if (call.note == NoteBooking::Note::attends) attended_.push_back(call.booking);
    return Done{*booking};
}

} // namespace assistant::test
