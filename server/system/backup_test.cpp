// The operator's verbs on real data: a backup of a server at work, its restoration, accounts, and the phone in the
// terminal.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "system/customer.hpp"
#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

namespace fs = std::filesystem;

constexpr auto demo_email = "demo@example.com";
constexpr auto demo_password = "apunta-demo";

Answer log_in(std::string const& url, std::string const& email, std::string const& password) {
    return Client(url).post("/api/v1/auth/login", {{"email", email}, {"password", password}});
}

Wire wire_of(Client& client) {
    return [&client](std::string const& method, std::string const& target, json::object const* body) {
        return client.send(method, target, body);
    };
}

class Backups : public testing::TestWithParam<Engine> {
protected:
    Backups() : place_(GetParam()), other_(GetParam()) {}

    Finished on(Place const& place, std::vector<std::string> words) {
        words.insert(words.end(), {"--data", place.folder().string()});
        return apunta(place, words);
    }

    Place place_;
    Place other_;
};

INSTANTIATE_TEST_SUITE_P(, Backups, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

TEST_P(Backups, of_a_server_at_work_are_restored_elsewhere_and_wait_to_be_activated) {
    auto const file = place_.beside("copy").string();
    auto written = std::atomic<int>(0);
    auto shop = Shop();
    {
        auto server = Server(place_);
        shop = open_shop(server.url(), {.duration_minutes = 45, .first_day = 2, .days = 5});
        auto stopping = std::atomic<bool>(false);
        auto writer = std::thread([&] {
            auto client = Client(server.url(), shop.session);
            for (auto i = 0; !stopping; ++i) {
                auto customer = Customer(wire_of(client), phone_number(i),
                                         {"Ana Ruiz", shop.starts.at(static_cast<std::size_t>(i))});
                customer.book(Opening::at_once);
                ++written;
            }
        });
        while (written < 5) {
            std::this_thread::yield();
        }
        auto const backup = on(place_, {"backup", file});
        auto const refused = on(place_, {"backup", file});
        stopping = true;
        writer.join();
        EXPECT_EQ(backup.code, 0) << backup.errors;
        EXPECT_EQ(refused.code, 73) << refused.errors;
        EXPECT_EQ(server.stop(), 0);
    }

    auto const restored = on(other_, {"restore", file});
    ASSERT_EQ(restored.code, 0) << restored.errors;
    EXPECT_EQ(on(other_, {"restore", file}).code, 73);
    fs::copy_file(place_.folder() / "master.key", other_.folder() / "master.key");
    auto const kept = other_.sql().number("SELECT count(*) FROM booking WHERE origin = 'guided'");
    EXPECT_GT(kept, 0);
    EXPECT_LE(kept, written);

    auto const stranger = phone_number(900'000);
    auto const question = json::object{{"from", stranger}, {"text", "hola"}, {"id", "after-the-restore"}};
    auto const screen = "/api/v1/simulator/messages?customer=" + escaped(stranger);
    {
        auto server = Server(other_);
        auto client = Client(server.url(), shop.session);
        EXPECT_EQ(client.post("/api/v1/simulator/messages", question).status, 202);
        auto const silent = client.get(screen + "&wait=2");
        EXPECT_EQ(silent.status, 200);
        EXPECT_TRUE(silent.body.at("items").as_array().empty()) << silent.text;
        EXPECT_EQ(other_.sql().number(
                      "SELECT count(*) FROM inbox WHERE outcome IS NULL AND external_id = 'after-the-restore'"),
                  1);
        EXPECT_EQ(server.stop(), 0);
    }
    auto const activated = on(other_, {"restore", "--activate"});
    EXPECT_EQ(activated.code, 0) << activated.errors;
    auto server = Server(other_);
    auto client = Client(server.url(), shop.session);
    // On PostgreSQL the lease of the server whose data this was is waited for.
    auto const answered = client.get(screen + "&wait=25");
    ASSERT_EQ(answered.status, 200) << answered.text;
    EXPECT_EQ(answered.body.at("items").as_array().size(), 1U) << answered.text;
    auto customer = Customer(wire_of(client), phone_number(900'001), {"Eva Gil", shop.starts.back()});
    EXPECT_EQ(customer.book(Opening::by_menu), Ending::booked) << customer.transcript();
    std::printf("  %d bookings written around the backup, %ld of them in it\n", written.load(),
                static_cast<long>(kept));
}

TEST_P(Backups, of_nothing_and_restorations_of_anything_are_refused) {
    auto const file = place_.beside("copy");
    EXPECT_NE(on(place_, {"restore", file.string()}).code, 0) << "the file is not there";
    write(file, "not a backup");
    auto const refused = on(place_, {"restore", file.string()});
    EXPECT_NE(refused.code, 0);
    EXPECT_NE(refused.errors, "");
    EXPECT_FALSE(fs::exists(place_.folder() / "apunta.db"));
    EXPECT_EQ(Server(place_).stop(), 0);
}

TEST_P(Backups, are_not_needed_to_set_a_password) {
    auto server = Server(place_);
    ASSERT_EQ(log_in(server.url(), demo_email, demo_password).status, 200);
    auto words = std::vector<std::string>{"account", "reset-password", demo_email, "--data", place_.folder().string()};
    auto const given = apunta(place_, words, {}, "otra frase larga\n");
    EXPECT_EQ(given.code, 0) << given.errors;
    EXPECT_EQ(log_in(server.url(), demo_email, demo_password).status, 401);
    EXPECT_EQ(log_in(server.url(), demo_email, "otra frase larga").status, 200);

    auto const made = apunta(place_, words);
    ASSERT_EQ(made.code, 0) << made.errors;
    auto const label = std::string("New password: ");
    ASSERT_EQ(made.output.rfind(label, 0), 0U) << made.output;
    auto const password = made.output.substr(label.size(), made.output.find('\n') - label.size());
    EXPECT_EQ(log_in(server.url(), demo_email, password).status, 200);

    words[2] = "nobody@example.com";
    auto const unknown = apunta(place_, words, {}, "otra frase larga\n");
    EXPECT_NE(unknown.code, 0);
    EXPECT_NE(unknown.errors, "");
    words[2] = demo_email;
    EXPECT_NE(apunta(place_, words, {}, "corta\n").code, 0);
    EXPECT_EQ(log_in(server.url(), demo_email, password).status, 200);
}

class Terminal : public testing::TestWithParam<Engine> {};
INSTANTIATE_TEST_SUITE_P(, Terminal, testing::ValuesIn(engines()),
                         [](auto const& each) { return name_of(each.param); });

TEST_P(Terminal, books_what_is_written_to_it) {
    auto const place = Place(GetParam());
    auto server = Server(place, {.options = {"--demo", "--breath", "0", "--now", "2026-10-19T10:00:00+02:00"}});
    auto const before = place.sql().number("SELECT count(*) FROM booking");
    auto const began = std::chrono::steady_clock::now();
    auto const chat =
        apunta(place, {"chat", "--data", place.folder().string(), "--as", "+34600111222", "--name", "Carmen"}, {},
               "hola\n1\nmechas\nel 18 de noviembre\na las 11:00\nsí\n");
    auto const took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
    EXPECT_EQ(chat.code, 0) << chat.errors;
    auto from = std::size_t{0};
    for (auto const* part : {"> hola", "asistente automático", "1) Pedir cita", "> mechas", "> el 18 de noviembre",
                             "> a las 11:00", "*Mechas*", "*11:00*", "> sí", "Listo, te esperamos", "Calle Mayor 12"}) {
        from = chat.output.find(part, from);
        EXPECT_NE(from, chat.output.npos) << part << "\nis missing in\n" << chat.output;
    }
    EXPECT_EQ(place.sql().number("SELECT count(*) FROM booking"), before + 1);
    EXPECT_LT(took, std::chrono::seconds(20)) << "six messages";
    std::printf("  six messages in %ld ms\n", static_cast<long>(took.count()));
}

TEST(TerminalWithoutAServer, says_that_there_is_none) {
    auto const place = Place(Engine::sqlite);
    auto const chat = apunta(place, {"chat", "--url", "http://127.0.0.1:1"}, {}, "hola\n");
    EXPECT_EQ(chat.code, 69) << chat.errors;
    EXPECT_EQ(std::count(chat.errors.begin(), chat.errors.end(), '\n'), 1) << chat.errors;
}

} // namespace
} // namespace system_test
