#include "base/money.hpp"

#include <algorithm>
#include <array>

namespace base {

namespace {

constexpr auto currencies =
    std::to_array<std::string_view>({"EUR", "MXN", "ARS", "COP", "CLP", "USD", "PEN", "UYU", "PYG", "GBP", "BRL", "VES",
                                     "BOB", "CRC", "GTQ", "HNL", "NIO", "DOP", "CUP"});

} // namespace

bool is_currency(std::string_view code) { return std::ranges::find(currencies, code) != currencies.end(); }

int minor_digits(std::string_view currency) { return currency == "CLP" || currency == "PYG" ? 0 : 2; }

} // namespace base
