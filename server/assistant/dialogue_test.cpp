#include "assistant/dialogue.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace assistant {
namespace {

rc::Gen<std::string> any_id() {
    return rc::gen::map(rc::gen::arbitrary<std::uint32_t>(),
                        [](auto number) { return "id-" + std::to_string(number); });
}
template <class Id>
rc::Gen<Id> id_of() {
    return rc::gen::map(any_id(), [](std::string text) { return Id(std::move(text)); });
}
rc::Gen<base::Date> any_date() {
    return rc::gen::map(rc::gen::inRange(0, 4000),
                        [](int days) { return base::make_date(2026, 1, 1) + std::chrono::days(days); });
}
rc::Gen<base::TimeOfDay> any_time() {
    return rc::gen::map(rc::gen::inRange(0, 1441), [](int minutes) { return base::TimeOfDay(minutes); });
}
rc::Gen<FreeStart> any_start() {
    return rc::gen::apply(
        [](std::int64_t at, base::StaffId staff) { return FreeStart{base::from_millis(at), std::move(staff)}; },
        rc::gen::inRange<std::int64_t>(0, 2'000'000'000'000), id_of<base::StaffId>());
}
Draft any_draft() {
    Draft draft;
    draft.goal = static_cast<Goal>(*rc::gen::inRange(0, 4));
    if (*rc::gen::arbitrary<bool>()) draft.service = *id_of<base::ServiceId>();
    if (*rc::gen::arbitrary<bool>()) draft.staff = *id_of<base::StaffId>();
    if (*rc::gen::arbitrary<bool>()) draft.date = *any_date();
    if (*rc::gen::arbitrary<bool>()) draft.date_to = *any_date();
    if (*rc::gen::arbitrary<bool>()) draft.time = *any_time();
    if (*rc::gen::arbitrary<bool>()) draft.time_to = *any_time();
    if (*rc::gen::arbitrary<bool>()) draft.part_of_day = "morning";
    if (*rc::gen::arbitrary<bool>()) draft.start = *any_start();
    if (*rc::gen::arbitrary<bool>()) draft.name = "Lucía \"L\"";
    draft.for_other = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) draft.booking = *id_of<base::BookingId>();
    if (*rc::gen::arbitrary<bool>()) {
        draft.party = {{*id_of<base::ServiceId>(), "Lucía", true, "nino mujer"}, {}};
        draft.arrangement = schedule::Arrangement::in_a_row;
        if (draft.start) draft.start->company = {{base::from_millis(7), *id_of<base::StaffId>()}};
    }
    return draft;
}

Dialogue any_dialogue() {
    Dialogue dialogue;
    dialogue.awaiting = static_cast<Awaiting>(*rc::gen::inRange(0, 11));
    dialogue.draft = any_draft();
    dialogue.offered = *rc::gen::container<std::vector<FreeStart>>(4, any_start());
    dialogue.offered_services = *rc::gen::container<std::vector<base::ServiceId>>(3, id_of<base::ServiceId>());
    dialogue.offered_bookings = *rc::gen::container<std::vector<base::BookingId>>(2, id_of<base::BookingId>());
    dialogue.offered_days = *rc::gen::container<std::vector<base::Date>>(5, any_date());
    if (*rc::gen::arbitrary<bool>())
        dialogue.offered_at = base::from_millis(*rc::gen::inRange<std::int64_t>(0, 2'000'000'000'000));
    dialogue.misunderstandings = *rc::gen::inRange(0, 3);
    dialogue.language = *rc::gen::elementOf(std::vector<std::string>{"", "es", "en"});
    return dialogue;
}

bool same(Draft const& a, Draft const& b) {
    return a.goal == b.goal && a.service == b.service && a.staff == b.staff && a.date == b.date &&
           a.date_to == b.date_to && a.time == b.time && a.time_to == b.time_to && a.part_of_day == b.part_of_day &&
           a.start == b.start && a.name == b.name && a.booking == b.booking && a.for_other == b.for_other &&
           a.party == b.party && a.arrangement == b.arrangement;
}

bool same(Dialogue const& a, Dialogue const& b) {
    return a.awaiting == b.awaiting && same(a.draft, b.draft) && a.offered == b.offered &&
           a.offered_services == b.offered_services && a.offered_bookings == b.offered_bookings &&
           a.offered_days == b.offered_days && a.offered_at == b.offered_at &&
           a.misunderstandings == b.misunderstandings && a.language == b.language;
}

RC_GTEST_PROP(DialogueText, comes_back_as_it_was, ()) {
    auto const dialogue = any_dialogue();
    RC_ASSERT(same(parse_dialogue(to_json(dialogue)), dialogue));
}

RC_GTEST_PROP(DialogueText, cut_short_is_an_empty_dialogue, ()) {
    auto const text = to_json(any_dialogue());
    auto const length = *rc::gen::inRange<std::size_t>(0, text.size());
    RC_ASSERT(same(parse_dialogue(text.substr(0, length)), Dialogue{}));
}

RC_GTEST_PROP(DialogueText, damaged_anywhere_never_throws, ()) {
    auto text = to_json(any_dialogue());
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
    (void)parse_dialogue(text);
}

TEST(DialogueText, that_is_none_is_an_empty_dialogue) {
    for (auto const* text : {"", "null", "[]", "{}", "7", "{\"awaiting\":3,\"draft\":{}}", "{\"awaiting\":\"start\"}",
                             "{\"awaiting\":\"dancing\",\"draft\":{}}", "{\"awaiting\":\"start\",\"draft\":[]}"}) {
        EXPECT_TRUE(same(parse_dialogue(text), Dialogue{})) << text;
    }
}

TEST(DialogueText, with_a_field_of_another_kind_loses_that_field_only) {
    auto const dialogue = parse_dialogue(
        R"({"awaiting":"day","draft":{"goal":"book","service":7,"time":99999,"date":"2026-13-40"},"offered":[{"starts_at":"x"}],)"
        R"("offered_days":["2026-10-22",5]})");
    EXPECT_EQ(dialogue.awaiting, Awaiting::day);
    EXPECT_EQ(dialogue.draft.goal, Goal::book);
    EXPECT_FALSE(dialogue.draft.service || dialogue.draft.time || dialogue.draft.date);
    EXPECT_TRUE(dialogue.offered.empty());
    EXPECT_EQ(dialogue.offered_days.size(), 1U);
}

TEST(ToolText, names_the_tool_and_its_arguments) {
    ToolCall const call = CreateBooking{base::ServiceId("s"), base::from_millis(5), {}, "Ana"};
    EXPECT_EQ(tool_name(call), "create_event");
    EXPECT_EQ(
        to_json(call),
        R"({"tool":"create_event","arguments":{"service":"s","starts_at":5,"staff":null,"name":"Ana","for_other":false}})");
    EXPECT_EQ(to_json(ToolCall(CancelBooking{base::BookingId("b")})),
              R"({"tool":"cancel_event","arguments":{"booking":"b"}})");
    EXPECT_EQ(to_json(ToolAnswer(Refused{"slot_taken", {{base::from_millis(7), base::StaffId("m")}}})),
              R"({"refused":"slot_taken","alternatives":[{"starts_at":7,"staff":"m"}]})");
}

} // namespace
} // namespace assistant
