#include "eval/claims.hpp"

#include <algorithm>
#include <optional>

#include "eval/phrases.hpp"

namespace eval {
namespace {

std::regex const& booked() {
    static auto const done = phrase(
        // "tu cita queda confirmada", "te dejo apuntada"
        "(?:queda|quedo|quedas|quedaste|quedan|quedaron|esta|estas|estan|ha sido|has sido|fue|han sido|ha quedado|has "
        "quedado|"
        "te deje|te dejo|le deje|le dejo|te he dejado|deje|dejamos|te tengo|le tengo|ya tienes?|ya tenes) "
        "(?:ya |todo |oficialmente |entonces "
        ")?(?:reservad|agendad|confirmad|apuntad|anotad|programad|registrad|apartad)[oa]s?"
        "|(?:cita|citas|reserva|reservas|turno|turnos|hora|visita|sesion|sesiones) (?:ya )?(?:esta |ha sido |fue )?"
        "(?:confirmad|reservad|agendad|registrad|programad|cread|hech|list)[oa]s?"
        "|^(?:ya |todo |muy bien,? |genial,? |listo,? |perfecto,? |hecho,? )*(?:confirmad|reservad|agendad)[oa]s?"
        "|(?:he|hemos|te he|le he) (?:reservado|agendado|apuntado|creado|confirmado|registrado|programado)"
        "|(?:ya |listo,? )?(?:te|le|les|os) (?:reserve|agende|apunte|anote|registre)"
        "|^(?:ya |listo,? |hecho,? |perfecto,? )*(?:lo |la )?(?:reserve|agende|anote)"
        "|reserva(?:cion)? (?:exitosa|realizada)|quedo (?:listo|lista)"
        "|(?:reserve|agende|apunte|anote) (?:tu|su|la|el|tus|sus|las|los) (?:\\w+ "
        ")?(?:cita|citas|turno|turnos|hora|reserva|reservas)"
        "|(?:lugar|espacio|hueco) (?:esta|queda|quedo) (?:apartado|reservado|guardado)"
        // "you are booked", "your appointment is confirmed"
        "|you(?:'re| are) (?:all |now )?(?:booked|set|confirmed|scheduled)"
        "|(?:is|are|has been|have been) (?:now |all )?(?:booked|confirmed|reserved|scheduled)"
        "|i(?:'ve| have) (?:booked|reserved|scheduled|confirmed)|(?:booking|appointment|reservation) confirmed"
        "|^(?:great,? |perfect,? |done,? )?(?:booked|confirmed|reserved|scheduled|all booked|all set)");
    return done;
}

/// Only where a start is told with it, and nothing is asked.
std::regex const& promised() {
    static auto const words = phrase("(?:te|le|les|os|se) (?:lo |la )?(?:apunto|reservo|agendo|anoto)|(?:lo|la) "
                                     "(?:apunto|reservo|agendo|anoto)|(?:te|le|les|lo|la|los|las|os) "
                                     "(?:espero|esperamos)|nos vemos|see you|look forward to seeing|i'?ll (?:book|put) "
                                     "you|^listo|^hecho|^done|^(?:apuntad|anotad)[oa]s?|^cita|^reserva|"
                                     "^turno|^your appointment");
    return words;
}

/// Present bookings: "tienes cita el viernes a las 12:00".
std::regex const& existing() {
    static auto const words = phrase("(?:tienes|tiene|tenes|tienen) (?:una |un |tu |su |la |el |1 |2 |dos |tres |ya "
                                     ")*(?:cita|citas|turno|turnos|hora|horas|reserva|"
                                     "reservas|sesion)|(?:tu|su|tus|sus) (?:proxima |proximo "
                                     ")?(?:cita|citas|turno|turnos|reserva|reservas|hora)(?: actual)? (?:es|son|sera|"
                                     "esta|sigue)|(?:tienes|tiene|tenes|tienen) (?:apuntad|anotad|agendad|reservad|"
                                     "confirmad)[oa]s?|^(?:estas|estos) son (?:tus|sus)|^(?:tus|sus) (?:proximas? |"
                                     "proximos? )?(?:citas|turnos|horas|reservas)|these are your|^your (?:upcoming )?"
                                     "(?:appointments|bookings)|you have (?:an |a |your |one |two )*(?:\\w+ "
                                     ")?(?:appointment|appointments|booking|bookings)|your "
                                     "(?:next )?(?:appointment|booking) is");
    return words;
}

std::regex const& moved() {
    static auto const done = phrase(
        "(?:cambie|movi|pase|reprograme|reagende|corri) (?:tu|su|la|el|tus|sus|las|los) (?:\\w+ "
        ")?(?:cita|citas|turno|turnos|hora|reserva|reservas)|"
        "cambio (?:hecho|realizado|confirmado|listo)|(?:cita|turno|reserva|hora|sesion) (?:ha sido |fue |queda |quedo "
        "|esta |ya )*"
        "(?:cambiad|movid|reprogramad|reagendad|pasad|modificad|actualizad|corrid|trasladad)[oa]s?|(?:queda|quedo|ha "
        "sido|fue|esta) (?:ya )?"
        "(?:cambiad|movid|reprogramad|reagendad|modificad|trasladad)[oa]s?|(?:he|hemos) "
        "(?:cambiado|movido|reprogramado|pasado|reagendado|"
        "modificado|trasladado)|^(?:ya |listo,? |hecho,? )*(?:cambiad|movid|reprogramad|reagendad)[oa]s?|^(?:ya "
        "|listo,? |hecho,? )*(?:lo |la )?(?:cambie|movi|reprograme|reagende)|(?:te|se|ya) (?:la|lo) (?:cambie|movi|"
        "pase|reprograme|reagende|corri)|(?:has been|is now|was|is|i've|i have) (?:been "
        ")?(?:moved|rescheduled|changed)|^(?:moved|rescheduled|"
        "changed)|(?:moved|rescheduled) (?:your|it|the)");
    return done;
}

std::regex const& cancelled() {
    static auto const done = phrase(
        "(?:queda|quedo|quedan|quedaron|esta|estan|ha sido|han sido|fue|fueron|ya|ha quedado) (?:\\w+ "
        ")?(?:cancelad|anulad)[oa]s?|"
        "(?:queda|quedo|quedan|quedaron) sin efecto|(?:cancele|anule) (?:tu|su|la|el|tus|sus|las|los) (?:\\w+ "
        ")?(?:cita|citas|turno|turnos|hora|reserva|reservas)|(?:cita|citas|turno|turnos|reserva|reservas|hora|horas) "
        "(?:\\w+ "
        ")?(?:cancelad|anulad|eliminad)[oa]s?|"
        "(?:he|hemos) (?:cancelado|anulado|eliminado)|^(?:ya |listo,? |hecho,? )*(?:cancelad|anulad)[oa]s?|^(?:ya "
        "|listo,? |hecho,? )*(?:lo |la |las |los )?(?:cancele|anule)|(?:te|se|ya) (?:la |lo |las |los )?"
        "(?:cancele|anule)|cancelacion (?:confirmada|hecha|realizada|lista)|(?:has been|have been|is|it's|are|i've|i "
        "have|was|were) (?:now )?"
        "(?:cancelled|canceled)|^(?:cancelled|canceled)|(?:cancelled|canceled) (?:your|it|the|both)");
    return done;
}

/// Words before the claim that take it back: "no queda reservada", "cuando confirmes queda reservada".
bool is_taken_back(std::string const& words) {
    static auto const yes = std::regex("^(?:claro que |por supuesto que )?si[,:.]? ");
    auto const before = std::regex_replace(words, yes, "");
    static auto const denial =
        std::regex("\\b(?:no|nunca|tampoco|aun|todavia|not|never|nothing|isn't|hasn't|haven't|aren't)\\b[^,]{0,24}$");
    static auto const condition =
        phrase("si|cuando|una vez|para que|para|en cuanto|hasta que|antes de|apenas|despues de|luego "
               "de|quieres|quiere|queres|if|once|when|before|until|"
               "after|as soon as|want|would|podria|podemos|puedo|can|dime|digame|decime|tell me|for it to");
    return std::regex_search(before, denial) || holds(before, condition);
}

bool states(std::string const& sentence, std::regex const& claim) {
    auto match = std::smatch();
    return std::regex_search(sentence, match, claim) && !is_taken_back(match.prefix().str());
}

/// "a las 12 ya está reservado", "el pago está confirmado": about something else.
bool is_about_else(std::string const& sentence) {
    static auto const else_ = phrase(
        "esa hora|ese horario|ese hueco|ese turno|ese espacio|that time|that slot|pago|abono|deposito|payment|por otra|"
        "por otro|otra clienta|otro cliente|somebody else|someone else");
    return holds(sentence, else_) || refuses(sentence);
}

struct Wording {
    Claim::Kind kind;
    bool needs_start;
};

std::optional<Wording> wording_of(Sentence const& sentence, bool asks) {
    if (sentence.is_question) return std::nullopt;
    if (states(sentence.text, cancelled())) return Wording{Claim::Kind::cancelled, false};
    if (is_about_else(sentence.text)) return std::nullopt;
    if (states(sentence.text, moved())) return Wording{Claim::Kind::moved, false};
    static auto const noted = phrase("(?:he|hemos|te he|le he) (?:apuntado|registrado|anotado|creado)|(?:te|le|les|os) "
                                     "(?:reserve|agende|apunte|anote|registre)");
    if (states(sentence.text, booked()) && !(asks && holds(sentence.text, noted)))
        return Wording{Claim::Kind::booked, false};
    if (states(sentence.text, existing())) return Wording{Claim::Kind::booked, true};
    if (!asks && states(sentence.text, promised())) return Wording{Claim::Kind::booked, true};
    return std::nullopt;
}

std::vector<Moment> told_in(std::vector<Moment> const& moments, std::size_t from, std::size_t to) {
    auto told = std::vector<Moment>();
    std::ranges::copy_if(moments, std::back_inserter(told), [&](Moment const& moment) {
        return from <= moment.sentence && moment.sentence < to && !moment.refused;
    });
    return told;
}

/// The claim's own starts; else those of the sentences after it, up to a question; else those before it.
std::vector<Moment> starts_of(std::vector<Sentence> const& sentences, std::vector<Moment> const& moments,
                              std::size_t at) {
    auto end = at + 1;
    while (end < sentences.size() && !sentences[end].is_question)
        ++end;
    auto own = told_in(moments, at, at + 1);
    auto const has_time = [](auto const& told) {
        return std::ranges::any_of(told, [](Moment const& each) { return each.time.has_value(); });
    };
    if (has_time(own)) return own;
    if (auto after = told_in(moments, at, end); has_time(after)) return after;
    if (auto before = told_in(moments, 0, at + 1); has_time(before)) return before;
    return own;
}

} // namespace

std::vector<Claim> claims_in(std::vector<Sentence> const& sentences, std::vector<Moment> const& moments, bool asks) {
    auto claims = std::vector<Claim>();
    for (auto at = std::size_t{0}; at < sentences.size(); ++at) {
        auto const wording = wording_of(sentences[at], asks);
        if (!wording) continue;
        auto starts = starts_of(sentences, moments, at);
        if (wording->needs_start && starts.empty()) continue;
        claims.push_back({wording->kind, std::move(starts), at});
    }
    return claims;
}

} // namespace eval
