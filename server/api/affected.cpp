#include "api/affected.hpp"

#include <algorithm>
#include <map>

#include "booking/shop.hpp"
#include "schedule/life_cycle.hpp"

namespace api {
namespace {

using Bookings = std::vector<store::BookingDetails>;
using std::chrono::days;

constexpr auto rows_at_once = std::int64_t{200};
constexpr auto last_date = base::make_date(2100, 12, 31);

/// All that a booking stands on.
struct Ground {
    base::Zone zone;
    business::WeeklyHours weekly;
    std::vector<business::HoursException> exceptions;
    std::map<base::StaffId, business::StaffMember> staff;
    std::map<base::ServiceId, business::Service> services;
    std::vector<store::BlockRow> blocks;
};

template <class Value>
auto by_id(std::vector<Value> values) {
    auto map = std::map<decltype(Value::id), Value>();
    for (auto& value : values) {
        map.emplace(value.id, std::move(value));
    }
    return map;
}

base::Result<Ground> load_ground(store::Tx& tx, base::BusinessId const& business, base::Instant now) {
    TRY(auto profile, booking::load_profile(tx, business));
    auto const today = base::date_of(profile.zone.to_local(now));
    auto const end = base::Instant((last_date + days(1)).time_since_epoch());
    return Ground{.zone = profile.zone,
                  .weekly = booking::load_weekly(tx, business),
                  .exceptions = booking::load_exceptions(tx, business, today - days(1), last_date),
                  .staff = by_id(booking::load_staff(tx, business)),
                  .services = by_id(booking::load_services(tx, business, booking::Services::bookable)),
                  .blocks = store::blocks_between(tx, business, {now - days(1), end})};
}

bool lies_in_hours(Ground const& ground, business::StaffMember const& member, store::BookingRow const& booking) {
    auto const starts = ground.zone.to_local(booking.starts_at);
    auto const date = base::date_of(starts);
    auto const open = business::hours_on(date, ground.weekly, ground.exceptions);
    auto const from = base::time_of_day(starts);
    auto const to = std::chrono::duration_cast<base::Minutes>(ground.zone.to_local(booking.ends_at) - date);
    return std::ranges::any_of(business::hours_of(member, date, open, ground.exceptions),
                               [&](auto const& hours) { return hours.from <= from && to <= hours.to; });
}

bool is_blocked(Ground const& ground, store::BookingRow const& booking) {
    return std::ranges::any_of(ground.blocks, [&](store::BlockRow const& block) {
        return (!block.staff || *block.staff == booking.staff) &&
               block.interval.overlaps({booking.occupied_from, booking.occupied_to});
    });
}

bool fits(Ground const& ground, store::BookingRow const& booking) {
    auto const member = ground.staff.find(booking.staff);
    auto const service = ground.services.find(booking.service);
    if (member == ground.staff.end() || service == ground.services.end()) return false;
    return business::performs(member->second, service->second) &&
           service->second.duration <= booking.ends_at - booking.starts_at &&
           base::format_local_time(ground.zone.to_local(booking.starts_at)) == booking.local_start &&
           lies_in_hours(ground, member->second, booking) && !is_blocked(ground, booking);
}

/// Active ones that have not begun.
Bookings bookings_to_come(store::Tx& tx, base::BusinessId const& business, base::Instant now) {
    auto bookings = Bookings();
    auto filter = store::BookingFilter();
    filter.from = now;
    filter.limit = rows_at_once;
    for (auto more = true; more;) {
        auto rows = store::list_bookings(tx, business, filter);
        more = static_cast<std::int64_t>(rows.size()) == rows_at_once;
        if (more) filter.after = {rows.back().row.starts_at, rows.back().row.id};
        std::ranges::copy_if(std::move(rows), std::back_inserter(bookings), [](store::BookingDetails const& booking) {
            auto const status = schedule::parse_status(booking.row.status);
            return status && schedule::is_active(*status);
        });
    }
    return bookings;
}

void lock_all_staff(store::Tx& tx, base::BusinessId const& business) {
    auto ids = std::vector<base::StaffId>();
    for (auto const& row : store::list_staff(tx, business)) {
        ids.push_back(row.id);
    }
    store::lock_staff(tx, business, ids);
}

} // namespace

base::Result<std::vector<store::BookingDetails>> affected_by(store::Tx& tx, base::BusinessId const& business,
                                                             base::Instant now,
                                                             std::function<base::Result<void>()> const& change) {
    lock_all_staff(tx, business);
    auto bookings = bookings_to_come(tx, business, now);
    if (bookings.empty()) {
        TRY_VOID(change());
        return bookings;
    }
    TRY(auto before, load_ground(tx, business, now));
    TRY_VOID(change());
    TRY(auto after, load_ground(tx, business, now));
    std::erase_if(bookings, [&](store::BookingDetails const& booking) {
        return !fits(before, booking.row) || fits(after, booking.row);
    });
    return bookings;
}

} // namespace api
