// Many write at once and want the same chairs.
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "booking/salon_test.hpp"

namespace booking {
namespace {

using Racing = OnBothEngines;
INSTANTIATE_TEST_SUITE_P(Booking, Racing, ::testing::ValuesIn(store::engines_under_test()), engine_of);

constexpr auto racers = 16;
constexpr auto attempts = 50;

/// Twelve starts a quarter of an hour apart; a colour takes an hour and a half of Ana's chair.
base::Instant start_of(int attempt) { return at("2026-03-05T16:00") + 15min * (attempt % 12); }

template <class Race>
void race(Race const& run) {
    auto threads = std::vector<std::jthread>();
    for (auto racer = 0; racer < racers; ++racer)
        threads.emplace_back([&run, racer] { run(racer); });
}

std::vector<base::CustomerId> add_customers(Salon& salon, int count) {
    auto ids = std::vector<base::CustomerId>();
    salon.expect_written([&](store::Tx& tx) {
        ids.clear();
        for (auto i = 0; i < count; ++i) {
            ids.push_back(salon.make<base::CustomerId>());
            store::insert_customer(tx, salon.business, {.id = ids.back()});
        }
    });
    return ids;
}

TEST_P(Racing, sixteen_writers_never_get_one_chair_twice) {
    auto const customers = add_customers(salon, racers / 2);
    auto booked = std::atomic<int>();
    auto lock = std::mutex();
    auto losses = std::set<std::string>();
    race([&](int racer) {
        auto const& customer = customers[static_cast<std::size_t>(racer / 2)];
        auto const actor = racer % 2 == 0 ? salon.as(customer) : salon.owner();
        for (auto attempt = 0; attempt < attempts; ++attempt) {
            auto const& service = attempt % 3 == 0 ? salon.colour : salon.cut;
            auto const result =
                salon.book(customer, {.service = service, .starts_at = start_of(attempt + racer)}, actor);
            booked += result.has_value();
            auto const held = std::scoped_lock(lock);
            if (!result) losses.insert(result.error().code);
        }
    });
    EXPECT_EQ(salon.overlaps(), 0);
    EXPECT_EQ(salon.bookings().size(), static_cast<std::size_t>(booked));
    EXPECT_GT(booked, 5);
    losses.erase("limit_reached");
    EXPECT_EQ(losses, std::set<std::string>{"slot_taken"});
}

TEST_P(Racing, moves_and_cancellations_in_between_change_nothing_of_that) {
    auto const customers = add_customers(salon, racers);
    auto lock = std::mutex();
    auto losses = std::set<std::string>();
    race([&](int racer) {
        auto const note = [&](auto const& result) {
            auto const held = std::scoped_lock(lock);
            if (!result) losses.insert(result.error().code);
        };
        for (auto attempt = 0; attempt < attempts; ++attempt) {
            auto const start = start_of(attempt * 5 + racer);
            auto const mine = salon.book(customers[static_cast<std::size_t>(racer)],
                                         {.service = salon.cut, .starts_at = start}, salon.owner());
            note(mine);
            if (!mine) continue;
            auto const elsewhere = racer % 2 == 0 ? salon.ana : salon.bea;
            note(salon.change(mine->id, {.starts_at = start_of(attempt + racer), .staff = elsewhere}, salon.owner()));
            if (attempt % 4 != 0) note(salon.act(mine->id, schedule::Action::cancel, salon.owner()));
        }
    });
    EXPECT_EQ(salon.overlaps(), 0);
    losses.erase("slot_taken");
    EXPECT_EQ(losses, std::set<std::string>{});
}

TEST_P(Racing, a_customer_who_writes_from_everywhere_keeps_her_limit) {
    auto booked = std::atomic<int>();
    race([&](int racer) {
        auto const start = at("2026-03-05T09:00") + std::chrono::days(racer);
        booked +=
            salon.book(salon.lucia, {.service = salon.cut, .starts_at = start}, salon.as(salon.lucia)).has_value();
    });
    EXPECT_EQ(booked, max_active_bookings);
}

TEST_P(Racing, of_two_who_change_the_same_version_one_wins) {
    auto const booked = salon.book(salon.cut, "2026-03-05T10:00");
    auto won = std::atomic<int>();
    race([&](int racer) {
        won += salon.change(booked->id, {.notes = std::to_string(racer)}, salon.owner(), booked->version).has_value();
    });
    EXPECT_EQ(won, 1);
    EXPECT_EQ(salon.history(booked->id).size(), 2);
}

} // namespace
} // namespace booking
