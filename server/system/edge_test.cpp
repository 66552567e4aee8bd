// Hostile requests and frames against the program itself, and the page that tells of them.
#include <corpus/player.hpp>
#include <gtest/gtest.h>

#include <iostream>

#include "system/http.hpp"
#include "system/server.hpp"

namespace system_test {
namespace {

constexpr auto http_corpus = APUNTA_CORPUS "/http.txt";
constexpr auto socket_corpus = APUNTA_CORPUS "/websocket.txt";

std::string host_of(std::string const& url) { return url.substr(url.find("//") + 2); }

std::uint16_t port_of(std::string const& url) {
    return static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)));
}

std::string sign_up(std::string const& who) {
    auto const body = R"({"email":")" + who + R"(@example.com","password":"una frase larga","name":"Ana"})";
    return "POST /api/v1/auth/signup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
           "application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string chunk_of(std::string const& bytes) {
    auto size = std::ostringstream();
    size << std::hex << bytes.size();
    return size.str() + "\r\n" + bytes + "\r\n";
}

std::optional<std::string> word_of_http(std::string const& name) {
    if (name.starts_with("signup ")) return sign_up(name.substr(7));
    if (name.starts_with("chunk of signup ")) return chunk_of(sign_up(name.substr(16)));
    return std::nullopt;
}

/// What no answer may lack, the edge's own least of all; from RFCs and browsers, not from the server's sources.
void expect_hardened(corpus::RawAnswer const& answer) {
    for (auto const* field :
         {"X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "Cache-Control: no-store",
          "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
          "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin"}) {
        EXPECT_NE(answer.head.find("\r\n" + std::string(field) + "\r\n"), std::string::npos) << answer.head;
    }
    EXPECT_EQ(answer.head.find("Access-Control-"), std::string::npos) << answer.head;
}

std::vector<std::string> play(Server const& server, corpus::Case const& one, corpus::Words const& words) {
    auto client = corpus::RawClient(port_of(server.url()));
    auto player = corpus::Player(client, words, expect_hardened);
    if (one.steps.front().kind != corpus::Step::Kind::frame) return player.play(one);
    client.send(corpus::unfold("{upgrade ticket.{ticket}}", words));
    if (client.receive().status != 101) return {"no handshake"};
    player.assume_upgraded();
    return player.play(one);
}

void play_all(Server const& server, char const* file, corpus::Words const& words, std::size_t at_least) {
    auto const cases = corpus::read(file);
    for (auto const& one : cases) {
        for (auto const& complaint : play(server, one, words)) {
            ADD_FAILURE() << one.name << ": " << complaint;
        }
    }
    EXPECT_GE(cases.size(), at_least);
    std::cout << file << ": " << cases.size() << " cases\n";
}

TEST(Edge, answers_hostile_requests_as_the_corpus_says) {
    auto const place = Place(Engine::sqlite);
    auto server = Server(place);
    play_all(server, http_corpus, word_of_http, 150);
    EXPECT_EQ(place.sql().number("SELECT COUNT(*) FROM account WHERE email LIKE 'smuggled%'"), 0);
    EXPECT_EQ(place.sql().number("SELECT COUNT(*) FROM account WHERE email LIKE 'openly%'"), 1);
    EXPECT_EQ(server.stop(), 0);
}

/// Tickets of the demo's owner.
class Tickets {
public:
    explicit Tickets(Server const& server)
        : server_(server), client_(server.url(), std::make_shared<Session>("demo@example.com", "apunta-demo")) {}

    std::string fresh() {
        auto const answer = client_.post("/api/v1/events/ticket", {});
        return answer.status == 201 ? answer.at("/ticket") : throw std::runtime_error(answer.text);
    }
    std::string used() {
        auto const ticket = fresh();
        auto client = corpus::RawClient(port_of(server_.url()));
        client.send(handshake("ticket." + ticket, {}));
        return client.receive().status == 101 ? ticket : throw std::runtime_error("no handshake");
    }
    std::string handshake(std::string const& protocol, std::string const& origin) {
        return "GET /api/v1/events HTTP/1.1\r\nHost: " + host_of(server_.url()) +
               "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: apunta.v1, " +
               protocol + (origin.empty() ? "" : "\r\nOrigin: " + origin) + "\r\n\r\n";
    }
    std::optional<std::string> word(std::string const& name) {
        if (name == "ticket") return fresh();
        if (name == "used") return used();
        if (name == "host") return host_of(server_.url());
        auto const self = [this](std::string const& inner) { return word(inner); };
        if (name.starts_with("upgrade ")) return handshake(corpus::unfold(name.substr(8), self), {});
        if (!name.starts_with("upgrade-from ")) return std::nullopt;
        auto const rest = corpus::unfold(name.substr(13), self);
        auto const blank = rest.find(' ');
        return handshake(rest.substr(blank + 1), rest.substr(0, blank));
    }

private:
    Server const& server_;
    Client client_;
};

TEST(Edge, speaks_websocket_as_the_corpus_says) {
    auto const place = Place(Engine::sqlite);
    auto server = Server(place);
    auto tickets = Tickets(server);
    play_all(server, socket_corpus, [&](std::string const& name) { return tickets.word(name); }, 90);
    EXPECT_EQ(server.stop(), 0);
}

// docs/hostile-input.md

std::string answer_in_words(corpus::Case const& one) {
    auto words = std::string();
    for (auto const& step : one.steps) {
        auto part = std::string();
        if (step.kind == corpus::Step::Kind::answer) {
            part = std::to_string(step.expected.status) + (step.expected.code.empty() ? "" : " " + step.expected.code) +
                   (step.expected.closes ? ", closes" : "");
        } else if (step.kind == corpus::Step::Kind::reply && step.text.starts_with("close")) {
            part = step.text;
        } else if (step.kind == corpus::Step::Kind::reply) {
            part = "pong";
        }
        words += (words.empty() || part.empty() ? "" : "; ") + part;
    }
    return words.empty() ? "taken" : words;
}

std::string escaped_cell(std::string text) {
    for (auto at = text.find('|'); at != text.npos; at = text.find('|', at + 2)) {
        text.insert(at, "\\");
    }
    return text;
}

std::string table(char const* file) {
    auto text = std::string();
    auto section = std::string();
    for (auto const& one : corpus::read(file)) {
        if (one.section != section) {
            section = one.section;
            text += "\n### " + section + "\n\n| what comes | answer | why |\n|---|---|---|\n";
        }
        text += "| " + escaped_cell(one.name) + " | " + answer_in_words(one) + " | " + escaped_cell(one.why) + " |\n";
    }
    return text + "\n";
}

std::string with_table(std::string page, std::string const& name, std::string const& rows) {
    auto const begin = "<!-- from test/corpus/" + name + " -->\n";
    auto const first = page.find(begin);
    auto const last = page.find("<!-- end -->", first);
    if (first == page.npos || last == page.npos) throw std::runtime_error("no place for the table of " + name);
    return page.replace(first + begin.size(), last - first - begin.size(), rows);
}

/// APUNTA_WRITE_DOCS=1 writes the tables anew.
TEST(Edge, is_described_by_the_page_on_hostile_input) {
    auto const file = std::string(APUNTA_CORPUS "/../../docs/hostile-input.md");
    auto const page = text_of(file);
    auto const right =
        with_table(with_table(page, "http.txt", table(http_corpus)), "websocket.txt", table(socket_corpus));
    if (setting("APUNTA_WRITE_DOCS") == "1") write(file, right);
    EXPECT_EQ(text_of(file), right) << "run with APUNTA_WRITE_DOCS=1 to write the tables of " << file << " anew";
}

} // namespace
} // namespace system_test
