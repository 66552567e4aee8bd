// Any bytes as text. Cleaned text is composed, holds nothing that is to be removed, and is left alone by a second
// cleaning; the checks go by code points and by ICU's data, not by the functions that clean.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"

namespace {

void insist(bool holds) {
    if (!holds) std::abort();
}

bool is_forbidden(UChar32 point, bool lines) {
    if (point == '\n') return !lines;
    auto const bidi = point == 0x061C || point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
                      (point >= 0x2066 && point <= 0x2069);
    auto const line_end = point == 0x2028 || point == 0x2029;
    auto const noncharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
    auto const hidden = point == 0x200B || point == 0x2060 || point == 0xFEFF || point == 0x00AD;
    return point < ' ' || (point >= 0x7F && point < 0xA0) || bidi || line_end || noncharacter || hidden;
}

void check(std::string const& clean, base::TextRule const& rule) {
    insist(base::is_valid_utf8(clean));
    auto const text = icu::UnicodeString::fromUTF8(clean);
    auto status = U_ZERO_ERROR;
    insist(icu::Normalizer2::getNFCInstance(status)->isNormalized(text, status) != 0 && U_SUCCESS(status));
    auto marks = 0;
    for (auto at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        auto const point = text.char32At(at);
        insist(!is_forbidden(point, rule.lines));
        marks = u_charType(point) == U_NON_SPACING_MARK || u_charType(point) == U_ENCLOSING_MARK ? marks + 1 : 0;
        insist(marks <= 4);
    }
    auto const length = static_cast<std::size_t>(text.countChar32());
    insist(length >= rule.min && length <= rule.max);
    insist(text.isEmpty() ||
           (!u_isUWhiteSpace(text.char32At(0)) && !u_isUWhiteSpace(text.char32At(text.length() - 1))));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::string_view(reinterpret_cast<char const*>(data), size);
    for (auto const& rule : {base::name_text, base::notes_text, base::TextRule{0, 100'000, true}}) {
        auto const clean = base::clean_text(bytes, rule);
        if (!clean) continue;
        check(*clean, rule);
        auto const again = base::clean_text(*clean, rule);
        insist(again && *again == *clean);
    }
    auto const folded = base::fold(bytes);
    insist(base::is_valid_utf8(folded) && base::fold(folded) == folded);
    auto const shown = base::to_valid_utf8(bytes);
    insist(base::is_valid_utf8(shown) && base::length_in_code_points(base::truncate(shown, 5)) <= 5);
    return 0;
}
