#include "eval/questions.hpp"

#include <algorithm>

#include "eval/phrases.hpp"

namespace eval {
namespace {

/// "dime … la hora", "solo me falta … tu nombre": what a request is for.
std::string told_words(std::string const& things) {
    return "(?:dime|decime|digame|dices|dice|decis|indica\\w*|indique\\w*|saber|falta|faltaria|necesito|elige|"
           "confirmas)"
           "[^.?]{0,30} (?:" +
           things + ")";
}

bool is_courtesy(std::string const& sentence) {
    static auto const words = phrase(
        "(?:algo|cosa) mas|alguna otra cosa|otra cosa|anything else|something else|alguna (?:otra )?(?:duda|consulta|"
        "pregunta)|que tal(?: estas)?|como (?:estas|esta|andas|va)|how are you");
    return holds(sentence, words);
}

/// "Si no puedes venir, avísame", "cuando quieras otra cita, escríbeme": an offer for later.
bool is_for_later(std::string const& sentence) {
    static auto const condition = phrase("si|cuando|cualquier|if|whenever|should you|por si");
    static auto const now =
        phrase("confirm\\w*|reserv\\w*|apunt\\w*|agend\\w*|book|te va bien|te sirve|cual|que dia|que hora");
    return holds(sentence, condition) && !holds(sentence, now);
}

bool is_request(std::string const& sentence) {
    static auto const words =
        phrase("dime|decime|digame|diganos|regalame|regaleme|comparteme|compartame|cuentame|cuenteme|dame|deme|"
               "indica|indicame|indicanos|indique|indiqueme|indiquenos|elige|elegi|elija|"
               "escoge|escoja|selecciona|"
               "seleccione|responde|respondeme|responda|respondi|contesta|contestame|conteste|escribe|escribeme|"
               "escriba|escribi|escribime|confirma|"
               "confirmame|confirmanos|confirme|confirmeme|avisame|avisanos|aviseme|pasame|paseme|me "
               "(?:dices|dice|decis|indicas|indica|confirmas|"
               "confirma|pasas|pasa|das|da|regala|regalas|compartes|comparte|ayudas "
               "con)|(?:necesito|necesitamos|necesitaria|falta|faltaria|faltan) (?:saber|tu|su|el|la|que|un|una)|"
               "let me know|tell me|please (?:choose|pick|reply|answer|confirm|tell|send|select|share)|reply|just "
               "say|pick|choose|select|share|i (?:just )?need|"
               "cual prefieres|cual prefiere|cual preferis");
    // "alguien te contesta por aquí" tells, it does not ask.
    static auto const told =
        phrase("(?:te|le|les|os|se) (?:lo |la )?(?:contesta|responde|escribe|confirma|indica|pasa|avisa)n?|will "
               "(?:reply|answer|tell|send|confirm|share)");
    return holds(std::regex_replace(sentence, told, " "), words);
}

bool mentions_person(std::string const& sentence) {
    static auto const words = phrase("persona|humano|companer[oa]s?|alguien|recepcion|equipo|person|human|team|"
                                     "colleague|lista de espera|waitlist|waiting list");
    return holds(sentence, words);
}

bool asks_service(std::string const& sentence) {
    static auto const words = phrase(
        "(?:que|cual|cuales) (?:tipo de |clase de |de (?:los|nuestros|estos) "
        ")?(?:servicios?|tratamientos?|corte|cita|sesion|turno)"
        "|que (?:te|le|se|os|les) (?:quieres|quiere|desea|deseas|queres|gustaria|apetece|hacemos|haria|interesa|vas "
        "a|vamos a|hago)(?: hacer\\w*| realizar\\w*| reservar| agendar)?"
        "|que (?:quieres|quiere|queres|desea|deseas|necesitas|necesita|buscas|busca) "
        "(?:hacerte|hacerse|reservar|agendar|realizarte|realizarse)"
        "|que (?:necesitas|necesita|deseas|desea|buscas)$|para que (?:es|servicio|seria)|servicio "
        "(?:quieres|quiere|queres|deseas|desea|necesitas|te|le|buscas)"
        "|el servicio|tipo de servicio|(?:what|which) (?:type of |kind of "
        ")?(?:service|services|treatment|treatments|haircut)"
        "|what (?:would you like|do you want|are you looking) (?:to )?(?:have done|book|get|for|done)|what would you "
        "like|what can we do for you");
    return holds(sentence, words);
}

bool asks_day(std::string const& sentence) {
    static auto const words = phrase("(?:que|cual|cuales|cualquier) (?:otro )?(?:dia|dias|fecha|fechas)|para "
                                     "cuando|cuando (?:te|le|quieres|quiere|queres|deseas|"
                                     "desea|seria|podrias|podria|vendrias|vienes|viene|la|lo|se|os|puedes|puede|podes|"
                                     "gustaria|necesitas)|^cuando|el dia que prefier\\w+|el dia y la hora|"
                                     "dia preferido|(?:what|which) (?:day|days|date|dates)|when "
                                     "(?:would|do|are|can|shall|should|works)|(?:the|a|your preferred) (?:day|date)");
    static auto const proposes = phrase("otro dia|otra fecha|another day|a different day");
    static auto const wanted = phrase(told_words("el dia|la fecha|que dia"));
    if (holds(sentence, wanted)) return true;
    return holds(sentence, words) && !(holds(sentence, proposes) && !is_open_question(sentence));
}

bool asks_time(std::string const& sentence) {
    static auto const words =
        phrase("que hora|que horita|que horas|que horario|que horarios|cual hora|hora "
               "(?:te|le|prefieres|prefiere|preferis|quieres|deseas|desea)|y hora|dia,? (?:y )?la hora|"
               "hora preferida|(?:por|en|de) la manana o (?:por |en |de )?(?:la )?tarde|manana o tarde|manana o por la "
               "tarde|(?:what|which) (?:time|hour)|"
               "(?:the|your preferred|a) time|and time|morning or (?:the |in the )?afternoon");
    static auto const wanted = phrase(told_words("la hora|hora"));
    return holds(sentence, words) || holds(sentence, wanted);
}

bool asks_name(std::string const& sentence) {
    static auto const words =
        phrase("(?:a|con) (?:que|cual) nombre|nombre de quien|como (?:te|se) llama\\w*|(?:tu|su) nombre|nombre "
               "completo|nombre y apellidos?|"
               "el nombre|nombre (?:lo|la|te|le|pongo|apunto|reservo|agendo|anoto)|que nombre|quien tengo el "
               "gusto|quien (?:es la cita|viene|sera|seria)|(?:your|what|full|the|a) name|"
               "name (?:should|shall|for|please)|who (?:is|should|shall) (?:it|the (?:appointment|booking)|i)");
    return holds(sentence, words);
}

bool asks_staff(std::string const& sentence, Signboard const& signboard) {
    static auto const words =
        phrase("con quien (?!tengo)|con cual|(?:que|cual|algun|alguna) "
               "(?:peluquer\\w+|profesional\\w*|estilista\\w*|barber\\w+|manicurista|especialista|"
               "doctora?|fisioterapeuta)|preferencia (?:de|por|con)|alguien en "
               "(?:particular|especial|concreto)|(?:who|whom) (?:would|do|with)|with whom|"
               "(?:which|what|any particular) (?:stylist|barber|person|professional)|(?:any )?preference");
    if (holds(sentence, words)) return true;
    if (!holds(sentence, phrase("o|u|or"))) return false;
    auto const named = std::ranges::count_if(
        signboard.staff, [&](auto const& name) { return sentence.find(comparable(name)) != sentence.npos; });
    return named >= 2;
}

bool asks_change(std::string const& sentence) { return mentions_moving(sentence) && mentions_cancelling(sentence); }

} // namespace

bool wants_answer(Sentence const& sentence) {
    if (is_courtesy(sentence.text)) return false;
    if (sentence.is_question) return true;
    if (sentence.is_item) return false;
    if (asks_for_word_yes(sentence.text)) return true;
    return is_request(sentence.text) && !is_for_later(sentence.text);
}

bool is_open_question(std::string const& sentence) {
    static auto const start = std::regex(
        "^(?:y |o |entonces,? |pero |perfecto,? |vale,? |ok,? |dale,? |genial,? |and |so |ok |great,? |for )*"
        "(?:para |a |con |de |en |por |desde |hasta |at |on |with |for )?"
        "(?:que|cual|cuales|cuando|cuanto|cuanta|como|quien|donde|what|which|when|who|how|where)\\b");
    static auto const inside = phrase("(?:a|para|en) que (?:hora|dia|nombre|horario)|what "
                                      "(?:time|day|name|service)|which (?:time|day|service|one|of)|dime|decime|digame|"
                                      "tell me|indica\\w*|let me know (?:what|which|when)");
    return std::regex_search(sentence, start) || holds(sentence, inside);
}

std::set<Question> questions_in(std::string const& sentence, Signboard const& signboard) {
    auto found = std::set<Question>();
    if (asks_service(sentence)) found.insert(Question::service);
    if (asks_day(sentence)) found.insert(Question::day);
    if (asks_time(sentence)) found.insert(Question::time);
    if (asks_name(sentence)) found.insert(Question::name);
    if (asks_staff(sentence, signboard)) found.insert(Question::staff);
    if (asks_change(sentence)) {
        found.insert(Question::change);
        found.erase(Question::service); // "¿Qué quieres hacer, cambiarla o cancelarla?"
    }
    return found;
}

bool asks_to_act(std::string const& sentence) {
    static auto const acts =
        phrase("confirmo|confirmamos|confirmas|confirma|confirme|confirmais|confirmar|confirmarlo|confirmarla|"
               "confirmarlos|confirmarte|confirmes|confirmame|"
               "reservo|reservamos|agendo|agendamos|apunto|apuntamos|anoto|anotamos|programo|registro|bloqueo|aparto|"
               "apartamos|cancelo|cancelamos|anulo|anulamos|"
               "cambio|cambiamos|muevo|movemos|paso|pasamos|reprogramo|reagendo|corro|guardo|procedo|procedemos|"
               "proceda|(?:sigo|seguimos|vamos) adelante|adelante|"
               "hago (?:la reserva|el cambio|la cita)|(?:la|lo|te|las|los) dejo|(?:lo|la|te lo|te la) dejamos|"
               "(?:(?:quieres|quiere|queres|deseas|desea|prefieres|gustaria) que|te parece si|le parece si) (?:te |le "
               "|la |lo |se |las |los )*(?:reserv|agend|apunt|anot|cancel|anul|cambi|muev|pas|confirm|"
               "reprogram|mov|dej)\\w*|segur[oa] (?:que|de)|(?:shall|should|can|may) i|(?:do|would) you (?:want|like) "
               "(?:me|us) to|want me to|confirm|"
               "go ahead|proceed|are you sure|do you (?:really )?want to cancel|would you like to "
               "(?:cancel|confirm|move|book it|keep)");
    static auto const vague = phrase("otro dia|otra hora|otra fecha|otro horario|una cita|un turno|una hora|another "
                                     "(?:day|time|date)|an appointment|a different|buscar|busco|miro|"
                                     "mirar|aviso|avise|avisarle|look for|check");
    if (mentions_person(sentence) || asks_change(sentence)) return false;
    return holds(sentence, acts) && !(holds(sentence, vague) && !holds(sentence, phrase("confirm\\w*|cancel\\w*")));
}

bool asks_for_agreement(std::string const& sentence) {
    static auto const words =
        phrase("(?:te|le|les|os) "
               "(?:va|viene|parece|sirve|queda|acomoda|late|conviene|cuadra|encaja|interesa|funciona|vale|gustaria|"
               "vendria|quedaria|serviria)(?: bien)?|"
               "(?:esta|estaria|todo|es|va) (?:bien|correcto|correcta|ok|perfecto)|correcto|de "
               "acuerdo|ok|okay|vale|dale|listo|verdad|si|cierto|(?:quieres|quiere|queres|desea|deseas) "
               "(?:reservar\\w*|pedir\\w*|agendar\\w*|tomar\\w*|coger\\w*|apartar\\w*|venir|cancelar\\w*|ese|esa)|(?:"
               "lo|la) (?:quieres|quiere|queres|tomas|agarras|coges)|asi|quedamos|"
               "works?(?: for you)?|sounds? (?:good|ok|right)|(?:is|are) (?:that|this|it|everything) "
               "(?:right|ok|correct|okay|fine|good)|all right|alright|good for you|suits? you|"
               "(?:would you like|do you want|want) (?:that|it|this|to book|to take|to reserve)|que (?:te|le) "
               "parece|como lo (?:ves|ve)|how about|correct|right|estamos|el ok|el visto bueno|te late|le late");
    return holds(sentence, words) && !mentions_person(sentence) && !asks_change(sentence);
}

bool asks_for_word_yes(std::string const& sentence) {
    static auto const words = std::regex(
        "\\b(?:responde|respondeme|responda|respondi|contesta|contestame|conteste|escribe|escribeme|escriba|escribi|di|"
        "dime|decime|diga|digame|mandame|envia|envie|confirma|confirme|"
        "reply|answer|say|type|respond|send)\\b[^.?]{0,20}\"?\\b(?:si|yes|ok|vale|confirmo|confirmar|dale)\\b");
    static auto const conditional = std::regex("\\bsi (?:te|le|lo|la|quieres|prefieres|hay|es|no|esta|tu|su)\\b");
    auto const rest = std::regex_replace(sentence, conditional, " ");
    return std::regex_search(rest, words);
}

bool mentions_moving(std::string const& sentence) {
    static auto const words = phrase("cambi\\w*|mov\\w*|muev\\w*|reprogram\\w*|reagend\\w*|modific\\w*|pasar(?:la|lo)?|"
                                     "pasamos|move|reschedule|change|otro dia|otra fecha");
    return holds(sentence, words);
}

bool mentions_cancelling(std::string const& sentence) {
    static auto const words =
        phrase("cancel\\w*|anul\\w*|dejar(?:la|lo)? sin efecto|eliminar(?:la|lo)?|darl[ao] de baja");
    return holds(sentence, words);
}

} // namespace eval
