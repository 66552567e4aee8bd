// Who the business is and by which rules it takes bookings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/zone.hpp"

namespace business {

enum class Kind { hair_salon, barber, nails, beauty, clinic, physio, dental, other };
/// How the customer is addressed in Spanish.
enum class Tone { tu, usted, vos };
/// When the assistant answers by itself.
enum class AssistantMode { off, suggest, after_hours, always };

std::string_view to_text(Kind);
std::string_view to_text(Tone);
std::string_view to_text(AssistantMode);
std::optional<Kind> parse_kind(std::string_view);
std::optional<Tone> parse_tone(std::string_view);
std::optional<AssistantMode> parse_assistant_mode(std::string_view);

/// Rules a booking must keep; the owner may override all but the overlap.
struct Rules {
    base::Minutes slot_step{15};      ///< grid of starts, counted from midnight; 5 to 240
    base::Minutes min_notice{60};     ///< earliest start after now; 0 to 60 days
    int horizon_days = 60;            ///< last bookable date is today + this; 1 to 730
    base::Minutes cancel_notice{120}; ///< later than this before the start the customer may not cancel or move
    base::Minutes buffer{0};          ///< default for a new service's buffer_after, nothing else
};

struct Assistant {
    AssistantMode mode = AssistantMode::always;
    std::string name;                          ///< "Lola"; empty: it presents itself as the business's assistant
    std::string greeting;                      ///< the owner's own first words; empty: the house's
    bool auto_confirm = false;                 ///< an exact free start named by the customer is booked without asking
    bool owner_approves = false;               ///< bookings start as pending
    std::optional<base::Instant> paused_until; ///< silent everywhere until then
};

/// Something the owner wants the assistant to be able to say: topic "parking", text "Hay parking en la calle 3".
struct Fact {
    std::string topic;
    std::string text;
};

struct Profile {
    base::BusinessId id;
    std::string name;
    Kind kind = Kind::other;
    std::string country; ///< ISO 3166-1 alpha-2
    base::Zone zone;
    std::string locale; ///< "es-ES"
    Tone tone = Tone::tu;
    std::string currency; ///< ISO 4217
    std::string address;
    std::string phone; ///< E.164 or empty
    std::vector<Fact> facts;
    Rules rules;
    Assistant assistant;
};

/// What a new business of this country gets: zone, locale, tone and currency.
/// ES MX AR CO CL and the other Spanish-speaking countries, plus GB, US, BR, PT; unknown → Spain's with the country
/// kept.
struct CountryDefaults {
    std::string_view timezone;
    std::string_view locale;
    Tone tone;
    std::string_view currency;
};
CountryDefaults country_defaults(std::string_view country);

} // namespace business
