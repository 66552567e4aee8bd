// Every text a customer reads, and the mails of accounts, as data: texts.json, compiled in. A key has forms for es (tú,
// usted, vos) and en; words that differ by country (cita, turno, hora) are arguments of every Spanish text; ICU
// MessageFormat inside.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "base/zone.hpp"
#include "business/profile.hpp"

namespace wording {

/// How to speak: the language of the customer's last message, the business's tone and country.
struct Voice {
    std::string language = "es"; ///< es or en
    business::Tone tone = business::Tone::tu;
    std::string country = "ES";
};

using Value = std::variant<std::string, std::int64_t>;
using Arguments = std::initializer_list<std::pair<std::string_view, Value>>;

/// The text of `key` in this voice. An argument that is shown only when there is one ("con Marta") may be empty or left
/// out. A missing key or other argument is a bug (throws std::logic_error); a test asks for all keys in all voices.
std::string say(Voice const& voice, std::string_view key, Arguments arguments = {});
std::vector<std::string> keys();

/// "jueves 22 de octubre"; with the year when it is not that of `today`.
std::string day(Voice const& voice, base::Date date, base::Date today);
/// For use inside a sentence: "hoy", "mañana, jueves 22 de octubre", "el jueves 22 de octubre".
/// In English "today", "tomorrow, Thursday 22 October", "Thursday 22 October".
std::string relative_day(Voice const& voice, base::Date date, base::Date today);
/// "jue 22 oct"
std::string short_day(Voice const& voice, base::Date date);
/// "17:15", 24-hour clock everywhere.
std::string time(base::TimeOfDay time);
/// "28 €", "28,50 €", "$450", "$12.000": as people of the country write it; no decimals when they are zero.
std::string price(Voice const& voice, std::int64_t minor, std::string_view currency);
/// "45 min", "1 h 30 min"
std::string duration(base::Minutes minutes);

} // namespace wording
