// Texts of every kind through every kind of field, on both engines: what is kept is what test/corpus/texts.txt says, to
// the byte, and both engines answer alike.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <corpus/cases.hpp>
#include <fstream>
#include <iostream>
#include <map>

#include "system/server.hpp"
#include "system/shop.hpp"

namespace system_test {
namespace {

struct Text {
    std::string name;
    std::string sent;                 ///< between the quotes
    std::optional<std::string> line;  ///< kept in a field of one line; nothing: refused as no JSON
    std::optional<std::string> lines; ///< kept where lines may break
};

/// JSON's own escapes stay; \xHH and repetitions do not.
std::string unfold(std::string const& cell) {
    auto doubled = std::string();
    for (auto at = std::size_t{0}; at < cell.size(); ++at) {
        doubled += cell[at];
        if (cell[at] != '\\' || cell[at + 1] == 'x') continue;
        doubled += std::string("\\") + (cell[at + 1] == '\\' ? "\\\\" : std::string(1, cell[at + 1]));
        ++at;
    }
    return corpus::unfold(doubled);
}

std::optional<std::string> kept(std::string const& cell, std::string const& sent) {
    if (cell == "!400") return std::nullopt;
    auto const text = json::parse('"' + (cell == "=" ? sent : unfold(cell)) + '"');
    return std::string(text.as_string());
}

std::vector<std::string> columns(std::string const& line) {
    auto cells = std::vector<std::string>{""};
    for (auto const c : line) {
        if (c == '\t') {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

std::vector<Text> read_texts() {
    auto in = std::ifstream(APUNTA_CORPUS "/texts.txt");
    auto texts = std::vector<Text>();
    for (auto line = std::string(); std::getline(in, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        auto const cells = columns(line);
        auto const sent = unfold(cells.at(1));
        texts.push_back({cells[0], sent, kept(cells.at(2), sent), kept(cells.size() > 3 ? cells[3] : cells[2], sent)});
    }
    return texts;
}

std::size_t code_points(std::string const& text) {
    auto count = std::size_t{0};
    for (auto const c : text) {
        count += (static_cast<unsigned char>(c) & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
}

/// A place where a text is written and read.
struct Field {
    std::string name;
    std::string method;
    std::string target;
    std::string body;    ///< `%` where the text goes, `#` where the version goes
    std::string field;   ///< as an error names it
    std::string pointer; ///< where an answer shows it
    bool lines;
    std::size_t min;
    std::size_t max;
};

struct Outcome {
    int status;
    std::string code;  ///< of the refusal, with its field and the field's code
    std::string value; ///< kept
    bool operator==(Outcome const&) const = default;
};

void PrintTo(Outcome const& outcome, std::ostream* out) {
    *out << outcome.status << ' ' << outcome.code << " [" << json::serialize(json::string(outcome.value)) << ']';
}

Outcome expected(Text const& text, Field const& field) {
    auto const& kept = field.lines ? text.lines : text.line;
    if (!kept) return {400, "malformed_json", {}};
    auto const length = code_points(*kept);
    if (length < field.min) return {422, "invalid " + field.field + " too_short", {}};
    if (length > field.max) return {422, "invalid " + field.field + " too_long", {}};
    return {200, {}, *kept};
}

std::string replaced(std::string text, char mark, std::string const& by) {
    auto const at = text.find(mark);
    return at == text.npos ? text : text.replace(at, 1, by);
}

Outcome refusal(Answer const& answer) {
    auto outcome = Outcome{answer.status, answer.code(), {}};
    if (answer.status == 422) outcome.code += " " + answer.at("/errors/0/field") + " " + answer.at("/errors/0/code");
    return outcome;
}

/// Writes, and reads again with another request.
Outcome try_field(Client& client, Field const& field, Text const& text) {
    auto const now = client.get(field.target);
    auto const version = field.body.find('#') == std::string::npos ? "" : std::to_string(now.number("/version"));
    auto const answer =
        client.send_text(field.method, field.target, replaced(replaced(field.body, '#', version), '%', text.sent));
    if (answer.status >= 400) return refusal(answer);
    return {answer.status, {}, client.get(field.target).at(field.pointer)};
}

std::string number_of(std::size_t n) { return phone_number(static_cast<int>(n)); }

/// A customer of her own writes each text, under a name that is the text.
Outcome write_as_customer(Client& client, Text const& text, std::size_t n, bool as_name) {
    auto const body = R"({"from":")" + number_of(n) + R"(","name":")" + (as_name ? text.sent : "Eva") +
                      R"(","text":")" + (as_name ? "hola" : text.sent) + "\"}";
    auto const answer = client.send_text("POST", "/api/v1/simulator/messages", body);
    return answer.status == 202 ? Outcome{200, {}, {}} : refusal(answer);
}

Outcome write_as_owner(Client& client, Text const& text, std::size_t n) {
    auto const body = R"({"to":")" + number_of(n) + R"(","text":")" + text.sent + "\"}";
    auto const answer = client.send_text("POST", "/api/v1/simulator/owner-messages", body);
    return answer.status == 202 ? Outcome{200, {}, {}} : refusal(answer);
}

std::map<std::string, json::object> chats_by_phone(Client& client) {
    auto chats = std::map<std::string, json::object>();
    for (auto target = std::string("/api/v1/conversations?limit=200"); !target.empty();) {
        auto const page = client.get(target);
        for (auto const& chat : page.body.at("items").as_array()) {
            chats.emplace(chat.at_pointer("/customer/phone").as_string(), chat.as_object());
        }
        auto const& next = page.body.at("next_cursor");
        target = next.is_null() ? "" : "/api/v1/conversations?limit=200&cursor=" + std::string(next.as_string());
    }
    return chats;
}

std::string text_by(Client& client, json::object const& chat, std::string_view author) {
    auto const target = "/api/v1/conversations/" + std::string(chat.at("id").as_string()) + "/messages?limit=200";
    auto const page = client.get(target);
    for (auto const& message : page.body.at("items").as_array()) {
        if (message.at("author").as_string() == author) return std::string(message.at("text").as_string());
    }
    return "nothing by " + std::string(author);
}

using Outcomes = std::map<std::string, Outcome>; ///< by field and name of the text

std::vector<Field> fields_of(Shop const& shop, std::string const& booking) {
    auto const staff = "/api/v1/staff/" + shop.staff.front();
    auto const service = "/api/v1/services/" + shop.service;
    return {
        {"staff name", "PATCH", staff, R"({"version":#,"name":"%"})", "name", "/name", false, 1, 120},
        {"service name", "PATCH", service, R"({"version":#,"name":"%"})", "name", "/name", false, 1, 120},
        {"synonym", "PATCH", service, R"({"version":#,"synonyms":["%"]})", "synonyms[0]", "/synonyms/0", false, 1, 60},
        {"fact", "PATCH", "/api/v1/business", R"({"version":#,"facts":[{"topic":"a","text":"%"}]})", "facts[0].text",
         "/facts/0/text", true, 1, 500},
        {"booking name", "PATCH", booking, R"({"version":#,"customer_name":"%"})", "customer_name", "/customer_name",
         false, 1, 120},
        {"booking notes", "PATCH", booking, R"({"version":#,"notes":"%"})", "notes", "/notes", true, 0, 2000}};
}

auto const chat_name = Field{"chat name", {}, {}, {}, "name", {}, false, 1, 120};
auto const chat_text = Field{"chat text", {}, {}, {}, "text", {}, true, 1, 4096};
auto const owner_text = Field{"owner text", {}, {}, {}, "text", {}, true, 1, 4096};

void note(Outcomes& outcomes, Field const& field, Text const& text, Outcome const& outcome) {
    outcomes.emplace(field.name + ": " + text.name, outcome);
    EXPECT_EQ(outcome, expected(text, field)) << field.name << ": " << text.name;
}

void try_chats(Client& client, std::vector<Text> const& texts, Outcomes& outcomes) {
    auto first = std::vector<std::array<Outcome, 3>>();
    for (auto n = std::size_t{0}; n < texts.size(); ++n) {
        first.push_back({write_as_customer(client, texts[n], 2 * n, false),
                         write_as_customer(client, texts[n], 2 * n + 1, true),
                         write_as_owner(client, texts[n], 2 * n + 1)});
    }
    auto const chats = chats_by_phone(client);
    for (auto n = std::size_t{0}; n < texts.size(); ++n) {
        auto [text, name, owner] = first[n];
        if (text.status == 200) text.value = text_by(client, chats.at(number_of(2 * n)), "customer");
        if (name.status == 200) name.value = chats.at(number_of(2 * n + 1)).at("customer").at("name").as_string();
        if (owner.status == 200) owner.value = text_by(client, chats.at(number_of(2 * n + 1)), "owner_phone");
        note(outcomes, chat_text, texts[n], text);
        note(outcomes, chat_name, texts[n], name);
        note(outcomes, owner_text, texts[n], owner);
    }
}

Outcomes try_all(Engine engine, std::vector<Text> const& texts) {
    auto const place = Place(engine);
    auto server = Server(place);
    auto const shop = open_shop(server.url(), {.duration_minutes = 30, .first_day = 2, .days = 2});
    auto client = Client(server.url(), shop.session);
    auto const made = client.post("/api/v1/bookings", {{"service_id", shop.service},
                                                       {"starts_at", shop.starts.front()},
                                                       {"customer", json::object{{"name", "Eva"}}}});
    auto outcomes = Outcomes();
    for (auto const& field : fields_of(shop, "/api/v1/bookings/" + made.at("/id"))) {
        for (auto const& text : texts) {
            note(outcomes, field, text, try_field(client, field, text));
        }
    }
    try_chats(client, texts, outcomes);
    EXPECT_EQ(server.stop(), 0) << server.process().errors();
    return outcomes;
}

TEST(Texts, are_kept_as_the_corpus_says_and_alike_on_both_engines) {
    auto const texts = read_texts();
    EXPECT_GE(texts.size(), 200U);
    auto const first = try_all(engines().front(), texts);
    EXPECT_EQ(first.size(), texts.size() * 9);
    for (auto const engine : engines()) {
        if (engine == engines().front()) continue;
        EXPECT_TRUE(try_all(engine, texts) == first) << "the engines differ";
    }
    std::cout << texts.size() << " texts, " << first.size() << " outcomes on each engine\n";
}

} // namespace
} // namespace system_test
