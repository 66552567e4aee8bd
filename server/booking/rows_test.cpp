#include "booking/rows.hpp"

#include "booking/salon_test.hpp"

namespace booking {
namespace {

using Configured = OnBothEngines;
INSTANTIATE_TEST_SUITE_P(Booking, Configured, ::testing::ValuesIn(store::engines_under_test()), engine_of);

TEST(Rows, facts_and_synonyms_survive_their_column) {
    auto const facts =
        parse_facts(facts_text({{"parking", "Hay \"parking\" en la calle 3, detrás"}, {"wifi", "ñandú123"}}));
    ASSERT_EQ(facts.size(), 2);
    EXPECT_EQ(facts[0].topic, "parking");
    EXPECT_EQ(facts[0].text, "Hay \"parking\" en la calle 3, detrás");
    EXPECT_EQ(facts[1].text, "ñandú123");
    EXPECT_TRUE(parse_facts("[]").empty());
    auto const synonyms = std::vector<std::string>{"corte de pelo de señora y caballero", "cortar"};
    EXPECT_EQ(parse_synonyms(synonyms_text(synonyms)), synonyms);
    EXPECT_TRUE(parse_synonyms("[]").empty());
    EXPECT_ANY_THROW(parse_facts("{"));
}

TEST(Rows, reminders_are_on_until_the_owner_says_no) {
    EXPECT_TRUE(parse_reminders("{}").day_before);
    EXPECT_FALSE(parse_reminders(reminders_text({.day_before = false})).day_before);
}

TEST(Rows, hours_of_a_day_survive_their_column) {
    auto const check = [](business::DayHours const& hours, std::string const& text) {
        EXPECT_EQ(day_hours_text(hours), text);
        EXPECT_EQ(parse_day_hours(text), hours);
    };
    check({}, "");
    check({{9h, 14h}}, "540-840");
    check({{0h, 14h}, {16h, 24h}}, "0-840 960-1440");
    EXPECT_ANY_THROW(parse_day_hours("540"));
    EXPECT_ANY_THROW(parse_day_hours("540-840 x"));
}

TEST_P(Configured, a_profile_goes_into_the_row_and_comes_back) {
    salon.edit_business([](store::BusinessRow& row) {
        auto profile = profile_of(row).value();
        profile.kind = business::Kind::physio;
        profile.zone = base::Zone::find("America/Bogota").value();
        profile.tone = business::Tone::usted;
        profile.facts = {{"parking", "No"}};
        profile.rules.horizon_days = 9;
        profile.assistant.mode = business::AssistantMode::suggest;
        profile.assistant.auto_confirm = true;
        profile.assistant.paused_until = monday_at_8;
        row = row_of(profile, row);
    });
    auto const profile = salon.read([&](store::Tx& tx) { return load_profile(tx, salon.business); });
    EXPECT_EQ(profile->name, "Salón Ana");
    EXPECT_EQ(profile->kind, business::Kind::physio);
    EXPECT_EQ(profile->zone.name(), "America/Bogota");
    EXPECT_EQ(profile->tone, business::Tone::usted);
    EXPECT_EQ(profile->facts.at(0).text, "No");
    EXPECT_EQ(profile->rules.horizon_days, 9);
    EXPECT_EQ(profile->rules.cancel_notice, 120min);
    EXPECT_EQ(profile->assistant.mode, business::AssistantMode::suggest);
    EXPECT_TRUE(profile->assistant.auto_confirm);
    EXPECT_FALSE(profile->assistant.owner_approves);
    EXPECT_EQ(profile->assistant.paused_until, monday_at_8);
    EXPECT_EQ(outcome(salon.read([&](store::Tx& tx) { return load_profile(tx, salon.make<base::BusinessId>()); })),
              "not_found");
}

TEST_P(Configured, services_are_all_or_those_that_can_be_booked) {
    auto const count = [&](Services which) {
        return salon
            .read([&](store::Tx& tx) -> base::Result<std::size_t> {
                return load_services(tx, salon.business, which).size();
            })
            .value();
    };
    EXPECT_EQ(count(Services::bookable), 3);
    EXPECT_EQ(count(Services::unarchived), 4);
}

TEST_P(Configured, her_own_week_and_day_off_narrow_what_can_be_booked) {
    salon.expect_written([&](store::Tx& tx) {
        auto bea = store::find_staff(tx, salon.business, salon.bea).value();
        bea.own_hours = true;
        store::update_staff(tx, salon.business, bea);
        auto week = business::WeeklyHours();
        week.days[2] = {{10h, 12h}};
        store::replace_weekly_hours(tx, salon.business, salon.bea.text(), rows_of(week, salon.bea.text()));
    });
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-04T10:00", salon.bea)), "booked");
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-04T12:00", salon.bea)), "outside_hours");
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-05T10:00", salon.bea)), "outside_hours");
    EXPECT_EQ(outcome(salon.book(salon.cut, "2026-03-05T10:00", salon.ana)), "booked") << "Ana has the salon's week";
}

} // namespace
} // namespace booking
