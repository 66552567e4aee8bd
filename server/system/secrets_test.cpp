// Secrets are planted wherever a stranger, a customer, an owner or an operator may leave one, the whole way is walked
// with the log at its most talkative, errors and a crash included, and then everything that lies around is searched for
// them.
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <csignal>
#include <random>
#include <set>
#include <sstream>

#include "system/customer.hpp"
#include "system/faults.hpp"
#include "system/follower.hpp"
#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

namespace fs = std::filesystem;

/// What the product is there to keep may lie in its database and the backup; the rest nowhere; none of it in the log.
enum class May { lie_nowhere, lie_in_the_database };

struct Secret {
    std::string name;
    May may;
    std::string text;
};

std::string new_word(std::size_t length = 20) {
    static auto chance = std::mt19937(std::random_device()());
    auto word = std::string("q");
    while (word.size() < length) {
        word += static_cast<char>('a' + static_cast<int>(chance() % 26));
    }
    return word;
}

std::string new_phone() {
    static auto chance = std::mt19937(std::random_device()());
    return "+346" + std::to_string(10'000'000 + chance() % 90'000'000);
}

std::string hex(std::string const& text) {
    auto digits = std::string();
    for (auto const c : text) {
        digits += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        digits += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
    return digits;
}

/// Of the middle of a text that begins `offset` bytes into a group of three: the part that does not depend on what
/// stands around it.
std::string base64(std::string const& text, std::size_t offset) {
    auto bits = std::string(offset, '\0') + text;
    bits.resize(bits.size() / 3 * 3);
    auto encoded = std::string();
    for (auto i = std::size_t{0}; i < bits.size(); i += 3) {
        auto group = 0U;
        for (auto j = std::size_t{0}; j < 3; ++j) {
            group = group << 8 | static_cast<unsigned char>(bits[i + j]);
        }
        for (auto shift = 18; shift >= 0; shift -= 6) {
            encoded += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[group >> shift & 63];
        }
    }
    return encoded.substr(offset == 0 ? 0 : 4);
}

std::string percent_encoded(std::string const& text) {
    auto encoded = std::string();
    for (auto const c : text) {
        encoded += "%" + hex(std::string(1, c));
    }
    return encoded;
}

std::vector<std::string> forms_of(std::string const& text) {
    auto forms = std::vector<std::string>{text, hex(text), escaped(text), percent_encoded(text)};
    for (auto offset = std::size_t{0}; offset < 3; ++offset) {
        forms.push_back(base64(text, offset));
    }
    if (text.front() == '+') forms.push_back(text.substr(3)); // a number without its country
    return forms;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// The form in which it was found. Hexadecimal digits may be written either way.
std::optional<std::string> found_in(std::string const& haystack, std::string const& haystack_in_lower_case,
                                    std::string const& secret) {
    for (auto const& form : forms_of(secret)) {
        if (haystack.find(form) != haystack.npos) return form;
    }
    if (haystack_in_lower_case.find(lower(secret)) != haystack.npos) return lower(secret);
    return std::nullopt;
}

/// Keys that a line of the log may have.
std::set<std::string> const known_keys = {
    "at",           "level",    "event",   "method",  "route",  "status",       "business",
    "code",         "failures", "type",    "what",    "why",    "message",      "connections",
    "milliseconds", "request",  "session", "ms",      "author", "conversation", "first_message",
    "last_message", "messages", "kind",    "outcome", "reason", "state",        "turn"};

class Secrets : public testing::TestWithParam<Engine> {
protected:
    Secrets() : place_(GetParam()) {
        // As an operator who wants dumps would: the server has to refuse them itself.
        auto limit = rlimit();
        ::getrlimit(RLIMIT_CORE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_CORE, &limit);
    }

    std::string plant(std::string const& name, May may, std::string text) {
        secrets_.push_back({name, may, text});
        return text;
    }

    void start() {
        auto key = std::string();
        while (key.size() < 64) {
            key += hex(new_word(8));
        }
        auto launch = Launch();
        launch.environment = {{"APUNTA_LOG_LEVEL", "debug"},
                              {"APUNTA_MASTER_KEY", plant("master key", May::lie_nowhere, key.substr(0, 64))}};
        if (GetParam() == Engine::postgres) {
            auto address = place_.environment().at("DATABASE_URL");
            auto const password = plant("database password", May::lie_nowhere, new_word());
            launch.environment["DATABASE_URL"] = address.insert(address.find('@'), ":" + password);
        }
        server_ = std::make_unique<Server>(place_, launch);
    }

    void sign_up_and_log_in() {
        email_ = plant("e-mail address", May::lie_in_the_database, new_word() + "@example.com");
        password_ = plant("password", May::lie_nowhere, new_word());
        auto stranger = Client(server_->url());
        auto const signup = stranger.post("/api/v1/auth/signup", {{"email", email_},
                                                                  {"password", password_},
                                                                  {"name", "Lola"},
                                                                  {"business_name", "Salón Lola"},
                                                                  {"country", "ES"}});
        ASSERT_EQ(signup.status, 201) << signup.text;
        EXPECT_EQ(stranger.post("/api/v1/auth/signup", {{"email", email_}, {"password", password_}, {"name", "Lola"}})
                          .status /
                      100,
                  4);
        auto const mistyped = plant("mistyped password", May::lie_nowhere, new_word());
        EXPECT_EQ(stranger.post("/api/v1/auth/login", {{"email", email_}, {"password", mistyped}}).status, 401);
        auto const login = stranger.post("/api/v1/auth/login", {{"email", email_}, {"password", password_}});
        ASSERT_EQ(login.status, 200) << login.text;
        auto const cookie = login.cookie.substr(login.cookie.find('=') + 1);
        plant("refresh token", May::lie_nowhere, cookie);
        auto const refreshed = stranger.send("POST", "/api/v1/auth/refresh", nullptr,
                                             {"Cookie: " + login.cookie, "Origin: " + server_->url()});
        EXPECT_EQ(refreshed.status, 200) << refreshed.text;
        plant("next refresh token", May::lie_nowhere, refreshed.cookie.substr(refreshed.cookie.find('=') + 1));
        auto const token = login.at("/access_token");
        plant("access token", May::lie_nowhere, token);
        plant("signature of the access token", May::lie_nowhere, token.substr(token.rfind('.') + 1));
        session_ = std::make_shared<Session>(email_, password_);
        session_->set_token(token);
    }

    void do_business() {
        auto client = Client(server_->url(), session_);
        auto const service = client.post("/api/v1/services", {{"name", "Corte"}, {"duration_minutes", 30}});
        ASSERT_EQ(service.status, 201) << service.text;
        auto const ticket = client.post("/api/v1/events/ticket", {});
        ASSERT_EQ(ticket.status, 201) << ticket.text;
        auto follower = Follower(server_->url(), plant("WebSocket ticket", May::lie_nowhere, ticket.at("/ticket")));
        EXPECT_EQ(follower.status(), 101);
        auto const key = plant("idempotency key", May::lie_nowhere, new_word());
        auto const phone = plant("phone of a booking", May::lie_in_the_database, new_phone());
        auto const wish = json::object{
            {"service_id", service.at("/id")},
            {"starts_at", "2026-10-26T11:00:00+01:00"},
            {"customer",
             {{"name", plant("customer's name", May::lie_in_the_database, "Q" + new_word())}, {"phone", phone}}},
            {"notes", plant("notes", May::lie_in_the_database, new_word())},
            {"override", {"outside_hours", "too_soon", "too_far"}},
            {"notify", false}};
        auto const booked = client.post("/api/v1/bookings", wish, {"Idempotency-Key: " + key});
        EXPECT_EQ(booked.status, 201) << booked.text;
        EXPECT_EQ(client.post("/api/v1/bookings", wish, {"Idempotency-Key: " + key}).status, 201);
        EXPECT_EQ(client.post("/api/v1/bookings", wish).status, 409);
    }

    void chat() {
        auto client = Client(server_->url(), session_);
        auto const phone = plant("phone of a chat", May::lie_in_the_database, new_phone());
        auto const text = plant("message", May::lie_in_the_database, new_word());
        EXPECT_EQ(client.post("/api/v1/simulator/messages", {{"from", phone}, {"name", "Ana"}, {"text", text}}).status,
                  202);
        client.get("/api/v1/simulator/messages?wait=10&customer=" + escaped(phone));
        auto const own = plant("owner's message", May::lie_in_the_database, new_word());
        EXPECT_EQ(client.post("/api/v1/simulator/owner-messages", {{"to", phone}, {"text", own}}).status, 202);
    }

    /// Whatever is written into a request that is refused.
    void err() {
        auto client = Client(server_->url(), session_);
        auto const nowhere = [&](std::string const& name) { return plant(name, May::lie_nowhere, new_word()); };
        EXPECT_EQ(client.get("/api/v1/bookings/" + nowhere("unknown id")).status, 404);
        EXPECT_EQ(client.get("/" + nowhere("unknown path")).status, 404);
        EXPECT_EQ(client.get("/api/v1/bookings?" + nowhere("unknown parameter") + "=1").status, 422);
        EXPECT_EQ(client.send("PUT", "/api/v1/auth/login/" + nowhere("path of a method"), nullptr).status, 404);
        EXPECT_EQ(client.post("/api/v1/services", {{nowhere("unknown field"), nowhere("its value")}}).status, 422);
        EXPECT_EQ(Client(server_->url())
                      .send("GET", "/api/v1/auth/me", nullptr, {"Authorization: Bearer " + nowhere("forged token")})
                      .status,
                  401);
        EXPECT_EQ(Follower(server_->url(), nowhere("forged ticket")).status() / 100, 4);
        EXPECT_EQ(client
                      .send("POST", "/api/v1/auth/refresh", nullptr,
                            {"Cookie: apunta_refresh=" + nowhere("forged refresh token"), "Origin: " + server_->url()})
                      .status,
                  401);
        fail_in_the_middle(client);
    }

    /// 503 to a request that holds secrets.
    void fail_in_the_middle(Client& client) {
        if (!not_root().empty() || GetParam() != Engine::sqlite) return;
        auto const fault = Injection(server_->process().pid(), {"pwrite64:error=EIO"});
        auto const message = json::object{{"from", plant("phone of a failure", May::lie_nowhere, new_phone())},
                                          {"text", plant("message of a failure", May::lie_nowhere, new_word())}};
        EXPECT_EQ(client.post("/api/v1/simulator/messages", message).status, 503);
    }

    void reset_password() {
        auto const given = plant("new password", May::lie_nowhere, new_word());
        auto const reset =
            apunta(place_, {"account", "reset-password", email_, "--data", place_.folder().string()}, {}, given + "\n");
        EXPECT_EQ(reset.code, 0) << reset.errors;
        add("output of account reset-password", reset.output + reset.errors, false);
        session_ = std::make_shared<Session>(email_, given);
        EXPECT_EQ(Client(server_->url(), session_).get("/api/v1/auth/me").status, 200);
    }

    void back_up() {
        auto const file = place_.beside("backup");
        auto const done = apunta(place_, {"backup", file.string(), "--data", place_.folder().string()},
                                 {{"APUNTA_LOG_LEVEL", "debug"}});
        ASSERT_EQ(done.code, 0) << done.errors;
        add("output of backup", done.output + done.errors, false);
        if (GetParam() == Engine::sqlite) return add("backup", text_of(file), true);
        // Compressed; this shows what is in it.
        auto const shown = run({"pg_restore", "--file=-", file.string()});
        ASSERT_EQ(shown.code, 0) << shown.errors;
        add("backup", shown.output, true);
    }

    void crash() {
        auto const before = fs::current_path();
        server_->process().send(SIGABRT);
        EXPECT_EQ(server_->process().await_end(std::chrono::seconds(20)), 128 + SIGABRT);
        EXPECT_FALSE(server_->process().dumped_core()) << "a crash wrote the memory down, into " << before;
        log_ = server_->process().errors();
        add("log", log_, false);
        for (auto const& entry : fs::recursive_directory_iterator(place_.folder())) {
            if (!entry.is_regular_file()) continue;
            auto const name = entry.path().filename().string();
            add(name, text_of(entry.path()), name.rfind("apunta.db", 0) == 0);
        }
    }

    struct Heap {
        std::string name;
        std::string text;
        bool is_database;
    };
    void add(std::string name, std::string text, bool is_database) {
        heaps_.push_back({std::move(name), std::move(text), is_database});
    }

    void expect_nothing_found() const {
        auto found = std::set<std::string>();
        for (auto const& heap : heaps_) {
            auto const in_lower_case = lower(heap.text);
            for (auto const& secret : secrets_) {
                auto const form = found_in(heap.text, in_lower_case, secret.text);
                if (!form) continue;
                auto const may = heap.is_database && secret.may == May::lie_in_the_database;
                EXPECT_TRUE(may) << "the " << secret.name << " lies in " << heap.name << " as " << *form;
                found.insert(secret.name);
            }
        }
        for (auto const& secret : secrets_) {
            if (secret.may == May::lie_nowhere) continue;
            EXPECT_TRUE(found.contains(secret.name)) << "not even the " << secret.name << " was found: bad search";
        }
        std::printf("  %zu secrets in 8 forms, %zu places\n", secrets_.size(), heaps_.size());
    }

    void expect_every_line_to_be_an_event() const {
        auto const contract = Client(server_->url()).get("/healthz"); // the server has gone
        EXPECT_EQ(contract.status, 0);
        auto lines = std::istringstream(log_);
        auto requests = 0;
        auto count = 0;
        for (auto line = std::string(); std::getline(lines, line); ++count) {
            auto failed = boost::system::error_code();
            auto const value = json::parse(line, failed);
            ASSERT_TRUE(!failed && value.is_object()) << line;
            auto const& event = value.as_object();
            for (auto const* key : {"at", "level", "event"}) {
                EXPECT_TRUE(event.contains(key)) << line;
            }
            for (auto const& field : event) {
                EXPECT_TRUE(known_keys.contains(field.key())) << field.key() << " in " << line;
                EXPECT_TRUE(field.value().is_string() || field.value().is_int64()) << line;
            }
            if (event.at("event") != "http.request") continue;
            ++requests;
            auto const route = std::string(event.at("route").as_string());
            EXPECT_TRUE(route == "none" || routes_.contains(route)) << line;
        }
        EXPECT_GT(requests, 20);
        std::printf("  %d lines of log, %d of them requests\n", count, requests);
    }

    void read_contract() {
        auto const contract = Client(server_->url()).get("/api/v1/openapi.json");
        for (auto const& path : contract.body.at("paths").as_object()) {
            routes_.insert(path.key());
        }
    }

    Place place_;
    std::vector<Secret> secrets_;
    std::vector<Heap> heaps_;
    std::unique_ptr<Server> server_;
    std::shared_ptr<Session> session_;
    std::string email_;
    std::string password_;
    std::string log_;
    std::set<std::string> routes_;
};

INSTANTIATE_TEST_SUITE_P(, Secrets, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

TEST_P(Secrets, are_found_nowhere_but_where_they_belong) {
    start();
    read_contract();
    sign_up_and_log_in();
    do_business();
    chat();
    err();
    reset_password();
    back_up();
    crash();
    EXPECT_GE(secrets_.size(), 24U);
    expect_nothing_found();
    expect_every_line_to_be_an_event();
}

} // namespace
} // namespace system_test
