// Single steps: a situation in, a step out.
#include "assistant/next.hpp"

#include <gtest/gtest.h>

#include "assistant/player_test.hpp"

namespace assistant::test {
namespace {

Situation situation(Shop const& shop, std::string const& text) {
    auto const now = at(shop, "2026-10-21T10:15");
    Situation made{shop, {"Ana", false}, {}, {{"text", text, now}}, {}, now};
    made.dialogue.language = "es";
    return made;
}

Dialogue confirming(Shop const& shop) {
    Dialogue dialogue;
    dialogue.language = "es";
    dialogue.awaiting = Awaiting::confirmation;
    dialogue.draft.goal = Goal::book;
    dialogue.draft.service = base::ServiceId("peinado");
    dialogue.draft.start = FreeStart{at(shop, "2026-10-22T11:00"), base::StaffId("marta")};
    return dialogue;
}

std::string text_of(Step const& step) {
    auto const* said = std::get_if<Say>(&step);
    return said && !said->replies.empty() ? said->replies.front().text : "";
}

TEST(Next, asks_the_calendar_about_the_exact_start) {
    auto const shop = salon_in_spain();
    auto const step = next(situation(shop, "peinado mañana a las 11"));
    auto const expected = CheckStart{base::ServiceId("peinado"), at(shop, "2026-10-22T11:00"), {}};
    EXPECT_EQ(std::get<RunTool>(step).call, ToolCall(expected));
}

TEST(Next, asks_the_calendar_about_the_day_when_no_hour_is_said) {
    auto const shop = salon_in_spain();
    auto const step = next(situation(shop, "peinado mañana con Inés"));
    auto const day = base::make_date(2026, 10, 22);
    auto const expected = FindAvailability{base::ServiceId("peinado"), day, day, base::StaffId("ines")};
    EXPECT_EQ(std::get<RunTool>(step).call, ToolCall(expected));
}

TEST(Next, says_the_same_when_asked_twice) {
    auto const shop = salon_in_spain();
    auto asked = situation(shop, "peinado mañana a las 11");
    asked.journal.push_back({std::get<RunTool>(next(asked)).call,
                             StartCheck{FreeStart{at(shop, "2026-10-22T11:00"), base::StaffId("marta")}, "", {}}});
    EXPECT_EQ(text_of(next(asked)), text_of(next(asked)));
    EXPECT_NE(text_of(next(asked)).find("¿Lo confirmo?"), std::string::npos);
}

TEST(Next, writes_exactly_what_was_confirmed) {
    auto const shop = salon_in_spain();
    auto asked = situation(shop, "sí");
    asked.dialogue = confirming(shop);
    auto const expected = CreateBooking{base::ServiceId("peinado"), at(shop, "2026-10-22T11:00"), {}, "Ana"};
    EXPECT_EQ(std::get<RunTool>(next(asked)).call, ToolCall(expected));
}

struct NoYes {
    std::string text;
};
void PrintTo(NoYes const& each, std::ostream* out) { *out << each.text; }
class NoYesTo : public testing::TestWithParam<NoYes> {};

TEST_P(NoYesTo, what_was_asked_writes_nothing) {
    auto const shop = salon_in_spain();
    auto asked = situation(shop, GetParam().text);
    asked.dialogue = confirming(shop);
    auto const step = next(asked);
    auto const* tool = std::get_if<RunTool>(&step);
    EXPECT_FALSE(tool && std::holds_alternative<CreateBooking>(tool->call));
}

INSTANTIATE_TEST_SUITE_P(Next, NoYesTo,
                         testing::Values(NoYes{"no"}, NoYes{"sí, pero a las 12"}, NoYes{"sí, el viernes"},
                                         NoYes{"sí, con Inés"}, NoYes{"sí, mechas"}, NoYes{"¿sí?"},
                                         NoYes{"vale, otro día"}, NoYes{"¿hay aparcamiento?"},
                                         NoYes{"vale, a nombre de Lucía"}, NoYes{"hola"}, NoYes{"3"}, NoYes{"gracias"},
                                         NoYes{"cancela"}, NoYes{"quiero hablar con una persona"},
                                         NoYes{"sí, por la tarde"}));

TEST(Next, reports_the_committed_row_and_not_the_draft) {
    auto const shop = salon_in_spain();
    auto asked = situation(shop, "sí");
    asked.dialogue = confirming(shop);
    BookingView row{base::BookingId("B7"),
                    base::ServiceId("peinado"),
                    base::StaffId("ines"),
                    "Peinado de fiesta",
                    "Inés",
                    at(shop, "2026-10-22T12:30"),
                    at(shop, "2026-10-22T13:00"),
                    schedule::Status::confirmed,
                    "Ana",
                    1800};
    asked.journal.push_back({std::get<RunTool>(next(asked)).call, Done{row}});
    auto const said = std::get<Say>(next(asked));
    EXPECT_TRUE(said.replies.at(0).confirmation);
    EXPECT_EQ(said.replies.at(0).booking, row.id);
    EXPECT_NE(said.replies.at(0).text.find("*Peinado de fiesta*"), std::string::npos);
    EXPECT_NE(said.replies.at(0).text.find("*12:30*"), std::string::npos);
    EXPECT_EQ(said.replies.at(0).text.find("11:00"), std::string::npos);
    EXPECT_EQ(said.dialogue.awaiting, Awaiting::nothing);
}

TEST(Next, a_refused_write_claims_nothing_and_lists_others) {
    auto const shop = salon_in_spain();
    auto asked = situation(shop, "sí");
    asked.dialogue = confirming(shop);
    auto const other = FreeStart{at(shop, "2026-10-22T12:15"), base::StaffId("marta")};
    asked.journal.push_back({std::get<RunTool>(next(asked)).call, Refused{"slot_taken", {other}}});
    auto const said = std::get<Say>(next(asked));
    EXPECT_FALSE(said.replies.at(0).confirmation);
    EXPECT_NE(said.replies.at(0).text.find("12:15"), std::string::npos);
    EXPECT_EQ(said.dialogue.offered, std::vector{other});
    EXPECT_EQ(said.dialogue.awaiting, Awaiting::start);
}

TEST(Next, an_old_offer_is_checked_again_before_it_is_proposed) {
    auto const shop = salon_in_spain();
    auto asked = situation(shop, "1");
    asked.dialogue = confirming(shop);
    asked.dialogue.awaiting = Awaiting::start;
    asked.dialogue.draft.start.reset();
    asked.dialogue.offered = {{at(shop, "2026-10-22T11:00"), base::StaffId("marta")}};
    asked.dialogue.offered_at = asked.now - base::Minutes(31);
    EXPECT_TRUE(std::holds_alternative<RunTool>(next(asked)));
    asked.dialogue.offered_at = asked.now - base::Minutes(29);
    EXPECT_NE(text_of(next(asked)).find("¿Lo confirmo?"), std::string::npos);
}

struct Choice {
    std::string text;
    std::string start; ///< empty: none of the offers
};
void PrintTo(Choice const& each, std::ostream* out) { *out << each.text; }
class ChoiceAmong : public testing::TestWithParam<Choice> {};

TEST_P(ChoiceAmong, the_starts_offered) {
    auto const shop = salon_in_spain();
    auto asked = situation(shop, GetParam().text);
    asked.dialogue = confirming(shop);
    asked.dialogue.awaiting = Awaiting::start;
    asked.dialogue.draft.start.reset();
    for (auto const* start : {"2026-10-22T10:00", "2026-10-22T17:00", "2026-10-23T10:00", "2026-10-24T11:00"}) {
        asked.dialogue.offered.push_back({at(shop, start), base::StaffId("marta")});
    }
    asked.dialogue.offered_at = asked.now;
    auto const step = next(asked);
    auto const* said = std::get_if<Say>(&step);
    auto const chosen =
        said && said->dialogue.awaiting == Awaiting::confirmation ? said->dialogue.draft.start : std::nullopt;
    auto const text = chosen ? base::format_local_time(shop.profile.zone.to_local(chosen->starts_at)) : "";
    EXPECT_EQ(text, GetParam().start);
}

INSTANTIATE_TEST_SUITE_P(Next, ChoiceAmong,
                         testing::Values(Choice{"2", "2026-10-22T17:00"}, Choice{"la primera", "2026-10-22T10:00"},
                                         Choice{"la última", "2026-10-24T11:00"}, Choice{"a las 5", "2026-10-22T17:00"},
                                         Choice{"la de las 11", "2026-10-24T11:00"},
                                         Choice{"el sábado", "2026-10-24T11:00"},
                                         Choice{"el viernes", "2026-10-23T10:00"}, Choice{"a las 10", ""},
                                         Choice{"9", ""}, Choice{"vale", ""},
                                         Choice{"el viernes a las 10", "2026-10-23T10:00"}));

TEST(Next, calls_a_person_rather_than_run_a_thirteenth_tool) {
    auto const shop = salon_in_spain();
    auto asked = situation(shop, "peinado mañana a las 11");
    for (int i = 0; i < 12; ++i)
        asked.journal.push_back({ListBookings{}, OwnBookings{}});
    EXPECT_EQ(std::get<HandOver>(next(asked)).reason, "limit");
}

TEST(Next, cuts_what_is_longer_than_a_message) {
    auto shop = salon_in_spain();
    shop.profile.facts = {{"bodas", std::string()}};
    for (int i = 0; i < 60; ++i)
        shop.profile.facts[0].text += "Una línea sobre las bodas, que es larga.\n";
    auto const said = std::get<Say>(next(situation(shop, "información de bodas")));
    ASSERT_GT(said.replies.size(), 1U);
    for (auto const& reply : said.replies)
        EXPECT_LE(reply.text.size(), 1000U);
}

} // namespace
} // namespace assistant::test
