#include "store/business.hpp"

#include <atomic>
#include <thread>

#include "store/test_rows.hpp"

namespace store {
namespace {

base::BusinessId const salon("b1");

class BusinessRows : public OnEachEngine {
protected:
    void SetUp() override {
        ASSERT_EQ(code_of(written([](Tx& tx) { add_business(tx, "b1"); })), "ok");
    }
    template <class Statements>
    base::Result<void> written(Statements const& statements) {
        return write(*database, statements);
    }

    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

std::string told(BusinessRow const& row) {
    auto const at = [](std::optional<base::Instant> const& instant) {
        return instant ? std::to_string(base::to_millis(*instant)) : std::string("-");
    };
    auto text = row.id.text();
    for (auto const& part :
         {row.name, row.kind, row.country, row.timezone, row.locale, row.tone, row.currency, row.address, row.phone,
          row.facts, row.assistant_mode, row.assistant_name, row.greeting, row.reminders, at(row.paused_until_at),
          at(row.onboarding_completed_at), at(row.activated_at), at(row.created_at)}) {
        text += "|" + part;
    }
    for (auto const number : {row.version, row.hours_version, row.slot_step_minutes, row.min_notice_minutes,
                              row.horizon_days, row.cancel_notice_minutes, row.buffer_minutes, row.onboarding_step}) {
        text += "|" + std::to_string(number);
    }
    return text + (row.auto_confirm ? "|auto" : "|") + (row.owner_approves ? "|approves" : "|");
}

BusinessRow any_business(std::string const& id) {
    return {.id = base::BusinessId(id),
            .name = "Ñandú",
            .kind = "nails",
            .country = "AR",
            .timezone = "America/Argentina/Buenos_Aires",
            .locale = "es-AR",
            .tone = "vos",
            .currency = "ARS",
            .address = "Calle 3",
            .phone = "+541112345678",
            .facts = "[1]",
            .slot_step_minutes = 5,
            .min_notice_minutes = 6,
            .horizon_days = 7,
            .cancel_notice_minutes = 8,
            .buffer_minutes = 9,
            .assistant_mode = "off",
            .assistant_name = "Lola",
            .greeting = "¡Hola!",
            .auto_confirm = true,
            .owner_approves = false,
            .paused_until_at = base::from_millis(10),
            .reminders = "{1}",
            .onboarding_step = 3,
            .onboarding_completed_at = base::from_millis(11),
            .activated_at = base::from_millis(12),
            .created_at = base::from_millis(13)};
}

TEST_P(BusinessRows, a_business_comes_back_as_it_went) {
    auto const row = any_business("b2");
    ASSERT_EQ(code_of(written([&](Tx& tx) { insert_business(tx, row); })), "ok");
    EXPECT_EQ(told(read(*database, [&](Tx& tx) { return find_business(tx, row.id); }).value()), told(row));
    EXPECT_FALSE(read(*database, [&](Tx& tx) { return find_business(tx, base::BusinessId("b3")); }));
}

TEST_P(BusinessRows, a_stale_business_is_not_written) {
    auto row = any_business("b1");
    row.created_at = base::from_millis(0);
    auto stale = row;
    ASSERT_EQ(code_of(written([&](Tx& tx) { EXPECT_TRUE(update_business(tx, row)); })), "ok");
    EXPECT_EQ(row.version, 2);
    ASSERT_EQ(code_of(written([&](Tx& tx) { EXPECT_FALSE(update_business(tx, stale)); })), "ok");
    EXPECT_EQ(told(read(*database, [](Tx& tx) { return find_business(tx, salon); }).value()), told(row));
}

TEST_P(BusinessRows, weekly_hours_are_replaced_for_one_owner_of_hours_only) {
    using std::chrono::hours;
    ASSERT_EQ(code_of(written([](Tx& tx) {
                  replace_weekly_hours(tx, salon, "", {{"", 0, hours(16), hours(20)}, {"", 0, hours(9), hours(14)}});
                  replace_weekly_hours(tx, salon, "anna", {{"anna", 6, hours(9), hours(24)}});
                  replace_weekly_hours(tx, salon, "anna", {{"anna", 5, hours(9), hours(24)}});
                  EXPECT_TRUE(raise_hours_version(tx, salon, 1));
                  EXPECT_FALSE(raise_hours_version(tx, salon, 1));
              })),
              "ok");
    auto text = std::string();
    for (auto const& row : read(*database, [](Tx& tx) { return weekly_hours(tx, salon); })) {
        text += row.staff + " " + std::to_string(row.weekday) + " " + base::format_time_of_day(row.from) + "-" +
                base::format_time_of_day(row.to) + "; ";
    }
    EXPECT_EQ(text, " 0 09:00-14:00;  0 16:00-20:00; anna 5 09:00-24:00; ");
}

TEST_P(BusinessRows, exceptions_and_blocks_are_found_by_what_they_touch_and_deleted_once) {
    auto const first = base::make_date(2026, 12, 24);
    auto const anna = base::StaffId("anna");
    auto const at = [](std::int64_t millis) { return base::from_millis(millis); };
    ASSERT_EQ(code_of(written([&](Tx& tx) {
                  insert_exception(
                      tx, salon,
                      {.id = base::ExceptionId("2"), .staff = anna, .date = first, .hours = "540-840", .reason = "r"});
                  insert_exception(tx, salon, {.id = base::ExceptionId("1"), .date = first + std::chrono::days(1)});
                  insert_block(tx, salon,
                               {.id = base::BlockId("2"), .staff = anna, .interval = {at(10), at(20)}, .title = "t"});
                  insert_block(tx, salon, {.id = base::BlockId("1"), .interval = {at(15), at(30)}});
              })),
              "ok");
    auto const dates = [&](base::Date from, base::Date to) {
        auto ids = std::string();
        for (auto const& row : read(*database, [&](Tx& tx) { return exceptions_between(tx, salon, from, to); }))
            ids += row.id.text();
        return ids;
    };
    EXPECT_EQ(dates(first, first + std::chrono::days(1)), "21");
    EXPECT_EQ(dates(first + std::chrono::days(1), first + std::chrono::days(9)), "1");
    EXPECT_EQ(dates(first - std::chrono::days(9), first - std::chrono::days(1)), "");
    auto const blocks = [&](std::int64_t from, std::int64_t to) {
        auto ids = std::string();
        for (auto const& row : read(*database, [&](Tx& tx) { return blocks_between(tx, salon, {at(from), at(to)}); }))
            ids += row.id.text();
        return ids;
    };
    EXPECT_EQ(blocks(0, 10), "");
    EXPECT_EQ(blocks(0, 11), "2");
    EXPECT_EQ(blocks(19, 20), "21");
    EXPECT_EQ(blocks(20, 21), "1");
    EXPECT_EQ(blocks(30, 99), "");
    auto const exception = read(*database, [](Tx& tx) { return find_exception(tx, salon, base::ExceptionId("2")); });
    EXPECT_EQ(exception->staff, anna);
    EXPECT_EQ(exception->date, first);
    EXPECT_EQ(exception->hours, "540-840");
    auto const block = read(*database, [](Tx& tx) { return find_block(tx, salon, base::BlockId("1")); });
    EXPECT_EQ(block->staff, std::nullopt);
    EXPECT_EQ(block->interval, (base::Interval{at(15), at(30)}));
    ASSERT_EQ(code_of(written([](Tx& tx) {
                  EXPECT_FALSE(delete_block(tx, base::BusinessId("b2"), base::BlockId("1")));
                  EXPECT_TRUE(delete_block(tx, salon, base::BlockId("1")));
                  EXPECT_FALSE(delete_block(tx, salon, base::BlockId("1")));
                  EXPECT_TRUE(delete_exception(tx, salon, base::ExceptionId("1")));
                  EXPECT_FALSE(delete_exception(tx, salon, base::ExceptionId("1")));
              })),
              "ok");
}

TEST_P(BusinessRows, staff_stand_in_display_order_until_archived) {
    ASSERT_EQ(
        code_of(written([](Tx& tx) {
            insert_staff(
                tx, salon,
                {.id = base::StaffId("zoe"), .name = "Zoe", .color = "#112233", .own_hours = true, .position = -1});
            auto berta = find_staff(tx, salon, base::StaffId("berta")).value();
            auto stale = berta;
            berta.archived_at = base::from_millis(5);
            EXPECT_TRUE(update_staff(tx, salon, berta));
            EXPECT_FALSE(update_staff(tx, salon, stale));
        })),
        "ok");
    auto const staff = read(*database, [](Tx& tx) { return list_staff(tx, salon); });
    ASSERT_EQ(staff.size(), 2);
    EXPECT_EQ(staff[0].id.text(), "zoe");
    EXPECT_TRUE(staff[0].own_hours);
    EXPECT_TRUE(staff[0].active);
    EXPECT_EQ(staff[0].color, "#112233");
    EXPECT_EQ(staff[1].id.text(), "anna");
    EXPECT_EQ(read(*database, [](Tx& tx) { return find_staff(tx, salon, base::StaffId("berta")); })->version, 2);
}

TEST_P(BusinessRows, a_service_comes_back_with_those_who_perform_it) {
    auto const row = ServiceRow{.id = base::ServiceId("dye"),
                                .name = "Tinte",
                                .name_folded = "tinte",
                                .category = "color",
                                .synonyms = "[2]",
                                .duration_minutes = 50,
                                .buffer_before_minutes = 5,
                                .buffer_after_minutes = 15,
                                .price_minor = 100,
                                .price_kind = "from",
                                .active = false,
                                .everyone = false,
                                .staff = {base::StaffId("anna"), base::StaffId("berta")},
                                .position = 7};
    ASSERT_EQ(code_of(written([&](Tx& tx) { insert_service(tx, salon, row); })), "ok");
    auto const services = read(*database, [](Tx& tx) { return list_services(tx, salon); });
    ASSERT_EQ(services.size(), 2);
    EXPECT_EQ(services[0].id.text(), "cut");
    EXPECT_TRUE(services[0].everyone);
    for (auto found : {services[1], read(*database, [&](Tx& tx) { return find_service(tx, salon, row.id); }).value()}) {
        EXPECT_EQ(found.name, "Tinte");
        EXPECT_EQ(found.category, "color");
        EXPECT_EQ(found.synonyms, "[2]");
        EXPECT_EQ(found.duration_minutes, 50);
        EXPECT_EQ(found.buffer_before_minutes, 5);
        EXPECT_EQ(found.buffer_after_minutes, 15);
        EXPECT_EQ(found.price_minor, 100);
        EXPECT_EQ(found.price_kind, "from");
        EXPECT_FALSE(found.active);
        EXPECT_EQ(found.staff, row.staff);
    }
    auto changed = row;
    changed.staff = {base::StaffId("berta")};
    auto stale = row;
    stale.staff = {};
    ASSERT_EQ(code_of(written([&](Tx& tx) {
                  EXPECT_TRUE(update_service(tx, salon, changed));
                  EXPECT_FALSE(update_service(tx, salon, stale));
              })),
              "ok");
    EXPECT_EQ(read(*database, [](Tx& tx) { return list_services(tx, salon); })[1].staff, changed.staff);
}

TEST_P(BusinessRows, one_name_is_one_service_until_it_is_archived) {
    auto const cut = [](std::string const& id) {
        return ServiceRow{.id = base::ServiceId(id), .name = "CORTE", .name_folded = "corte", .price_kind = "ask"};
    };
    EXPECT_EQ(code_of(written([&](Tx& tx) { insert_service(tx, salon, cut("2")); })), "already_exists");
    ASSERT_EQ(code_of(written([](Tx& tx) {
                  auto row = find_service(tx, salon, base::ServiceId("cut")).value();
                  row.archived_at = base::from_millis(1);
                  EXPECT_TRUE(update_service(tx, salon, row));
              })),
              "ok");
    EXPECT_EQ(code_of(written([&](Tx& tx) { insert_service(tx, salon, cut("2")); })), "ok");
    EXPECT_EQ(read(*database, [](Tx& tx) { return list_services(tx, salon); }).size(), 1);
    EXPECT_TRUE(read(*database, [](Tx& tx) { return find_service(tx, salon, base::ServiceId("cut")); })->archived_at);
}

TEST_P(BusinessRows, whoever_locks_staff_is_alone_with_them_until_the_end) {
    constexpr auto rounds = 25;
    auto inside = std::atomic<int>();
    auto together = std::atomic<int>();
    auto failures = std::atomic<int>();
    auto const run = [&](std::vector<base::StaffId> const& staff) {
        for (auto round = 0; round < rounds; ++round) {
            auto const done = written([&](Tx& tx) {
                lock_staff(tx, salon, staff);
                together += ++inside > 1;
                find_business(tx, salon);
                --inside;
            });
            failures += !done;
        }
    };
    {
        auto threads = std::vector<std::jthread>();
        for (auto i = 0; i < 4; ++i) {
            threads.emplace_back([&] { run({base::StaffId("anna"), base::StaffId("berta")}); });
            threads.emplace_back([&] { run({base::StaffId("berta"), base::StaffId("anna")}); });
        }
    }
    EXPECT_EQ(together, 0);
    EXPECT_EQ(failures, 0) << "taken in one order, the locks cannot wait for each other";
}

APUNTA_ON_EACH_ENGINE(BusinessRows);

} // namespace
} // namespace store
