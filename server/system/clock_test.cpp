// The machine's clock jumps while the server runs: forward by an hour, back by a day, by two minutes either way, and
// over the nights in which clocks change. What is measured is measured by a clock that does not jump; what was reckoned
// by the old time is looked at again. Chats are answered all the while, each message once.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "system/customer.hpp"
#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using std::chrono::steady_clock;

/// A jump is noticed within a second.
constexpr auto longest_answer = seconds(12);

std::string faketime_library() {
    for (auto const* folder : {"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"}) {
        auto const file = fs::path(folder) / "faketime" / "libfaketimeMT.so.1";
        if (fs::exists(file)) return file;
    }
    throw std::runtime_error("libfaketime is missing: bin/setup --dev installs it");
}

/// The wall clock of the servers that are started with its environment. Their steady clock is the machine's.
class FakeClock {
public:
    explicit FakeClock(fs::path file) : file_(std::move(file)) { shift(seconds(0)); }

    Environment environment() const {
        return {{"LD_PRELOAD", faketime_library()},
                {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
                {"FAKETIME_NO_CACHE", "1"},
                {"FAKETIME_TIMESTAMP_FILE", file_.string()}};
    }
    /// So far from the machine's. Written beside and renamed, so that nobody reads half of it.
    void shift(seconds by) {
        write(file_.string() + ".new", (by.count() < 0 ? "" : "+") + std::to_string(by.count()) + "\n");
        fs::rename(file_.string() + ".new", file_);
    }
    /// Makes it this time now, which is given as seconds since 1970.
    void set(std::int64_t to) {
        auto const now = std::chrono::system_clock::now().time_since_epoch();
        shift(seconds(to) - std::chrono::duration_cast<seconds>(now));
    }

private:
    fs::path file_;
};

class Jumps : public testing::TestWithParam<Engine> {
protected:
    Jumps() : place_(GetParam()), clock_(place_.beside("clock")) {}

    /// A salon with a simulated phone, and then a server whose business time is the machine's, as in earnest.
    void begin() {
        auto const nights = Launch{.options = {"--demo", "--breath", "0"}, .environment = clock_.environment()};
        auto demo = Server(place_, nights);
        shop_ = open_shop(demo.url(), {.duration_minutes = 15, .first_day = 2, .days = 20});
        EXPECT_EQ(demo.stop(), 0);
    }

    std::unique_ptr<Server> serve(std::string const& breath = "200") const {
        return std::make_unique<Server>(place_,
                                        Launch{.options = {"--breath", breath}, .environment = clock_.environment()});
    }

    Answer write_message(Client& client, int n) const {
        return client.post("/api/v1/simulator/messages",
                           {{"from", phone_number(n)}, {"text", "hola"}, {"id", "m" + std::to_string(n)}});
    }

    /// Until her phone has shown one message.
    milliseconds answer_time(Client& client, int n) const {
        auto const asked = steady_clock::now();
        auto const target = "/api/v1/simulator/messages?wait=2&customer=" + escaped(phone_number(n));
        while (steady_clock::now() - asked < longest_answer) {
            auto const screen = client.get(target);
            EXPECT_EQ(screen.status, 200) << screen.text;
            if (screen.status == 200 && !screen.body.at("items").as_array().empty()) break;
        }
        return std::chrono::duration_cast<milliseconds>(steady_clock::now() - asked);
    }

    void expect_all_answered_once() const {
        auto const sql = place_.sql();
        EXPECT_EQ(sql.number("SELECT count(*) FROM inbox WHERE outcome IS NULL OR outcome <> 'answered'"), 0);
        EXPECT_EQ(sql.number("SELECT count(*) FROM outbox WHERE state <> 'sent'"), 0);
        EXPECT_EQ(sql.number("SELECT count(*) FROM simulator_message"), sql.number("SELECT count(*) FROM inbox"));
    }

    Place place_;
    FakeClock clock_;
    Shop shop_;
};

INSTANTIATE_TEST_SUITE_P(, Jumps, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

TEST_P(Jumps, leave_no_chat_unanswered_and_answer_none_twice) {
    begin();
    auto const server = serve();
    auto client = Client(server->url(), shop_.session);
    auto n = 0;
    auto slowest = milliseconds(0);
    auto now = seconds(0);
    for (auto const by :
         {seconds(3600), seconds(-86'400), seconds(120), seconds(-120), seconds(86'400), seconds(-7200)}) {
        // One chat whose breath is not over when the clock jumps, one that begins right after.
        EXPECT_EQ(write_message(client, n).status, 202);
        now += by;
        clock_.shift(now);
        EXPECT_EQ(write_message(client, n + 1).status, 202);
        slowest = std::max({slowest, answer_time(client, n), answer_time(client, n + 1)});
        EXPECT_LT(slowest, longest_answer) << by.count() << " s";
        n += 2;
    }
    expect_all_answered_once();
    auto customer = Customer(
        [&](auto const& method, auto const& target, auto const* body) { return client.send(method, target, body); },
        phone_number(500), {"Ana Ruiz", shop_.starts.back()});
    EXPECT_EQ(customer.book(Opening::at_once), Ending::booked) << customer.transcript();
    EXPECT_EQ(server->stop(), 0);
    std::printf("  the slowest answer after a jump took %ld ms\n", static_cast<long>(slowest.count()));
}

/// The owner's twenty minutes are not a day and twenty minutes.
TEST_P(Jumps, back_do_not_prolong_the_owners_turn) {
    begin();
    auto const server = serve();
    auto client = Client(server->url(), shop_.session);
    EXPECT_EQ(write_message(client, 1).status, 202);
    EXPECT_LT(answer_time(client, 1), longest_answer);
    EXPECT_EQ(client.post("/api/v1/simulator/owner-messages", {{"to", phone_number(1)}, {"text", "Voy"}}).status, 202);
    clock_.shift(seconds(-86'400));
    auto const deadline = steady_clock::now() + longest_answer;
    auto until = std::string();
    auto const limit = [&] {
        auto const now = std::chrono::system_clock::now() - std::chrono::days(1) + std::chrono::minutes(21);
        return std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count();
    };
    auto const ahead = [&] {
        return place_.sql().number(
            "SELECT count(*) FROM conversation WHERE answering = 'owner' AND answering_until_at > " +
            std::to_string(limit()));
    };
    while (ahead() > 0 && steady_clock::now() < deadline) {
        std::this_thread::sleep_for(milliseconds(100));
    }
    EXPECT_EQ(ahead(), 0);
    EXPECT_EQ(place_.sql().number("SELECT count(*) FROM conversation WHERE answering = 'owner'"), 1);
    EXPECT_EQ(server->stop(), 0);
}

/// An access token is for a quarter of an hour, by the wall: an hour later it is over and the refresh token brings the
/// next. A day earlier all of them still serve, and a refresh token that was used is recognised as used.
TEST_P(Jumps, end_tokens_early_but_never_revive_them) {
    begin();
    auto const server = serve();
    auto stranger = Client(server->url());
    auto const login = stranger.post("/api/v1/auth/login", shop_.session->credentials());
    ASSERT_EQ(login.status, 200) << login.text;
    auto const bearer = Fields{"Authorization: Bearer " + login.at("/access_token")};
    auto const me = [&](Fields const& fields) {
        return stranger.send("GET", "/api/v1/auth/me", nullptr, fields).status;
    };
    auto const refresh = [&](std::string const& cookie) {
        return stranger.send("POST", "/api/v1/auth/refresh", nullptr,
                             {"Cookie: " + cookie, "Origin: " + server->url()});
    };
    EXPECT_EQ(me(bearer), 200);
    clock_.shift(seconds(3600));
    EXPECT_EQ(me(bearer), 401);
    auto const next = refresh(login.cookie);
    ASSERT_EQ(next.status, 200) << next.text;
    clock_.shift(seconds(-86'400));
    EXPECT_EQ(me({"Authorization: Bearer " + next.at("/access_token")}), 200);
    // Used long ago or in a future that was none: not within the ten seconds in which an answer may have been lost.
    EXPECT_EQ(refresh(login.cookie).status, 401);
    EXPECT_EQ(me({"Authorization: Bearer " + next.at("/access_token")}), 401) << "the family is revoked";
    EXPECT_EQ(server->stop(), 0);
}

/// Madrid 2026-10-25, 03:00 → 02:00; Santiago 2026-09-06, 00:00 → 01:00; Madrid 2027-03-28, 02:00 → 03:00.
TEST_P(Jumps, over_nights_in_which_clocks_change_are_like_any_other) {
    begin();
    for (auto const night : {std::int64_t{1'792'889'997}, std::int64_t{1'788'667'197}, std::int64_t{1'806'195'597}}) {
        clock_.set(night); // three seconds before
        auto const server = serve("1500");
        auto client = Client(server->url(), shop_.session);
        auto const n = static_cast<int>(night % 100'000);
        EXPECT_EQ(write_message(client, n).status, 202);
        std::this_thread::sleep_for(seconds(2));
        EXPECT_EQ(write_message(client, n + 1).status, 202);
        EXPECT_LT(answer_time(client, n), longest_answer);
        EXPECT_LT(answer_time(client, n + 1), longest_answer);
        EXPECT_EQ(
            client.get("/api/v1/availability?service_id=" + shop_.service + "&from=2027-03-27&to=2027-03-29").status,
            200);
        EXPECT_EQ(server->stop(), 0);
    }
    expect_all_answered_once();
}

class Skew : public testing::Test {};

/// Two nodes whose clocks differ by two minutes, each way: one of them dies, the other goes on, and nothing is said
/// twice.
TEST_F(Skew, between_nodes_leaves_no_lease_stuck) {
    if (setting("APUNTA_SKIP_POSTGRES") == "1") GTEST_SKIP() << "APUNTA_SKIP_POSTGRES=1";
    for (auto const ahead : {seconds(120), seconds(-120)}) {
        auto const place = Place(Engine::postgres);
        auto clock = FakeClock(place.beside("clock"));
        auto launch = Launch();
        launch.environment = {{"APUNTA_MASTER_KEY", std::string(64, 'a')}};
        auto steady = std::make_unique<Server>(place, launch);
        auto const shop = open_shop(steady->url(), {.duration_minutes = 15, .first_day = 2, .days = 2});
        clock.shift(ahead);
        launch.environment.merge(clock.environment());
        launch.on_second_node = true;
        auto skewed = std::make_unique<Server>(place, launch);
        auto const ask = [&](std::string const& url, int n) {
            auto client = Client(url, shop.session);
            EXPECT_EQ(client.post("/api/v1/simulator/messages", {{"from", phone_number(n)}, {"text", "hola"}}).status,
                      202);
            auto const screen = client.get("/api/v1/simulator/messages?wait=25&customer=" + escaped(phone_number(n)));
            EXPECT_EQ(screen.body.at("items").as_array().size(), 1U) << n << screen.text;
        };
        for (auto n = 0; n < 6; ++n) {
            ask(n % 2 == 0 ? skewed->url() : steady->url(), n);
        }
        skewed->kill();
        ask(steady->url(), 100);
        EXPECT_EQ(place.sql().number("SELECT count(*) FROM simulator_message"), 7);
        EXPECT_EQ(steady->stop(), 0);
    }
}

} // namespace
} // namespace system_test
