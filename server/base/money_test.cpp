#include "base/money.hpp"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Currency, is_one_of_the_supported_countries) {
    for (auto const* code : {"EUR", "MXN", "ARS", "COP", "CLP", "USD", "PEN", "UYU", "PYG", "GBP", "BRL", "VES", "BOB",
                             "CRC", "GTQ", "HNL", "NIO", "DOP", "CUP"}) {
        EXPECT_TRUE(is_currency(code)) << code;
    }
    for (auto const* code : {"", "eur", "EURO", "XXX", "EU", "EUR "})
        EXPECT_FALSE(is_currency(code)) << code;
}

TEST(Currency, has_no_cents_in_chile_and_paraguay) {
    EXPECT_EQ(minor_digits("CLP"), 0);
    EXPECT_EQ(minor_digits("PYG"), 0);
    EXPECT_EQ(minor_digits("COP"), 2);
    EXPECT_EQ(minor_digits("EUR"), 2);
}

} // namespace
} // namespace base
