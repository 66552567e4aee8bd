// The disk under a running server fails: it is full, read only, or answers with errors. Every write is refused with 503
// or really done, readiness says so, and when the disk is well again so is the server, without a restart.
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

constexpr auto patience = seconds(60);
/// A turn or a message is tried again a few seconds later, and not when some claim has run out.
constexpr auto longest_aftermath = seconds(20);
constexpr auto refusals_wanted = 12;
constexpr auto errands_wanted = 12;

int rounds() { return is_full() ? 10 : 2; }

/// Asks until the answer has this status.
Answer await_status(std::string const& url, std::string const& target, int status) {
    auto client = Client(url);
    auto const deadline = steady_clock::now() + patience;
    auto answer = client.get(target);
    while (answer.status != status && steady_clock::now() < deadline) {
        std::this_thread::sleep_for(milliseconds(50));
        answer = client.get(target);
    }
    EXPECT_EQ(answer.status, status) << target << " " << answer.text;
    return answer;
}

std::string integrity(Place const& place) { return place.sql().rows("PRAGMA integrity_check").at(0).at(0); }

/// A way in which the disk fails until what it gives is destroyed.
struct Fault {
    std::string name;
    std::function<std::shared_ptr<void>(SmallDisk&, pid_t)> begin;
};

[[maybe_unused]] void PrintTo(Fault const& fault, std::ostream* out) { *out << fault.name; }

std::shared_ptr<void> full(SmallDisk& disk, pid_t) {
    disk.fill();
    return {nullptr, [&disk](void*) { disk.make_room(); }};
}

auto failing(std::vector<std::string> what) {
    return [what](SmallDisk&, pid_t process) -> std::shared_ptr<void> {
        return std::make_shared<Injection>(process, what);
    };
}

std::vector<Fault> faults() {
    return {{"full", full},
            {"read_only", failing({"pwrite64,pwritev,ftruncate,fallocate:error=EROFS", "unlink,rename:error=EROFS"})},
            {"no_writes", failing({"pwrite64:error=EIO"})},
            {"no_flushes", failing({"fsync,fdatasync:error=EIO"})},
            {"some_flushes", failing({"fsync,fdatasync:error=EIO:when=2+3"})},
            {"some_writes", failing({"pwrite64:error=EIO:when=5+17"})}};
}

class Disks : public testing::TestWithParam<Fault> {
protected:
    void SetUp() override {
        if (auto const why = not_root(); !why.empty()) GTEST_SKIP() << why;
    }
};

class LastFlush : public testing::Test {
protected:
    void SetUp() override {
        if (auto const why = not_root(); !why.empty()) GTEST_SKIP() << why;
    }
};

INSTANTIATE_TEST_SUITE_P(, Disks, testing::ValuesIn(faults()), [](auto const& each) { return each.param.name; });

TEST_P(Disks, that_fail_and_recover_lose_nothing_that_was_acknowledged) {
    auto const place = Place(Engine::sqlite);
    auto disk = SmallDisk(place.folder(), "40m");
    auto server = Server(place, {.options = {"--demo", "--breath", "0"}, .environment = {{"APUNTA_LOG_LEVEL", "off"}}});
    auto const shop = open_shop(server.url(), {.duration_minutes = 15, .first_day = 2, .days = 90});
    auto const for_good = GetParam().name.rfind("some_", 0) != 0;
    auto load = Load({server.url()}, shop, {});
    for (auto round = 0; round < rounds(); ++round) {
        ASSERT_TRUE(load.goes_on(errands_wanted, patience));
        {
            auto const fault = GetParam().begin(disk, server.process().pid());
            ASSERT_TRUE(load.is_refused(refusals_wanted, patience)) << "the disk never failed";
            if (for_good) {
                auto const unready = await_status(server.url(), "/readyz", 503);
                EXPECT_EQ(unready.at("/reason"), "database_unavailable");
                EXPECT_NE(unready.retry_after, "");
                EXPECT_EQ(Client(server.url(), shop.session).get("/api/v1/services").status, 200) << "reading goes on";
            }
            EXPECT_EQ(Client(server.url()).get("/healthz").status, 200);
        }
        ASSERT_TRUE(load.goes_on(errands_wanted, patience)) << "it did not recover";
        await_status(server.url(), "/readyz", 200);
    }
    auto const well_again = steady_clock::now();
    load.stop();
    EXPECT_LT(steady_clock::now() - well_again, longest_aftermath) << "a chat waited for something long after";
    load.expect_all_kept(place.sql());
    EXPECT_EQ(integrity(place), "ok");
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(integrity(place), "ok");
    load.expect_all_kept(place.sql());
    std::printf("  %d bookings, %d chats, %d refusals, the slowest answer %ld ms\n", load.bookings(), load.chats(),
                load.refusals(), static_cast<long>(load.slowest().count()));
}

/// SQLite cannot tell a reader what a failed flush has left in the file. Whatever a kill right after it leaves, is
/// whole: a refused booking may be there after all, an acknowledged one is.
TEST_F(LastFlush, that_fails_before_a_kill_leaves_a_whole_database) {
    auto const place = Place(Engine::sqlite);
    auto shop = Shop();
    auto made = 0;
    for (auto round = 0; round < (is_full() ? 30 : 6); ++round) {
        auto server = Server(place);
        if (round == 0) shop = open_shop(server.url(), {.duration_minutes = 15, .first_day = 2, .days = 5});
        auto client = Client(server.url(), shop.session);
        auto wish = [&, n = round * 2](int more) {
            return json::object{{"service_id", shop.service},
                                {"starts_at", shop.starts.at(static_cast<std::size_t>(n + more))},
                                {"customer", {{"name", "Eva"}, {"phone", phone_number(n + more)}}},
                                {"notify", false}};
        };
        auto const key = [&](int more) { return Fields{"Idempotency-Key: " + std::to_string(round * 2 + more)}; };
        ASSERT_EQ(client.post("/api/v1/bookings", wish(0), key(0)).status, 201);
        {
            auto const fault = Injection(server.process().pid(), {"fsync,fdatasync:error=EIO"});
            ASSERT_EQ(client.post("/api/v1/bookings", wish(1), key(1)).status, 503);
            server.kill();
        }
        auto again = Server(place);
        client.go_to(again.url());
        EXPECT_EQ(client.post("/api/v1/bookings", wish(1), key(1)).status, 201) << "whichever way it went";
        EXPECT_EQ(again.stop(), 0);
        made += 2;
        EXPECT_EQ(place.sql().number("SELECT count(*) FROM booking WHERE origin <> 'guided' AND business_id = "
                                     "(SELECT business_id FROM service WHERE id = '" +
                                     shop.service + "')"),
                  made);
        EXPECT_EQ(integrity(place), "ok");
    }
}

} // namespace
} // namespace system_test
