#include "business/profile.hpp"

#include <algorithm>
#include <array>

#include "business/enum_text.hpp"

namespace business {
namespace {

constexpr EnumNames<8> kinds{"hair_salon", "barber", "nails", "beauty", "clinic", "physio", "dental", "other"};
constexpr EnumNames<3> tones{"tu", "usted", "vos"};
constexpr EnumNames<4> assistant_modes{"off", "suggest", "after_hours", "always"};

struct Country {
    std::string_view code;
    CountryDefaults defaults;
};

// Countries with several zones get that of their largest city. El Salvador, Ecuador, Panama and Puerto Rico price in
// dollars. The tone is the one a shop takes with customers it does not know, so usted wherever tú would sound forward.
constexpr std::array<Country, 24> countries{{
    {"ES", {"Europe/Madrid", "es-ES", Tone::tu, "EUR"}},
    {"MX", {"America/Mexico_City", "es-MX", Tone::tu, "MXN"}},
    {"AR", {"America/Argentina/Buenos_Aires", "es-AR", Tone::vos, "ARS"}},
    {"CO", {"America/Bogota", "es-CO", Tone::usted, "COP"}},
    {"CL", {"America/Santiago", "es-CL", Tone::tu, "CLP"}},
    {"PE", {"America/Lima", "es-PE", Tone::tu, "PEN"}},
    {"UY", {"America/Montevideo", "es-UY", Tone::vos, "UYU"}},
    {"PY", {"America/Asuncion", "es-PY", Tone::vos, "PYG"}},
    {"EC", {"America/Guayaquil", "es-EC", Tone::usted, "USD"}},
    {"VE", {"America/Caracas", "es-VE", Tone::tu, "VES"}},
    {"BO", {"America/La_Paz", "es-BO", Tone::usted, "BOB"}},
    {"CR", {"America/Costa_Rica", "es-CR", Tone::usted, "CRC"}},
    {"GT", {"America/Guatemala", "es-GT", Tone::usted, "GTQ"}},
    {"HN", {"America/Tegucigalpa", "es-HN", Tone::usted, "HNL"}},
    {"SV", {"America/El_Salvador", "es-SV", Tone::usted, "USD"}},
    {"NI", {"America/Managua", "es-NI", Tone::usted, "NIO"}},
    {"PA", {"America/Panama", "es-PA", Tone::tu, "USD"}},
    {"DO", {"America/Santo_Domingo", "es-DO", Tone::tu, "DOP"}},
    {"CU", {"America/Havana", "es-CU", Tone::tu, "CUP"}},
    {"PR", {"America/Puerto_Rico", "es-PR", Tone::tu, "USD"}},
    {"GB", {"Europe/London", "en-GB", Tone::tu, "GBP"}},
    {"US", {"America/New_York", "en-US", Tone::tu, "USD"}},
    {"BR", {"America/Sao_Paulo", "pt-BR", Tone::tu, "BRL"}},
    {"PT", {"Europe/Lisbon", "pt-PT", Tone::tu, "EUR"}},
}};

} // namespace

std::string_view to_text(Kind kind) { return name_of(kinds, kind); }
std::string_view to_text(Tone tone) { return name_of(tones, tone); }
std::string_view to_text(AssistantMode mode) { return name_of(assistant_modes, mode); }
std::optional<Kind> parse_kind(std::string_view text) { return named<Kind>(kinds, text); }
std::optional<Tone> parse_tone(std::string_view text) { return named<Tone>(tones, text); }
std::optional<AssistantMode> parse_assistant_mode(std::string_view text) {
    return named<AssistantMode>(assistant_modes, text);
}

CountryDefaults country_defaults(std::string_view country) {
    auto const found =
        std::find_if(countries.begin(), countries.end(), [&](Country const& known) { return known.code == country; });
    return found == countries.end() ? countries.front().defaults : found->defaults;
}

} // namespace business
