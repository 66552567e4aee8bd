// A day's variety in minutes: bookings made and cancelled, chats, lists, followers that come and go, log-ins, nonsense.
// After a warm-up the server's memory and descriptors stay where they are.
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>

#include "system/follower.hpp"
#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr auto mixtures_to_warm_up = 3;
constexpr auto customers_of_a_mixture = 200'000;
constexpr auto storm_clients = 40;
constexpr auto requests_in_a_storm = 60;
constexpr auto between_samples = milliseconds(250);
constexpr auto samples_in_a_row = 20;
constexpr auto most_log_bytes = std::uintmax_t{16} << 20U;
constexpr auto one_mebibyte = 1024.0 * 1024.0;

seconds warm_up() { return seconds(is_full() ? 120 : 12); }
seconds length() { return seconds(is_full() ? 600 : 28); }
/// In ten minutes. A short run cannot tell a slope from the trembling of an allocator: its bound is for a leak per
/// request.
double most_growth() { return is_full() ? 1.0 * one_mebibyte : 3.0 * one_mebibyte; }

double resident_bytes(pid_t process) {
    auto pages = std::int64_t{0};
    auto file = std::ifstream("/proc/" + std::to_string(process) + "/statm");
    file >> pages >> pages;
    return static_cast<double>(pages * ::sysconf(_SC_PAGESIZE));
}

/// Nothing for who may not look.
std::optional<std::int64_t> open_descriptors(pid_t process) {
    auto denied = std::error_code();
    auto const all = fs::directory_iterator("/proc/" + std::to_string(process) + "/fd", denied);
    if (denied) return std::nullopt;
    return std::distance(fs::begin(all), fs::end(all));
}

/// The least of each twenty samples, five seconds: a log-in takes 28 MiB for a moment, by design.
std::vector<double> without_peaks(std::vector<double> const& samples) {
    auto least = std::vector<double>();
    for (auto i = std::size_t{0}; i + samples_in_a_row <= samples.size(); i += samples_in_a_row) {
        auto const begin = samples.begin() + static_cast<std::ptrdiff_t>(i);
        least.push_back(*std::min_element(begin, begin + samples_in_a_row));
    }
    return least;
}

/// What it would grow in ten minutes, by the least squares of samples taken at equal distances.
double growth_in_ten_minutes(std::vector<double> const& samples) {
    auto const n = static_cast<double>(samples.size());
    auto sum_t = 0.0, sum_y = 0.0, sum_ty = 0.0, sum_tt = 0.0;
    for (auto i = std::size_t{0}; i < samples.size(); ++i) {
        auto const t = static_cast<double>(i);
        sum_t += t;
        sum_y += samples[i];
        sum_ty += t * samples[i];
        sum_tt += t * t;
    }
    auto const per_sample = (n * sum_ty - sum_t * sum_y) / (n * sum_tt - sum_t * sum_t);
    return per_sample * (600'000.0 / static_cast<double>(samples_in_a_row * between_samples.count()));
}

/// Everybody at once, for as long as it lives.
class Mixture {
public:
    Mixture(std::string url, Shop const& shop, int first_customer)
        : url_(std::move(url)), shop_(shop), customers_(first_customer) {
        for (auto const work : {&Mixture::book, &Mixture::book, &Mixture::chat, &Mixture::chat, &Mixture::list,
                                &Mixture::follow, &Mixture::log_in, &Mixture::talk_nonsense}) {
            threads_.emplace_back([this, work] {
                while (!stopping_) {
                    (this->*work)();
                }
            });
        }
    }
    ~Mixture() {
        stopping_ = true;
        for (auto& thread : threads_) {
            thread.join();
        }
    }
    Mixture(Mixture const&) = delete;
    Mixture& operator=(Mixture const&) = delete;

    int requests() const { return requests_; }

private:
    Answer expect(int status, Answer answer) {
        ++requests_;
        EXPECT_EQ(answer.status, status) << answer.text;
        return answer;
    }

    void book() {
        auto const n = customers_++;
        auto client = Client(url_, shop_.session);
        auto const& start = shop_.starts.at(static_cast<std::size_t>(n) % shop_.starts.size());
        auto const made = client.post(
            "/api/v1/bookings",
            {{"service_id", shop_.service}, {"starts_at", start}, {"customer", {{"name", "Eva"}}}, {"notify", false}});
        if (made.code() == "slot_taken") return; // by another mixture
        if (expect(201, made).status != 201) return;
        expect(200, client.post("/api/v1/bookings/" + made.at("/id") + "/cancel",
                                {{"version", made.number("/version")}, {"notify", false}}));
    }

    void chat() {
        auto client = Client(url_, shop_.session);
        auto const phone = phone_number(customers_++);
        for (auto const* text : {"hola", "quiero un corte mañana por la tarde"}) {
            expect(202, client.post("/api/v1/simulator/messages", {{"from", phone}, {"text", text}}));
            expect(200, client.get("/api/v1/simulator/messages?wait=5&customer=" + escaped(phone)));
        }
    }

    void list() {
        auto client = Client(url_, shop_.session);
        for (auto const* target : {"/api/v1/bookings", "/api/v1/services", "/api/v1/staff", "/api/v1/conversations",
                                   "/api/v1/business", "/api/v1/auth/me", "/readyz"}) {
            expect(200, client.get(target));
        }
        auto const day = shop_.starts.front().substr(0, 10);
        expect(200, client.get("/api/v1/availability?service_id=" + shop_.service + "&from=" + day + "&to=" + day));
    }

    /// One leaves without a word, the next one hears something first.
    void follow() {
        auto client = Client(url_, shop_.session);
        auto const ticket = expect(201, client.post("/api/v1/events/ticket", {}));
        auto follower = Follower(url_, ticket.at("/ticket"));
        EXPECT_EQ(follower.status(), 101);
        follower.say("{}");
        if (requests_ % 2 == 0) follower.hear(milliseconds(500));
    }

    void log_in() {
        auto client = Client(url_);
        auto const login = expect(200, client.post("/api/v1/auth/login", shop_.session->credentials()));
        expect(200, client.send("POST", "/api/v1/auth/refresh", nullptr, {"Cookie: " + login.cookie}));
        std::this_thread::sleep_for(milliseconds(500)); // a password costs more than all the rest
    }

    void talk_nonsense() {
        auto client = Client(url_, shop_.session);
        expect(404, client.get("/api/v1/bookings/none"));
        expect(404, client.get("/none"));
        expect(422, client.post("/api/v1/bookings", {{"starts_at", "yesterday"}}));
        expect(401, Client(url_).get("/api/v1/bookings"));
    }

    std::string url_;
    Shop const& shop_;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> customers_;
    std::atomic<int> requests_ = 0;
    std::vector<std::thread> threads_;
};

/// Fills pools of connections and threads, so that what they hold is there before it is measured.
void storm(std::string const& url, Shop const& shop) {
    auto threads = std::vector<std::thread>();
    for (auto i = 0; i < storm_clients; ++i) {
        threads.emplace_back([&] {
            auto client = Client(url, shop.session);
            for (auto j = 0; j < requests_in_a_storm; ++j) {
                EXPECT_EQ(client.get("/api/v1/bookings").status, 200);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

class Soak : public testing::TestWithParam<Engine> {};
INSTANTIATE_TEST_SUITE_P(, Soak, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

TEST_P(Soak, leaves_memory_and_descriptors_where_they_were) {
    auto const place = Place(GetParam());
    auto server = Server(place);
    auto const pid = server.process().pid();
    auto const shop = open_shop(server.url(), {.duration_minutes = 15, .first_day = 2, .days = 60});
    storm(server.url(), shop);
    {
        // Several at once: each connection of the pool has to have met each statement, which it then keeps.
        auto mixtures = std::vector<std::unique_ptr<Mixture>>();
        for (auto i = 0; i < mixtures_to_warm_up; ++i) {
            mixtures.push_back(std::make_unique<Mixture>(server.url(), shop, i * customers_of_a_mixture));
        }
        std::this_thread::sleep_for(warm_up());
    }
    storm(server.url(), shop);
    auto const descriptors = open_descriptors(pid);
    auto samples = std::vector<double>();
    auto requests = 0;
    auto largest_log = std::uintmax_t{0};
    {
        auto const mixture = Mixture(server.url(), shop, mixtures_to_warm_up * customers_of_a_mixture);
        for (auto const end = steady_clock::now() + length(); steady_clock::now() < end;) {
            std::this_thread::sleep_for(between_samples);
            samples.push_back(resident_bytes(pid));
            auto ignored = std::error_code();
            auto const log = fs::file_size(place.folder() / "apunta.db-wal", ignored);
            if (!ignored) largest_log = std::max(largest_log, log);
        }
        requests = mixture.requests();
    }
    auto const resident = without_peaks(samples);
    ASSERT_GE(resident.size(), 4U);
    auto const growth = growth_in_ten_minutes(resident);
    auto const begin = resident.front();
    auto const end = resident.back();
    std::printf(
        "  %d requests; resident %.1f MiB at first, %.1f MiB at last, slope %.2f MiB in ten minutes; log %.1f MiB\n",
        requests, begin / one_mebibyte, end / one_mebibyte, growth / one_mebibyte,
        static_cast<double>(largest_log) / one_mebibyte);
    if (is_full()) {
        EXPECT_LE(growth, most_growth());
    } else {
        EXPECT_LE(end - begin, most_growth());
    }
    EXPECT_LE(largest_log, most_log_bytes);
    // Connections that were closed are noticed a moment later.
    auto now = open_descriptors(pid);
    for (auto const deadline = steady_clock::now() + seconds(10);
         now > descriptors && steady_clock::now() < deadline;) {
        std::this_thread::sleep_for(milliseconds(50));
        now = open_descriptors(pid);
    }
    EXPECT_LE(now, descriptors);
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(server.process().errors(), "");
}

} // namespace
} // namespace system_test
