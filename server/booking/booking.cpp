#include "booking/booking.hpp"

#include "booking/history.hpp"
#include "booking/place.hpp"
#include "booking/shop.hpp"
#include "business/enum_text.hpp"
#include "store/customer.hpp"

namespace booking {
namespace {

using store::BookingRow;

constexpr business::EnumNames<7> origins{"assistant", "guided", "owner", "web", "google", "import", "api"};

bool is_customer(Actor const& actor) { return actor.kind == schedule::Actor::customer; }
base::Error not_found(std::string_view what);

base::Result<store::BusinessRow> require_business(store::Tx& tx, base::BusinessId const& business);
base::Result<store::CustomerRow> require_customer(store::Tx& tx, base::BusinessId const& business,
                                                  base::CustomerId const& customer, Actor const& actor);
base::Result<business::Service> require_service(store::Tx& tx, base::BusinessId const& business,
                                                base::ServiceId const& service);
base::Result<BookingRow> open(store::Tx& tx, base::BusinessId const& business, base::BookingId const& booking,
                              std::optional<std::int64_t> version, Actor const& actor);

base::Result<void> check_active_limit(store::Tx& tx, base::BusinessId const& business, Actor const& actor,
                                      base::Instant now);
base::Result<void> check_write_limit(store::Tx& tx, base::BusinessId const& business, Actor const& actor,
                                     base::Instant now);

schedule::Overrides granted(schedule::Overrides const& wished, Actor const& actor);
std::string_view first_status(store::BusinessRow const& business, Actor const& actor);
std::optional<std::int64_t> price_of(business::Service const& service);

bool moves(BookingRow const& row, Change const& change);
base::Result<business::Service> service_after(store::Tx& tx, base::BusinessId const& business, BookingRow const& row,
                                              std::optional<base::ServiceId> const& wished);
base::Result<BookingRow> moved(store::Tx& tx, store::BusinessRow const& business, BookingRow row, Change const& change,
                               Actor const& actor, base::Instant now);
BookingRow placed(BookingRow row, Place const& place);
base::Result<schedule::Status> step(schedule::Action action, store::BusinessRow const& business, BookingRow const& row,
                                    Actor const& actor, base::Instant now);

} // namespace

std::string_view to_text(Origin origin) { return business::name_of(origins, origin); }
std::optional<Origin> parse_origin(std::string_view text) { return business::named<Origin>(origins, text); }

base::Result<BookingRow> book(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                              Wish const& wish, Actor const& actor, base::Instant now, base::Random& random) {
    TRY(auto const shop, require_business(tx, business));
    TRY(auto const booker, require_customer(tx, business, customer, actor));
    TRY_VOID(check_write_limit(tx, business, actor, now));
    TRY_VOID(check_active_limit(tx, business, actor, now));
    TRY(auto const service, require_service(tx, business, wish.service));
    TRY(auto const place, claim_place(tx, shop,
                                      {.service = service,
                                       .starts_at = wish.starts_at,
                                       .staff = wish.staff,
                                       .preferred = {},
                                       .overrides = granted(wish.overrides, actor),
                                       .moved = {}},
                                      now));
    auto row = placed({}, place);
    row.id = base::BookingId::make(now, random);
    row.service = service.id;
    row.customer = booker.id;
    row.customer_name = wish.customer_name.empty() ? booker.name.value_or("") : wish.customer_name;
    row.status = first_status(shop, actor);
    row.origin = to_text(actor.origin);
    row.price_minor = price_of(service);
    row.notes = wish.notes;
    row.created_at = now;
    row.updated_at = now;
    store::insert_booking(tx, business, row);
    record_created(tx, business, row, actor);
    return row;
}

base::Result<BookingRow> change(store::Tx& tx, base::BusinessId const& business, base::BookingId const& booking,
                                Change const& change, std::optional<std::int64_t> version, Actor const& actor,
                                base::Instant now) {
    TRY(auto before, open(tx, business, booking, version, actor));
    TRY(auto const shop, require_business(tx, business));
    auto after = before;
    if (moves(before, change) || is_customer(actor)) {
        TRY_VOID(step(schedule::Action::reschedule, shop, before, actor, now));
        TRY_VOID(check_write_limit(tx, business, actor, now));
    }
    if (moves(before, change)) {
        TRY(after, moved(tx, shop, before, change, actor, now));
    }
    after.customer_name = change.customer_name.value_or(before.customer_name);
    after.notes = change.notes.value_or(before.notes);
    if (after == before) return before;
    after.updated_at = now;
    store::update_booking(tx, business, after);
    record_changed(tx, business, before, after, actor);
    return after;
}

base::Result<BookingRow> act(store::Tx& tx, base::BusinessId const& business, base::BookingId const& booking,
                             schedule::Action action, std::string const& reason, std::optional<std::int64_t> version,
                             Actor const& actor, base::Instant now) {
    TRY(auto const before, open(tx, business, booking, version, actor));
    TRY(auto const shop, require_business(tx, business));
    TRY(auto const status, step(action, shop, before, actor, now));
    auto after = before;
    after.status = schedule::to_text(status);
    after.updated_at = now;
    store::update_booking(tx, business, after);
    record_step(tx, business, before, after, reason, actor);
    return after;
}

base::Result<BookingRow> note(store::Tx& tx, base::BusinessId const& business, base::BookingId const& booking,
                              Note note, int minutes, Actor const& actor, base::Instant now) {
    TRY(auto row, open(tx, business, booking, std::nullopt, actor));
    if (!schedule::is_active(schedule::parse_status(row.status).value())) {
        return base::fail(base::Fault::conflict, "wrong_status", "The booking no longer stands.");
    }
    row.updated_at = now;
    if (note == Note::attends) row.attendance_confirmed_at = now;
    store::update_booking(tx, business, row);
    record_note(tx, business, row, note, minutes, actor);
    return row;
}

namespace {

base::Error not_found(std::string_view what) {
    return {base::Fault::not_found, "not_found", "There is no such " + std::string(what) + "."};
}

base::Result<store::BusinessRow> require_business(store::Tx& tx, base::BusinessId const& business) {
    auto row = store::find_business(tx, business);
    if (!row) return base::fail(not_found("business"));
    return *std::move(row);
}

/// A customer's row is locked, since her limits are counted; the owner has none, and only holds her.
base::Result<store::CustomerRow> require_customer(store::Tx& tx, base::BusinessId const& business,
                                                  base::CustomerId const& customer, Actor const& actor) {
    if (is_customer(actor) && actor.customer != customer) return base::fail(not_found("customer"));
    auto row = is_customer(actor) ? store::lock_customer(tx, business, customer)
                                  : store::hold_customer(tx, business, customer);
    if (!row) return base::fail(not_found("customer"));
    return *std::move(row);
}

base::Result<business::Service> require_service(store::Tx& tx, base::BusinessId const& business,
                                                base::ServiceId const& service) {
    auto found = load_service(tx, business, service);
    if (!found) return base::fail(not_found("service"));
    return *std::move(found);
}

/// The booking, locked, if the actor may touch it at all. Another's booking looks like none.
base::Result<BookingRow> open(store::Tx& tx, base::BusinessId const& business, base::BookingId const& booking,
                              std::optional<std::int64_t> version, Actor const& actor) {
    auto const known = actor.customer && store::lock_customer(tx, business, *actor.customer);
    if (is_customer(actor) && !known) return base::fail(not_found("booking"));
    auto row = store::lock_booking(tx, business, booking);
    if (!row || (is_customer(actor) && row->customer != actor.customer)) return base::fail(not_found("booking"));
    if (version && *version != row->version) {
        return base::fail(base::Fault::conflict, "version_conflict", "The booking was changed meanwhile.");
    }
    return *std::move(row);
}

base::Result<void> check_active_limit(store::Tx& tx, base::BusinessId const& business, Actor const& actor,
                                      base::Instant now) {
    if (!is_customer(actor)) return {};
    if (store::count_active_bookings(tx, business, *actor.customer, now) < max_active_bookings) return {};
    return base::fail(base::Fault::refused, "limit_reached", "The customer has as many bookings as one may hold.");
}

base::Result<void> check_write_limit(store::Tx& tx, base::BusinessId const& business, Actor const& actor,
                                     base::Instant now) {
    if (!is_customer(actor)) return {};
    auto const since = now - std::chrono::days(1);
    if (store::count_customer_writes(tx, business, *actor.customer, since) < max_writes_a_day) return {};
    return base::fail(base::Fault::refused, "limit_reached", "The customer has made too many changes within a day.");
}

schedule::Overrides granted(schedule::Overrides const& wished, Actor const& actor) {
    return is_customer(actor) ? schedule::Overrides{} : wished;
}

std::string_view first_status(store::BusinessRow const& business, Actor const& actor) {
    return schedule::to_text(business.owner_approves && is_customer(actor) ? schedule::Status::pending
                                                                           : schedule::Status::confirmed);
}

std::optional<std::int64_t> price_of(business::Service const& service) {
    return service.price_kind == business::PriceKind::ask ? std::nullopt : service.price_minor;
}

bool moves(BookingRow const& row, Change const& change) {
    return change.starts_at.value_or(row.starts_at) != row.starts_at || change.staff.value_or(row.staff) != row.staff ||
           change.service.value_or(row.service) != row.service;
}

/// A booking keeps the minutes and buffers it was made with, even where its service has changed or gone since.
base::Result<business::Service> service_after(store::Tx& tx, base::BusinessId const& business, BookingRow const& row,
                                              std::optional<base::ServiceId> const& wished) {
    TRY(auto service, require_service(tx, business, wished.value_or(row.service)));
    if (service.id != row.service) return service;
    auto const minutes = [](base::Milliseconds length) { return std::chrono::floor<base::Minutes>(length); };
    service.active = true;
    service.duration = minutes(row.ends_at - row.starts_at);
    service.buffer_before = minutes(row.starts_at - row.occupied_from);
    service.buffer_after = minutes(row.occupied_to - row.ends_at);
    return service;
}

/// The owner's move keeps the staff member she sees; a customer who asked for nobody takes whoever is free, the same
/// one if she is.
base::Result<BookingRow> moved(store::Tx& tx, store::BusinessRow const& business, BookingRow row, Change const& change,
                               Actor const& actor, base::Instant now) {
    TRY(auto const service, service_after(tx, business.id, row, change.service));
    auto const kept = is_customer(actor) ? std::nullopt : std::optional(row.staff);
    TRY(auto const place, claim_place(tx, business,
                                      {.service = service,
                                       .starts_at = change.starts_at.value_or(row.starts_at),
                                       .staff = change.staff ? change.staff : kept,
                                       .preferred = row.staff,
                                       .overrides = granted(change.overrides, actor),
                                       .moved = row.id},
                                      now));
    // She agreed to come at the old time.
    if (place.service.from != row.starts_at) row.attendance_confirmed_at.reset();
    if (service.id != row.service) row.price_minor = price_of(service);
    row.service = service.id;
    return placed(std::move(row), place);
}

BookingRow placed(BookingRow row, Place const& place) {
    row.staff = place.staff;
    row.starts_at = place.service.from;
    row.ends_at = place.service.to;
    row.occupied_from = place.occupied.from;
    row.occupied_to = place.occupied.to;
    row.local_start = base::format_local_time(place.zone.to_local(place.service.from));
    row.timezone = place.zone.name();
    return row;
}

base::Result<schedule::Status> step(schedule::Action action, store::BusinessRow const& business, BookingRow const& row,
                                    Actor const& actor, base::Instant now) {
    return schedule::apply(action, actor.kind, schedule::parse_status(row.status).value(), row.starts_at, now,
                           base::Minutes(business.cancel_notice_minutes));
}

} // namespace
} // namespace booking
