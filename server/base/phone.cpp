#include "base/phone.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace base {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr auto max_length = 40U;
constexpr auto max_e164 = std::string_view("+123456789012345").size();
constexpr auto national_digits = 10U; ///< in Mexico and Argentina

bool has_letter(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::string digits_of(std::string_view text) {
    auto digits = std::string();
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

/// `+521` or `+549` and ten digits: as WhatsApp writes mobile numbers of Mexico and Argentina.
bool has_mobile_mark(std::string_view e164, std::string_view prefix) {
    return e164.size() == prefix.size() + national_digits && e164.starts_with(prefix);
}

/// Possible, not valid: numbering plans grow faster than Debian's metadata, and simulators use made-up numbers.
std::optional<std::string> to_e164(std::string_view text, std::string_view region) {
    auto const& numbers = *PhoneNumberUtil::GetInstance();
    auto number = PhoneNumber();
    auto const status = numbers.Parse(std::string(text), std::string(region), &number);
    if (status != PhoneNumberUtil::NO_PARSING_ERROR || !numbers.IsPossibleNumber(number)) return std::nullopt;
    auto e164 = std::string();
    numbers.Format(number, PhoneNumberUtil::E164, &e164);
    return e164;
}

} // namespace

Result<Phone> Phone::parse(std::string_view text, std::string_view region) {
    auto const invalid = [] { return fail(Fault::invalid, "invalid_phone", "Not a phone number."); };
    if (text.size() > max_length || has_letter(text)) return invalid();
    auto e164 = to_e164(text, region);
    // Twice: `00045888159` in Britain becomes a number that, once stored, would be read as another one.
    if (!e164 || e164->size() > max_e164 || to_e164(*e164, region) != e164) return invalid();
    // The library drops Mexico's 1, and with it the digits under which WhatsApp knows the person.
    // Appended, since GCC 12 believes at -O3 that `"+" + text` might overlap itself (-Wrestrict, a false alarm).
    auto given = std::string("+");
    given += digits_of(text);
    if (text.find('+') != text.npos && has_mobile_mark(given, "+521")) return Phone(given);
    return Phone(*std::move(e164));
}

std::string Phone::canonical() const {
    for (auto const prefix : {"+521", "+549"}) {
        if (has_mobile_mark(e164_, prefix)) return std::string(e164_).erase(3, 1);
    }
    return e164_;
}

} // namespace base
