// What the messages of a turn say, read with the shop's own terms. Decides nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assistant/company.hpp"
#include "assistant/next.hpp"
#include "assistant/service_terms.hpp"
#include "language/intent.hpp"
#include "language/when.hpp"

namespace assistant {

/// Where else to look than at what was offered: "otra hora", "más tarde", "más temprano", "otro día".
enum class Elsewhere { none, other_hour, later, earlier, other_day };

struct Heard {
    std::string text;    ///< the written messages, one a line; empty when nothing was written
    std::string folded;  ///< the same for comparing
    std::string spanish; ///< the same, with Catalan and Portuguese put into Spanish; everything but names is read in it
    language::Topics topics;
    language::Intents intents;
    language::Answer answer = language::Answer::unclear;
    language::When when;
    std::vector<language::When> parts;     ///< the same of each part of "la del viernes y la del lunes"
    std::string language;                  ///< empty when it cannot be told
    std::vector<base::ServiceId> services; ///< named; several when the words fit several equally well
    std::optional<base::StaffId> staff;    ///< "con Marta"
    bool unknown_staff = false;            ///< "con Pilar", who does not work here
    std::optional<std::string> name;       ///< volunteered: "a nombre de …", "para mi hija …", "soy …"
    bool name_of_other = false;            ///< … of somebody else: "se llama Paola"
    std::string person_reason;             ///< a person is needed: customer_asked, complaint, medical, payment
    std::vector<std::size_t> facts;        ///< of the profile, whose topic is named
    bool asks = false;                     ///< a question: whatever else it looks like, it is no yes
    bool same_hour = false;                ///< "a la misma hora"
    bool all_of_them = false;              ///< "todas", "las dos"
    bool cannot_come = false;              ///< "ya no voy a poder ir": leaves open whether to cancel or to move
    std::vector<Person> people;            ///< two and more: "para 2", "mi marido y yo"
    std::optional<Person> for_whom;        ///< one other person: "para mi hija"
    std::optional<schedule::Arrangement> arrangement; ///< of several: "a la vez", "seguidos"
    std::vector<Mention> mentions;                    ///< of services, in the order of the text
    base::Minutes shift{0};                           ///< "una hora antes" is −60
    bool gives_up = false;                            ///< "déjalo", "olvídalo"
    int late_minutes = 0;                             ///< beside Topic::late: how many were said
    Elsewhere elsewhere = Elsewhere::none;            ///< none of those offered

    bool says_something() const; ///< anything at all was understood
    bool only_courtesy() const;  ///< a greeting, a thank-you, a goodbye and nothing else
};

Heard understand(Situation const& situation);

} // namespace assistant
