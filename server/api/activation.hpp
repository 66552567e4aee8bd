// What an assistant cannot do without, and what its owner should know before it answers real customers.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "store/database.hpp"

namespace api {

struct Readiness {
    std::vector<base::FieldError> missing;  ///< each refuses the activation
    std::vector<base::FieldError> warnings; ///< none does
};

/// not_found for an unknown business.
base::Result<Readiness> readiness_for_activation(store::Tx& tx, base::BusinessId const& business, base::Instant now);

} // namespace api
