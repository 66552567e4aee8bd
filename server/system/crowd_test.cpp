// Many clients at once that take their time: a good one must hardly notice, each slow one is sent away, and those that
// may stay cost little.
#include <corpus/raw_client.hpp>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iostream>
#include <thread>

#include "system/http.hpp"
#include "system/server.hpp"

namespace system_test {
namespace {

using corpus::RawClient;
using std::chrono::steady_clock;

std::uint16_t port_of(std::string const& url) {
    return static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)));
}

/// The limit that many shells begin with is too low for a crowd.
void allow_descriptors(rlim_t wanted) {
    auto limit = rlimit();
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min(limit.rlim_max, std::max(limit.rlim_cur, wanted));
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::int64_t resident_bytes(pid_t process) {
    auto pages = std::int64_t{0};
    std::ifstream("/proc/" + std::to_string(process) + "/statm") >> pages >> pages;
    return pages * ::sysconf(_SC_PAGESIZE);
}

double seconds_since(steady_clock::time_point start) {
    return std::chrono::duration<double>(steady_clock::now() - start).count();
}

struct Manner {
    char const* name;
    std::string opening;
    std::string drop; ///< sent again and again
    bool reads;       ///< or leaves what comes where it is
    int status;       ///< with which it is sent away; 0: cut off
    double patience;  ///< seconds until then, at most
};

/// slowhttptest's -H, -B and -X.
std::vector<Manner> const& manners() {
    static auto const all = [] {
        auto greedy = std::string();
        for (auto i = 0; i < 30; ++i) {
            greedy += "GET /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n";
        }
        return std::vector<Manner>{{"slow head", "GET /healthz HTTP/1.1\r\nHost: a\r\n", "X: a\r\n", true, 408, 20},
                                   {"slow body",
                                    "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n", "x",
                                    true, 408, 45},
                                   {"slow reader", greedy, "", false, 0, 75}};
    }();
    return all;
}

class Slow {
public:
    Slow(std::uint16_t port, Manner const& manner) : manner_(manner), client_(port), began_(steady_clock::now()) {
        auto const small = 4096;
        if (!manner_.reads) ::setsockopt(client_.descriptor(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        client_.send(manner_.opening);
    }
    Manner const& manner() const { return manner_; }
    int descriptor() const { return client_.descriptor(); }
    bool ended() const { return ended_ > 0; }
    double ended_after() const { return ended_; }
    int status() const { return status_; }

    void drip() {
        if (!manner_.drop.empty()) client_.send(manner_.drop);
    }
    /// Something happened on its descriptor.
    void look(short events) {
        if ((events & (POLLERR | POLLHUP)) != 0) return end();
        if ((events & POLLIN) == 0 || !manner_.reads) return;
        auto const answer = client_.receive();
        status_ = answer.status;
        end();
    }

private:
    void end() { ended_ = seconds_since(began_); }

    Manner const& manner_;
    RawClient client_;
    steady_clock::time_point began_;
    double ended_ = 0;
    int status_ = 0;
};

/// Lets them be slow, half a second at a time, until `over`.
template <class Over>
void keep_slow(std::vector<std::unique_ptr<Slow>>& crowd, Over over) {
    while (!over()) {
        auto waiting = std::vector<pollfd>();
        auto who = std::vector<Slow*>();
        for (auto const& slow : crowd) {
            if (slow->ended()) continue;
            slow->drip();
            waiting.push_back({slow->descriptor(), static_cast<short>(slow->manner().reads ? POLLIN : 0), 0});
            who.push_back(slow.get());
        }
        ::poll(waiting.data(), waiting.size(), 500);
        for (auto i = std::size_t{0}; i < who.size(); ++i) {
            if (waiting[i].revents != 0) who[i]->look(waiting[i].revents);
        }
    }
}

/// The 99th percentile of so many requests, in milliseconds, each on the same connection.
double p99_of(std::string const& url, int requests) {
    auto client = RawClient(port_of(url));
    auto times = std::vector<double>();
    for (auto i = 0; i < requests; ++i) {
        auto const start = steady_clock::now();
        client.send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n");
        if (client.receive().status != 200) throw std::runtime_error("the good client is not served");
        times.push_back(seconds_since(start) * 1000);
    }
    std::ranges::sort(times);
    return times[times.size() * 99 / 100];
}

TEST(Crowd, of_slow_clients_disturbs_nobody_and_is_sent_away) {
    constexpr auto requests = 2000;
    constexpr auto floor = 20.0; // milliseconds: a machine that does other things as well
    allow_descriptors(8192);
    auto const place = Place(Engine::sqlite);
    auto server = Server(place);
    auto const alone = p99_of(server.url(), requests);
    auto const before = resident_bytes(server.process().pid());
    auto crowd = std::vector<std::unique_ptr<Slow>>();
    for (auto i = 0; i < 999; ++i) {
        crowd.push_back(std::make_unique<Slow>(port_of(server.url()), manners()[static_cast<std::size_t>(i % 3)]));
    }
    auto measured = std::atomic(false);
    auto beside = 0.0;
    auto good = std::thread([&] {
        beside = p99_of(server.url(), requests);
        measured = true;
    });
    keep_slow(crowd, [&] { return measured.load(); });
    good.join();
    auto const during = resident_bytes(server.process().pid());
    EXPECT_LE(beside, 2 * alone + floor);
    auto const start = steady_clock::now();
    auto const all_gone = [&] { return std::ranges::all_of(crowd, [](auto const& slow) { return slow->ended(); }); };
    keep_slow(crowd, [&] { return all_gone() || seconds_since(start) > 90; });
    for (auto const& manner : manners()) {
        auto latest = 0.0;
        for (auto const& slow : crowd) {
            if (&slow->manner() != &manner) continue;
            EXPECT_TRUE(slow->ended()) << manner.name;
            EXPECT_EQ(slow->status(), manner.status) << manner.name;
            latest = std::max(latest, slow->ended_after());
        }
        EXPECT_LE(latest, manner.patience) << manner.name;
        std::cout << manner.name << ": the last of 333 was sent away after " << latest << " s\n";
    }
    std::cout << "p99 alone " << alone << " ms, beside 999 slow clients " << beside << " ms; memory " << (before >> 20)
              << " MB, then " << (during >> 20) << " MB\n";
    EXPECT_LE(p99_of(server.url(), 200), 2 * alone + floor);
    EXPECT_EQ(server.stop(), 0);
}

std::string handshake(Client& client) {
    auto const answer = client.post("/api/v1/events/ticket", {});
    if (answer.status != 201) throw std::runtime_error(answer.text);
    return "GET /api/v1/events HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
           "Sec-WebSocket-Protocol: apunta.v1, ticket." +
           answer.at("/ticket") + "\r\n\r\n";
}

TEST(Crowd, of_idle_websockets_costs_little) {
    auto const count = is_full() ? 5000 : 2000;
    constexpr auto most_each = 64 * 1024;
    allow_descriptors(8192);
    auto const place = Place(Engine::sqlite);
    auto server = Server(place);
    auto client = Client(server.url(), std::make_shared<Session>("demo@example.com", "apunta-demo"));
    auto crowd = std::vector<std::unique_ptr<RawClient>>();
    auto const join = [&] {
        crowd.push_back(std::make_unique<RawClient>(port_of(server.url())));
        crowd.back()->send(handshake(client));
        ASSERT_EQ(crowd.back()->receive().status, 101);
    };
    join();
    auto const before = resident_bytes(server.process().pid());
    while (std::ssize(crowd) <= count && !HasFatalFailure()) {
        join();
    }
    auto const each = (resident_bytes(server.process().pid()) - before) / count;
    std::cout << count << " idle WebSockets, " << each << " bytes each\n";
    EXPECT_LE(each, most_each);
    crowd.back()->send(std::string("\x89\x81\0\0\0\0x", 7));
    EXPECT_EQ(crowd.back()->bytes(3), "\x8a\x01x");
    EXPECT_EQ(server.stop(), 0);
}

} // namespace
} // namespace system_test
