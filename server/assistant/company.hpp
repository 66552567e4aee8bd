// Who comes: the people a message names, and whether they come together or one after the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/topics.hpp"
#include "schedule/party.hpp"

namespace assistant {

struct Person {
    bool self = false;    ///< who writes
    std::string audience; ///< words by which a service meant for her is told: "hombre", "nino mujer" (best first)
    std::optional<std::string> name; ///< "mi hija Lucía"
    bool operator==(Person const&) const = default;
};

/// Two or more people who want an appointment each, in the order named: "mi marido y yo", "somos tres", "dos cortes".
/// Of a number only the first one is who writes. Empty for one person, and for more than 8.
std::vector<Person> people_named(std::string_view text);

/// One other person for whom the appointment is: "para mi hija", "es para una amiga".
std::optional<Person> person_named(std::string_view text);

/// For whom of the services a relation of hers is ("hija": "nino mujer"); nullopt for a word that names no relation.
std::optional<std::string_view> audience_of_relation(std::string_view folded);

std::optional<schedule::Arrangement> arrangement_named(language::Topics const& topics);

} // namespace assistant
