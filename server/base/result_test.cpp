#include "base/result.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace base {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail(Fault::invalid, "odd", "The number is odd.");
    return number / 2;
}

Result<int> quarter(int number) {
    TRY(auto once, half(number));
    TRY(auto twice, half(once));
    return twice;
}

Result<void> check_even(int number) {
    TRY_VOID(half(number));
    return {};
}

template <class Work>
Result<void> in_transaction(Work work) {
    return work();
}

Result<void> check_both(int first, int second) {
    TRY_VOID(in_transaction([&]() -> Result<void> {
        TRY_VOID(check_even(first));
        TRY_VOID(in_transaction([&]() -> Result<void> {
            TRY_VOID(check_even(second));
            return {};
        }));
        return {};
    }));
    return {};
}

Result<std::unique_ptr<int>> boxed(int number) {
    TRY(auto value, half(number));
    return std::make_unique<int>(value);
}

Result<int> unboxed(int number) {
    TRY(auto box, boxed(number));
    TRY(auto const again, half(*box));
    return again;
}

TEST(Try, unwraps_values_and_stops_at_the_first_error) {
    EXPECT_EQ(quarter(8), 2);
    EXPECT_EQ(quarter(6).error().code, "odd");
    EXPECT_EQ(quarter(7).error().fault, Fault::invalid);
}

TEST(Try, works_inside_lambdas_inside_its_own_expression) {
    EXPECT_TRUE(check_both(2, 4));
    EXPECT_FALSE(check_both(1, 4));
    EXPECT_FALSE(check_both(2, 3));
}

TEST(Try, moves_what_cannot_be_copied) {
    EXPECT_EQ(unboxed(8), 2);
    EXPECT_FALSE(unboxed(6));
}

TEST(Try, keeps_the_fields_of_an_error_on_its_way_up) {
    auto const refused = []() -> Result<int> { return fail_field("customer.phone", "invalid_phone", "No."); };
    auto const outer = [&]() -> Result<void> {
        TRY_VOID(refused());
        return {};
    };
    auto const result = outer();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "invalid");
    ASSERT_EQ(result.error().fields.size(), 1U);
    EXPECT_EQ(result.error().fields[0].field, "customer.phone");
    EXPECT_EQ(result.error().fields[0].code, "invalid_phone");
}

} // namespace
} // namespace base
