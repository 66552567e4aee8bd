// What a business of a trade usually opens, offers and calls it: a start for an owner who does not want to type it all.
#pragma once

#include <string_view>
#include <vector>

#include "business/hours.hpp"
#include "business/profile.hpp"
#include "business/services.hpp"

namespace business {

enum class Language { es, en };

struct Template {
    WeeklyHours weekly;
    std::vector<Service> services; ///< without ids and without prices: those differ by country and by street
};

/// The week is that of the country (ISO 3166-1 alpha-2) where one is known, else a plain one; names, categories and
/// synonyms are in the language, the synonyms as customers of the five countries say them.
Template template_of(Kind kind, Language language, std::string_view country);

/// templates.json, compiled in.
std::string_view templates_json();

} // namespace business
