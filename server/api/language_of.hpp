// Which of our languages a client wants to read.
#pragma once

#include <string_view>

namespace api {

enum class Language { es, en };

/// By `Accept-Language` (RFC 9110, with weights): of Spanish and English the one that weighs more, the first of equals;
/// `fallback` when it names neither.
Language language_of(std::string_view accept_language, Language fallback);

} // namespace api
