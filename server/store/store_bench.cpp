// How many durable bookings a second one SQLite file takes: each is answered only when it is on disk.
#include <benchmark/benchmark.h>

#include <atomic>
#include <thread>

#include "store/testing.hpp"

namespace store {
namespace {

void prepare(Database& database) {
    auto const prepared = database.write([](Tx& tx) -> base::Result<void> {
        tx.run("INSERT INTO business (id, name, kind, country, timezone, locale, tone, currency, slot_step_minutes, "
               "min_notice_minutes, horizon_days, cancel_notice_minutes, buffer_minutes, assistant_mode, created_at) "
               "VALUES ('b1', '', '', 'ES', 'Europe/Madrid', 'es', 'tu', 'EUR', 15, 0, 60, 0, 0, 'guided', 0)");
        tx.run("INSERT INTO staff (business_id, id, name, position, created_at) VALUES ('b1', 's', '', 0, 0)");
        tx.run(
            "INSERT INTO service (business_id, id, name, name_folded, duration_minutes, buffer_before_minutes, "
            "buffer_after_minutes, price_kind, position, created_at) VALUES ('b1', 'v', '', '', 30, 0, 0, '', 0, 0)");
        tx.run("INSERT INTO customer (business_id, id, created_at) VALUES ('b1', 'c', 0)");
        return {};
    });
    if (!prepared) throw std::runtime_error(prepared.error().message);
}

void book(Database& database, std::int64_t number) {
    auto const booked = database.write([&](Tx& tx) -> base::Result<void> {
        auto const from = number * 1'800'000;
        tx.run("INSERT INTO booking (business_id, id, service_id, staff_id, customer_id, customer_name, starts_at, "
               "ends_at, occupied_from, occupied_to, local_start, timezone, status, origin, created_at, updated_at) "
               "VALUES ('b1', ?1, 'v', 's', 'c', '', ?2, ?3, ?2, ?3, '', '', 'confirmed', 'api', 0, 0)",
               {std::to_string(number), from, from + 1'800'000});
        tx.note({base::BusinessId("b1"), "booking.created", std::to_string(number)});
        return {};
    });
    if (!booked) throw std::runtime_error(booked.error().message);
}

/// The argument: how many threads block on their bookings.
void durable_bookings(benchmark::State& state) {
    auto place = TestDatabase(Engine::sqlite);
    prepare(place.get());
    auto next = std::atomic<std::int64_t>(0);
    for (auto _ : state) {
        auto threads = std::vector<std::jthread>();
        for (auto i = std::int64_t{0}; i < state.range(0); ++i) {
            threads.emplace_back([&] {
                for (auto j = 0; j < 50; ++j)
                    book(place.get(), next++);
            });
        }
    }
    state.SetItemsProcessed(next);
}
BENCHMARK(durable_bookings)->Arg(1)->Arg(8)->Arg(64)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace
} // namespace store
