// What the availability route and a booking cost in the database: six members of staff, four months of bookings.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "booking/booking.hpp"
#include "booking/shop.hpp"
#include "schedule/free_starts.hpp"
#include "store/customer.hpp"

namespace booking {
namespace {

using namespace std::chrono_literals;

base::Zone madrid() { return base::Zone::find("Europe/Madrid").value(); }
base::Instant at(std::string_view local) { return madrid().to_instant(base::parse_local_time(local).value()); }
base::Instant const now = at("2030-01-07T08:00");

class Shop {
public:
    Shop() : folder_(std::filesystem::temp_directory_path() / ("apunta-bench-" + business.text())) {
        std::filesystem::create_directories(folder_);
        database_ = *store::Database::open({.folder = folder_, .postgres = {}}, clock_);
        database_->write([&](store::Tx& tx) { return fill(tx); }).value();
    }
    ~Shop() {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }
    Shop(Shop const&) = delete;
    Shop& operator=(Shop const&) = delete;

    base::SystemRandom random;
    base::BusinessId const business = base::BusinessId::make(now, random);
    base::ServiceId const service = base::ServiceId::make(now, random);
    base::CustomerId const customer = base::CustomerId::make(now, random);
    store::Database& database() { return *database_; }

private:
    base::Result<bool> fill(store::Tx& tx) {
        store::insert_business(tx, {.id = business,
                                    .name = "Salón",
                                    .kind = "hair_salon",
                                    .country = "ES",
                                    .timezone = "Europe/Madrid",
                                    .locale = "es-ES",
                                    .tone = "tu",
                                    .currency = "EUR",
                                    .facts = "[]",
                                    .assistant_mode = "always"});
        auto week = business::WeeklyHours();
        for (auto& day : week.days)
            day = {{9h, 14h}, {16h, 20h}};
        store::replace_weekly_hours(tx, business, "", rows_of(week, ""));
        auto row = store::ServiceRow{.id = service, .name = "Corte", .price_kind = "ask"};
        store::insert_service(tx, business, row);
        store::insert_customer(tx, business, {.id = customer, .name = "Ana"});
        for (auto position = 0; position < 6; ++position)
            TRY_VOID(fill_chair(tx, position));
        return true;
    }
    /// Every second hour is taken, two months back and two ahead.
    base::Result<void> fill_chair(store::Tx& tx, int position) {
        auto const staff = base::StaffId::make(now, random);
        store::insert_staff(tx, business, {.id = staff, .name = "Staff", .position = position});
        for (auto day = -60; day < 60; ++day) {
            for (auto hour = 1; hour < 12; hour += 2) {
                auto const start = now + std::chrono::days(day) + std::chrono::hours(hour);
                store::insert_booking(tx, business,
                                      {.id = base::BookingId::make(now, random),
                                       .service = service,
                                       .staff = staff,
                                       .customer = customer,
                                       .starts_at = start,
                                       .ends_at = start + 30min,
                                       .occupied_from = start,
                                       .occupied_to = start + 30min,
                                       .status = "confirmed"});
            }
        }
        return {};
    }

    base::SystemClock clock_;
    std::filesystem::path folder_;
    std::unique_ptr<store::Database> database_;
};

Shop& shop() {
    static auto shop = Shop();
    return shop;
}

void load_the_calendar(benchmark::State& state) {
    auto const to = now + std::chrono::days(state.range(0));
    for (auto _ : state) {
        auto const calendar =
            shop().database().read([&](store::Tx& tx) { return load_calendar(tx, shop().business, now, to); });
        benchmark::DoNotOptimize(calendar->chairs.data());
    }
}
BENCHMARK(load_the_calendar)->Arg(1)->Arg(7)->Arg(30)->Unit(benchmark::kMicrosecond);

void find_free_starts(benchmark::State& state) {
    auto const to = now + std::chrono::days(state.range(0));
    for (auto _ : state) {
        auto const found = shop().database().read([&](store::Tx& tx) -> base::Result<std::size_t> {
            auto const service = load_service(tx, shop().business, shop().service).value();
            TRY(auto const calendar, load_calendar(tx, shop().business, now, to));
            return schedule::free_starts(calendar, {service, now, to, {}, now}).starts.size();
        });
        benchmark::DoNotOptimize(found);
    }
}
BENCHMARK(find_free_starts)->Arg(7)->Arg(30)->Unit(benchmark::kMicrosecond);

void list_fifty_bookings(benchmark::State& state) {
    for (auto _ : state) {
        auto const found = shop().database().read([&](store::Tx& tx) -> base::Result<std::size_t> {
            return store::list_bookings(tx, shop().business, {.from = now, .limit = 50}).size();
        });
        benchmark::DoNotOptimize(found);
    }
}
BENCHMARK(list_fifty_bookings)->Unit(benchmark::kMicrosecond);

/// The last step fails, so that every round finds the same day and no disk is waited for.
void book_and_undo(benchmark::State& state) {
    for (auto _ : state) {
        auto const undone = shop().database().write([&](store::Tx& tx) -> base::Result<bool> {
            auto const booked = book(tx, shop().business, shop().customer,
                                     {.service = shop().service, .starts_at = now + 50h}, {}, now, shop().random);
            return base::fail(base::Fault::refused, booked ? "undone" : booked.error().code, "");
        });
        if (undone.error().code != "undone") state.SkipWithError(undone.error().code.c_str());
    }
}
BENCHMARK(book_and_undo)->Unit(benchmark::kMicrosecond);

} // namespace
} // namespace booking
