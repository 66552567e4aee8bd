// What a new business begins with.
#pragma once

#include <string>

#include "base/result.hpp"
#include "business/profile.hpp"

namespace business {

struct Founding {
    std::string name;
    std::string country;                 ///< ISO 3166-1 alpha-2, upper case
    std::optional<std::string> timezone; ///< absent: the country's
    Kind kind = Kind::other;
};

/// The profile with the country's zone, locale, tone and currency and the house's rules. invalid on field `timezone`
/// for an unknown zone, on `country` for anything but two letters.
base::Result<Profile> found(base::BusinessId const& id, Founding const& founding);

} // namespace business
