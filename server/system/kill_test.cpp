// The server dies again and again while customers book by chat: at any moment, and once at each place that the sources
// name with crash_point(). Customers' phones deliver a message until it is acknowledged, as WhatsApp does, and some
// twice. In the end every message has been answered once, and whoever was told of a booking has one.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <random>
#include <regex>
#include <set>
#include <thread>

#include "system/customer.hpp"
#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

constexpr auto chats_at_a_time = 50;
constexpr auto longest_outage = std::chrono::seconds(90);
constexpr auto longest_way_to_a_point = std::chrono::seconds(30);
constexpr auto shortest_life = 30; // milliseconds
constexpr auto longest_life = 400;

/// Where the server is at present; whoever wants it waits here while it is down.
class Gate {
public:
    void open(std::string const& url) {
        auto lock = std::lock_guard(mutex_);
        url_ = url;
        changed_.notify_all();
    }
    void close() {
        auto lock = std::lock_guard(mutex_);
        url_.clear();
        changed_.notify_all();
    }
    std::string await() {
        auto lock = std::unique_lock(mutex_);
        if (!changed_.wait_for(lock, longest_outage, [&] { return !url_.empty(); })) {
            throw std::runtime_error("the server did not come back");
        }
        return url_;
    }
    /// Waits until the server that did not answer is known to be dead; not for ever, since it may live.
    void await_news(std::string const& of) {
        auto lock = std::unique_lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(1), [&] { return url_ != of; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string url_;
};

struct Told {
    std::string phone;
    Ending ending;
    std::vector<std::string> written;
    std::vector<Heard> heard;
    std::string transcript;
};

/// What all customers did, for the reckoning.
struct Town {
    Shop const& shop;
    Gate gate = {};
    std::atomic<int> customers = 0;
    std::atomic<int> deliveries = 0;  ///< requests with a message
    std::atomic<int> repetitions = 0; ///< of them, deliveries of a message delivered or tried before
    std::atomic<bool> closing = false;
    std::mutex mutex = {};
    std::vector<Told> told = {};
    std::vector<std::string> failures = {};

    void fail(std::string const& what) {
        auto lock = std::lock_guard(mutex);
        failures.push_back(what);
    }
};

/// One customer after the other, until the town closes.
class Chat {
public:
    Chat(Town& town, unsigned seed) : town_(town), client_("", town.shop.session), chance_(seed) {}

    void run() {
        while (!town_.closing) {
            auto const n = town_.customers++;
            auto const& start = town_.shop.starts[static_cast<std::size_t>(n) % town_.shop.starts.size()];
            auto customer = Customer(wire(), phone_number(n), {"Ana Ruiz", start});
            auto const ending = customer.book(static_cast<Opening>(n % 3));
            auto lock = std::lock_guard(town_.mutex);
            town_.told.push_back(
                {customer.phone(), ending, customer.written(), customer.heard(), customer.transcript()});
        }
    }

private:
    Wire wire() {
        return [this](std::string const& method, std::string const& target, json::object const* body) {
            auto answer = insist(method, target, body);
            if (method == "POST" && answer.status == 202 && chance_() % 5 == 0) deliver_again(target, *body, answer);
            return answer;
        };
    }

    Answer insist(std::string const& method, std::string const& target, json::object const* body) {
        for (auto first = true;; first = false) {
            auto const url = town_.gate.await();
            client_.go_to(url);
            if (method == "POST") {
                ++town_.deliveries;
                if (!first) ++town_.repetitions;
            }
            auto answer = client_.send(method, target, body);
            if (answer.status != 0 && answer.status != 503) return answer;
            town_.gate.await_news(url);
        }
    }

    void deliver_again(std::string const& target, json::object const& body, Answer const& before) {
        ++town_.repetitions;
        auto const again = insist("POST", target, &body);
        if (again.status != 202 || again.at("/message_id") != before.at("/message_id")) {
            town_.fail("a second delivery was answered " + again.text);
        }
    }

    Town& town_;
    Client client_;
    std::mt19937 chance_;
};

/// All crash_point() names in the sources.
std::set<std::string> crash_points() {
    auto const pattern = std::regex("crash_point\\(\"([a-z_.]+)\"\\)");
    auto names = std::set<std::string>();
    for (auto const& entry : std::filesystem::recursive_directory_iterator(APUNTA_SOURCES)) {
        auto const name = entry.path().string();
        if (entry.path().extension() != ".cpp" || name.ends_with("_test.cpp")) continue;
        auto const text = text_of(entry.path());
        for (auto found = std::sregex_iterator(text.begin(), text.end(), pattern); found != std::sregex_iterator();
             ++found) {
            names.insert((*found)[1]);
        }
    }
    return names;
}

class Kills : public testing::TestWithParam<Engine> {
protected:
    Kills() : place_(GetParam()) {}

    int rounds() const {
        if (GetParam() == Engine::sqlite) return is_full() ? 300 : 150;
        return is_full() ? 60 : 14;
    }

    void begin() {
        auto server = Server(place_);
        shop_ = open_shop(server.url(), {.duration_minutes = 15, .first_day = 2, .days = 90});
        EXPECT_EQ(server.stop(), 0);
        town_ = std::make_unique<Town>(shop_);
        for (auto i = 0; i < chats_at_a_time; ++i) {
            chats_.emplace_back([this, i] {
                try {
                    Chat(*town_, static_cast<unsigned>(i)).run();
                } catch (std::exception const& error) {
                    town_->fail(error.what());
                }
            });
        }
    }

    /// The lease of a dead node is let run out, which would take a quarter of a minute each time. Not the last one's:
    /// that is waited for.
    void pass_lease_time() const {
        if (GetParam() == Engine::postgres) place_.sql().rows("UPDATE lease SET until_at = 0");
    }

    void kill_at_random() {
        auto chance = std::mt19937(20261122);
        auto life = std::uniform_int_distribution(shortest_life, longest_life);
        for (auto i = 0; i < rounds(); ++i) {
            pass_lease_time();
            auto server = Server(place_);
            town_->gate.open(server.url());
            std::this_thread::sleep_for(milliseconds(life(chance)));
            town_->gate.close();
            server.kill();
            ++kills_;
        }
    }

    void kill_at(std::string const& point, int pass) {
        pass_lease_time();
        auto const trace = place_.beside("trace" + std::to_string(kills_));
        auto launch = Launch();
        launch.environment = {{"APUNTA_CRASH_AT", point + ":" + std::to_string(pass)},
                              {"APUNTA_CRASH_TRACE", trace.string()}};
        auto const code = life_of(launch);
        EXPECT_EQ(code, 128 + SIGKILL) << point << " was never reached " << pass << " times";
        EXPECT_NE(("\n" + text_of(trace)).find("\n" + point + "\n"), std::string::npos) << point;
        ++kills_;
    }

    /// How it ended. It may do so before it listens, since it begins with what was left undone.
    std::optional<int> life_of(Launch const& launch) {
        try {
            auto server = Server(place_, launch);
            town_->gate.open(server.url());
            auto const code = server.process().await_end(longest_way_to_a_point);
            town_->gate.close();
            return code;
        } catch (NotUp const& early) {
            return early.code;
        }
    }

    void kill_at_each_point() {
        auto const points = crash_points();
        EXPECT_GE(points.size(), 9U);
        for (auto const& point : points) {
            kill_at(point, 1);
            kill_at(point, 7);
        }
    }

    /// The last server: every dialogue that has begun comes to its end.
    void let_all_end() {
        last_ = std::make_unique<Server>(place_);
        town_->closing = true;
        town_->gate.open(last_->url());
        join();
    }

    void join() {
        for (auto& chat : chats_) {
            chat.join();
        }
        chats_.clear();
    }

    void TearDown() override {
        if (!town_) return;
        town_->closing = true;
        join();
    }

    /// Her phone, read anew from its first message.
    std::vector<std::string> phone_of(std::string const& number) {
        auto client = Client(last_->url(), shop_.session);
        auto ids = std::vector<std::string>();
        auto const screen = client.get("/api/v1/simulator/messages?customer=" + escaped(number));
        for (auto const& item : screen.body.at("items").as_array()) {
            ids.emplace_back(item.at("id").as_string());
        }
        return ids;
    }

    void report() const {
        auto messages = std::size_t{0};
        auto replies = std::size_t{0};
        for (auto const& told : town_->told) {
            messages += told.written.size();
            replies += told.heard.size();
        }
        std::printf("  %d kills, %zu dialogues, %zu messages in %d deliveries (%d of them repeated), %zu replies\n",
                    kills_, town_->told.size(), messages, town_->deliveries.load(), town_->repetitions.load(), replies);
    }

    void expect_every_dialogue_to_end_in_a_booking() const {
        EXPECT_TRUE(town_->failures.empty())
            << town_->failures.size() << " failures; first: " << town_->failures.front();
        EXPECT_GE(town_->told.size(), static_cast<std::size_t>(chats_at_a_time));
        auto const lost =
            std::ranges::find_if(town_->told, [](Told const& one) { return one.ending != Ending::booked; });
        EXPECT_TRUE(lost == town_->told.end()) << lost->phone << "\n" << lost->transcript;
    }

    void expect_every_message_to_be_answered_once() const {
        auto written = std::set<std::string>();
        for (auto const& told : town_->told) {
            written.insert(told.written.begin(), told.written.end());
        }
        auto stored = std::multiset<std::string>();
        for (auto const& row : place_.sql().rows("SELECT external_id FROM inbox")) {
            stored.insert(row.at(0));
        }
        EXPECT_EQ(stored, std::multiset<std::string>(written.begin(), written.end()));
        expect_none("SELECT count(*) FROM inbox WHERE outcome IS NULL OR outcome <> 'answered' OR turn_id IS NULL");
        expect_none("SELECT count(*) FROM turn t WHERE t.closed_at IS NULL OR NOT EXISTS "
                    "(SELECT 1 FROM inbox i WHERE i.business_id = t.business_id AND i.turn_id = t.id)");
        expect_none("SELECT count(*) FROM turn t WHERE NOT EXISTS "
                    "(SELECT 1 FROM outbox o JOIN message m ON m.business_id = o.business_id AND m.id = o.message_id "
                    "WHERE m.business_id = t.business_id AND m.turn_id = t.id)");
    }

    void expect_no_reply_twice() {
        expect_none("SELECT count(*) FROM (SELECT 1 FROM message WHERE direction = 'out' GROUP BY turn_id, text "
                    "HAVING count(*) > 1) doubled");
        expect_none("SELECT count(*) FROM outbox WHERE state <> 'sent'");
        expect_none("SELECT (SELECT count(*) FROM outbox) - (SELECT count(*) FROM simulator_message)");
        for (auto const& told : town_->told) {
            auto ids = std::vector<std::string>();
            for (auto const& heard : told.heard) {
                ids.push_back(heard.id);
            }
            EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << told.transcript;
            EXPECT_EQ(phone_of(told.phone), ids) << told.transcript;
        }
    }

    void expect_as_many_bookings_as_confirmations() const {
        auto confirmed = std::int64_t{0};
        for (auto const& told : town_->told) {
            confirmed += std::ranges::count(told.heard, "confirmation", &Heard::reason);
        }
        EXPECT_EQ(confirmed, static_cast<std::int64_t>(town_->told.size()));
        EXPECT_EQ(place_.sql().number("SELECT count(*) FROM booking WHERE origin = 'guided' AND status = 'confirmed'"),
                  confirmed);
        EXPECT_EQ(place_.sql().number("SELECT count(DISTINCT booking_id) FROM message WHERE reason = 'confirmation'"),
                  confirmed);
    }

    void expect_none(std::string const& count) const { EXPECT_EQ(place_.sql().number(count), 0) << count; }

    Place place_;
    Shop shop_;
    std::unique_ptr<Town> town_;
    std::vector<std::thread> chats_;
    std::unique_ptr<Server> last_;
    int kills_ = 0;
};

INSTANTIATE_TEST_SUITE_P(, Kills, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

TEST_P(Kills, lose_no_message_and_double_no_reply) {
    begin();
    kill_at_random();
    kill_at_each_point();
    let_all_end();
    report();
    expect_every_dialogue_to_end_in_a_booking();
    expect_every_message_to_be_answered_once();
    expect_no_reply_twice();
    expect_as_many_bookings_as_confirmations();
    EXPECT_EQ(last_->stop(), 0);
}

} // namespace
} // namespace system_test
