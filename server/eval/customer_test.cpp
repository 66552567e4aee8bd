// The seven rules of the simulated customer, each in its order.
#include "eval/customer.hpp"

#include <gtest/gtest.h>

#include "eval/suite_test.hpp"

namespace eval {
namespace {

auto const today = base::make_date(2026, 10, 21);

/// A customer who wants mechas tomorrow at 10:00, or as `more` says.
class Rules : public testing::Test {
protected:
    void want(std::string const& more,
              std::string const& expect = R"("booked":[{"service":"mechas","starts_at":"2026-10-22T10:00"}])") {
        suite_ =
            suite_of(
                R"({"id":"A","business":"es-lola","now":"2026-10-21T10:15","tags":["plain"],"customer":{"phone":"+34600111222","name":"Ana"},)"
                R"("given":[{"booking":{"id":"B1","service":"peinado","starts_at":"2026-10-23T12:00"}}],"say":["hola"],)" +
                more + R"(,"expect":{)" + expect + "}}")
                .value();
        customer_.emplace(suite_.scenarios.front(), suite_.fixtures.at("es-lola"));
    }
    /// "rule: words", or "stops".
    std::string hears(std::string const& reply, bool handed_over = false) {
        auto const said = customer_->answer(reply, handed_over, today);
        return said ? std::to_string(said->rule) + ": " + said->message.text : "stops";
    }

private:
    Suite suite_;
    std::optional<Customer> customer_;
};

std::string const plain =
    R"("answers":{"service":"mechas","day":"mañana","time":"a las 10","confirm":"sí"},"then":["a las diez","la otra"])";

TEST_F(Rules, the_first_stops_her_when_nothing_came_back) {
    want(plain);
    EXPECT_EQ(hears(""), "stops");
}

TEST_F(Rules, the_first_stops_her_when_a_person_has_the_chat_unless_an_any_line_is_left) {
    want(plain);
    EXPECT_EQ(hears("¿Qué servicio quieres?", true), "stops");
    want(R"("answers":{},"then":[{"text":"¿hola?","when":"any"}])");
    EXPECT_EQ(hears("Aviso a una persona.", true), "2: ¿hola?");
    EXPECT_EQ(hears("Ya viene.", true), "stops");
}

TEST_F(Rules, the_first_stops_her_after_twenty_messages) {
    want(R"("answers":{"confirm":"sí"},"then":[])");
    for (auto n = 1; n < 20; ++n)
        EXPECT_EQ(hears("¿Lo confirmo?"), "3: sí") << n;
    EXPECT_EQ(hears("¿Lo confirmo?"), "stops");
}

TEST_F(Rules, the_second_says_an_any_line_whatever_is_asked) {
    want(R"("answers":{"confirm":"sí"},"then":[{"text":"bueno","when":"any"},"luego"])");
    EXPECT_EQ(hears("¿Lo confirmo?"), "2: bueno");
    EXPECT_EQ(hears("¿Lo confirmo?"), "3: sí");
}

TEST_F(Rules, the_third_confirms_wanted_starts_only) {
    want(plain);
    EXPECT_EQ(hears("Mechas, mañana a las 10:00. ¿Lo confirmo?"), "3: sí");
    EXPECT_EQ(hears("Mechas, mañana a las 11:00. ¿Lo confirmo?"), "6: a las diez");
    EXPECT_EQ(hears("¿Lo confirmo?"), "3: sí");
    EXPECT_EQ(hears("El viernes 23 a las 12:00. ¿Lo confirmo?"), "6: la otra")
        << "her own booking is not to be touched";
}

TEST_F(Rules, the_third_confirms_the_present_starts_of_what_is_to_be_moved_or_cancelled) {
    want(plain, R"("booked":[],"cancelled":["B1"])");
    EXPECT_EQ(hears("¿Cancelo tu cita del viernes 23 a las 12:00?"), "3: sí");
    want(plain, R"("booked":[],"moved":[{"booking":"B1","starts_at":"2026-10-24T12:00"}])");
    EXPECT_EQ(hears("La del viernes 23 a las 12:00 pasa al sábado 24 a las 12:00. ¿La cambio?"), "3: sí");
}

TEST_F(Rules, the_fourth_chooses_as_told_else_the_wanted_start) {
    auto const list = "Mañana tengo:\n1) 9:30\n2) 10:00\n¿Cuál prefieres?";
    want(R"("answers":{"which":"la primera"},"then":[])");
    EXPECT_EQ(hears(list), "4: la primera");
    want(plain);
    EXPECT_EQ(hears(list), "4: el jueves 22 de octubre a las 10:00");
    EXPECT_EQ(hears("El viernes tengo a las 10:00 y a las 11:00. ¿Cuál prefieres?"), "6: a las diez");
    EXPECT_EQ(hears("¿Corte de mujer o corte de hombre?"), "6: la otra");
}

TEST_F(Rules, the_fourth_takes_any_start_of_a_range) {
    want(R"("answers":{},"then":[])",
         R"("booked":[{"service":"mechas","starts_at":{"from":"2026-10-23T16:00","to":"2026-10-23T20:00"}}])");
    EXPECT_EQ(hears("El viernes 23 tengo a las 13:00, a las 17:15 y a las 18:00. ¿Cuál prefieres?"),
              "4: el viernes 23 de octubre a las 17:15");
}

TEST_F(Rules, the_fifth_tells_each_thing_twice_at_most) {
    want(plain);
    EXPECT_EQ(hears("¿Qué servicio quieres?"), "5: mechas");
    EXPECT_EQ(hears("¿Qué día y a qué hora?"), "5: mañana");
    EXPECT_EQ(hears("¿Qué día?"), "5: mañana");
    EXPECT_EQ(hears("¿Qué día y a qué hora?"), "5: a las 10") << "the day was told twice";
    EXPECT_EQ(hears("¿Qué día?"), "6: a las diez");
    EXPECT_EQ(hears("¿A qué nombre?"), "6: la otra") << "there is no such answer";
}

TEST_F(Rules, the_sixth_goes_on_and_gives_up_the_second_time) {
    want(plain);
    EXPECT_EQ(hears("Lo siento, está todo ocupado."), "6: a las diez");
    EXPECT_EQ(hears("¿Es tu primera vez?"), "6: la otra");
    EXPECT_EQ(hears("Tengo libre mañana a las 13:00."), "6: no entiendo");
    EXPECT_EQ(hears("No te he entendido."), "stops");
}

TEST_F(Rules, the_seventh_says_what_waited_for_the_end) {
    want(R"("answers":{},"then":[{"text":"gracias","when":"done"},"otra cosa"])");
    EXPECT_EQ(hears("¿Eso es todo lo que ves?"), "6: otra cosa");
    EXPECT_EQ(hears("Listo, cita cancelada. ¿Algo más?"), "7: gracias");
    EXPECT_EQ(hears("A ti."), "stops");
}

} // namespace
} // namespace eval
