// What an operator gets wrong: the server says so in one sentence, with its own exit code, and leaves nothing half
// done.
#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/http.hpp"
#include "system/server.hpp"

namespace system_test {
namespace {

namespace fs = std::filesystem;

/// One line on standard error that begins with the program's name and says `part`.
void expect_refusal(Finished const& finished, int code, std::string const& part) {
    EXPECT_EQ(finished.code, code) << finished.errors;
    EXPECT_EQ(finished.errors.rfind("apunta: ", 0), 0U) << finished.errors;
    EXPECT_EQ(std::count(finished.errors.begin(), finished.errors.end(), '\n'), 1) << finished.errors;
    EXPECT_NE(finished.errors.find(part), std::string::npos) << finished.errors;
    EXPECT_EQ(finished.output, "");
}

Finished serve(Place const& place, std::vector<std::string> const& more = {}, Environment const& environment = {}) {
    auto words = std::vector<std::string>{"serve", "--port", "0", "--data", place.folder().string()};
    words.insert(words.end(), more.begin(), more.end());
    return apunta(place, words, environment);
}

void overwrite(fs::path const& file, std::size_t offset, std::string const& bytes) {
    auto text = text_of(file);
    text.replace(offset, bytes.size(), bytes);
    write(file, text);
}

/// A listening socket on a port of loopback.
class Squatter {
public:
    Squatter() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        auto address = sockaddr_in();
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto size = socklen_t{sizeof address};
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket_, any, size) != 0 || ::listen(socket_, 1) != 0 || ::getsockname(socket_, any, &size) != 0) {
            throw std::runtime_error("cannot listen");
        }
        port_ = ntohs(address.sin_port);
    }
    ~Squatter() { ::close(socket_); }
    Squatter(Squatter const&) = delete;
    Squatter& operator=(Squatter const&) = delete;
    std::string port() const { return std::to_string(port_); }

private:
    int socket_;
    int port_ = 0;
};

class BadStart : public testing::Test {
protected:
    /// A database that was served once, all in its file.
    void make_database() {
        EXPECT_EQ(Server(place_).stop(), 0);
        place_.sql().rows("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    fs::path database() const { return place_.folder() / "apunta.db"; }
    void expect_it_still_starts() { EXPECT_EQ(Server(place_).stop(), 0); }

    Place place_{Engine::sqlite};
};

TEST_F(BadStart, on_a_port_that_is_taken) {
    auto const squatter = Squatter();
    expect_refusal(apunta(place_, {"serve", "--port", squatter.port(), "--data", place_.folder().string()}), 69,
                   squatter.port());
    EXPECT_FALSE(fs::exists(place_.folder() / "server.json"));
    expect_it_still_starts();
}

TEST_F(BadStart, beside_another_server_on_the_folder) {
    auto server = Server(place_);
    auto const card = text_of(place_.folder() / "server.json");
    auto const pid = std::to_string(server.process().pid());
    expect_refusal(serve(place_), 75, pid);
    expect_refusal(apunta(place_, {"migrate", "--data", place_.folder().string()}), 75, pid);
    EXPECT_EQ(text_of(place_.folder() / "server.json"), card);
    EXPECT_EQ(Client(server.url()).get("/healthz").status, 200);
}

TEST_F(BadStart, in_the_place_of_a_server_that_was_killed_is_none) {
    auto server = Server(place_);
    server.kill();
    EXPECT_TRUE(fs::exists(place_.folder() / "server.json"));
    expect_it_still_starts();
    EXPECT_FALSE(fs::exists(place_.folder() / "server.json"));
}

TEST_F(BadStart, in_a_folder_that_cannot_be_written) {
    expect_refusal(apunta(place_, {"serve", "--port", "0", "--data", "/proc/apunta"}), 73, "/proc/apunta");
    write(place_.beside("file"), "");
    auto const below = place_.beside("file") / "data";
    expect_refusal(apunta(place_, {"serve", "--port", "0", "--data", below.string()}), 73, below.string());
}

TEST_F(BadStart, on_a_database_of_a_newer_program) {
    make_database();
    place_.sql().rows("INSERT INTO schema_migration (version, name, hash, applied_at) VALUES (99, 'future', 'x', 0)");
    auto const before = text_of(database());
    expect_refusal(serve(place_), 78, "99");
    EXPECT_EQ(text_of(database()), before);
    place_.sql().rows("DELETE FROM schema_migration WHERE version = 99");
    expect_it_still_starts();
}

TEST_F(BadStart, with_another_master_key) {
    make_database();
    expect_refusal(serve(place_, {}, {{"APUNTA_MASTER_KEY", std::string(64, '2')}}), 78, "master key");
    fs::rename(place_.folder() / "master.key", place_.beside("master.key"));
    expect_refusal(serve(place_), 78, "master key");
    EXPECT_FALSE(fs::exists(place_.folder() / "master.key"));
    fs::rename(place_.beside("master.key"), place_.folder() / "master.key");
    expect_it_still_starts();
}

TEST_F(BadStart, with_a_master_key_that_is_none) {
    expect_refusal(serve(place_, {}, {{"APUNTA_MASTER_KEY", "nonsense"}}), 78, "master key");
    expect_it_still_starts();
}

TEST_F(BadStart, with_a_master_key_that_others_may_read) {
    make_database();
    ::chmod((place_.folder() / "master.key").c_str(), 0644);
    expect_refusal(serve(place_), 78, "chmod 600");
    ::chmod((place_.folder() / "master.key").c_str(), 0600);
    expect_it_still_starts();
}

TEST_F(BadStart, on_a_file_that_is_no_database) {
    make_database();
    auto const good = text_of(database());
    write(database(), std::string(8192, 'x'));
    expect_refusal(serve(place_), 65, "");
    EXPECT_EQ(text_of(database()), std::string(8192, 'x'));
    write(database(), good);
    expect_it_still_starts();
}

/// Pages are damaged one after the other, all over the file; none gets past the start.
TEST_F(BadStart, on_a_database_with_a_damaged_page) {
    make_database();
    constexpr auto page = std::size_t{4096};
    auto const good = text_of(database());
    auto const pages = good.size() / page;
    auto const step = is_full() ? std::size_t{1} : std::max<std::size_t>(1, pages / 50);
    auto tried = 0;
    for (auto i = std::size_t{1}; i < pages; i += step, ++tried) {
        overwrite(database(), i * page, std::string(16, '\xff'));
        expect_refusal(serve(place_), 65, "backup");
        write(database(), good);
    }
    std::printf("  %d of %zu pages damaged\n", tried, pages);
    expect_it_still_starts();
}

TEST_F(BadStart, without_the_time_zone_table) {
    if (run({"unshare", "-m", "true"}).code != 0) GTEST_SKIP() << "a mount namespace may not be made here";
    auto const words = std::vector<std::string>{"unshare",
                                                "-m",
                                                "sh",
                                                "-c",
                                                "mount -t tmpfs none /usr/share/zoneinfo && exec \"$0\" \"$@\"",
                                                binary(),
                                                "serve",
                                                "--port",
                                                "0",
                                                "--data",
                                                place_.folder().string()};
    expect_refusal(run(words), 72, "tzdata");
    EXPECT_FALSE(fs::exists(place_.folder() / "apunta.db"));
}

TEST_F(BadStart, on_a_public_host_without_https) {
    expect_refusal(serve(place_, {"--host", "0.0.0.0"}), 78, "https");
    expect_refusal(serve(place_, {"--host", "0.0.0.0", "--demo"}), 78, "");
    EXPECT_FALSE(fs::exists(place_.folder() / "apunta.db"));
}

/// The demo's password is known to everybody: neither https nor --insecure-http makes that public.
TEST_F(BadStart, of_a_demo_on_a_public_host) {
    expect_refusal(serve(place_, {"--host", "0.0.0.0", "--demo", "--insecure-http"}), 78, "demo");
    expect_refusal(serve(place_, {"--host", "0.0.0.0", "--demo"}, {{"PUBLIC_URL", "https://example.com"}}), 78, "demo");
}

TEST_F(BadStart, on_a_host_that_is_none) {
    expect_refusal(serve(place_, {"--host", "localhost.invalid", "--insecure-http"}), 78, "localhost.invalid");
}

TEST_F(BadStart, at_a_time_that_is_none) {
    expect_refusal(serve(place_, {"--now", "garbage"}), 64, "--now");
    EXPECT_FALSE(fs::exists(place_.folder()));
}

TEST_F(BadStart, on_a_database_server_that_is_not_there) {
    expect_refusal(serve(place_, {}, {{"DATABASE_URL", "postgresql://127.0.0.1:1/apunta"}}), 69, "");
}

TEST_F(BadStart, with_words_the_command_line_does_not_have) {
    for (auto const& words : std::vector<std::vector<std::string>>{
             {"serve", "--colour"},
             {"serve", "--port", "many"},
             {"serve", "--port", "70000"},
             {"serve", "--breath", "-1"},
             {"eval"},
             {"eval", "--scenarios", "a.jsonl"},
             {"eval", "--scenarios", "a.jsonl", "--assistant", "human"},
             {"eval", "--scenarios", "a.jsonl", "--assistant", "guided", "--trials", "0"},
             {"eval", "--scenarios", "a.jsonl", "--assistant", "guided", "--provider", "x"},
             {"dance"},
             {"restore"},
             {"account"},
             {}}) {
        auto const finished = apunta(place_, words);
        EXPECT_EQ(finished.code, 64) << testing::PrintToString(words);
        EXPECT_NE(finished.errors, "") << testing::PrintToString(words);
        EXPECT_EQ(finished.output, "") << testing::PrintToString(words);
    }
}

/// What the evaluation is given, and what it may not leave behind.
class Evaluation : public testing::Test {
protected:
    Finished eval(fs::path const& scenarios, std::vector<std::string> const& more = {}) {
        auto words = std::vector<std::string>{"eval", "--scenarios", scenarios.string(), "--report", report().string()};
        if (more.empty()) words.insert(words.end(), {"--assistant", "guided", "--trials", "1"});
        words.insert(words.end(), more.begin(), more.end());
        return apunta(place_, words);
    }
    fs::path report() const { return place_.beside("report"); }
    static fs::path corpus() { return fs::path(APUNTA_CORPUS) / "scenarios"; }
    Place place_{Engine::sqlite};
};

TEST_F(Evaluation, of_bad_or_missing_files_ends_before_anything_is_written) {
    auto const bad = place_.beside("bad.jsonl");
    write(bad, R"({"id":"A"})");
    fs::copy_file(corpus() / "businesses.json", place_.beside("businesses.json"));
    expect_refusal(eval(bad), 65, "bad.jsonl:1: business is required");
    expect_refusal(eval(place_.beside("none.jsonl")), 66, "none.jsonl");
    expect_refusal(eval(corpus() / "dev.jsonl", {"--assistant", "llm"}), 69, "no model");
    EXPECT_FALSE(fs::exists(report()));
}

TEST_F(Evaluation, with_a_folder_that_cannot_be_made_ends_before_the_work) {
    write(report(), "a file");
    expect_refusal(eval(corpus() / "dev.jsonl"), 73, "report");
}

TEST_F(Evaluation, tells_its_progress_and_writes_its_report) {
    auto const one = place_.beside("one.jsonl");
    auto const all = text_of(corpus() / "dev.jsonl");
    write(one, all.substr(0, all.find('\n') + 1));
    fs::copy_file(corpus() / "businesses.json", place_.beside("businesses.json"));
    auto const finished = eval(one);
    EXPECT_EQ(finished.code, 0) << finished.errors;
    EXPECT_EQ(finished.errors, "[1/1] ES01 1/1\n");
    EXPECT_NE(finished.output.find("pass^1"), std::string::npos) << finished.output;
    EXPECT_NE(text_of(report() / "report.json").find(R"("assistant":"guided")"), std::string::npos);
    EXPECT_NE(text_of(report() / "report.md").find("ES01"), std::string::npos);
    auto const proven = apunta(place_, {"eval", "--scenarios", one.string(), "--prove"});
    EXPECT_EQ(proven.code, 0) << proven.errors;
    EXPECT_EQ(proven.output, "1 of 1 scenarios can be won\n");
}

TEST(Help, is_there_for_each_verb) {
    auto const place = Place(Engine::sqlite);
    for (auto const& words : std::vector<std::vector<std::string>>{{"--help"},
                                                                   {"serve", "--help"},
                                                                   {"chat", "--help"},
                                                                   {"eval", "--help"},
                                                                   {"migrate", "--help"},
                                                                   {"backup", "--help"},
                                                                   {"restore", "--help"},
                                                                   {"account", "--help"},
                                                                   {"account", "reset-password", "--help"},
                                                                   {"version", "--help"}}) {
        auto const finished = apunta(place, words);
        EXPECT_EQ(finished.code, 0) << testing::PrintToString(words);
        EXPECT_NE(finished.output, "") << testing::PrintToString(words);
        EXPECT_EQ(finished.errors, "") << testing::PrintToString(words);
    }
    auto const version = apunta(place, {"version"});
    EXPECT_EQ(version.code, 0);
    EXPECT_EQ(version.output.rfind("apunta ", 0), 0U) << version.output;
}

} // namespace
} // namespace system_test
