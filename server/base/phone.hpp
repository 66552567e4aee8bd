// Phone numbers in E.164. A WhatsApp identity is kept as the digits given; numbers are compared in one canonical form,
// since WhatsApp writes Mexico's mobile 1 (+52 1 …) and Argentina's 9 (+54 9 …) which the numbering plans of today drop
// or demand.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace base {

class Phone {
public:
    Phone() = default;
    /// `region` is the ISO country whose national numbers need no prefix. Invalid → `invalid_phone`.
    static Result<Phone> parse(std::string_view text, std::string_view region);
    /// Text that this program stored itself.
    static Phone stored(std::string e164) { return Phone(std::move(e164)); }

    /// `+34600111222`, as given, with the country's prefix.
    std::string const& e164() const { return e164_; }
    /// One form for comparison: `+521…` → `+52…`, `+549…` → `+54…`.
    std::string canonical() const;
    bool operator==(Phone const&) const = default;

private:
    explicit Phone(std::string e164) : e164_(std::move(e164)) {}
    std::string e164_;
};

} // namespace base
