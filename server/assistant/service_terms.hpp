// The services of a shop as terms that customers' words are matched against.
#pragma once

#include <string_view>
#include <vector>

#include "assistant/next.hpp"
#include "language/intent.hpp"

namespace assistant {

std::vector<language::Term> service_terms(Shop const& shop);

/// The services the text names, best first. More than one only when the words fit them equally well ("corte" where
/// there is a cut for women and one for men), or when several are named; a service whose words are part of a longer
/// match
/// ("corte" in "corte y barba") does not count.
std::vector<base::ServiceId> services_named(std::string_view text, Shop const& shop);

} // namespace assistant
