#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "conversation/chat_test.hpp"

namespace conversation {
namespace {

using ::testing::TestParamInfo;
using Outcomes = std::vector<std::string>;

INSTANTIATE_TEST_SUITE_P(Conversation, OnBothEngines, ::testing::ValuesIn(store::engines_under_test()),
                         [](TestParamInfo<store::Engine> const& engine) { return store::engine_name(engine.param); });

TEST_P(OnBothEngines, the_first_reply_says_that_an_assistant_answers_and_only_the_first) {
    EXPECT_NE(chat.say("hola").find("asistente"), std::string::npos);
    EXPECT_EQ(chat.say("hola").find("asistente automático"), std::string::npos);
}

TEST_P(OnBothEngines, a_customer_books_moves_and_cancels_and_reads_what_the_row_says) {
    chat.say("quiero un corte mañana a las 10");
    chat.say("Carmen");
    auto booked = chat.say("sí");
    ASSERT_EQ(chat.salon.bookings().size(), 1U);
    auto booking = chat.salon.bookings().front();
    EXPECT_EQ(booking.starts_at, at("2026-03-03T10:00"));
    EXPECT_EQ(booking.customer_name, "Carmen");
    EXPECT_EQ(booking.origin, "guided");
    EXPECT_NE(booked.find("3 de marzo"), std::string::npos) << booked;

    auto asked = chat.say("cámbiala al miércoles a las 12");
    auto moved = chat.say("sí");
    SCOPED_TRACE(asked + moved);
    EXPECT_EQ(chat.salon.bookings().front().starts_at, at("2026-03-04T12:00"));
    EXPECT_EQ(chat.salon.bookings().front().id, booking.id);

    chat.say("cancela mi cita");
    chat.say("sí");
    EXPECT_EQ(chat.salon.bookings().front().status, "cancelled");
}

TEST_P(OnBothEngines, a_yes_to_a_reminder_confirms_that_booking_and_only_while_nothing_else_was_said) {
    chat.say("quiero un corte mañana a las 10");
    chat.say("Carmen");
    chat.say("sí");
    chat.remind(chat.salon.bookings().front().id);
    EXPECT_FALSE(chat.salon.bookings().front().attendance_confirmed_at);
    auto const answer = chat.say("sí, allí estaré");
    EXPECT_NE(answer.find("te esperamos"), std::string::npos) << answer;
    EXPECT_EQ(chat.salon.bookings().front().attendance_confirmed_at, chat.now());
    auto const confirmed = chat.salon.bookings().front();
    chat.say("sí");
    EXPECT_EQ(chat.salon.bookings().front(), confirmed);
}

TEST_P(OnBothEngines, a_no_to_a_reminder_cancels_after_one_more_yes) {
    chat.say("quiero un corte mañana a las 10");
    chat.say("Carmen");
    chat.say("sí");
    chat.remind(chat.salon.bookings().front().id);
    chat.say("no voy a poder ir");
    chat.say("cancélala");
    EXPECT_EQ(chat.salon.bookings().front().status, "confirmed");
    chat.say("sí");
    EXPECT_EQ(chat.salon.bookings().front().status, "cancelled");
}

TEST_P(OnBothEngines, two_who_come_together_get_a_person_each) {
    chat.say("corte para dos mañana a las 10");
    chat.say("Carmen");
    auto const answer = chat.say("sí");
    auto const bookings = chat.salon.bookings();
    ASSERT_EQ(bookings.size(), 2U) << answer;
    EXPECT_EQ(bookings[0].starts_at, bookings[1].starts_at);
    EXPECT_NE(bookings[0].staff, bookings[1].staff);
    EXPECT_NE(bookings[0].customer_name, bookings[1].customer_name);
    chat.say("quiero otro corte el miércoles a las 10");
    EXPECT_NE(chat.messages().back().text.find("A nombre de Carmen."), std::string::npos) << "her own name was learned";
}

TEST_P(OnBothEngines, a_name_given_for_somebody_else_does_not_become_hers) {
    chat.say("un corte para mi hija Lucía mañana a las 10");
    chat.say("sí");
    ASSERT_EQ(chat.salon.bookings().size(), 1U);
    EXPECT_EQ(chat.salon.bookings().front().customer_name, "Lucía");
    EXPECT_NE(chat.say("un corte el miércoles a las 10").find("¿A qué nombre"), std::string::npos);
}

TEST_P(OnBothEngines, the_usual_is_what_she_had_the_last_time) {
    chat.say("quiero un corte mañana a las 10");
    chat.say("Carmen");
    chat.say("sí");
    chat.salon.now = at("2026-03-09T09:00");
    auto const answer = chat.say("lo de siempre, mañana a las 11");
    EXPECT_NE(answer.find("*11:00*"), std::string::npos) << answer;
}

TEST_P(OnBothEngines, who_is_late_is_noted_with_her_booking) {
    chat.say("quiero un corte mañana a las 10");
    chat.say("Carmen");
    chat.say("sí");
    chat.salon.now = at("2026-03-03T09:50");
    chat.say("llego 15 min tarde");
    auto const history = chat.salon.history(chat.salon.bookings().front().id);
    EXPECT_EQ(history.back().action, "late");
    EXPECT_EQ(history.back().details, R"({"minutes":15})");
}

TEST_P(OnBothEngines, the_same_message_delivered_again_is_stored_and_answered_once) {
    auto first = chat.receive("hola", "wa-1");
    auto again = chat.receive("hola", "wa-1");
    EXPECT_FALSE(first.repeated);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(first.message, again.message);
    chat.turn();
    auto answered = chat.messages().size();
    EXPECT_TRUE(chat.receive("hola", "wa-1").repeated);
    chat.turn();
    EXPECT_EQ(chat.messages().size(), answered);
}

TEST_P(OnBothEngines, eight_deliveries_at_once_of_a_new_customers_first_message_are_one) {
    auto threads = std::vector<std::thread>();
    auto fresh = std::atomic<int>{0};
    for (auto i = 0; i < 8; ++i) {
        threads.emplace_back([&] { fresh += chat.receive("hola", "wa-1").repeated ? 0 : 1; });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(fresh, 1);
    EXPECT_EQ(chat.messages().size(), 1U);
}

TEST_P(OnBothEngines, a_burst_is_one_question_answered_after_a_breath) {
    chat.breath = Breath();
    chat.receive("hola");
    chat.wait(2s);
    chat.receive("quiero un corte");
    chat.turn();
    EXPECT_EQ(chat.outcomes(), (Outcomes{"waiting", "waiting"})) << "the chat has not been quiet for a breath";
    chat.wait(8s);
    chat.turn();
    EXPECT_EQ(chat.outcomes(), (Outcomes{"answered/", "answered/"}));
    auto turns = std::set<std::string>();
    for (auto const& message : chat.messages()) {
        if (message.turn) turns.insert(message.turn->text());
    }
    EXPECT_EQ(turns.size(), 1U);
}

TEST_P(OnBothEngines, however_she_goes_on_writing_she_is_answered_within_the_longest_breath) {
    chat.breath = Breath();
    for (auto i = 0; i < 5; ++i) {
        chat.receive("y otra cosa");
        chat.wait(2s);
    }
    chat.turn();
    EXPECT_EQ(chat.outcomes().front(), "answered/");
}

TEST_P(OnBothEngines, the_owners_message_silences_the_assistant_for_twenty_minutes) {
    chat.say("hola");
    chat.receive("¿tenéis hueco?");
    chat.receive("Sí, dime", "owner-1", true);
    chat.turn();
    EXPECT_EQ(chat.outcomes().back(), "silent/owner");
    EXPECT_EQ(chat.row().answering, "owner");
    EXPECT_EQ(chat.say("a las 5"), "");
    EXPECT_EQ(chat.outcomes().back(), "silent/owner");

    chat.wait(20min);
    chat.turn();
    EXPECT_EQ(chat.row().answering, "assistant");
    EXPECT_NE(chat.say("hola"), "");
}

TEST_P(OnBothEngines, words_not_yet_sent_are_dropped_when_the_owner_writes_but_never_the_report_of_a_booking) {
    chat.say("hola");
    chat.receive("Ya te digo yo", "owner-1", true);
    EXPECT_EQ(chat.messages()[1].status, "suppressed");

    chat.wait(21min);
    chat.turn();
    chat.say("quiero un corte mañana a las 10");
    chat.say("Carmen");
    chat.say("sí");
    chat.receive("Perfecto, Carmen", "owner-2", true);
    auto all = chat.messages();
    auto report = std::ranges::find(all, "confirmation", &store::MessageRow::reason);
    ASSERT_NE(report, all.end());
    EXPECT_EQ(report->status, "queued");
}

TEST_P(OnBothEngines, who_asks_for_a_person_waits_two_opening_hours_and_is_then_told_once) {
    EXPECT_NE(chat.say("quiero hablar con una persona"), "");
    EXPECT_EQ(chat.row().answering, "waiting_for_owner");
    EXPECT_EQ(chat.say("¿hola?"), "");
    EXPECT_EQ(chat.row().wake_at, at("2026-03-02T11:00")) << "open from nine, asked at eight";

    auto before = chat.messages().size();
    chat.salon.now = at("2026-03-02T11:00");
    chat.turn();
    chat.turn();
    EXPECT_EQ(chat.messages().size(), before + 1);
    EXPECT_EQ(chat.messages().back().reason, "notice");
    EXPECT_EQ(chat.row().answering, "assistant");
}

TEST_P(OnBothEngines, a_paused_chat_and_one_that_is_never_to_be_answered_stay_silent) {
    chat.say("hola");
    ASSERT_TRUE(chat.act([&](store::Tx& tx, base::ConversationId const& id) {
        return pause(tx, chat.salon.business, id, chat.now() + 1h, {}, chat.now());
    }));
    EXPECT_EQ(chat.say("hola"), "");
    chat.wait(1h);
    EXPECT_NE(chat.say("hola"), "");
    ASSERT_TRUE(chat.act([&](store::Tx& tx, base::ConversationId const& id) {
        return never(tx, chat.salon.business, id, {}, chat.now());
    }));
    chat.wait(100h);
    EXPECT_EQ(chat.say("hola"), "");
    EXPECT_EQ(chat.outcomes().back(), "ignored/never");
}

TEST_P(OnBothEngines, a_stale_version_changes_nothing) {
    chat.say("hola");
    auto refused = chat.act([&](store::Tx& tx, base::ConversationId const& id) {
        return pause(tx, chat.salon.business, id, {}, 1, chat.now());
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "version_conflict");
    EXPECT_EQ(chat.row().answering, "assistant");
}

TEST_P(OnBothEngines, the_businesss_settings_decide_whether_the_assistant_speaks) {
    struct Case {
        std::string mode;
        base::Instant at;
        std::string outcome;
    };
    auto open = at("2026-03-02T10:00");
    auto closed = at("2026-03-02T22:00");
    for (auto const& [mode, when, outcome] :
         {Case{"off", open, "ignored/assistant_off"}, Case{"suggest", open, "silent/suggest"},
          Case{"after_hours", open, "silent/open_hours"}, Case{"after_hours", closed, "answered/"},
          Case{"always", closed, "answered/"}}) {
        chat.salon.edit_business([&](store::BusinessRow& row) { row.assistant_mode = mode; });
        chat.salon.now = when;
        chat.say("hola");
        EXPECT_EQ(chat.outcomes().back(), outcome) << mode;
    }
}

TEST_P(OnBothEngines, before_its_activation_a_business_answers_simulators_only) {
    chat.salon.edit_business([](store::BusinessRow& row) { row.activated_at = std::nullopt; });
    chat.say("hola");
    EXPECT_EQ(chat.outcomes().back(), "answered/");
    chat.channel = "whatsapp";
    chat.wait(1min);
    chat.say("hola");
    EXPECT_EQ(chat.outcomes().back(), "ignored/not_activated");
    chat.salon.edit_business([&](store::BusinessRow& row) { row.activated_at = chat.now(); });
    chat.say("hola");
    EXPECT_EQ(chat.outcomes().back(), "answered/");
}

TEST_P(OnBothEngines, more_than_sixty_messages_in_an_hour_are_not_answered) {
    for (auto i = 0; i < 60; ++i)
        chat.receive("hola");
    chat.turn();
    EXPECT_EQ(chat.outcomes().back(), "answered/");
    EXPECT_EQ(chat.say("hola"), "");
    EXPECT_EQ(chat.outcomes().back(), "silent/limit");
    chat.wait(61min);
    EXPECT_NE(chat.say("hola"), "");
}

TEST_P(OnBothEngines, two_machines_talking_to_each_other_end_with_the_owner) {
    for (auto i = 0; i < 12; ++i)
        chat.say("hola");
    EXPECT_EQ(chat.say("hola"), "");
    EXPECT_EQ(chat.outcomes().back(), "silent/no_progress");
    EXPECT_EQ(chat.row().answering, "waiting_for_owner");
}

TEST_P(OnBothEngines, a_turn_that_cannot_be_taken_goes_to_a_person) {
    chat.receive("hola");
    auto chat_id = chat.row().id;
    auto given_up = chat.database().get().write([&](store::Tx& tx) {
        return give_up_turn(tx, chat.salon.business, chat_id, {chat.now(), chat.now()}, chat.salon.random);
    });
    ASSERT_TRUE(given_up);
    EXPECT_EQ(chat.outcomes().back(), "silent/failed");
    EXPECT_EQ(chat.row().answering, "waiting_for_owner");
    EXPECT_EQ(chat.messages().back().reason, "notice");
}

} // namespace
} // namespace conversation
