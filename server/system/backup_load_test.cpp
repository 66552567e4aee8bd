// Backups of a large database under load, and the restore drill: what was acknowledged before the backup began is in it
// row for row, the restored server says nothing until it is told to, and a damaged file is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "system/load.hpp"
#include "system/server.hpp"

namespace system_test {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr auto patience = seconds(60);
/// The measured figures are a tenth of these on two quiet cores; a machine at work with other things gets its share.
constexpr auto longest_p99 = milliseconds(1500);
constexpr auto bytes_of_a_row = 1600;
constexpr auto filler_rows = 45'000;
constexpr auto positions = 12;

/// So many rows that the database has about 100 MB.
std::string filling(Engine engine, std::string const& business) {
    auto const count = std::to_string(filler_rows);
    auto const row = std::string("INSERT INTO customer (business_id, id, name, notes, created_at) SELECT '") +
                     business + "', 'filler-' || n, 'Filler', ";
    if (engine == Engine::sqlite) {
        return "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < " + count + ") " +
               row + "hex(randomblob(" + std::to_string(bytes_of_a_row / 2) + ")), n FROM numbers";
    }
    return row + "(SELECT string_agg(md5(n::text || i::text), '') FROM generate_series(1, " +
           std::to_string(bytes_of_a_row / 32) + ") i), n FROM generate_series(1, " + count + ") n";
}

constexpr auto filler_digest = "SELECT count(*) || ' ' || sum(length(notes)) || ' ' || min(notes) || ' ' || max(notes) "
                               "FROM customer WHERE name = 'Filler'";

/// One booking after the other by a client of its own, each timed.
class Writer {
public:
    Writer(std::string const& url, Shop const& shop) : thread_([this, url, &shop] { run(url, shop); }) {}
    ~Writer() { stop(); }
    void stop() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
    }
    /// Of the writes since the last call.
    std::vector<milliseconds> take() {
        auto const lock = std::lock_guard(mutex_);
        return std::exchange(took_, {});
    }

private:
    void run(std::string const& url, Shop const& shop) {
        auto client = Client(url, shop.session);
        for (auto i = shop.starts.size(); !stopping_ && i > 0; --i) {
            auto const asked = steady_clock::now();
            auto const answer = client.post("/api/v1/bookings", {{"service_id", shop.service},
                                                                 {"starts_at", shop.starts[i - 1]},
                                                                 {"customer", {{"name", "Eva"}}},
                                                                 {"notify", false}});
            EXPECT_TRUE(answer.status == 201 || answer.status == 409) << answer.text;
            auto const lock = std::lock_guard(mutex_);
            took_.push_back(std::chrono::duration_cast<milliseconds>(steady_clock::now() - asked));
        }
    }

    std::mutex mutex_;
    std::vector<milliseconds> took_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

long p99(std::vector<milliseconds> times) {
    if (times.empty()) return 0;
    auto const at = times.begin() + static_cast<std::ptrdiff_t>(times.size() * 99 / 100);
    std::nth_element(times.begin(), at, times.end());
    return static_cast<long>(at->count());
}

class Drill : public testing::TestWithParam<Engine> {
protected:
    Drill() : place_(GetParam()), other_(GetParam()) {}

    static Finished on(Place const& place, std::vector<std::string> words) {
        words.insert(words.end(), {"--data", place.folder().string()});
        return apunta(place, words);
    }

    Place place_;
    Place other_;
};

INSTANTIATE_TEST_SUITE_P(, Drill, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

constexpr auto bookings = "SELECT * FROM booking ORDER BY id";

/// The rows of `before` that `after` does not have just so.
Rows missing(Rows before, Rows after) {
    std::ranges::sort(before);
    std::ranges::sort(after);
    auto lost = Rows();
    std::ranges::set_difference(before, after, std::back_inserter(lost));
    return lost;
}

TEST_P(Drill, restores_every_row_that_was_acknowledged_before_the_backup) {
    auto const file = place_.beside("backup").string();
    auto shop = Shop();
    auto acknowledged = Rows();
    auto messages = Rows();
    auto digest = std::string();
    {
        auto server = Server(place_);
        shop = open_shop(server.url(), {.duration_minutes = 15, .first_day = 2, .days = 60});
        place_.sql().rows(filling(GetParam(), place_.sql().rows("SELECT id FROM business LIMIT 1").at(0).at(0)));
        digest = place_.sql().rows(filler_digest).at(0).at(0);
        auto load = Load({server.url()}, shop, {.bookers = 2, .chats = 2});
        auto writer = Writer(server.url(), shop);
        ASSERT_TRUE(load.goes_on(40, patience));
        acknowledged = place_.sql().rows(bookings);
        messages = place_.sql().rows("SELECT id, text FROM message ORDER BY id");
        auto const before = writer.take();
        auto const began = steady_clock::now();
        auto const backup = on(place_, {"backup", file});
        auto const took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
        auto const during = writer.take();
        ASSERT_EQ(backup.code, 0) << backup.errors;
        writer.stop();
        load.stop();
        EXPECT_EQ(server.stop(), 0);
        std::printf(
            "  %.0f MB in %ld ms; p99 of a write %ld ms before, %ld ms during (%zu writes, the slowest %ld ms)\n",
            static_cast<double>(fs::file_size(file)) / 1e6, static_cast<long>(took.count()), p99(before), p99(during),
            during.size(), during.empty() ? 0L : static_cast<long>(std::ranges::max(during).count()));
        EXPECT_LE(p99(during), longest_p99.count());
    }
    auto const restoring = steady_clock::now();
    auto const restored = on(other_, {"restore", file});
    ASSERT_EQ(restored.code, 0) << restored.errors;
    std::printf("  restored in %ld ms\n",
                static_cast<long>(std::chrono::duration_cast<milliseconds>(steady_clock::now() - restoring).count()));
    EXPECT_EQ(missing(acknowledged, other_.sql().rows(bookings)), Rows());
    EXPECT_EQ(missing(messages, other_.sql().rows("SELECT id, text FROM message ORDER BY id")), Rows());
    EXPECT_EQ(other_.sql().rows(filler_digest).at(0).at(0), digest);

    fs::copy_file(place_.folder() / "master.key", other_.folder() / "master.key");
    auto const sent = other_.sql().number("SELECT count(*) FROM simulator_message");
    auto const phone = phone_number(990'000);
    {
        auto server = Server(other_);
        auto client = Client(server.url(), shop.session);
        EXPECT_EQ(client.post("/api/v1/simulator/messages", {{"from", phone}, {"text", "hola"}}).status, 202);
        client.get("/api/v1/simulator/messages?wait=3&customer=" + escaped(phone));
        EXPECT_EQ(other_.sql().number("SELECT count(*) FROM simulator_message"), sent) << "quarantined, and it spoke";
        EXPECT_EQ(server.stop(), 0);
    }
    ASSERT_EQ(on(other_, {"restore", "--activate"}).code, 0);
    auto server = Server(other_);
    auto client = Client(server.url(), shop.session);
    auto const screen = client.get("/api/v1/simulator/messages?wait=25&customer=" + escaped(phone));
    ASSERT_EQ(screen.status, 200) << screen.text;
    EXPECT_EQ(screen.body.at("items").as_array().size(), 1U) << screen.text;
    EXPECT_EQ(server.stop(), 0);
}

TEST_P(Drill, refuses_a_file_that_ends_early_or_is_damaged) {
    auto const file = place_.beside("backup");
    EXPECT_EQ(Server(place_).stop(), 0);
    ASSERT_EQ(on(place_, {"backup", file.string()}).code, 0);
    auto const whole = text_of(file);
    auto refused = 0;
    auto const expect_refusal = [&](std::string const& what, std::string const& bytes) {
        auto const bad = place_.beside("bad");
        write(bad, bytes);
        auto const restored = on(other_, {"restore", bad.string()});
        EXPECT_NE(restored.code, 0) << what;
        EXPECT_EQ(std::count(restored.errors.begin(), restored.errors.end(), '\n'), 1) << what << restored.errors;
        EXPECT_FALSE(fs::exists(other_.folder() / "apunta.db")) << what;
        if (restored.code != 0) ++refused;
    };
    for (auto i = std::size_t{0}; i < positions; ++i) {
        auto const at = whole.size() * i / positions;
        expect_refusal("cut at " + std::to_string(at), whole.substr(0, at));
        auto garbled = whole;
        auto const length = std::min<std::size_t>(4096, whole.size() - at);
        garbled.replace(at / 4096 * 4096, length, std::string(length, '\x5a'));
        expect_refusal("garbled at " + std::to_string(at), garbled);
    }
    EXPECT_EQ(on(other_, {"restore", file.string()}).code, 0) << "the whole one still goes into the same place";
    std::printf("  %d damaged files refused\n", refused);
}

} // namespace
} // namespace system_test
