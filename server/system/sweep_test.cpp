// Errors of the disk one call at a time, as SQLite's own tests do it: the first write fails, then the second, and so on
// until a run meets no error any more. Whatever fails, the answer is a refusal or the truth, and the next try succeeds.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <csignal>

#include "system/faults.hpp"
#include "system/http.hpp"
#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

constexpr auto longest_start = seconds(60);
constexpr auto most_calls = 5000;

/// The number of the next call to fail: each one in the long form, each by a third more in the short.
int after(int n) { return is_full() ? n + 1 : n + 1 + n / 3; }

struct Calls {
    std::string name;
    std::string what; ///< the calls and their error, as strace takes them
};

[[maybe_unused]] void PrintTo(Calls const& calls, std::ostream* out) { *out << calls.name; }

std::vector<Calls> calls() {
    return {{"writes_to_a_full_disk", "pwrite64,pwritev,fallocate,ftruncate:error=ENOSPC"},
            {"writes", "pwrite64:error=EIO"},
            {"flushes", "fsync,fdatasync:error=EIO"},
            {"reads", "pread64:error=EIO"},
            {"names", "rename,link,unlink,mkdir:error=ENOSPC"}};
}

class Sweeps : public testing::TestWithParam<Calls> {
protected:
    void SetUp() override {
        if (auto const why = not_root(); !why.empty()) GTEST_SKIP() << why;
    }
    static std::string what(int n) { return GetParam().what + ":when=" + std::to_string(n); }
    /// The first call that is not the loader's, which reads the libraries of every program.
    int first_call() const {
        auto const report_file = place_.beside("strace");
        for (auto n = 1;; ++n) {
            auto words = injecting({what(n)}, report_file);
            words.insert(words.end(), {binary(), "version"});
            run(words);
            if (injected(text_of(report_file)) == 0) return n;
        }
    }
    std::string integrity() const { return place_.sql().rows("PRAGMA integrity_check").at(0).at(0); }
    std::int64_t bookings() const {
        return place_.sql().number("SELECT count(*) FROM booking WHERE origin <> 'guided'");
    }

    /// Attached for the time of `work`, which is run for the first call, the next one … until it meets no error.
    template <class Work>
    void sweep(pid_t process, Work const& work) {
        for (auto n = 1; n < most_calls; n = after(n), ++runs_) {
            auto fault = Injection(process, {what(n)});
            work(n, fault);
            ASSERT_FALSE(HasFailure()) << "at call " << n;
            if (failed_calls_ == 0) return;
            all_failed_calls_ += failed_calls_;
        }
        ADD_FAILURE() << "no end";
    }
    /// The disk is well again.
    void end(Injection& fault) { failed_calls_ = fault.end(); }
    void report() const { std::printf("  %d runs, %d calls failed\n", runs_, all_failed_calls_); }

    Place place_ = Place(Engine::sqlite);
    int runs_ = 0;
    int failed_calls_ = 0;
    int all_failed_calls_ = 0;
};

INSTANTIATE_TEST_SUITE_P(, Sweeps, testing::ValuesIn(calls()), [](auto const& each) { return each.param.name; });

TEST_P(Sweeps, over_a_booking_leave_it_made_once_or_refused) {
    auto server =
        Server(place_, {.options = {"--demo", "--breath", "0"}, .environment = {{"APUNTA_LOG_LEVEL", "off"}}});
    auto const shop = open_shop(server.url(), {.duration_minutes = 15, .first_day = 2, .days = 60});
    auto made = bookings();
    auto refusals = 0;
    sweep(server.process().pid(), [&](int n, Injection& fault) {
        auto client = Client(server.url(), shop.session);
        auto const wish = json::object{{"service_id", shop.service},
                                       {"starts_at", shop.starts.at(static_cast<std::size_t>(n))},
                                       {"customer", {{"name", "Eva"}, {"phone", phone_number(n)}}},
                                       {"notify", false}};
        auto const key = Fields{"Idempotency-Key: sweep-" + std::to_string(n)};
        auto const first = client.post("/api/v1/bookings", wish, key);
        end(fault);
        auto const is_refusal =
            first.status == 503 && first.code() == "database_unavailable" && first.retry_after != "";
        EXPECT_TRUE(first.status == 201 || is_refusal) << first.status << first.text;
        if (first.status == 201) {
            EXPECT_EQ(bookings(), made + 1) << "a false success";
        }
        if (first.status == 503) ++refusals;
        auto const second = client.post("/api/v1/bookings", wish, key);
        EXPECT_EQ(second.status, 201) << second.text;
        EXPECT_EQ(bookings(), ++made);
    });
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(integrity(), "ok");
    if (GetParam().name.find("writes") == 0 || GetParam().name == "flushes") {
        EXPECT_GT(refusals, 0);
    }
    report();
}

TEST_P(Sweeps, over_a_chat_leave_every_message_answered_once) {
    auto server =
        Server(place_, {.options = {"--demo", "--breath", "0"}, .environment = {{"APUNTA_LOG_LEVEL", "off"}}});
    auto const shop = open_shop(server.url(), {.duration_minutes = 15, .first_day = 2, .days = 2});
    auto written = 0;
    sweep(server.process().pid(), [&](int n, Injection& fault) {
        auto client = Client(server.url(), shop.session);
        auto const phone = phone_number(n);
        auto const message = json::object{{"from", phone}, {"text", "hola"}, {"id", "sweep-" + std::to_string(n)}};
        auto const screen = "/api/v1/simulator/messages?customer=" + escaped(phone);
        auto const first = client.post("/api/v1/simulator/messages", message);
        EXPECT_TRUE(first.status == 202 || first.status == 503) << first.status << first.text;
        if (first.status == 202) client.get(screen + "&wait=2");
        end(fault);
        ++written;
        if (first.status != 202) {
            EXPECT_EQ(client.post("/api/v1/simulator/messages", message).status, 202);
        }
        auto shown = client.get(screen + "&wait=25");
        EXPECT_EQ(shown.status, 200) << shown.text;
        EXPECT_EQ(shown.body.at("items").as_array().size(), 1U) << shown.text;
    });
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(integrity(), "ok");
    auto const mine = " WHERE business_id = (SELECT business_id FROM service WHERE id = '" + shop.service + "')";
    for (auto const* table : {"inbox", "outbox", "simulator_message"}) {
        EXPECT_EQ(place_.sql().number("SELECT count(*) FROM " + std::string(table) + mine), written) << table;
    }
    EXPECT_EQ(place_.sql().number("SELECT count(*) FROM inbox WHERE outcome IS NULL OR outcome <> 'answered'"), 0);
    report();
}

TEST_P(Sweeps, over_a_first_start_end_it_with_a_sentence_or_not_at_all) {
    auto const report_file = place_.beside("strace");
    auto const first = first_call();
    for (auto n = first; n < most_calls; n = first - 1 + after(n - first + 1), ++runs_) {
        auto const place = Place(Engine::sqlite);
        auto words = injecting({what(n)}, report_file);
        words.insert(words.end(), {binary(), "serve", "--port", "0", "--demo", "--data", place.folder().string()});
        {
            auto server = Process(words, {{"DATABASE_URL", ""}, {"APUNTA_LOG_LEVEL", "off"}}, "");
            if (server.await_line("Apunta listens on ", longest_start)) {
                auto card = json::parse(text_of(place.folder() / "server.json"));
                ::kill(static_cast<pid_t>(card.at("pid").as_int64()), SIGTERM);
                EXPECT_EQ(server.await_end(longest_start), 0) << n << server.errors();
            } else {
                auto const code = server.await_end(longest_start);
                auto const errors = server.errors();
                EXPECT_TRUE(code && *code > 0 && *code < 128) << "call " << n << ": " << code.value_or(-1) << errors;
                EXPECT_EQ(errors.rfind("apunta: ", 0), 0U) << "call " << n << ": " << errors;
                EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << "call " << n << ": " << errors;
            }
        }
        auto const failed = injected(text_of(report_file));
        all_failed_calls_ += failed;
        auto again = Server(place);
        EXPECT_EQ(Client(again.url()).get("/readyz").status, 200);
        EXPECT_EQ(again.stop(), 0);
        EXPECT_EQ(place.sql().rows("PRAGMA integrity_check").at(0).at(0), "ok");
        ASSERT_FALSE(HasFailure()) << "at call " << n;
        if (failed == 0) return report();
    }
    ADD_FAILURE() << "no end";
}

TEST_P(Sweeps, over_a_backup_leave_a_whole_file_or_none) {
    EXPECT_EQ(Server(place_).stop(), 0);
    auto const report_file = place_.beside("strace");
    auto const file = place_.beside("backup");
    auto const first = first_call();
    for (auto n = first; n < most_calls; n = first - 1 + after(n - first + 1), ++runs_) {
        auto words = injecting({what(n)}, report_file);
        words.insert(words.end(), {binary(), "backup", file.string(), "--data", place_.folder().string()});
        auto const tried = run(words, {{"DATABASE_URL", ""}, {"APUNTA_LOG_LEVEL", "off"}});
        auto const failed = injected(text_of(report_file));
        all_failed_calls_ += failed;
        EXPECT_EQ(fs::exists(file), tried.code == 0) << "call " << n << ": " << tried.errors;
        if (tried.code != 0) {
            EXPECT_LT(tried.code, 128) << tried.errors;
            EXPECT_EQ(std::count(tried.errors.begin(), tried.errors.end(), '\n'), 1) << tried.errors;
            auto const again = apunta(place_, {"backup", file.string(), "--data", place_.folder().string()});
            EXPECT_EQ(again.code, 0) << again.errors;
        }
        EXPECT_EQ(Sql(file, "").rows("PRAGMA integrity_check").at(0).at(0), "ok");
        fs::remove(file);
        ASSERT_FALSE(HasFailure()) << "at call " << n;
        if (failed == 0) return report();
    }
    ADD_FAILURE() << "no end";
}

} // namespace
} // namespace system_test
