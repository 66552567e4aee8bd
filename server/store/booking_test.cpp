#include "store/booking.hpp"

#include "store/customer.hpp"
#include "store/test_rows.hpp"

namespace store {
namespace {

base::BusinessId const salon("b1");

class BookingRows : public OnEachEngine {
protected:
    void SetUp() override {
        ASSERT_EQ(code_of(write(*database,
                                [](Tx& tx) {
                                    add_business(tx, "b1");
                                    add_business(tx, "b2");
                                    insert_customer(
                                        tx, salon,
                                        {.id = base::CustomerId("dora"), .name = "Dora", .phone = "+34600111222"});
                                })),
                  "ok");
    }
    static BookingRow row(std::string const& id, std::int64_t hour) {
        auto const start = base::from_millis(hour * 3'600'000);
        return {.id = base::BookingId(id),
                .service = base::ServiceId("cut"),
                .staff = base::StaffId("anna"),
                .customer = base::CustomerId("carla"),
                .customer_name = "Carla",
                .starts_at = start,
                .ends_at = start + std::chrono::minutes(30),
                .occupied_from = start - std::chrono::minutes(10),
                .occupied_to = start + std::chrono::minutes(45),
                .local_start = "2026-03-03T10:00",
                .timezone = "Europe/Madrid",
                .status = "confirmed",
                .origin = "guided",
                .price_minor = 2000,
                .notes = "n",
                .created_at = base::from_millis(1),
                .updated_at = base::from_millis(2)};
    }
    void insert(std::vector<BookingRow> const& rows, base::BusinessId const& business = salon) {
        ASSERT_EQ(code_of(write(*database,
                                [&](Tx& tx) {
                                    for (auto const& row : rows)
                                        insert_booking(tx, business, row);
                                })),
                  "ok");
    }
    std::string listed(BookingFilter const& filter) {
        auto ids = std::string();
        for (auto const& found : read(*database, [&](Tx& tx) { return list_bookings(tx, salon, filter); })) {
            ids += found.row.id.text() + " ";
        }
        return ids;
    }

    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

base::Instant hour(std::int64_t hours) { return base::from_millis(hours * 3'600'000); }

TEST_P(BookingRows, come_back_as_they_went) {
    auto sparse = row("2", 20);
    sparse.price_minor.reset();
    sparse.attendance_confirmed_at = base::from_millis(5);
    insert({row("1", 10), sparse});
    EXPECT_EQ(read(*database, [](Tx& tx) { return find_booking(tx, salon, base::BookingId("1")); }), row("1", 10));
    EXPECT_EQ(read(*database, [](Tx& tx) { return find_booking(tx, salon, base::BookingId("2")); }), sparse);
    EXPECT_EQ(read(*database, [](Tx& tx) { return find_booking(tx, base::BusinessId("b2"), base::BookingId("1")); }),
              std::nullopt);
}

TEST_P(BookingRows, an_update_writes_every_field_and_raises_the_version) {
    insert({row("1", 10)});
    auto changed = row("1", 12);
    changed.staff = base::StaffId("berta");
    changed.customer_name = "Eva";
    changed.status = "cancelled";
    changed.notes = "";
    changed.attendance_confirmed_at = base::from_millis(9);
    changed.price_minor.reset();
    changed.local_start = "2026-03-03T12:00";
    changed.timezone = "Atlantic/Canary";
    changed.origin = "owner";
    changed.updated_at = base::from_millis(10);
    ASSERT_EQ(code_of(write(*database,
                            [&](Tx& tx) {
                                EXPECT_TRUE(lock_booking(tx, salon, changed.id));
                                update_booking(tx, salon, changed);
                            })),
              "ok");
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(read(*database, [](Tx& tx) { return find_booking(tx, salon, base::BookingId("1")); }), changed);
}

TEST_P(BookingRows, details_name_service_staff_and_customer) {
    auto doras = row("1", 10);
    doras.customer = base::CustomerId("dora");
    insert({doras, row("2", 20)});
    auto const details = read(*database, [](Tx& tx) { return find_booking_details(tx, salon, base::BookingId("1")); });
    EXPECT_EQ(details->row, doras);
    EXPECT_EQ(details->service_name, "Corte");
    EXPECT_EQ(details->staff_name, "anna");
    EXPECT_EQ(details->customer_known_name, "Dora");
    EXPECT_EQ(details->customer_phone, "+34600111222");
    EXPECT_EQ(
        read(*database, [](Tx& tx) { return find_booking_details(tx, salon, base::BookingId("2")); })->customer_phone,
        std::nullopt);
}

TEST_P(BookingRows, a_list_keeps_what_its_filter_asks_for) {
    auto cancelled = row("c", 10);
    cancelled.status = "cancelled";
    auto doras = row("d", 12);
    doras.customer = base::CustomerId("dora");
    doras.staff = base::StaffId("berta");
    doras.origin = "owner";
    insert({row("e", 14), doras, row("a", 10), cancelled});
    insert({row("x", 10)}, base::BusinessId("b2"));

    EXPECT_EQ(listed({}), "a c d e ");
    EXPECT_EQ(listed({.from = hour(10), .to = hour(14)}), "a c d ") << "from counts, to does not";
    EXPECT_EQ(listed({.from = hour(11)}), "d e ");
    EXPECT_EQ(listed({.statuses = "cancelled"}), "c ");
    EXPECT_EQ(listed({.statuses = "pending,cancelled"}), "c ");
    EXPECT_EQ(listed({.staff = base::StaffId("berta")}), "d ");
    EXPECT_EQ(listed({.service = base::ServiceId("cut")}), "a c d e ");
    EXPECT_EQ(listed({.service = base::ServiceId("other")}), "");
    EXPECT_EQ(listed({.origin = "owner"}), "d ");
    EXPECT_EQ(listed({.customer = base::CustomerId("carla")}), "a c e ");
    EXPECT_EQ(listed({.from = hour(11), .customer = base::CustomerId("carla")}), "e ");
}

TEST_P(BookingRows, pages_follow_each_other_without_gap_or_repetition) {
    auto others = row("b", 10);
    others.staff = base::StaffId("berta");
    auto cancelled = row("c", 10);
    cancelled.status = "cancelled";
    insert({row("a", 10), others, cancelled, row("d", 12)});
    EXPECT_EQ(listed({.limit = 2}), "a b ");
    EXPECT_EQ(listed({.after = {{hour(10), base::BookingId("b")}}, .limit = 2}), "c d ");
    EXPECT_EQ(listed({.from = hour(9), .after = {{hour(10), base::BookingId("c")}}}), "d ");
    EXPECT_EQ(listed({.from = hour(12), .after = {{hour(10), base::BookingId("a")}}}), "d ") << "from is later";
    EXPECT_EQ(listed({.after = {{hour(12), base::BookingId("d")}}}), "");
}

TEST_P(BookingRows, busy_time_is_what_active_bookings_occupy_of_the_window) {
    auto long_one = row("long", 10);
    long_one.occupied_to = long_one.occupied_from + std::chrono::days(1);
    long_one.ends_at = long_one.occupied_to;
    auto cancelled = row("cancelled", 40);
    cancelled.status = "cancelled";
    auto pending = row("pending", 50);
    pending.status = "pending";
    insert({long_one, cancelled, pending, row("other", 60)});
    insert({row("x", 50)}, base::BusinessId("b2"));
    auto berthas = row("bertha's", 50);
    berthas.staff = base::StaffId("berta");
    insert({berthas});
    auto const stretches = [&](base::Interval window, std::optional<base::BookingId> const& without,
                               std::optional<base::StaffId> const& staff) {
        auto const busy =
            read(*database, [&](Tx& tx) { return busy_with_bookings(tx, salon, window, without, staff); });
        auto count = std::map<std::string, std::size_t>();
        for (auto const& [chair, intervals] : busy) {
            count[chair] = intervals.size();
            for (auto const& interval : intervals)
                EXPECT_TRUE(interval.overlaps(window));
        }
        return count;
    };
    auto const annas = base::StaffId("anna");
    auto const check = [&](base::Interval window, std::optional<base::BookingId> const& without, std::size_t count) {
        EXPECT_EQ(stretches(window, without, {})["anna"], count) << base::to_millis(window.from);
        EXPECT_EQ(stretches(window, without, annas)["anna"], count) << base::to_millis(window.from);
    };
    auto const everything = base::Interval{hour(0), hour(100)};
    EXPECT_EQ(stretches(everything, {}, {})["berta"], 1);
    EXPECT_EQ(stretches(everything, {}, berthas.staff)["berta"], 1);
    EXPECT_EQ(stretches(everything, {}, annas).count("berta"), 0);
    auto const end = long_one.occupied_to;
    check({end - base::Milliseconds(1), end}, {}, 1);
    check({end, end + base::Milliseconds(1)}, {}, 0);
    check({hour(40), hour(41)}, {}, 0);
    check({hour(0), hour(100)}, {}, 3);
    check({hour(0), hour(100)}, pending.id, 2);
    auto const before = pending.occupied_from;
    check({before - base::Milliseconds(1), before}, {}, 0);
    check({before, before + base::Milliseconds(1)}, {}, 1);
}

TEST_P(BookingRows, history_is_numbered_per_booking) {
    insert({row("1", 10), row("2", 20)});
    ASSERT_EQ(
        code_of(write(*database,
                      [](Tx& tx) {
                          append_booking_event(tx, salon, base::BookingId("1"), hour(1), "owner", "created", "{}");
                          append_booking_event(tx, salon, base::BookingId("2"), hour(2), "owner", "created", "{}");
                          append_booking_event(tx, salon, base::BookingId("1"), hour(3), "customer", "cancelled",
                                               R"({"a":1})");
                      })),
        "ok");
    auto const events = read(*database, [](Tx& tx) { return booking_events(tx, salon, base::BookingId("1")); });
    ASSERT_EQ(events.size(), 2);
    EXPECT_EQ(events[1].seq, 2);
    EXPECT_EQ(events[1].at, hour(3));
    EXPECT_EQ(events[1].actor, "customer");
    EXPECT_EQ(events[1].action, "cancelled");
    EXPECT_EQ(events[1].details, R"({"a":1})");
}

TEST_P(BookingRows, limits_count_her_active_bookings_and_what_she_wrote_herself) {
    auto cancelled = row("c", 12);
    cancelled.status = "cancelled";
    cancelled.updated_at = hour(9);
    insert({row("past", 8), row("a", 10), cancelled, row("b", 14)});
    ASSERT_EQ(code_of(write(
                  *database,
                  [](Tx& tx) {
                      append_booking_event(tx, salon, base::BookingId("c"), hour(5), "assistant", "created", "{}");
                      append_booking_event(tx, salon, base::BookingId("c"), hour(6), "customer", "rescheduled", "{}");
                      append_booking_event(tx, salon, base::BookingId("c"), hour(9), "owner", "cancelled", "{}");
                  })),
              "ok");
    auto const active = [&](char const* customer, base::Instant now) {
        return read(*database,
                    [&](Tx& tx) { return count_active_bookings(tx, salon, base::CustomerId(customer), now); });
    };
    EXPECT_EQ(active("carla", hour(10)), 2);
    EXPECT_EQ(active("carla", hour(10) + base::Milliseconds(1)), 1);
    EXPECT_EQ(active("dora", hour(0)), 0);
    auto const written = [&](base::Instant since) {
        return read(*database,
                    [&](Tx& tx) { return count_customer_writes(tx, salon, base::CustomerId("carla"), since); });
    };
    EXPECT_EQ(written(hour(5)), 2);
    EXPECT_EQ(written(hour(5) + base::Milliseconds(1)), 1);
    EXPECT_EQ(written(hour(7)), 0);
}

APUNTA_ON_EACH_ENGINE(BookingRows);

} // namespace
} // namespace store
