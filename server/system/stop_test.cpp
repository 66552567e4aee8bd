// SIGTERM under load: what is in flight is answered, and the process ends by itself, soon and with 0.
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "system/customer.hpp"
#include "system/follower.hpp"
#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

using std::chrono::steady_clock;

constexpr auto clients = 8;
constexpr auto patience = std::chrono::seconds(15);
constexpr auto followers = 3;
constexpr auto pollers = 3;
constexpr auto chats = 3;
constexpr auto requests_before_the_end = 200;
constexpr auto going_away = 1001;

int rounds() { return is_full() ? 50 : 10; }

struct Load {
    std::atomic<int> answered = 0;
    std::atomic<int> cut = 0;     ///< connections that ended with a request sent and no answer
    std::atomic<int> refused = 0; ///< could not connect: the server had gone
    std::atomic<int> wrong = 0;
    std::atomic<int> written = 0;
    std::atomic<int> polls = 0;     ///< that ended with an answer
    std::atomic<int> dismissed = 0; ///< WebSockets that were closed with 1001
    std::atomic<int> abandoned = 0; ///< WebSockets that ended in another way
};

/// Reads and writes until the server is gone.
void load(std::string const& url, Shop const& shop, Load& counts, int n) {
    auto client = Client(url, shop.session);
    for (auto i = 0;; ++i) {
        auto const message = json::object{{"from", phone_number(n * 1000 + i % 1000)}, {"text", "hola"}};
        auto const writes = i % 2 == 0;
        auto const answer =
            writes ? client.post("/api/v1/simulator/messages", message) : client.get("/api/v1/bookings");
        if (answer.status == 0) {
            ++(answer.text.find("connect") != answer.text.npos ? counts.refused : counts.cut);
            return;
        }
        ++counts.answered;
        if (answer.status == 202)
            ++counts.written;
        else if (answer.status != 200 && answer.status != 503)
            ++counts.wrong;
    }
}

/// Reads a phone that stays silent: each poll lasts until the server ends.
void poll(std::string const& url, Shop const& shop, Load& counts, int n) {
    auto client = Client(url, shop.session);
    auto const answer = client.get("/api/v1/simulator/messages?wait=25&customer=" + escaped(phone_number(900'000 + n)));
    if (answer.status == 200)
        ++counts.polls;
    else if (answer.status == 0)
        ++counts.cut;
    else
        ++counts.wrong;
}

/// Follows the business's events until it is told to go.
void follow(std::string const& url, std::string const& ticket, Load& counts, std::atomic<int>& open) {
    auto follower = Follower(url, ticket);
    follower.say("{}");
    ++open;
    while (follower.hear(patience)) {
    }
    ++(follower.closed() == going_away ? counts.dismissed : counts.abandoned);
}

/// Books by chat until the server is gone; where the dialogue breaks off, the next server goes on.
void book_by_chat(std::string const& url, Shop const& shop, Load& counts, int n) {
    auto client = Client(url, shop.session);
    auto const wire = [&](std::string const& method, std::string const& target, json::object const* body) {
        auto answer = client.send(method, target, body);
        if (answer.status == 202) ++counts.written;
        return answer;
    };
    try {
        for (auto i = 0;; ++i) {
            auto const& start = shop.starts.at(static_cast<std::size_t>(n * 31 + i) % shop.starts.size());
            Customer(wire, phone_number(700'000 + n * 1000 + i), {"Ana Ruiz", start}).book(Opening::at_once);
        }
    } catch (std::runtime_error const&) {
    }
}

/// A ticket for each who will follow.
std::vector<std::string> tickets(std::string const& url, Shop const& shop) {
    auto client = Client(url, shop.session);
    auto all = std::vector<std::string>();
    for (auto i = 0; i < followers; ++i) {
        all.push_back(client.post("/api/v1/events/ticket", {}).at("/ticket"));
    }
    return all;
}

class Stops : public testing::TestWithParam<Engine> {};
INSTANTIATE_TEST_SUITE_P(, Stops, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

TEST_P(Stops, answer_what_is_in_flight_and_end_soon) {
    auto const place = Place(GetParam());
    auto shop = Shop();
    {
        auto server = Server(place);
        shop = open_shop(server.url(), {.duration_minutes = 45, .first_day = 2, .days = 2});
        EXPECT_EQ(server.stop(), 0);
    }
    auto all = Load();
    auto slowest = milliseconds(0);
    for (auto round = 0; round < rounds(); ++round) {
        auto server = Server(place);
        auto counts = Load();
        auto threads = std::vector<std::thread>();
        for (auto i = 0; i < clients; ++i) {
            threads.emplace_back([&, i] { load(server.url(), shop, counts, round * clients + i); });
        }
        for (auto i = 0; i < pollers; ++i) {
            threads.emplace_back([&, i] { poll(server.url(), shop, counts, i); });
        }
        for (auto i = 0; i < chats; ++i) {
            threads.emplace_back([&, i] { book_by_chat(server.url(), shop, counts, round * chats + i); });
        }
        auto open = std::atomic<int>(0);
        for (auto const& ticket : tickets(server.url(), shop)) {
            threads.emplace_back([&, ticket] { follow(server.url(), ticket, counts, open); });
        }
        while (counts.answered < requests_before_the_end || open < followers) {
            std::this_thread::yield();
        }
        auto const asked = steady_clock::now();
        EXPECT_EQ(server.stop(patience), 0) << server.process().errors();
        slowest = std::max(slowest, std::chrono::duration_cast<milliseconds>(steady_clock::now() - asked));
        for (auto& thread : threads) {
            thread.join();
        }
        all.answered += counts.answered;
        all.written += counts.written;
        all.cut += counts.cut;
        all.refused += counts.refused;
        all.wrong += counts.wrong;
        all.polls += counts.polls;
        all.dismissed += counts.dismissed;
        EXPECT_EQ(counts.wrong, 0);
        EXPECT_EQ(counts.polls, pollers) << "a long poll ends with what there is";
        EXPECT_EQ(counts.dismissed, followers) << "a WebSocket is told that the server goes";
        EXPECT_EQ(server.process().errors(), "");
        EXPECT_FALSE(std::filesystem::exists(place.folder() / "server.json"));
    }
    std::printf(
        "  %d stops, %d requests answered (%d messages), %d long polls, %d WebSockets, %d cut, %d refused afterwards; "
        "the slowest stop %ld ms\n",
        rounds(), all.answered.load(), all.written.load(), all.polls.load(), all.dismissed.load(), all.cut.load(),
        all.refused.load(), static_cast<long>(slowest.count()));
    EXPECT_EQ(place.sql().number("SELECT count(*) FROM inbox"), all.written);
}

/// How many messages a phone gets within five seconds of a "hola".
std::size_t greeted(std::string const& url, Shop const& shop, int n) {
    auto client = Client(url, shop.session);
    auto const phone = phone_number(n);
    EXPECT_EQ(client.post("/api/v1/simulator/messages", {{"from", phone}, {"text", "hola"}}).status, 202);
    auto const screen = client.get("/api/v1/simulator/messages?wait=5&customer=" + escaped(phone));
    return screen.body.at("items").as_array().size();
}

/// On PostgreSQL the server that answers a business has a lease on it; one that ends gives it back.
TEST_P(Stops, let_the_next_server_answer_at_once) {
    auto const place = Place(GetParam());
    auto first = Server(place);
    auto const shop = open_shop(first.url(), {.duration_minutes = 45, .first_day = 2, .days = 1});
    EXPECT_EQ(greeted(first.url(), shop, 1), 1U);
    EXPECT_EQ(first.stop(), 0);
    auto next = Server(place);
    EXPECT_EQ(greeted(next.url(), shop, 2), 1U);
}

/// A copy of the file alone is then a copy of everything.
TEST(Stop, leaves_all_data_in_the_database_file) {
    auto const place = Place(Engine::sqlite);
    EXPECT_EQ(Server(place).stop(), 0);
    EXPECT_FALSE(std::filesystem::exists(place.folder() / "apunta.db-wal"));
    std::filesystem::copy_file(place.folder() / "apunta.db", place.beside("copy.db"));
    EXPECT_GT(Sql(place.beside("copy.db"), "").number("SELECT count(*) FROM booking"), 0);
}

TEST(Stop, ends_a_long_poll_with_its_answer) {
    auto const place = Place(Engine::sqlite);
    auto server = Server(place);
    auto const shop = open_shop(server.url(), {.duration_minutes = 45, .first_day = 2, .days = 1});
    auto client = Client(server.url(), shop.session);
    auto answer = Answer();
    auto waiting = std::thread(
        [&] { answer = client.get("/api/v1/simulator/messages?customer=" + escaped(phone_number(1)) + "&wait=25"); });
    // The poll is there when the server has answered something that was asked after it by the same way.
    for (auto i = 0; i < requests_before_the_end; ++i) {
        Client(server.url()).get("/healthz");
    }
    auto const asked = steady_clock::now();
    EXPECT_EQ(server.stop(patience), 0);
    waiting.join();
    EXPECT_EQ(answer.status, 200) << answer.text;
    EXPECT_LT(steady_clock::now() - asked, std::chrono::seconds(10));
}

} // namespace
} // namespace system_test
