// PostgreSQL is restarted, killed and silenced under load. Requests are refused with 503 within a bounded time, a
// commit whose answer was lost is settled by its Idempotency-Key, and when the server is back all goes on by itself.
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "system/faults.hpp"
#include "system/load.hpp"
#include "system/server.hpp"

namespace system_test {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr auto patience = seconds(90);
constexpr auto errands_wanted = 10;
/// A free connection, 5 s; then one that is made, 5 s, or a silent one, 7 s and a look each half second. The rest is
/// for a machine at work.
constexpr auto longest_refusal = seconds(20);
constexpr auto silence = seconds(9);

int rounds() { return is_full() ? 12 : 2; }

class Servers : public testing::Test {
protected:
    void SetUp() override {
        if (setting("APUNTA_SKIP_POSTGRES") == "1") GTEST_SKIP() << "APUNTA_SKIP_POSTGRES=1";
        postgres_ = std::make_unique<OwnPostgres>();
        place_ = std::make_unique<Place>(postgres_->address());
        first_ = std::make_unique<Server>(*place_, launch(false));
        second_ = std::make_unique<Server>(*place_, launch(true));
        shop_ = open_shop(first_->url(), {.duration_minutes = 15, .first_day = 2, .days = 90});
    }

    static Launch launch(bool on_second_node) {
        return {.options = {"--demo", "--breath", "0"},
                .environment = {{"APUNTA_LOG_LEVEL", "off"}, {"APUNTA_MASTER_KEY", std::string(64, 'a')}},
                .on_second_node = on_second_node};
    }

    /// Load on two nodes; again and again the server fails for a while.
    void withstand(std::function<void()> const& fault, int expected_refusals) {
        auto load = Load({first_->url(), second_->url()}, shop_, {});
        for (auto round = 0; round < rounds(); ++round) {
            ASSERT_TRUE(load.goes_on(errands_wanted, patience));
            fault();
            ASSERT_TRUE(load.goes_on(errands_wanted, patience)) << "it did not recover";
        }
        load.stop();
        load.expect_all_kept(place_->sql());
        EXPECT_GE(load.refusals(), expected_refusals);
        EXPECT_LE(load.slowest(), longest_refusal);
        expect_nodes_hear_each_other();
        for (auto* node : {&first_, &second_}) {
            EXPECT_EQ(Client((*node)->url()).get("/readyz").status, 200);
            EXPECT_EQ((*node)->stop(), 0);
        }
        std::printf("  %d bookings, %d chats, %d refusals, the slowest answer %ld ms\n", load.bookings(), load.chats(),
                    load.refusals(), static_cast<long>(load.slowest().count()));
    }

    /// A long poll at one node ends with what is written at the other, long before its time: LISTEN is back.
    void expect_nodes_hear_each_other() {
        auto const phone = phone_number(999'000);
        auto at_first = Client(first_->url(), shop_.session);
        auto at_second = Client(second_->url(), shop_.session);
        EXPECT_EQ(at_second.post("/api/v1/simulator/messages", {{"from", phone}, {"text", "hola"}}).status, 202);
        auto const asked = steady_clock::now();
        auto const screen = at_first.get("/api/v1/simulator/messages?wait=25&customer=" + escaped(phone));
        EXPECT_EQ(screen.body.at("items").as_array().size(), 1U) << screen.text;
        EXPECT_LT(steady_clock::now() - asked, seconds(24));
    }

    std::unique_ptr<OwnPostgres> postgres_;
    std::unique_ptr<Place> place_;
    std::unique_ptr<Server> first_;
    std::unique_ptr<Server> second_;
    Shop shop_;
};

TEST_F(Servers, that_restart_in_order_are_found_again) {
    withstand([this] { postgres_->restart("fast"); }, 0);
}

TEST_F(Servers, that_restart_at_once_are_found_again) {
    withstand([this] { postgres_->restart("immediate"); }, 0);
}

TEST_F(Servers, that_are_killed_lose_nothing_and_are_found_again) {
    withstand([this] { postgres_->kill(); }, 0);
}

TEST_F(Servers, that_go_silent_hold_nobody_for_long) {
    withstand(
        [this] {
            postgres_->freeze();
            std::this_thread::sleep_for(silence);
            EXPECT_EQ(Client(first_->url()).get("/healthz").status, 200);
            auto const ready = Client(second_->url()).get("/readyz");
            EXPECT_EQ(ready.status, 503) << ready.text;
            postgres_->thaw();
        },
        8);
}

} // namespace
} // namespace system_test
