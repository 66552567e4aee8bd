#include "booking/calendar.hpp"

#include "booking/booking.hpp"
#include "booking/shop.hpp"

namespace booking {
namespace {

using std::chrono::days;

/// How far a booking with its buffers can reach around its start: the limits of business::Service.
constexpr base::Minutes longest_before{240};
constexpr base::Minutes longest_after{720 + 240};

/// The whole dates are looked at, since the day's booked time decides who is preferred.
base::Interval window_around(base::Zone const& zone, base::Instant from, base::Instant to) {
    auto const first = base::date_of(zone.to_local(from));
    auto const last = base::date_of(zone.to_local(to));
    return {zone.to_instant(first) - longest_before, zone.to_instant(last + days(1)) + longest_after};
}

std::vector<schedule::Chair> active_chairs(std::vector<store::StaffRow> const& staff,
                                           std::vector<store::WeeklyRow> const& weekly);
std::vector<schedule::Chair> with_busy_time(std::vector<schedule::Chair> chairs, store::BusyTimes bookings,
                                            std::vector<store::BlockRow> const& blocks);

} // namespace

base::Result<schedule::Calendar> load_calendar(store::Tx& tx, base::BusinessId const& business, base::Instant from,
                                               base::Instant to, std::optional<base::BookingId> const& without) {
    auto const row = store::find_business(tx, business);
    if (!row) return base::fail(base::Fault::not_found, "not_found", "There is no such business.");
    return load_calendar(tx, *row, from, to, without, {});
}

base::Result<schedule::Calendar> load_calendar(store::Tx& tx, store::BusinessRow const& business, base::Instant from,
                                               base::Instant to, std::optional<base::BookingId> const& without,
                                               std::optional<base::StaffId> const& staff) {
    auto const zone = base::Zone::find(business.timezone);
    if (!zone) return base::fail(base::Fault::broken, "unknown_timezone", zone.error().message);
    auto const first = base::date_of(zone->to_local(from));
    auto const last = base::date_of(zone->to_local(to));
    auto const weekly = store::weekly_hours(tx, business.id);
    auto const window = window_around(*zone, from, to);
    return schedule::Calendar{.zone = *zone,
                              .rules = rules_of(business),
                              .weekly = weekly_of(weekly, ""),
                              .exceptions = load_exceptions(tx, business.id, first, last + days(1)),
                              .chairs =
                                  with_busy_time(active_chairs(store::list_staff(tx, business.id), weekly),
                                                 store::busy_with_bookings(tx, business.id, window, without, staff),
                                                 store::blocks_between(tx, business.id, window))};
}

std::vector<schedule::Slot> alternatives(store::Tx& tx, base::BusinessId const& business,
                                         base::ServiceId const& service, std::optional<base::StaffId> const& staff,
                                         base::Instant wanted, base::Instant now, std::size_t count) {
    constexpr auto days_around = 7;
    auto const wanted_service = load_service(tx, business, service);
    if (!wanted_service) return {};
    auto const calendar = load_calendar(tx, business, wanted - days(days_around + 1), wanted + days(days_around + 1));
    if (!calendar) return {};
    return schedule::nearest(*calendar, {.service = *wanted_service, .from = {}, .to = {}, .staff = staff, .now = now},
                             wanted, count, days_around);
}

namespace {

std::vector<schedule::Chair> active_chairs(std::vector<store::StaffRow> const& staff,
                                           std::vector<store::WeeklyRow> const& weekly) {
    auto chairs = std::vector<schedule::Chair>();
    for (auto const& row : staff) {
        if (row.active) chairs.push_back({staff_member_of(row, weekly), {}});
    }
    return chairs;
}

std::vector<schedule::Chair> with_busy_time(std::vector<schedule::Chair> chairs, store::BusyTimes bookings,
                                            std::vector<store::BlockRow> const& blocks) {
    for (auto& chair : chairs) {
        auto const booked = bookings.find(chair.member.id.text());
        if (booked != bookings.end()) chair.busy = std::move(booked->second);
        for (auto const& block : blocks) {
            if (block.staff.value_or(chair.member.id) == chair.member.id) chair.busy.push_back(block.interval);
        }
    }
    return chairs;
}

} // namespace
} // namespace booking
