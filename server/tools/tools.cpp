#include "tools/tools.hpp"

#include <algorithm>
#include <chrono>

#include "schedule/availability.hpp"
#include "schedule/party.hpp"
#include "store/booking.hpp"

namespace tools {
namespace {

using assistant::FreeStart;
using assistant::ToolAnswer;

constexpr auto max_days = 62;
constexpr auto max_starts = std::size_t{400};
constexpr auto max_alternatives = std::size_t{4};
constexpr auto nearby_days = 7;
constexpr auto listed_bookings = std::int64_t{20};
constexpr auto remembered = std::chrono::days(400); ///< how far back her last visits are looked for
constexpr auto most_visits = std::size_t{5};
constexpr auto looked_through = std::int64_t{200};

/// Refusals of the domain are answers; a database that is gone is not.
bool is_refusal(base::Error const& error) {
    switch (error.fault) {
    case base::Fault::not_found:
    case base::Fault::conflict:
    case base::Fault::invalid:
    case base::Fault::refused:
    case base::Fault::limited: return true;
    case base::Fault::unauthorized:
    case base::Fault::unavailable:
    case base::Fault::broken: return false;
    }
    return false;
}

std::vector<FreeStart> free_starts(std::vector<schedule::Slot> const& slots) {
    auto starts = std::vector<FreeStart>();
    for (auto const& slot : slots)
        starts.push_back({slot.starts_at, slot.preferred});
    return starts;
}

business::Service const* find_service(Bench const& bench, base::ServiceId const& id) {
    auto const& services = bench.shop.services;
    auto found = std::ranges::find(services, id, &business::Service::id);
    return found == services.end() ? nullptr : &*found;
}

assistant::FreeStart free_start(schedule::PartyStart const& party) {
    return {party.front().starts_at, party.front().staff, {party.begin() + 1, party.end()}};
}

std::vector<FreeStart> free_starts(std::vector<schedule::PartyStart> const& parties) {
    auto starts = std::vector<FreeStart>();
    for (auto const& party : parties)
        starts.push_back(free_start(party));
    return starts;
}

/// The services booked along with one; nothing when one of them is none of the shop's.
std::optional<std::vector<business::Service>> company_of(Bench const& bench, assistant::Company const& company) {
    auto services = std::vector<business::Service>();
    for (auto const& id : company.services) {
        auto const* service = find_service(bench, id);
        if (service == nullptr) return std::nullopt;
        services.push_back(*service);
    }
    return services;
}

booking::Actor customer_actor(Bench const& bench) { return {schedule::Actor::customer, bench.origin, bench.customer}; }

/// The rule that refused most starts: what a customer is told about a day with nothing free.
std::string main_refusal(schedule::Trace const& trace) {
    auto counts = std::vector<std::pair<schedule::Refusal, int>>();
    for (auto const& refused : trace.refused) {
        auto found = std::ranges::find(counts, refused.reason, &std::pair<schedule::Refusal, int>::first);
        if (found == counts.end()) {
            counts.emplace_back(refused.reason, 1);
        } else {
            ++found->second;
        }
    }
    // A chair that is taken explains a full day better than the hours around it.
    for (auto reason : {schedule::Refusal::taken, schedule::Refusal::too_far, schedule::Refusal::too_soon,
                        schedule::Refusal::staff_off, schedule::Refusal::not_performed}) {
        if (std::ranges::find(counts, reason, &std::pair<schedule::Refusal, int>::first) != counts.end()) {
            return std::string(schedule::to_text(reason));
        }
    }
    return std::string(schedule::to_text(schedule::Refusal::closed));
}

/// Free starts of one service, or of several together.
std::vector<FreeStart> search(schedule::Calendar const& calendar, schedule::Query const& query,
                              std::vector<business::Service> const& company, schedule::Arrangement arrangement) {
    if (company.empty()) return free_starts(schedule::availability(calendar, query));
    return free_starts(schedule::party_starts(calendar, query, company, arrangement));
}

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::FindAvailability const& call) {
    auto const* service = find_service(bench, call.service);
    auto company = company_of(bench, call.company);
    if (service == nullptr || !company) return ToolAnswer(assistant::Refused{"not_found", {}});
    auto const& zone = bench.shop.profile.zone;
    auto last = std::min(call.to, call.from + std::chrono::days(max_days - 1));
    auto from = zone.to_instant(base::LocalTime(call.from));
    auto to = zone.to_instant(base::LocalTime(last + std::chrono::days(1)));
    TRY(auto calendar, booking::load_calendar(tx, bench.business, from, to));
    auto query = schedule::Query{*service, from, to, call.staff, bench.now};
    auto starts = search(calendar, query, *company, call.company.arrangement);
    if (starts.size() > max_starts) starts.resize(max_starts);
    if (!starts.empty()) return ToolAnswer(assistant::FreeStarts{std::move(starts), ""});
    auto trace = schedule::Trace();
    auto const alone = schedule::availability(calendar, query, &trace);
    // One of them could come, only not all.
    if (!alone.empty()) return ToolAnswer(assistant::FreeStarts{{}, "taken"});
    return ToolAnswer(assistant::FreeStarts{{}, main_refusal(trace)});
}

assistant::StartCheck check(schedule::Calendar const& calendar, schedule::Query const& query,
                            std::vector<business::Service> const& company, assistant::CheckStart const& call) {
    if (!company.empty()) {
        auto const arrangement = call.company.arrangement;
        auto const party = schedule::check_party(calendar, query, company, arrangement, call.starts_at);
        if (party.start) return {free_start(*party.start), "", {}};
        return {std::nullopt, std::string(schedule::to_text(party.refusal)),
                free_starts(schedule::nearest_parties(calendar, query, company, arrangement, call.starts_at,
                                                      max_alternatives, nearby_days))};
    }
    auto const verdict = schedule::check_start(calendar, query, call.starts_at, {});
    if (verdict.slot) return {FreeStart{verdict.slot->starts_at, verdict.slot->preferred}, "", {}};
    auto const near = schedule::nearest(calendar, query, call.starts_at, max_alternatives, nearby_days);
    return {std::nullopt, std::string(schedule::to_text(verdict.refusal)), free_starts(near)};
}

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::CheckStart const& call) {
    auto const* service = find_service(bench, call.service);
    auto const company = company_of(bench, call.company);
    if (service == nullptr || !company) return ToolAnswer(assistant::Refused{"not_found", {}});
    auto around = std::chrono::days(nearby_days + 1);
    auto from = call.starts_at - around;
    auto to = call.starts_at + around;
    TRY(auto calendar, booking::load_calendar(tx, bench.business, from, to));
    auto query = schedule::Query{*service, from, to, call.staff, bench.now};
    return ToolAnswer(check(calendar, query, *company, call));
}

base::Result<assistant::BookingView> view(store::Tx& tx, Bench const& bench, base::BookingId const& id) {
    auto found = store::find_booking_details(tx, bench.business, id);
    if (!found) return base::fail(base::Fault::broken, "booking_lost", "a booking just written cannot be read back");
    auto status = schedule::parse_status(found->row.status);
    if (!status) return base::fail(base::Fault::broken, "bad_status", "a booking has an unknown status");
    return assistant::BookingView{.id = found->row.id,
                                  .service = found->row.service,
                                  .staff = found->row.staff,
                                  .service_name = found->service_name,
                                  .staff_name = found->staff_name,
                                  .starts_at = found->row.starts_at,
                                  .ends_at = found->row.ends_at,
                                  .status = *status,
                                  .customer_name = found->row.customer_name,
                                  .price_minor = found->row.price_minor};
}

/// What took place or is under way, the last first.
base::Result<std::vector<assistant::BookingView>> visits(store::Tx& tx, Bench const& bench) {
    auto filter = store::BookingFilter{};
    filter.from = bench.now - remembered;
    filter.to = bench.now;
    filter.customer = bench.customer;
    filter.statuses = "pending,confirmed,completed";
    filter.limit = looked_through;
    auto const found = store::list_bookings(tx, bench.business, filter);
    auto past = std::vector<assistant::BookingView>();
    for (auto row = found.rbegin(); row != found.rend() && past.size() < most_visits; ++row) {
        TRY(auto shown, view(tx, bench, row->row.id));
        past.push_back(std::move(shown));
    }
    return past;
}

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::ListBookings const&) {
    auto filter = store::BookingFilter{};
    filter.from = bench.now;
    filter.customer = bench.customer;
    filter.limit = listed_bookings;
    auto own = assistant::OwnBookings();
    for (auto const& found : store::list_bookings(tx, bench.business, filter)) {
        auto status = schedule::parse_status(found.row.status);
        if (!status || !schedule::is_active(*status)) continue;
        TRY(auto shown, view(tx, bench, found.row.id));
        own.bookings.push_back(std::move(shown));
    }
    TRY(own.visits, visits(tx, bench));
    return ToolAnswer(std::move(own));
}

/// The row as committed with this transaction, or the refusal with the free starts around the wish.
base::Result<ToolAnswer> written(store::Tx& tx, Bench const& bench, base::Result<store::BookingRow> const& result,
                                 base::ServiceId const& service, std::optional<base::StaffId> const& staff,
                                 std::optional<base::Instant> wanted) {
    if (result) {
        TRY(auto shown, view(tx, bench, result->id));
        return ToolAnswer(assistant::Done{std::move(shown)});
    }
    if (!is_refusal(result.error())) return base::fail(result.error());
    auto near = std::vector<schedule::Slot>();
    if (wanted) near = booking::alternatives(tx, bench.business, service, staff, *wanted, bench.now, max_alternatives);
    return ToolAnswer(assistant::Refused{result.error().code, free_starts(near)});
}

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::CreateBooking const& call) {
    auto wish = booking::Wish{.service = call.service,
                              .starts_at = call.starts_at,
                              .staff = call.staff,
                              .customer_name = call.name,
                              .notes = {},
                              .overrides = {}};
    auto row = booking::book(tx, bench.business, bench.customer, wish, customer_actor(bench), bench.now, bench.random);
    return written(tx, bench, row, call.service, call.staff, call.starts_at);
}

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::MoveBooking const& call) {
    auto before = store::find_booking(tx, bench.business, call.booking);
    if (!before) return ToolAnswer(assistant::Refused{"not_found", {}});
    auto change = booking::Change{};
    change.starts_at = call.starts_at;
    change.staff = call.staff;
    auto row =
        booking::change(tx, bench.business, call.booking, change, std::nullopt, customer_actor(bench), bench.now);
    return written(tx, bench, row, before->service, call.staff, call.starts_at);
}

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::CancelBooking const& call) {
    auto row = booking::act(tx, bench.business, call.booking, schedule::Action::cancel, "customer", std::nullopt,
                            customer_actor(bench), bench.now);
    return written(tx, bench, row, {}, {}, {});
}

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::NoteBooking const& call) {
    auto const said = [&] {
        switch (call.note) {
        case assistant::NoteBooking::Note::attends: return booking::Note::attends;
        case assistant::NoteBooking::Note::late: return booking::Note::late;
        case assistant::NoteBooking::Note::arrived: return booking::Note::arrived;
        }
        return booking::Note::attends;
    };
    auto row = booking::note(tx, bench.business, call.booking, said(), call.minutes, customer_actor(bench), bench.now);
    return written(tx, bench, row, {}, {}, {});
}

} // namespace

base::Result<assistant::ToolAnswer> run(store::Tx& tx, Bench const& bench, assistant::ToolCall const& call) {
    return std::visit([&](auto const& one) { return answer(tx, bench, one); }, call);
}

} // namespace tools
