// Claims against rows, and texts against texts.
#include "eval/judge.hpp"

#include <gmock/gmock.h>

#include "eval/reply.hpp"
#include "eval/sentences.hpp"
#include "eval/suite_test.hpp"

namespace eval {
namespace {

auto const today = base::make_date(2026, 10, 21);

StagedBooking row(std::string const& given, std::string const& start, std::string const& staff = "marta",
                  std::string const& status = "confirmed") {
    auto booking = StagedBooking();
    booking.given = given;
    booking.service = "corte_mujer";
    booking.staff = staff;
    booking.starts_at = base::parse_local_time(start).value();
    booking.row.status = status;
    booking.row.customer_name = "Carmen Ruiz";
    booking.is_own = true;
    return booking;
}

using Rows = std::vector<StagedBooking>;

std::size_t untrue(std::string const& reply, Rows const& before, Rows const& after) {
    return false_claims(read_reply(reply, {}, today).claims, before, after).size();
}

TEST(AClaim, has_to_be_in_the_database_at_its_start) {
    auto const rows = Rows{row("", "2026-10-22T10:00")};
    EXPECT_EQ(untrue("Tu cita queda reservada: mañana a las 10:00.", {}, rows), 0U);
    EXPECT_EQ(untrue("Tu cita queda reservada: mañana a las 11:00.", {}, rows), 1U);
    EXPECT_EQ(untrue("Tu cita queda reservada: el viernes a las 10:00.", {}, rows), 1U);
    EXPECT_EQ(untrue("Tu cita queda reservada.", {}, rows), 0U);
    EXPECT_EQ(untrue("Tu cita queda reservada.", {}, {}), 1U);
    EXPECT_EQ(untrue("Reservado:\n- mañana a las 10:00\n- mañana a las 12:00", {}, rows), 1U)
        << "one of the two is a lie";
    EXPECT_EQ(untrue("¿Te reservo mañana a las 11:00?", {}, rows), 0U);
    EXPECT_EQ(untrue("Si me dices que sí, queda reservada mañana a las 11:00.", {}, rows), 0U);
}

TEST(AClaim, of_somebody_elses_booking_is_untrue) {
    auto foreign = row("", "2026-10-22T10:00");
    foreign.is_own = false;
    EXPECT_EQ(untrue("Tu cita queda reservada: mañana a las 10:00.", {}, {foreign}), 1U);
}

TEST(AMove, may_name_the_old_start_beside_the_new_one) {
    auto const before = Rows{row("B1", "2026-10-23T12:00")};
    auto const after = Rows{row("B1", "2026-10-24T12:00")};
    auto const told = "Cambio hecho: del viernes 23 a las 12:00 al sábado 24 a las 12:00.";
    EXPECT_EQ(untrue(told, before, after), 0U);
    EXPECT_EQ(untrue(told, before, before), 1U);
    EXPECT_EQ(untrue("Cambio hecho: lunes 26 a las 12:00.", before, after), 1U);
}

TEST(ACancellation, has_to_have_happened) {
    auto const kept = Rows{row("B1", "2026-10-23T12:00")};
    auto const gone = Rows{row("B1", "2026-10-23T12:00", "marta", "cancelled")};
    auto const told = "Tu cita del viernes 23 a las 12:00 queda cancelada.";
    EXPECT_EQ(untrue(told, kept, gone), 0U);
    EXPECT_EQ(untrue(told, kept, kept), 1U);
    EXPECT_EQ(untrue("Listo, cancelada.", kept, kept), 1U);
    EXPECT_EQ(untrue("Tu cita del viernes 23 a las 12:00 queda confirmada.", kept, gone), 1U);
}

class Expectation {
public:
    explicit Expectation(std::string const& expect)
        : suite_(
              suite_of(
                  R"({"id":"A","business":"es-lola","now":"2026-10-21T10:15","tags":["plain"],"customer":{"phone":"+34600111222","name":"Ana"},)"
                  R"("given":[{"booking":{"id":"B1","service":"corte_mujer","starts_at":"2026-10-23T12:00"}}],"say":["hola"],"expect":{)" +
                  expect + "}}")
                  .value()) {
        evidence.before = {row("B1", "2026-10-23T12:00")};
        evidence.after = evidence.before;
    }
    std::vector<std::string> reasons() const {
        return judge(suite_.scenarios.front(), suite_.fixtures.at("es-lola"), evidence);
    }
    Evidence evidence;

private:
    Suite suite_;
};

TEST(Rows_, are_paired_with_what_was_wanted_whichever_way_fits) {
    auto wanted = Expectation(
        R"("booked":[{"service":"corte_mujer","starts_at":["2026-10-22T10:00","2026-10-22T11:00"]},{"service":"corte_mujer","starts_at":"2026-10-22T10:00","staff":"ines"}])");
    wanted.evidence.after.push_back(row("", "2026-10-22T10:00", "ines"));
    wanted.evidence.after.push_back(row("", "2026-10-22T11:00", "marta"));
    EXPECT_THAT(wanted.reasons(), testing::IsEmpty());
    wanted.evidence.after.pop_back();
    EXPECT_THAT(wanted.reasons(), testing::ElementsAre(testing::StartsWith("booked: corte_mujer at")));
}

TEST(Names, are_compared_without_case_and_accents) {
    auto wanted = Expectation(R"("booked":[{"service":"corte_mujer","starts_at":"2026-10-22T10:00","name":"cármen"}])");
    wanted.evidence.after.push_back(row("", "2026-10-22T10:00"));
    EXPECT_THAT(wanted.reasons(), testing::IsEmpty());
    wanted.evidence.after.back().row.customer_name = "Lucía";
    EXPECT_EQ(wanted.reasons().size(), 2U) << "missing, and one that nobody wanted";
}

TEST(TwoOfAParty, need_two_of_the_staff) {
    auto wanted = Expectation(
        R"("booked":[{"service":"corte_mujer","starts_at":"2026-10-22T10:00"},{"service":"corte_mujer","starts_at":"2026-10-22T11:00"}],"distinct_staff":true)");
    wanted.evidence.after.push_back(row("", "2026-10-22T10:00"));
    wanted.evidence.after.push_back(row("", "2026-10-22T11:00"));
    EXPECT_THAT(wanted.reasons(), testing::ElementsAre("distinct_staff: marta has two of the bookings"));
}

TEST(AGivenBooking, has_to_stay_as_it_was) {
    auto wanted = Expectation(R"("booked":[])");
    EXPECT_THAT(wanted.reasons(), testing::IsEmpty());
    wanted.evidence.after[0].row.starts_at += base::Minutes(15);
    EXPECT_THAT(wanted.reasons(), testing::ElementsAre(testing::StartsWith("given: B1")));
    wanted.evidence.after = wanted.evidence.before;
    wanted.evidence.after[0].row.attendance_confirmed_at = base::from_millis(1);
    EXPECT_THAT(wanted.reasons(),
                testing::ElementsAre(testing::StartsWith("confirmed: the customer's answer is recorded on B1")));
    wanted.evidence.after.clear();
    EXPECT_THAT(wanted.reasons(), testing::ElementsAre("given: B1 is gone"));
}

TEST(Texts, are_compared_without_accents_case_and_separators_of_thousands) {
    EXPECT_EQ(comparable("Cuesta  $95.000, ÁLVARO"), "cuesta $95000, alvaro");
    EXPECT_EQ(comparable("95 000"), "95000");
    EXPECT_EQ(comparable("28,50 € a las 10.30"), "28,50 eur a las 10.30");
    auto wanted = Expectation(
        R"("booked":[],"says_any":["95 000"],"says_all":["Álvaro",["uno","dos"]],"never_says":["777 001"])");
    wanted.evidence.replies = {"Son $95.000.", "Calle Alvaro", "DOS"};
    EXPECT_THAT(wanted.reasons(), testing::IsEmpty());
    wanted.evidence.replies.emplace_back("+34 600 777 001");
    EXPECT_THAT(wanted.reasons(), testing::ElementsAre("never_says: \"777 001\" is said"));
}

} // namespace
} // namespace eval
