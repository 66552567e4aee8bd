// A salon to try bookings on, the same on both engines: Ana and Bea in Madrid, open every day 9–14 and 16–20.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "booking/booking.hpp"
#include "booking/shop.hpp"
#include "store/customer.hpp"
#include "store/testing.hpp"

namespace booking {

using namespace std::chrono_literals;

inline base::Zone madrid() { return base::Zone::find("Europe/Madrid").value(); }
/// `2026-03-03T10:00` by Madrid's clocks.
inline base::Instant at(std::string_view local) { return madrid().to_instant(base::parse_local_time(local).value()); }
/// Monday morning.
inline base::Instant const monday_at_8 = at("2026-03-02T08:00");

class Salon {
public:
    explicit Salon(store::Database& database) : database_(database) {
        auto const built = database_.write([&](store::Tx& tx) -> base::Result<bool> {
            insert(tx);
            return true;
        });
        if (!built) throw std::runtime_error(built.error().message);
    }

    base::SystemRandom random;
    base::BusinessId const business = make<base::BusinessId>();
    base::StaffId const ana = make<base::StaffId>();
    base::StaffId const bea = make<base::StaffId>();
    base::ServiceId const cut = make<base::ServiceId>(); ///< 30 minutes, everybody, 20 €
    base::ServiceId const colour =
        make<base::ServiceId>(); ///< 60 minutes, 10 before and 20 after, Ana alone, from 45 €
    base::ServiceId const advice = make<base::ServiceId>();  ///< 30 minutes, Bea alone, price on request
    base::ServiceId const retired = make<base::ServiceId>(); ///< not active
    base::CustomerId const lucia = make<base::CustomerId>();
    base::CustomerId const marta = make<base::CustomerId>();
    base::Instant now = monday_at_8;

    template <class Body>
    auto write(Body const& body) {
        return database_.write(body);
    }
    template <class Body>
    auto read(Body const& body) {
        return database_.read(body);
    }
    /// Applies `edit` to the business's row.
    template <class Edit>
    void edit_business(Edit const& edit) {
        expect_written([&](store::Tx& tx) {
            auto row = store::find_business(tx, business).value();
            edit(row);
            store::update_business(tx, row);
        });
    }
    template <class Body>
    void expect_written(Body const& body) {
        auto const written = database_.write([&](store::Tx& tx) -> base::Result<bool> {
            body(tx);
            return true;
        });
        ASSERT_TRUE(written) << written.error().message;
    }

    Actor owner() const { return {}; }
    Actor as(base::CustomerId const& customer) const { return {schedule::Actor::customer, Origin::guided, customer}; }

    base::Result<store::BookingRow> book(base::CustomerId const& customer, Wish const& wish, Actor const& actor) {
        return database_.write(
            [&](store::Tx& tx) { return booking::book(tx, business, customer, wish, actor, now, random); });
    }
    base::Result<store::BookingRow> book(base::ServiceId const& service, std::string_view local,
                                         std::optional<base::StaffId> const& staff = {}) {
        return book(lucia, wish(service, local, staff), owner());
    }
    base::Result<store::BookingRow> change(base::BookingId const& id, Change const& wanted, Actor const& actor,
                                           std::optional<std::int64_t> version = {}) {
        return database_.write(
            [&](store::Tx& tx) { return booking::change(tx, business, id, wanted, version, actor, now); });
    }
    base::Result<store::BookingRow> act(base::BookingId const& id, schedule::Action action, Actor const& actor,
                                        std::optional<std::int64_t> version = {}) {
        return database_.write(
            [&](store::Tx& tx) { return booking::act(tx, business, id, action, "", version, actor, now); });
    }
    base::Result<store::BookingRow> note(base::BookingId const& id, Note what, int minutes, Actor const& actor) {
        return database_.write(
            [&](store::Tx& tx) { return booking::note(tx, business, id, what, minutes, actor, now); });
    }
    static Wish wish(base::ServiceId const& service, std::string_view local,
                     std::optional<base::StaffId> const& staff = {}) {
        return {service, at(local), staff, "", "", {}};
    }

    std::vector<store::BookingRow> bookings() {
        return database_
            .read([&](store::Tx& tx) -> base::Result<std::vector<store::BookingRow>> {
                auto rows = std::vector<store::BookingRow>();
                for (auto const& found : store::list_bookings(tx, business, {.limit = 100'000}))
                    rows.push_back(found.row);
                return rows;
            })
            .value();
    }
    std::vector<store::BookingEventRow> history(base::BookingId const& id) {
        return database_
            .read([&](store::Tx& tx) -> base::Result<std::vector<store::BookingEventRow>> {
                return store::booking_events(tx, business, id);
            })
            .value();
    }
    /// Pairs of active bookings on one chair at one time. Asked of the rows, not of the database's constraint.
    int overlaps() {
        auto const rows = bookings();
        auto found = 0;
        for (auto a = rows.begin(); a != rows.end(); ++a) {
            for (auto b = std::next(a); b != rows.end(); ++b) {
                found +=
                    holds_chair(*a) && holds_chair(*b) && a->staff == b->staff && occupied(*a).overlaps(occupied(*b));
            }
        }
        return found;
    }
    static bool holds_chair(store::BookingRow const& row) {
        return row.status == "pending" || row.status == "confirmed";
    }
    static base::Interval occupied(store::BookingRow const& row) { return {row.occupied_from, row.occupied_to}; }

    base::BlockId block(std::string_view from, std::string_view to, std::optional<base::StaffId> const& staff) {
        auto const id = make<base::BlockId>();
        expect_written([&](store::Tx& tx) {
            store::insert_block(
                tx, business,
                {.id = id, .staff = staff, .interval = {at(from), at(to)}, .title = "", .created_at = now});
        });
        return id;
    }
    void close_on(base::Date date, std::optional<base::StaffId> const& staff) {
        expect_written([&](store::Tx& tx) {
            store::insert_exception(tx, business,
                                    {.id = make<base::ExceptionId>(),
                                     .staff = staff,
                                     .date = date,
                                     .hours = "",
                                     .reason = "",
                                     .created_at = now});
        });
    }
    template <class Id>
    Id make() {
        return Id::make(monday_at_8, random);
    }

private:
    void insert(store::Tx& tx) {
        auto row = store::BusinessRow{.id = business,
                                      .name = "Salón Ana",
                                      .kind = "hair_salon",
                                      .country = "ES",
                                      .timezone = "Europe/Madrid",
                                      .locale = "es-ES",
                                      .tone = "tu",
                                      .currency = "EUR",
                                      .facts = "[]",
                                      .assistant_mode = "always",
                                      .reminders = "{}",
                                      .created_at = monday_at_8};
        store::insert_business(tx, row);
        auto week = business::WeeklyHours();
        for (auto& day : week.days)
            day = {{9h, 14h}, {16h, 20h}};
        store::replace_weekly_hours(tx, business, "", rows_of(week, ""));
        insert_staff(tx, ana, "Ana", 0);
        insert_staff(tx, bea, "Bea", 1);
        insert_service(tx, cut, "Corte", 0, [](business::Service& service) {
            service.price_minor = 2000;
            service.price_kind = business::PriceKind::fixed;
        });
        insert_service(tx, colour, "Color", 1, [&](business::Service& service) {
            service.duration = 60min;
            service.buffer_before = 10min;
            service.buffer_after = 20min;
            service.price_minor = 4500;
            service.price_kind = business::PriceKind::from;
            service.staff = {{ana}};
        });
        insert_service(tx, advice, "Consulta", 2, [&](business::Service& service) {
            service.price_minor = 1000;
            service.staff = {{bea}};
        });
        insert_service(tx, retired, "Permanente", 3, [](business::Service& service) { service.active = false; });
        store::insert_customer(tx, business, {.id = lucia, .name = "Lucía", .created_at = monday_at_8});
        store::insert_customer(tx, business, {.id = marta, .name = "Marta", .created_at = monday_at_8});
    }
    void insert_staff(store::Tx& tx, base::StaffId const& id, std::string const& name, std::int64_t position) {
        store::insert_staff(tx, business, {.id = id, .name = name, .position = position, .created_at = monday_at_8});
    }
    template <class Edit>
    void insert_service(store::Tx& tx, base::ServiceId const& id, std::string const& name, std::int64_t position,
                        Edit const& edit) {
        auto service = business::Service();
        service.id = id;
        service.name = name;
        edit(service);
        auto row = row_of(service, store::ServiceRow());
        row.position = position;
        row.created_at = monday_at_8;
        store::insert_service(tx, business, row);
    }

    store::Database& database_;
};

/// A test that runs on every engine, with a salon of its own.
class OnBothEngines : public ::testing::TestWithParam<store::Engine> {
protected:
    store::TestDatabase database{GetParam()};
    Salon salon{database.get()};
};

inline std::string engine_of(::testing::TestParamInfo<store::Engine> const& info) {
    return store::engine_name(info.param);
}

/// The code of a refusal, or "booked".
template <class T>
std::string outcome(base::Result<T> const& result) {
    return result ? "booked" : result.error().code;
}

} // namespace booking
