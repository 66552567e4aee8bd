#include "business/hours.hpp"

#include <gtest/gtest.h>
#include <string>

#include "business/services.hpp"

namespace business {
namespace {

using base::Minutes;

/// `9-14 16-20`, in hours.
DayHours hours(std::initializer_list<std::pair<int, int>> list) {
    DayHours day;
    for (auto const& [from, to] : list)
        day.push_back({Minutes(from * 60), Minutes(to * 60)});
    return day;
}

TEST(CheckDay, sorts_joins_and_refuses) {
    struct {
        DayHours given;
        DayHours checked;
        char const* refused_as;
    } const table[] = {
        {{}, {}, ""},
        {hours({{0, 24}}), hours({{0, 24}}), ""},
        {hours({{16, 20}, {9, 14}}), hours({{9, 14}, {16, 20}}), ""},
        {hours({{12, 14}, {14, 16}, {9, 12}}), hours({{9, 16}}), ""},
        {hours({{9, 14}, {13, 16}}), {}, "overlap"},
        {hours({{9, 20}, {10, 11}}), {}, "overlap"},
        {hours({{9, 14}, {9, 14}}), {}, "overlap"},
        {hours({{9, 9}}), {}, "empty_interval"},
        {hours({{20, 9}}), {}, "empty_interval"},
        {hours({{9, 25}}), {}, "empty_interval"},
        {hours({{-1, 2}}), {}, "empty_interval"},
        {hours({{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}, {10, 11}, {12, 13}, {14, 15}, {16, 17}}), {}, "too_many"},
    };
    for (auto const& [given, checked, refused_as] : table) {
        auto const result = check_day(given, "weekly.monday");
        if (*refused_as == '\0') {
            ASSERT_TRUE(result) << result.error().message;
            EXPECT_EQ(*result, checked);
        } else {
            ASSERT_FALSE(result) << refused_as;
            EXPECT_EQ(result.error().fields.at(0).code, refused_as);
            EXPECT_EQ(result.error().fields.at(0).field, "weekly.monday");
        }
    }
}

TEST(Intersect, keeps_what_lies_in_both) {
    struct {
        DayHours a, b, both;
    } const table[] = {
        {hours({{9, 14}, {16, 20}}), hours({{10, 18}}), hours({{10, 14}, {16, 18}})},
        {hours({{9, 14}}), hours({{14, 20}}), {}},
        {hours({{9, 14}, {16, 20}}), hours({{8, 10}, {11, 12}, {13, 17}}),
         hours({{9, 10}, {11, 12}, {13, 14}, {16, 17}})},
        {hours({{9, 14}}), {}, {}},
    };
    for (auto const& [a, b, both] : table) {
        EXPECT_EQ(intersect(a, b), both);
        EXPECT_EQ(intersect(b, a), both);
    }
}

class HoursOfADate : public testing::Test {
protected:
    HoursOfADate() { weekly_.days[2] = hours({{9, 14}, {16, 20}}); }

    base::Date const wednesday_ = base::make_date(2026, 10, 21);
    WeeklyHours weekly_;
    StaffMember ana_{base::StaffId("ana"), "Ana", "", true, std::nullopt};
    std::vector<HoursException> exceptions_;
};

TEST_F(HoursOfADate, are_those_of_its_weekday) {
    EXPECT_EQ(hours_on(wednesday_, weekly_, {}), hours({{9, 14}, {16, 20}}));
    EXPECT_EQ(hours_on(wednesday_ + std::chrono::days(1), weekly_, {}), DayHours());
}

TEST_F(HoursOfADate, are_replaced_by_an_exception_of_the_business_alone) {
    exceptions_.push_back({{}, ana_.id, wednesday_, {}, "vacaciones"});
    EXPECT_EQ(hours_on(wednesday_, weekly_, exceptions_), hours({{9, 14}, {16, 20}}));
    exceptions_.push_back({{}, {}, wednesday_, hours({{10, 12}}), "feria"});
    EXPECT_EQ(hours_on(wednesday_, weekly_, exceptions_), hours({{10, 12}}));
    EXPECT_EQ(hours_on(wednesday_ + std::chrono::weeks(1), weekly_, exceptions_), hours({{9, 14}, {16, 20}}));
}

TEST_F(HoursOfADate, are_only_narrowed_by_a_member_never_widened) {
    auto const open = hours({{9, 14}, {16, 20}});
    EXPECT_EQ(hours_of(ana_, wednesday_, open, exceptions_), open);
    ana_.weekly.emplace().days[2] = hours({{8, 12}});
    EXPECT_EQ(hours_of(ana_, wednesday_, open, exceptions_), hours({{9, 12}}));
    exceptions_.push_back({{}, base::StaffId("eva"), wednesday_, {}, "vacaciones"});
    EXPECT_EQ(hours_of(ana_, wednesday_, open, exceptions_), hours({{9, 12}}));
    exceptions_.push_back({{}, ana_.id, wednesday_, hours({{18, 22}}), "solo tarde"});
    EXPECT_EQ(hours_of(ana_, wednesday_, open, exceptions_), hours({{18, 20}}));
}

} // namespace
} // namespace business
