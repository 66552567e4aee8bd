#include "business/founding.hpp"

#include <algorithm>

namespace business {

base::Result<Profile> found(base::BusinessId const& id, Founding const& founding) {
    auto const& country = founding.country;
    if (country.size() != 2 || !std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; })) {
        return base::fail_field("country", "format", "must be a country of ISO 3166-1, such as ES");
    }
    auto defaults = country_defaults(country);
    auto zone = base::Zone::find(founding.timezone.value_or(std::string(defaults.timezone)));
    if (!zone)
        return base::fail_field("timezone", "unknown_timezone", "must be an IANA time zone, such as Europe/Madrid");
    auto profile = Profile();
    profile.id = id;
    profile.name = founding.name;
    profile.kind = founding.kind;
    profile.country = country;
    profile.zone = *zone;
    profile.locale = std::string(defaults.locale);
    profile.tone = defaults.tone;
    profile.currency = std::string(defaults.currency);
    return profile;
}

} // namespace business
