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

/// One place of a text where services are named: several when the words there fit them equally well.
struct Mention {
    std::vector<base::ServiceId> services;
    bool literal = false; ///< by the very words of a name
    std::size_t from = 0; ///< bytes of the folded text
    std::size_t to = 0;
};
/// Every naming of services, in the order of the text: "él corte, yo mechas" has two.
std::vector<Mention> mentions_in(std::string_view text, Shop const& shop);

/// Two or more different services that one visit is to have: "tinte y peinado". Not "tinte o peinado", nor services
/// told apart by more than a joint.
bool asks_for_all(std::string_view text, std::vector<Mention> const& mentions);

/// Of `services` those meant for the audience: the first of its words ("nino mujer") that tells them apart does. All of
/// them when none does.
std::vector<base::ServiceId> narrowed(std::vector<base::ServiceId> services, std::string_view audience,
                                      Shop const& shop);

} // namespace assistant
