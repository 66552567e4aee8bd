#include "tools/tools.hpp"

#include <algorithm>
#include <chrono>

#include "schedule/availability.hpp"
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

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::FindAvailability const& call) {
    auto const* service = find_service(bench, call.service);
    if (service == nullptr) return ToolAnswer(assistant::Refused{"not_found", {}});
    auto const& zone = bench.shop.profile.zone;
    auto last = std::min(call.to, call.from + std::chrono::days(max_days - 1));
    auto from = zone.to_instant(base::LocalTime(call.from));
    auto to = zone.to_instant(base::LocalTime(last + std::chrono::days(1)));
    TRY(auto calendar, booking::load_calendar(tx, bench.business, from, to));
    auto query = schedule::Query{*service, from, to, call.staff, bench.now};
    auto starts = free_starts(schedule::availability(calendar, query));
    if (starts.size() > max_starts) starts.resize(max_starts);
    if (!starts.empty()) return ToolAnswer(assistant::FreeStarts{std::move(starts), ""});
    auto trace = schedule::Trace();
    schedule::availability(calendar, query, &trace);
    return ToolAnswer(assistant::FreeStarts{{}, main_refusal(trace)});
}

base::Result<ToolAnswer> answer(store::Tx& tx, Bench const& bench, assistant::CheckStart const& call) {
    auto const* service = find_service(bench, call.service);
    if (service == nullptr) return ToolAnswer(assistant::Refused{"not_found", {}});
    auto around = std::chrono::days(nearby_days + 1);
    auto from = call.starts_at - around;
    auto to = call.starts_at + around;
    TRY(auto calendar, booking::load_calendar(tx, bench.business, from, to));
    auto query = schedule::Query{*service, from, to, call.staff, bench.now};
    auto verdict = schedule::check_start(calendar, query, call.starts_at, {});
    if (verdict.slot) {
        return ToolAnswer(assistant::StartCheck{FreeStart{verdict.slot->starts_at, verdict.slot->preferred}, "", {}});
    }
    auto near = schedule::nearest(calendar, query, call.starts_at, max_alternatives, nearby_days);
    return ToolAnswer(
        assistant::StartCheck{std::nullopt, std::string(schedule::to_text(verdict.refusal)), free_starts(near)});
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

} // namespace

base::Result<assistant::ToolAnswer> run(store::Tx& tx, Bench const& bench, assistant::ToolCall const& call) {
    return std::visit([&](auto const& one) { return answer(tx, bench, one); }, call);
}

} // namespace tools
