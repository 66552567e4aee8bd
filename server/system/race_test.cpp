// Many at once for the same chairs: over HTTP, by chat and by moving bookings, on both engines. Whatever they do, no
// two active bookings of one person overlap, and everybody who was told of a booking has one.
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <random>
#include <thread>

#include "system/customer.hpp"
#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

constexpr auto racers_of_a_kind = 8;
constexpr auto starts_a_day = 48U;
constexpr auto days = 10;
constexpr auto monday =
    "2026-10-19T08:00:00+02:00"; // the fourth day after it begins in summer time and ends in winter time

constexpr auto overlapping_pairs =
    "SELECT count(*) FROM booking a JOIN booking b ON a.business_id = b.business_id AND a.staff_id = b.staff_id "
    "AND a.id < b.id AND a.occupied_from < b.occupied_to AND b.occupied_from < a.occupied_to "
    "WHERE a.status IN ('pending', 'confirmed') AND b.status IN ('pending', 'confirmed')";

int attempts_each() { return is_full() ? 600 : 200; }

struct Counts {
    std::atomic<int> attempts = 0;
    std::atomic<int> made = 0;  ///< 201
    std::atomic<int> moved = 0; ///< 200 to a move
    std::atomic<int> taken = 0; ///< 409 slot_taken
    std::atomic<int> chats_booked = 0;
    std::atomic<int> chats_refused = 0;
    std::atomic<int> chats_beaten = 0; ///< of them, after the yes to what had been free
    std::atomic<int> customers = 0;
};

/// Any other answer than those that a race may have is a failure; the first few are shown.
class Surprises {
public:
    void add(std::string const& what) {
        auto lock = std::lock_guard(mutex_);
        if (++count_ <= 5) ADD_FAILURE() << what;
    }
    int count() const { return count_; }

private:
    std::mutex mutex_;
    int count_ = 0;
};

struct Race {
    Shop const& shop;
    std::barrier<> next_day{3 * racers_of_a_kind};
    Counts counts = {};
    Surprises surprises = {};
};

/// One who tries `attempts_each()` times. All racers go from day to day together, so that each day begins empty.
class Racer {
public:
    Racer(Race& race, std::string const& url, unsigned seed)
        : race_(race), client_(url, race.shop.session), chance_(seed) {}
    ~Racer() { race_.next_day.arrive_and_drop(); }
    Racer(Racer const&) = delete;
    Racer& operator=(Racer const&) = delete;

    void make() {
        while (tries_again()) {
            auto made = create();
            if (made && pick(4) == 0) cancel(*made);
        }
    }

    void move() {
        auto own = std::optional<Answer>();
        while (tries_again()) {
            if (own && pick(12) == 0) {
                cancel(*own);
                own.reset();
            }
            if (!own)
                own = create();
            else if (auto moved = reschedule(*own))
                own = moved;
        }
    }

    void chat() {
        while (tries_again()) {
            ++race_.counts.attempts;
            auto const n = race_.counts.customers++;
            auto customer = Customer(wire(), phone_number(n), {"Ana " + letters(n), start()});
            switch (customer.book(Opening::at_once)) {
            case Ending::booked: ++race_.counts.chats_booked; break;
            case Ending::refused:
                ++race_.counts.chats_refused;
                if (customer.transcript().find("> sí") != std::string::npos) ++race_.counts.chats_beaten;
                break;
            case Ending::lost: race_.surprises.add("a chat that led nowhere:\n" + customer.transcript()); break;
            }
        }
    }

private:
    bool tries_again() {
        if (++try_ == attempts_each()) return false;
        if (try_ % (attempts_each() / days) == 0) race_.next_day.arrive_and_wait();
        return true;
    }

    std::optional<Answer> create() {
        ++race_.counts.attempts;
        auto const n = race_.counts.customers++;
        auto wish = json::object{{"service_id", race_.shop.service},
                                 {"starts_at", start()},
                                 {"customer", {{"name", "Eva " + letters(n)}, {"phone", phone_number(n)}}},
                                 {"notify", false}};
        if (pick(2) == 0) wish["staff_id"] = race_.shop.staff[pick(2)];
        return counted(client_.post("/api/v1/bookings", wish), 201, race_.counts.made);
    }

    std::optional<Answer> reschedule(Answer const& booking) {
        ++race_.counts.attempts;
        auto const change = json::object{{"version", booking.number("/version")},
                                         {"starts_at", start()},
                                         {"staff_id", race_.shop.staff[pick(2)]},
                                         {"notify", false}};
        return counted(client_.patch("/api/v1/bookings/" + booking.at("/id"), change), 200, race_.counts.moved);
    }

    void cancel(Answer const& booking) {
        auto const answer = client_.post("/api/v1/bookings/" + booking.at("/id") + "/cancel",
                                         {{"version", booking.number("/version")}, {"notify", false}});
        if (answer.status != 200) race_.surprises.add("a cancellation was answered " + answer.text);
    }

    std::optional<Answer> counted(Answer answer, int success, std::atomic<int>& successes) {
        if (answer.status == success) {
            ++successes;
            return answer;
        }
        if (answer.status == 409 && answer.code() == "slot_taken")
            ++race_.counts.taken;
        else
            race_.surprises.add(std::to_string(answer.status) + " " + answer.text);
        return std::nullopt;
    }

    Wire wire() {
        return [this](std::string const& method, std::string const& target, json::object const* body) {
            return client_.send(method, target, body);
        };
    }

    std::string const& start() {
        auto const day = static_cast<std::size_t>(try_ * days / attempts_each());
        return race_.shop.starts.at(day * starts_a_day + pick(starts_a_day));
    }

    /// Names without digits, which a chat could take for a time.
    static std::string letters(int n) {
        auto text = std::string();
        for (; n > 0; n /= 26)
            text += static_cast<char>('a' + n % 26);
        return "Q" + text;
    }

    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(chance_); }

    Race& race_;
    Client client_;
    std::mt19937 chance_;
    int try_ = -1;
};

/// Looks at the table all the time: an overlap that is cancelled a moment later is one all the same.
class Watcher {
public:
    explicit Watcher(Sql sql) : sql_(std::move(sql)), thread_([this] { run(); }) {}
    ~Watcher() { stop(); }
    Watcher(Watcher const&) = delete;
    Watcher& operator=(Watcher const&) = delete;

    void stop() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
    }
    int looks() const { return looks_; }
    std::int64_t worst() const { return worst_; }

private:
    void run() {
        while (!stopping_) {
            worst_ = std::max(worst_, sql_.number(overlapping_pairs));
            ++looks_;
        }
    }

    Sql sql_;
    std::atomic<bool> stopping_ = false;
    int looks_ = 0;
    std::int64_t worst_ = 0;
    std::thread thread_;
};

void run_racers(Race& race, std::vector<std::string> const& urls) {
    auto threads = std::vector<std::thread>();
    for (auto i = 0U; i < 3 * racers_of_a_kind; ++i) {
        threads.emplace_back([&race, &url = urls[i % urls.size()], i] {
            auto racer = Racer(race, url, i);
            try {
                if (i < racers_of_a_kind)
                    racer.make();
                else if (i < 2 * racers_of_a_kind)
                    racer.move();
                else
                    racer.chat();
            } catch (std::exception const& error) {
                race.surprises.add(error.what());
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

void report(Counts const& counts, Watcher const& watcher) {
    std::printf(
        "  %d attempts by %d customers: %d answered 201, %d moved, %d answered 409 slot_taken, %d chats booked, "
        "%d chats refused (%d of them after their yes); the table looked at %d times\n",
        counts.attempts.load(), counts.customers.load(), counts.made.load(), counts.moved.load(), counts.taken.load(),
        counts.chats_booked.load(), counts.chats_refused.load(), counts.chats_beaten.load(), watcher.looks());
}

/// What a program without transactions does: look, and if it is free, write.
int book_naively(Sql const& sql) {
    constexpr auto threads = 8;
    constexpr auto tries = 12;
    auto made = std::atomic<int>(0);
    auto racers = std::vector<std::thread>();
    for (auto racer = 0; racer < threads; ++racer) {
        racers.emplace_back([&, racer] {
            for (auto i = 0; i < tries; ++i) {
                auto const from =
                    "(SELECT min(occupied_from) FROM booking) + 31536000000 + " + std::to_string(i * 900'000);
                auto const busy = "SELECT count(*) FROM booking WHERE occupied_from < " + from +
                                  " + 2700000 AND occupied_to > " + from;
                if (sql.number(busy) > 0) continue;
                auto const id = "'naive-" + std::to_string(racer) + "-" + std::to_string(i) + "'";
                made +=
                    sql.attempt("INSERT INTO booking (business_id, id, service_id, staff_id, customer_id, "
                                "customer_name, starts_at, ends_at, occupied_from, occupied_to, local_start, timezone, "
                                "status, origin, created_at, updated_at) "
                                "SELECT business_id, " +
                                id + ", service_id, staff_id, customer_id, customer_name, " + from + ", " + from +
                                " + 2700000, " + from + ", " + from +
                                " + 2700000, local_start, timezone, 'confirmed', origin, created_at, updated_at "
                                "FROM booking ORDER BY id LIMIT 1");
            }
        });
    }
    for (auto& racer : racers) {
        racer.join();
    }
    return made;
}

void drop_constraint(Engine engine, Sql const& sql) {
    if (engine == Engine::postgres)
        sql.rows("ALTER TABLE booking DROP CONSTRAINT booking_overlap");
    else
        sql.rows("DROP TRIGGER booking_overlap_insert; DROP TRIGGER booking_overlap_update");
}

struct Field {
    std::string name;
    Engine engine;
    bool two_nodes;
};

std::vector<Field> fields() {
    auto all = std::vector<Field>{{"sqlite", Engine::sqlite, false}};
    if (engines().size() == 1) return all;
    all.push_back({"postgres", Engine::postgres, false});
    all.push_back({"postgres_with_two_nodes", Engine::postgres, true});
    return all;
}

class Races : public testing::TestWithParam<Field> {};
INSTANTIATE_TEST_SUITE_P(, Races, testing::ValuesIn(fields()), [](auto const& each) { return each.param.name; });

TEST_P(Races, leave_no_overlap_and_a_row_for_everybody_who_was_told) {
    auto const place = Place(GetParam().engine);
    auto launch = Launch();
    launch.options = {"--demo", "--breath", "0", "--now", monday};
    auto server = Server(place, launch);
    auto second = std::unique_ptr<Server>();
    auto urls = std::vector<std::string>{server.url()};
    if (GetParam().two_nodes) {
        launch.on_second_node = true;
        launch.environment["APUNTA_MASTER_KEY_FILE"] = (place.folder() / "master.key").string();
        second = std::make_unique<Server>(place, launch);
        urls.push_back(second->url());
    }
    auto const shop = open_shop(server.url(), {.duration_minutes = 45, .first_day = 3, .days = days});
    ASSERT_EQ(shop.starts.size(), starts_a_day * days);
    auto const sql = place.sql();
    auto const seeded = sql.number("SELECT count(*) FROM booking");

    auto race = Race{shop};
    auto watcher = Watcher(sql);
    run_racers(race, urls);
    watcher.stop();
    report(race.counts, watcher);

    EXPECT_EQ(race.surprises.count(), 0);
    EXPECT_EQ(watcher.worst(), 0);
    EXPECT_EQ(sql.number(overlapping_pairs), 0);
    EXPECT_EQ(sql.number("SELECT count(*) FROM booking") - seeded, race.counts.made + race.counts.chats_booked);
    EXPECT_EQ(sql.number("SELECT count(*) FROM simulator_message WHERE reason = 'confirmation'"),
              race.counts.chats_booked);
    EXPECT_EQ(race.counts.attempts, 3 * racers_of_a_kind * attempts_each());
    EXPECT_GT(race.counts.taken, 0);
    EXPECT_GT(race.counts.chats_booked, 0);
    EXPECT_EQ(server.stop(), 0);
}

class NaiveRaces : public testing::TestWithParam<Engine> {};
INSTANTIATE_TEST_SUITE_P(, NaiveRaces, testing::ValuesIn(engines()),
                         [](auto const& each) { return name_of(each.param); });

/// The same query on the same schema: what it would find if the database did not refuse, and that it does refuse.
TEST_P(NaiveRaces, overlap_without_the_constraint_and_never_with_it) {
    auto const place = Place(GetParam());
    EXPECT_EQ(Server(place).stop(), 0);
    auto const sql = place.sql();
    ASSERT_GT(sql.number("SELECT count(*) FROM booking"), 0);

    auto const guarded = book_naively(sql);
    EXPECT_EQ(sql.number(overlapping_pairs), 0);
    sql.rows("DELETE FROM booking WHERE id LIKE 'naive-%'");
    drop_constraint(GetParam(), sql);
    auto const unguarded = book_naively(sql);
    auto const overlaps = sql.number(overlapping_pairs);
    std::printf("  with the constraint: %d bookings, 0 overlaps; without: %d bookings, %ld overlaps\n", guarded,
                unguarded, static_cast<long>(overlaps));
    EXPECT_GT(guarded, 0);
    EXPECT_GT(overlaps, 0);
}

} // namespace
} // namespace system_test
