#include "store/test_rows.hpp"

namespace store {

void add_business(Tx& tx, std::string_view id) {
    tx.run("INSERT INTO business (id, name, kind, country, timezone, locale, tone, currency, slot_step_minutes, "
           "min_notice_minutes, horizon_days, cancel_notice_minutes, buffer_minutes, assistant_mode, created_at) "
           "VALUES (?1, 'Salón', 'hair', 'ES', 'Europe/Madrid', 'es', 'tu', 'EUR', 15, 60, 60, 120, 0, 'guided', 0)",
           {id});
    for (auto const* staff : {"anna", "berta"}) {
        tx.run("INSERT INTO staff (business_id, id, name, position, created_at) VALUES (?1, ?2, ?2, 0, 0)",
               {id, staff});
    }
    tx.run("INSERT INTO service (business_id, id, name, name_folded, duration_minutes, buffer_before_minutes, "
           "buffer_after_minutes, price_kind, position, created_at) VALUES (?1, 'cut', 'Corte', 'corte', 30, 0, 0, "
           "'none', 0, 0)",
           {id});
    tx.run("INSERT INTO customer (business_id, id, created_at) VALUES (?1, 'carla', 0)", {id});
}

void add_booking(Tx& tx, Slot const& slot) {
    tx.run(
        "INSERT INTO booking (business_id, id, service_id, staff_id, customer_id, customer_name, starts_at, ends_at, "
        "occupied_from, occupied_to, local_start, timezone, status, origin, created_at, updated_at) "
        "VALUES ('b1', ?1, 'cut', ?2, 'carla', 'Carla', ?3, ?4, ?3, ?4, '', 'Europe/Madrid', ?5, 'api', 0, 0)",
        {slot.id, slot.staff, slot.from, slot.to, slot.status});
}

std::int64_t overlaps(Database& database) {
    return number(database, "SELECT count(*) FROM booking a JOIN booking b ON a.business_id = b.business_id "
                            "AND a.staff_id = b.staff_id AND a.id < b.id "
                            "AND a.occupied_from < b.occupied_to AND b.occupied_from < a.occupied_to "
                            "WHERE a.status IN ('pending', 'confirmed') AND b.status IN ('pending', 'confirmed')");
}

namespace {

/// Says at the end how much ran on each engine, so that a half that was left out is seen.
class EngineCounts final : public testing::EmptyTestEventListener {
    void OnTestProgramEnd(testing::UnitTest const& program) override {
        for (auto const* engine : {"sqlite", "postgres"}) {
            std::printf("%-8s %d tests passed, %d failed\n", engine, count(program, engine, true),
                        count(program, engine, false));
        }
    }
    static int count(testing::UnitTest const& program, std::string const& engine, bool passed) {
        auto total = 0;
        for (auto i = 0; i < program.total_test_suite_count(); ++i) {
            auto const& suite = *program.GetTestSuite(i);
            for (auto j = 0; j < suite.total_test_count(); ++j) {
                auto const& test = *suite.GetTestInfo(j);
                auto const on_engine = std::string(test.name()).ends_with("/" + engine);
                if (on_engine && test.should_run() && test.result()->Passed() == passed) ++total;
            }
        }
        return total;
    }
};

[[maybe_unused]] auto const* const registered = [] {
    auto* listener = new EngineCounts;
    testing::UnitTest::GetInstance()->listeners().Append(listener);
    return listener;
}();

} // namespace
} // namespace store
