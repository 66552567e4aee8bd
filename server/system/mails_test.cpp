// Mails leave over real SMTP, whatever the server at the other end does: test/smtp_sink.py keeps them, refuses them,
// says nothing, or is not there. Nobody who asks for one waits for it.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <csignal>
#include <set>

#include "system/http.hpp"
#include "system/server.hpp"

namespace system_test {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr auto patience = seconds(60);
constexpr auto old_password = "una frase larga";
constexpr auto new_password = "otra frase larga";

std::vector<std::string> sink_words(std::vector<std::string> const& more) {
    auto words = std::vector<std::string>{"/usr/bin/python3", APUNTA_SOURCES "/../test/smtp_sink.py"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

class Sink {
public:
    Sink(Place const& place, std::string const& manner, std::string const& port = "0", std::string const& pem = {})
        : folder_(place.beside("mails").string()), process_(sink_words(words(port, manner, pem)), {}, "") {
        auto const opened = process_.await_line("port ", patience);
        if (!opened) throw std::runtime_error("the mail server did not come up: " + process_.errors());
        port_ = *opened;
    }
    std::string const& port() const { return port_; }
    bool await(std::string const& what) { return process_.await_line(what, patience).has_value(); }
    json::array mails() const { return json::parse(run(sink_words({"read", folder_})).output).as_array(); }

private:
    std::vector<std::string> words(std::string const& port, std::string const& manner, std::string const& pem) const {
        auto all = std::vector<std::string>{"serve", port, folder_, manner};
        if (!pem.empty()) all.push_back(pem);
        return all;
    }

    std::string folder_;
    Process process_;
    std::string port_;
};

/// A port where nobody listens, for a mail server that comes later.
std::string free_port(Place const& place) { return Sink(place, "accept").port(); }

std::string text(json::value const& mail, std::string_view member) { return std::string(mail.at(member).as_string()); }

std::string token_in(json::value const& mail) {
    auto const all = text(mail, "text");
    auto const begin = all.find("#token=") + 7;
    return all.substr(begin, all.find('\n', begin) - begin);
}

class Mails : public testing::TestWithParam<Engine> {
protected:
    Launch launch(std::string const& smtp_url) const {
        auto launch = Launch();
        launch.environment = {{"SMTP_URL", smtp_url},
                              {"MAIL_FROM", "Salón Ana <citas@salon.example>"},
                              {"PUBLIC_URL", "https://citas.salon.example/"},
                              {"APUNTA_LOG_LEVEL", "debug"}};
        return launch;
    }
    Launch to_port(std::string const& port) const { return launch("smtp://127.0.0.1:" + port); }

    static void sign_up(Server const& server, std::string const& email) {
        auto const answer =
            Client(server.url())
                .post("/api/v1/auth/signup", {{"email", email}, {"password", old_password}, {"name", "Ana Peñalver"}});
        ASSERT_EQ(answer.status, 201) << answer.text;
    }
    static void forget(Server const& server, std::string const& email = "ana@example.com") {
        auto const begin = steady_clock::now();
        auto const answer = Client(server.url()).post("/api/v1/auth/password/forgot", {{"email", email}});
        EXPECT_EQ(answer.status, 202) << answer.text;
        EXPECT_LT(steady_clock::now() - begin, seconds(8)) << "a mail server is waited for 10 s at least";
    }
    std::string why() const {
        auto const rows = place.sql().rows("SELECT coalesce(why, '-') FROM job");
        return rows.empty() ? "no job" : rows.front().front();
    }
    bool await_why(std::string const& code) const {
        auto const deadline = steady_clock::now() + patience;
        while (why() != code && steady_clock::now() < deadline) {
        }
        return why() == code;
    }
    std::int64_t jobs() const { return place.sql().number("SELECT count(*) FROM job"); }

    Place place = Place(GetParam());
};
INSTANTIATE_TEST_SUITE_P(, Mails, testing::ValuesIn(engines()), [](auto const& each) { return name_of(each.param); });

TEST_P(Mails, bring_a_link_that_sets_a_new_password) {
    auto sink = Sink(place, "accept");
    auto server = Server(place, to_port(sink.port()));
    sign_up(server, "ana@example.com");
    forget(server);
    ASSERT_TRUE(sink.await("mail 1"));
    auto const mails = sink.mails();
    ASSERT_EQ(mails.size(), 1U);
    auto const& mail = mails.front();
    EXPECT_EQ(text(mail, "from"), "Salón Ana <citas@salon.example>");
    EXPECT_EQ(text(mail, "to"), "Ana Peñalver <ana@example.com>");
    EXPECT_EQ(text(mail, "subject"), "Contraseña nueva para Apunta");
    EXPECT_NE(text(mail, "text").find("https://citas.salon.example/reset#token="), std::string::npos);
    auto client = Client(server.url());
    auto const token = token_in(mail);
    EXPECT_EQ(client.post("/api/v1/auth/password/reset", {{"token", token}, {"password", new_password}}).status, 204);
    auto const login = json::object{{"email", "ana@example.com"}, {"password", new_password}};
    EXPECT_EQ(client.post("/api/v1/auth/login", login).status, 200);
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(jobs(), 0);
    auto const log = server.process().errors();
    for (auto const& secret : {std::string("ana@example.com"), token, std::string(new_password)}) {
        EXPECT_EQ(log.find(secret), std::string::npos) << "the log holds " << secret;
    }
}

TEST_P(Mails, wait_for_a_mail_server_that_comes_later_and_outlive_a_killed_server) {
    auto const port = free_port(place);
    {
        auto server = Server(place, to_port(port));
        sign_up(server, "ana@example.com");
        forget(server);
        server.kill();
    }
    EXPECT_EQ(jobs(), 1);
    EXPECT_EQ(place.sql().number("SELECT count(*) FROM job WHERE payload LIKE '%ana%example%'"), 0) << "sealed";
    auto sink = Sink(place, "accept", port);
    auto server = Server(place, to_port(port));
    EXPECT_TRUE(sink.await("mail 1"));
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(sink.mails().size(), 1U);
    EXPECT_EQ(jobs(), 0);
}

TEST_P(Mails, are_tried_again_by_a_server_that_lives_on) {
    auto const port = free_port(place);
    auto server = Server(place, to_port(port));
    sign_up(server, "ana@example.com");
    forget(server);
    ASSERT_TRUE(await_why("mail_unreachable"));
    auto sink = Sink(place, "accept", port);
    EXPECT_TRUE(sink.await("mail 1"));
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(sink.mails().size(), 1U);
}

TEST_P(Mails, that_are_refused_are_given_up_with_a_line_in_the_log) {
    auto sink = Sink(place, "refuse");
    auto server = Server(place, to_port(sink.port()));
    sign_up(server, "ana@example.com");
    forget(server);
    ASSERT_TRUE(await_why("mail_refused"));
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(place.sql().number("SELECT count(*) FROM job WHERE failed_at IS NOT NULL AND why = 'mail_refused'"), 1);
    auto const log = server.process().errors();
    EXPECT_NE(log.find("job.given_up"), std::string::npos) << log;
    EXPECT_EQ(log.find("ana@example.com"), std::string::npos) << "the other side's words quote the address";
}

TEST_P(Mails, to_a_silent_server_keep_nobody_waiting_and_leave_by_another) {
    {
        auto silent = Sink(place, "silent");
        auto server = Server(place, to_port(silent.port()));
        sign_up(server, "ana@example.com");
        forget(server);
        ASSERT_TRUE(silent.await("guest 1"));
        forget(server);
        EXPECT_EQ(Client(server.url()).get("/healthz").status, 200);
        EXPECT_EQ(server.stop(seconds(15)), 0);
        EXPECT_EQ(jobs(), 2);
    }
    auto sink = Sink(place, "accept");
    auto server = Server(place, to_port(sink.port()));
    EXPECT_TRUE(sink.await("mail 2"));
}

TEST_P(Mails, that_were_taken_when_the_server_was_killed_come_again_as_the_same_mail) {
    {
        auto mute = Sink(place, "mute");
        auto server = Server(place, to_port(mute.port()));
        sign_up(server, "ana@example.com");
        forget(server);
        ASSERT_TRUE(mute.await("mail 1"));
        server.kill();
    }
    auto sink = Sink(place, "accept");
    auto server = Server(place, to_port(sink.port()));
    ASSERT_TRUE(sink.await("mail 2"));
    auto const mails = sink.mails();
    EXPECT_EQ(text(mails.at(0), "id"), text(mails.at(1), "id"));
    EXPECT_EQ(token_in(mails.at(0)), token_in(mails.at(1)));
}

TEST_P(Mails, go_to_nobody_before_the_connection_is_encrypted) {
    auto sink = Sink(place, "accept");
    // Another name of this machine, which no rule knows to be it: so STARTTLS is demanded, and the sink has none.
    auto server = Server(place, launch("smtp://[::ffff:127.0.0.1]:" + sink.port()));
    sign_up(server, "ana@example.com");
    forget(server);
    ASSERT_TRUE(await_why("mail_tls_failed"));
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(sink.mails().size(), 0U);
}

TEST_P(Mails, go_to_no_server_whose_certificate_nobody_vouches_for) {
    auto const pem = place.beside("sink.pem").string();
    auto const made =
        run({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", pem, "-out", pem + ".crt"});
    ASSERT_EQ(made.code, 0) << made.errors;
    write(pem, text_of(pem) + text_of(pem + ".crt"));
    auto sink = Sink(place, "accept", "0", pem);
    auto server = Server(place, launch("smtps://127.0.0.1:" + sink.port()));
    sign_up(server, "ana@example.com");
    forget(server);
    ASSERT_TRUE(await_why("mail_tls_failed"));
    EXPECT_EQ(server.stop(), 0);
    EXPECT_EQ(sink.mails().size(), 0U);
}

TEST_P(Mails, of_several_nodes_leave_once_each) {
    if (GetParam() == Engine::sqlite) return; // one server to a folder
    auto sink = Sink(place, "accept");
    auto first = Server(place, to_port(sink.port()));
    auto second_launch = to_port(sink.port());
    second_launch.on_second_node = true;
    // Both seal under the same key.
    second_launch.environment["APUNTA_MASTER_KEY_FILE"] = (place.folder() / "master.key").string();
    auto second = Server(place, second_launch);
    constexpr auto accounts = 12;
    auto const email = [](int n) { return "ana" + std::to_string(n) + "@example.com"; };
    for (auto n = 0; n < accounts; ++n)
        sign_up(first, email(n));
    for (auto n = 0; n < accounts; ++n)
        forget(n % 2 == 0 ? first : second, email(n));
    ASSERT_TRUE(sink.await("mail " + std::to_string(accounts)));
    EXPECT_EQ(first.stop(), 0);
    EXPECT_EQ(second.stop(), 0);
    auto receivers = std::multiset<std::string>();
    for (auto const& mail : sink.mails())
        receivers.insert(text(mail, "to"));
    EXPECT_EQ(receivers.size(), 12U);
    EXPECT_EQ(std::set<std::string>(receivers.begin(), receivers.end()).size(), 12U);
    EXPECT_EQ(jobs(), 0);
}

TEST(MailSettings, are_checked_before_anything_is_opened) {
    auto const place = Place(Engine::sqlite);
    auto const refused = [&](Environment const& environment, std::string const& part) {
        auto const ended = apunta(place, {"serve", "--port", "0", "--data", place.folder().string()}, environment);
        EXPECT_EQ(ended.code, 78) << ended.errors;
        EXPECT_EQ(ended.errors.rfind("apunta: ", 0), 0U) << ended.errors;
        EXPECT_NE(ended.errors.find(part), std::string::npos) << ended.errors;
        EXPECT_EQ(ended.errors.find("secret"), std::string::npos) << ended.errors;
        EXPECT_FALSE(std::filesystem::exists(place.folder()));
    };
    refused({{"SMTP_URL", "http://u:secret@mail.example.com"}, {"MAIL_FROM", "a@example.com"}}, "SMTP_URL");
    refused({{"SMTP_URL", "smtp://u:sec/ret@mail.example.com"}, {"MAIL_FROM", "a@example.com"}}, "SMTP_URL");
    refused({{"SMTP_URL", "smtp://mail.example.com"}}, "MAIL_FROM");
    refused({{"SMTP_URL", "smtp://mail.example.com"}, {"MAIL_FROM", "Ana"}}, "MAIL_FROM");
    refused({{"MAIL_FROM", "a@example.com"}}, "SMTP_URL");
    refused({{"PUBLIC_URL", "apunta.example.com"}}, "PUBLIC_URL");
    refused({{"PUBLIC_URL", "https://apunta.example.com/#a"}}, "PUBLIC_URL");
    refused({{"TRUSTED_PROXIES", "10.0.0.0/8, proxy"}}, "TRUSTED_PROXIES");
    for (auto const* number : {"-1", "many", "1.5", "1000001", "600 ", "99999999999999999999"})
        refused({{"API_REQUESTS_PER_MINUTE", number}}, "API_REQUESTS_PER_MINUTE");
}

} // namespace
} // namespace system_test
