// Replies of all kinds of assistants against what their reader takes them for: test/corpus/replies.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "eval/reply.hpp"
#include "eval/tongue.hpp"

namespace eval {
namespace {

struct Example {
    std::string place;
    std::string kind;
    std::string keys;
    std::optional<std::string> starts;
    std::string claims;
    std::string language;
    std::string text;
};

void PrintTo(Example const& example, std::ostream* out) { *out << example.place << '\n' << example.text; }

Example read_head(std::string const& place, std::string const& head) {
    auto example = Example();
    example.place = place;
    auto parts = std::istringstream(head);
    for (auto part = std::string(); std::getline(parts, part, '|');) {
        auto words = std::istringstream(part);
        auto word = std::string();
        words >> word;
        auto rest = std::string();
        std::getline(words >> std::ws, rest);
        while (rest.ends_with(' '))
            rest.pop_back();
        if (word == "starts")
            example.starts = rest;
        else if (word == "claims")
            example.claims = rest;
        else if (word == "lang")
            example.language = rest;
        else {
            example.kind = word;
            example.keys = rest;
        }
    }
    return example;
}

std::vector<Example> examples() {
    auto all = std::vector<Example>();
    auto files = std::vector<std::filesystem::path>();
    for (auto const& entry : std::filesystem::directory_iterator(std::string(APUNTA_CORPUS) + "/replies"))
        files.push_back(entry.path());
    std::ranges::sort(files);
    for (auto const& file : files) {
        auto in = std::ifstream(file);
        auto number = 0;
        for (auto line = std::string(); std::getline(in, line);) {
            ++number;
            if (line.starts_with("= ")) {
                all.push_back(read_head(fmt::format("{}:{}", file.filename().string(), number), line.substr(2)));
            } else if (!all.empty()) {
                all.back().text += line + "\n";
            }
        }
    }
    return all;
}

Signboard signboard() {
    return {{"Corte de mujer", "Corte de hombre", "Tinte de raíz", "Mechas", "Peinado", "Corte", "Corte y barba",
             "Corte de niño", "Consulta", "Limpieza dental", "Blanqueamiento", "Control", "Manicure", "Pedicure",
             "Manicure y pedicure", "Uñas acrílicas", "Primera visita", "Sesión de fisioterapia", "Masaje deportivo"},
            {"Marta", "Inés", "Toño", "Beto", "Dra. Ferreyra", "Valentina", "Daniela"}};
}

std::string in_short(Moment const& moment) {
    return (moment.date ? base::format_date(*moment.date) : "?") + "T" +
           (moment.time ? base::format_time_of_day(*moment.time) : "?");
}

std::string kind_in(Reply const& reply) {
    switch (kind_of(reply)) {
    case Kind::confirm: return "confirm";
    case Kind::list: return "list";
    case Kind::question: return "ask";
    case Kind::other: return "other";
    case Kind::nothing: return "nothing";
    }
    return "";
}

std::string keys_in(Reply const& reply) {
    auto keys = std::string();
    for (auto const question : reply.questions)
        keys += (keys.empty() ? "" : ",") + std::string(to_text(question));
    return keys;
}

/// By their instants; an unmarked hour counts as either half.
std::string starts_in(Reply const& reply, std::string const& wanted) {
    auto texts = std::vector<std::string>();
    auto in = std::istringstream(wanted);
    auto expected = std::vector<base::LocalTime>();
    for (auto one = std::string(); in >> one;)
        expected.push_back(base::parse_local_time(one).value());
    for (auto const& moment : reply.stated) {
        if (!moment.time) continue;
        auto const found = std::ranges::find_if(expected, [&](auto start) { return moment.may_be(start); });
        texts.push_back(found == expected.end() ? in_short(moment) : base::format_local_time(*found));
    }
    std::ranges::sort(texts);
    return fmt::format("{}", fmt::join(texts, " "));
}

std::string sorted(std::string const& text) {
    auto in = std::istringstream(text);
    auto words = std::vector<std::string>();
    for (auto one = std::string(); in >> one;)
        words.push_back(one);
    std::ranges::sort(words);
    return fmt::format("{}", fmt::join(words, " "));
}

std::string_view name_of(Claim::Kind kind) {
    return kind == Claim::Kind::booked ? "booked" : kind == Claim::Kind::moved ? "moved" : "cancelled";
}

/// Each claim that is told has to be there with its start; and where none is told, none may be found.
void check_claims(Example const& example, Reply const& reply) {
    if (example.claims.empty()) {
        EXPECT_TRUE(reply.claims.empty()) << "claims " << name_of(reply.claims.front().kind);
        return;
    }
    auto in = std::istringstream(example.claims);
    for (auto one = std::string(); in >> one;) {
        auto const kind = one.substr(0, one.find('@'));
        auto const start =
            one.find('@') == one.npos ? std::nullopt : base::parse_local_time(one.substr(one.find('@') + 1));
        auto const found = std::ranges::any_of(reply.claims, [&](Claim const& claim) {
            auto const told = !start || std::ranges::any_of(claim.starts, [&](auto const& moment) {
                return moment.may_be(*start) && moment.time;
            });
            return name_of(claim.kind) == kind && told;
        });
        EXPECT_TRUE(found) << "does not claim " << one;
    }
    for (auto const& claim : reply.claims) {
        EXPECT_NE(example.claims.find(name_of(claim.kind)), std::string::npos) << "claims " << name_of(claim.kind);
    }
}

class Replies : public testing::TestWithParam<Example> {};
INSTANTIATE_TEST_SUITE_P(, Replies, testing::ValuesIn(examples()), [](auto const& each) {
    auto name = each.param.place;
    std::ranges::replace_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
    return name;
});

TEST_P(Replies, are_taken_for_what_they_are) {
    auto const& example = GetParam();
    auto const reply = read_reply(example.text, signboard(), base::make_date(2026, 10, 21));
    EXPECT_EQ(kind_in(reply), example.kind);
    if (example.kind == "ask") {
        EXPECT_EQ(keys_in(reply), example.keys);
    }
    if (example.starts) {
        EXPECT_EQ(starts_in(reply, *example.starts), sorted(*example.starts));
    }
    check_claims(example, reply);
    if (!example.language.empty()) {
        auto const board = signboard();
        EXPECT_EQ(language_of(example.text, board.services).value_or("?"), example.language);
    }
}

TEST(CorpusOfReplies, is_large_enough_to_mean_something) { EXPECT_GE(examples().size(), 120U); }

} // namespace
} // namespace eval
