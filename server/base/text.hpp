// Text at the door: UTF-8 in, NFC out, without what could lie to a reader or break a database.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace base {

/// Lengths are in code points.
struct TextRule {
    std::size_t min = 0;
    std::size_t max = 0;
    bool lines = false; ///< keeps line breaks (as \n); otherwise they become spaces
};

inline constexpr TextRule name_text{1, 120, false};
inline constexpr TextRule notes_text{0, 2000, true};
inline constexpr TextRule message_text{1, 4096, true};

/// Validates and cleans text from outside: valid UTF-8, no NUL (both refused: `invalid_utf8`, `nul`), NFC; other
/// control characters and bidirectional overrides removed, outer white space trimmed; then the length (`too_short`,
/// `too_long`). The error carries only a code and a message that continues "The field …"; the caller names the field.
Result<std::string> clean_text(std::string_view text, TextRule rule);

/// For comparing and searching, never for storing: NFKC case-folded, accents off (also ñ → n), white space collapsed.
std::string fold(std::string_view text);

bool is_valid_utf8(std::string_view text);
/// Ill-formed bytes become U+FFFD: for text that must be shown whatever it is, such as a log's.
std::string to_valid_utf8(std::string_view text);
std::size_t length_in_code_points(std::string_view utf8);
/// At most `max` code points, cut at a code-point boundary.
std::string truncate(std::string_view utf8, std::size_t max);

} // namespace base
