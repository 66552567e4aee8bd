#include "eval/moments.hpp"

#include <algorithm>

#include "eval/phrases.hpp"
#include "eval/stated_dates.hpp"
#include "eval/stated_times.hpp"
#include "eval/tokens.hpp"

namespace eval {
namespace {

using std::chrono::hours;

bool is_example(std::string const& sentence) {
    static auto const words =
        phrase("por ejemplo|p\\. ?ej|ej|ejemplos?|for example|for instance|e\\.? ?g|such as|something like|algo como");
    return holds(sentence, words);
}

/// What a sentence states, in the order of its words.
struct Event {
    enum class Kind { date, time, clause } kind;
    base::Date date = {};
    StatedTime time = {};
    std::string clause = {}; ///< of a clause: its words
    std::size_t clause_number = 0;
};

/// Where another thought begins: "… ya está ocupado, pero a las 12 sí", "… tengo a las 12".
bool begins_clause(Tokens const& tokens, std::ptrdiff_t at) {
    auto const& word = tokens.at(at);
    auto const& before = tokens.at(at - 1);
    if (word.is(";") || word.is("pero") || word.is("but") || word.is("aunque") || word.is("however") || word.is("sino"))
        return true;
    auto const offers = word.is("tengo") || word.is("tenemos") || word.is("hay") || word.is("puedo") ||
                        word.is("podemos") || word.is("ofrezco") || word.is("podria");
    auto const plain =
        !before.is("no") && !before.is("te") && !before.is("le") && !before.is("que") && !before.is("tampoco");
    if (offers && plain && at > 0) return true;
    auto const offers_to =
        (word.is("te") || word.is("le")) && (tokens.at(at + 1).is("puedo") || tokens.at(at + 1).is("ofrezco"));
    if (offers_to && !before.is("no")) return true;
    return word.is("i") && (tokens.at(at + 1).is("have") || tokens.at(at + 1).is("can")) && at > 0;
}

class Events {
public:
    Events(std::string const& sentence, base::Date today) : tokens_(sentence) {
        for (auto at = std::ptrdiff_t{0}; at < static_cast<std::ptrdiff_t>(tokens_.size());)
            at += take(at, today);
    }
    std::vector<Event> events;
    std::vector<std::string> clauses = {""};

private:
    std::ptrdiff_t take(std::ptrdiff_t at, base::Date today) {
        if (begins_clause(tokens_, at)) clauses.emplace_back();
        auto length = std::ptrdiff_t{1};
        if (auto const date = date_at(tokens_, at, today)) {
            add_date(at, *date);
            length = date->length;
        } else if (auto const time = time_at(tokens_, at)) {
            events.push_back({Event::Kind::time, {}, *time, {}, clauses.size() - 1});
            length = time->length;
        }
        for (auto each = at; each < at + length; ++each)
            clauses.back() += (tokens_.at(each).spaced ? " " : "") + tokens_.at(each).text;
        return length;
    }
    /// "mañana, jueves 22 de octubre" is one date.
    void add_date(std::ptrdiff_t at, StatedDate const& date) {
        auto const repeated = !events.empty() && events.back().kind == Event::Kind::date &&
                              events.back().date == date.date && at - last_end_ <= 2;
        last_end_ = at + date.length;
        if (!repeated) events.push_back({Event::Kind::date, date.date, {}, {}, clauses.size() - 1});
    }

    Tokens tokens_;
    std::ptrdiff_t last_end_ = -10;
};

class Collector {
public:
    explicit Collector(base::Date today) : today_(today) {}

    void take(Sentence const& sentence, std::size_t number) {
        if (is_example(sentence.text)) return;
        auto const found = Events(sentence.text, today_);
        auto const general = tells_opening_hours(sentence.text);
        auto const& events = found.events;
        auto const date_first = events.empty() || events.front().kind == Event::Kind::date;
        // A sentence without any date continues the one before.
        auto own = std::optional<std::size_t>();
        for (auto at = std::size_t{0}; at < events.size(); ++at) {
            auto const& event = events[at];
            if (event.kind == Event::Kind::date) {
                own = at;
                context_ = event.date;
                if (!general) add_date(event, number, refuses(found.clauses[event.clause_number]));
                continue;
            }
            if (!event.time.is_start || general) continue;
            auto date = context_;
            if (!date_first) {
                auto const next = next_date(events, at);
                date = next ? next : own ? std::optional(events[*own].date) : context_;
            }
            add_time(event, date, number, refuses(found.clauses[event.clause_number]));
        }
    }
    std::vector<Moment> done() {
        std::erase_if(moments_, [](Moment const& moment) { return !moment.date && !moment.time; });
        return std::move(moments_);
    }

private:
    static std::optional<base::Date> next_date(std::vector<Event> const& events, std::size_t at) {
        for (auto next = at + 1; next < events.size(); ++next) {
            if (events[next].kind == Event::Kind::date) return events[next].date;
        }
        return std::nullopt;
    }
    void add_date(Event const& event, std::size_t sentence, bool refused) {
        // "a las 10:00 del jueves": it was taken together with its time.
        auto const taken = std::ranges::any_of(moments_, [&](Moment const& known) {
            return known.date == event.date && known.sentence == sentence && known.refused == refused;
        });
        if (!taken) moments_.push_back({event.date, {}, false, refused, sentence});
    }
    /// A time completes the date it belongs to, also when that stood in a sentence before.
    void add_time(Event const& event, std::optional<base::Date> date, std::size_t sentence, bool refused) {
        if (date) {
            std::erase_if(moments_, [&](Moment const& moment) {
                return moment.date == date && !moment.time && moment.refused <= refused;
            });
        }
        auto moment = Moment{date, event.time.time, event.time.either_half, refused, sentence};
        auto const known = std::ranges::any_of(moments_, [&](Moment const& other) {
            return other.same(moment) && other.sentence == sentence && other.refused == refused;
        });
        if (!known) moments_.push_back(moment);
    }

    base::Date today_;
    std::optional<base::Date> context_;
    std::vector<Moment> moments_;
};

} // namespace

bool Moment::may_be(base::LocalTime start) const {
    if (date && *date != base::date_of(start)) return false;
    if (!time) return true;
    auto const clock = base::time_of_day(start);
    return clock == *time || (either_half && clock == *time + hours(12));
}

bool Moment::same(Moment const& other) const {
    if (date && other.date && date != other.date) return false;
    if (!time || !other.time) return time.has_value() == other.time.has_value() && date == other.date;
    auto const apart = std::chrono::abs(*time - *other.time);
    return apart == base::Minutes(0) || (apart == hours(12) && (either_half || other.either_half));
}

std::vector<Moment> moments_in(std::vector<Sentence> const& sentences, base::Date today) {
    auto collector = Collector(today);
    for (auto at = std::size_t{0}; at < sentences.size(); ++at)
        collector.take(sentences[at], at);
    return collector.done();
}

bool tells_opening_hours(std::string const& sentence) {
    static auto const words = phrase("abrimos|abierto|abiertos|abierta|atendemos|nuestro horario|horario de "
                                     "(?:atencion|apertura)|horarios?:|horario es|"
                                     "horarios de|we are open|we're open|open from|opening hours|de lunes a|lunes a "
                                     "(?:viernes|sabado)|monday to|mon-fri");
    static auto const negated = phrase("no abrimos|no atendemos|not open");
    return holds(sentence, words) && !holds(sentence, negated);
}

bool refuses(std::string const& words) {
    static auto const refusal = phrase(
        "ocupad[oa]s?|se "
        "(?:ocupo|lleno|ocuparon)|complet[oa]s?|llen[oa]s?|cerrad[oa]s?|cerramos|agotad[oa]s?|reservad[oa] por|no "
        "(?:me |nos |te |le |se |lo |la )?"
        "(?:queda|quedan|hay|tengo|tenemos|abrimos|atendemos|trabaja|trabajamos|trabajan|puedo|podemos|puede|da|"
        "disponemos|"
        "disponible|disponibles|esta|estan|hace|hacemos|realiza|es "
        "posible|contamos|encuentro|veo|vemos|encontramos|ofrecemos|"
        "manejamos|cabe|llega|alcanza|existe|entendi|entiendo|he "
        "entendido|aceptamos|llegamos|quedo|tenia|damos|permite)|"
        "sin (?:disponibilidad|huecos|cupos?|lugar|turnos|hora)|demasiado (?:pronto|lejos|tarde)|ya paso|ya "
        "no|imposible|"
        "tampoco|taken|unavailable|booked up|fully booked|full|closed|sold out|not "
        "(?:available|possible|open|free|working)|"
        "no (?:longer|availability|openings?|free)|too (?:soon|late|far|short)|can'?t|cannot|unable|don'?t "
        "(?:have|do|offer|open|take)|"
        "doesn'?t (?:work|do|offer)|isn'?t (?:available|free|possible)|aren'?t|couldn'?t|already passed|unfortunately");
    static auto const harmless =
        phrase("si no (?:puedes|puede|podes|te|le)|if you can'?t|if you cannot|no hay problema|no hay de que|"
               "no se preocupe|no te preocupes|no hay apuro");
    auto rest = std::regex_replace(words, harmless, " ");
    return holds(rest, refusal);
}

} // namespace eval
