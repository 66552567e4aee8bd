#include "base/text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <stdexcept>

namespace base {

namespace {

using Normalizer = icu::Normalizer2;

constexpr auto max_marks = 4; ///< per character: Vietnamese needs two, an emoji's keycap two
constexpr UChar32 zero_width_joiner = 0x200D;
constexpr UChar32 text_presentation = 0xFE0E;
constexpr UChar32 emoji_presentation = 0xFE0F;

/// Calls `see(code point)`, which is negative for ill-formed bytes, until it says false.
template <class See>
void each_code_point(std::string_view text, See see) {
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    auto const size = static_cast<std::ptrdiff_t>(text.size());
    for (std::ptrdiff_t i = 0; i < size;) {
        UChar32 point = 0;
        U8_NEXT(bytes, i, size, point);
        if (!see(point)) return;
    }
}

void append(std::string& text, UChar32 point) {
    char bytes[U8_MAX_LENGTH];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, point);
    text.append(bytes, length);
}

std::string normalize(Normalizer const* normalizer, UErrorCode status, std::string_view text) {
    auto result = std::string();
    auto sink = icu::StringByteSink<std::string>(&result);
    if (U_SUCCESS(status)) {
        auto const piece = icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
        normalizer->normalizeUTF8(0, piece, sink, nullptr, status);
    }
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU cannot normalize: ") + u_errorName(status));
    return result;
}

std::string to_nfc(std::string_view text) {
    auto status = U_ZERO_ERROR;
    auto const* const normalizer = Normalizer::getNFCInstance(status);
    return normalize(normalizer, status, text);
}

std::string to_nfd(std::string_view text) {
    auto status = U_ZERO_ERROR;
    auto const* const normalizer = Normalizer::getNFDInstance(status);
    return normalize(normalizer, status, text);
}

std::string to_nfkc_casefold(std::string_view text) {
    auto status = U_ZERO_ERROR;
    auto const* const normalizer = Normalizer::getNFKCCasefoldInstance(status);
    return normalize(normalizer, status, text);
}

Result<void> check_utf8(std::string_view text) {
    if (!is_valid_utf8(text)) return fail(Fault::invalid, "invalid_utf8", "is not valid UTF-8");
    if (text.find('\0') != text.npos) return fail(Fault::invalid, "nul", "has a NUL character");
    return {};
}

/// The joiner of emoji counts as a mark, so that a run of joiners cannot carry hidden bits.
bool is_mark(UChar32 point) {
    auto const mask = U_GET_GC_MASK(point);
    return (mask & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0 || point == zero_width_joiner;
}

/// Bidirectional controls, zero-width spaces, fillers, tags: whatever a reader cannot see, except what emoji need.
bool is_invisible(UChar32 point) {
    if (point == zero_width_joiner || point == text_presentation || point == emoji_presentation) return false;
    return u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 || u_charType(point) == U_CONTROL_CHAR ||
           (point >= 0xFFF9 && point <= 0xFFFB) || U_IS_UNICODE_NONCHAR(point);
}

bool is_line_break(UChar32 point) {
    return (point >= '\n' && point <= '\r') || point == 0x85 || point == 0x2028 || point == 0x2029;
}

/// \r\n, \r and their Unicode relatives become one `line_break`, a tab a space; the invisible goes.
std::string without_controls(std::string_view text, char line_break) {
    auto result = std::string();
    auto last = UChar32(0);
    each_code_point(text, [&](UChar32 point) {
        if (is_line_break(point)) {
            if (!(last == '\r' && point == '\n')) result += line_break;
        } else if (point == '\t') {
            result += ' ';
        } else if (!is_invisible(point)) {
            append(result, point);
        }
        last = point;
        return true;
    });
    return result;
}

/// Drops the marks stacked beyond `max_marks` ("zalgo"): they paint over neighbours, and ICU sorts long runs of them in
/// quadratic time.
std::string with_few_marks(std::string_view text) {
    auto result = std::string();
    auto marks = 0;
    each_code_point(text, [&](UChar32 point) {
        marks = is_mark(point) ? marks + 1 : 0;
        if (marks <= max_marks) append(result, point);
        return true;
    });
    return result;
}

/// Without outer white space; a joiner or a selector of presentation that joins nothing goes with it.
std::string trimmed(std::string_view text) {
    auto first = text.size();
    auto end = std::size_t{0};
    auto place = std::size_t{0};
    each_code_point(text, [&](UChar32 point) {
        auto const is_space = u_isUWhiteSpace(point) || point == zero_width_joiner;
        auto const is_selector = point == text_presentation || point == emoji_presentation;
        if (!is_space && !is_selector && first > place) first = std::min(first, place);
        place += U8_LENGTH(point);
        if (!is_space && first < place) end = place;
        return true;
    });
    return first < end ? std::string(text.substr(first, end - first)) : std::string();
}

std::string without_accents(std::string_view text) {
    auto result = std::string();
    each_code_point(text, [&](UChar32 point) {
        if (u_charType(point) != U_NON_SPACING_MARK) append(result, point);
        return true;
    });
    return result;
}

std::string with_single_spaces(std::string_view text) {
    auto result = std::string();
    auto space = false;
    each_code_point(text, [&](UChar32 point) {
        auto const is_space = u_isUWhiteSpace(point) != 0;
        if (!is_space && space && !result.empty()) result += ' ';
        if (!is_space) append(result, point);
        space = is_space;
        return true;
    });
    return result;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

} // namespace

Result<std::string> clean_text(std::string_view text, TextRule rule) {
    TRY_VOID(check_utf8(text));
    auto const visible = without_controls(text, rule.lines ? '\n' : ' ');
    // Twice: composing may take a mark apart into two (U+0344), and cleaned text must come out of a second round as is.
    auto clean = trimmed(with_few_marks(to_nfc(with_few_marks(visible))));
    auto const length = length_in_code_points(clean);
    if (length < rule.min) {
        return fail(Fault::invalid, "too_short", "is shorter than " + std::to_string(rule.min) + " characters");
    }
    if (length > rule.max) {
        return fail(Fault::invalid, "too_long", "is longer than " + std::to_string(rule.max) + " characters");
    }
    return clean;
}

std::string fold(std::string_view text) {
    auto const letters = without_accents(to_nfd(to_nfkc_casefold(with_few_marks(to_valid_utf8(text)))));
    return with_single_spaces(to_nfc(letters));
}

bool is_valid_utf8(std::string_view text) {
    auto is_valid = true;
    each_code_point(text, [&](UChar32 point) { return is_valid = point >= 0; });
    return is_valid;
}

std::string to_valid_utf8(std::string_view text) {
    auto result = std::string();
    each_code_point(text, [&](UChar32 point) {
        append(result, point < 0 ? 0xFFFD : point);
        return true;
    });
    return result;
}

std::size_t length_in_code_points(std::string_view utf8) {
    auto length = std::size_t{0};
    for (auto const byte : utf8)
        length += is_continuation(byte) ? 0U : 1U;
    return length;
}

std::string truncate(std::string_view utf8, std::size_t max) {
    auto points = std::size_t{0};
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (!is_continuation(utf8[i]) && ++points > max) return std::string(utf8.substr(0, i));
    }
    return std::string(utf8);
}

} // namespace base
