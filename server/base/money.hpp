// Money: integer minor units plus an ISO 4217 currency.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace base {

/// Upper limit of an amount in minor units, so that sums stay far from overflow.
inline constexpr std::int64_t max_minor = 100'000'000'000;

/// True for the currencies of the supported countries: EUR MXN ARS COP CLP USD PEN UYU PYG GBP BRL VES
/// BOB CRC GTQ HNL NIO DOP CUP.
bool is_currency(std::string_view code);
/// Figures after the comma: 0 for CLP and PYG, otherwise 2 (COP too: ISO 4217 says so, though nobody writes them).
int minor_digits(std::string_view currency);

} // namespace base
