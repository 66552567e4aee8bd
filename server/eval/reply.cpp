#include "eval/reply.hpp"

#include <algorithm>
#include <set>

#include "eval/phrases.hpp"
#include "eval/questions.hpp"
#include "eval/sentences.hpp"

namespace eval {
namespace {

bool has_choice(std::string const& sentence) {
    static auto const words =
        phrase("alguna|alguno|algun|cual|cuales|cualquiera|which|any of|either|one of|prefieres|prefiere|preferis|"
               "prefer|elige|elegi|elija|escoge|escoja|choose|pick|opcion|opciones|option|options|numero|number");
    return holds(sentence, words);
}

bool has_alternative(std::string const& sentence) {
    static auto const words = phrase("o|u|or");
    return holds(sentence, words);
}

/// Names of services in the text, the longest first, so that "Corte y barba" is not "Corte" too.
std::size_t count_named(std::string text, std::vector<std::string> names) {
    std::ranges::sort(names, [](auto const& a, auto const& b) { return a.size() > b.size(); });
    auto found = std::set<std::string>();
    for (auto const& name : names) {
        auto const folded = comparable(name);
        for (auto at = text.find(folded); !folded.empty() && at != text.npos; at = text.find(folded)) {
            found.insert(folded);
            text.replace(at, folded.size(), "#");
        }
    }
    return found.size();
}

class Reading {
public:
    Reading(std::string_view text, Signboard const& signboard, base::Date today)
        : signboard_(signboard), sentences_(sentences_of(text)), moments_(moments_in(sentences_, today)) {}

    Reply reply() {
        for (auto const& moment : moments_) {
            if (!moment.refused) add_once(reply_.stated, moment);
        }
        read_questions();
        reply_.claims = claims_in(sentences_, moments_, reply_.asks);
        reply_.asks_to_confirm = asks_to_confirm();
        reply_.lists = !reply_.asks_to_confirm && lists();
        reply_.refuses = refuses_something();
        reply_.offers = reply_.claims.empty() &&
                        std::ranges::any_of(reply_.stated, [](auto const& each) { return each.time.has_value(); });
        return std::move(reply_);
    }

private:
    static void add_once(std::vector<Moment>& all, Moment const& moment) {
        if (std::ranges::none_of(all, [&](auto const& known) { return known.same(moment); })) all.push_back(moment);
    }

    void read_questions() {
        auto found = std::set<Question>();
        for (auto const& sentence : sentences_) {
            if (!wants_answer(sentence)) continue;
            reply_.asks = true;
            found.merge(questions_in(sentence.text, signboard_));
        }
        if (items_are_changes()) found.insert(Question::change);
        // "¿Para cuándo te la cambio o la cancelo?" and the like.
        reply_.questions.assign(found.begin(), found.end());
    }

    /// "1) Cambiar 2) Cancelar", but not a whole menu.
    bool items_are_changes() const {
        auto moves = false;
        auto cancels = false;
        auto items = 0;
        for (auto const& sentence : sentences_) {
            if (!sentence.is_item) continue;
            ++items;
            auto const moving = mentions_moving(sentence.text);
            auto const cancelling = mentions_cancelling(sentence.text);
            moves = moves || (moving && !cancelling);
            cancels = cancels || (cancelling && !moving);
        }
        return moves && cancels && items <= 4;
    }

    std::vector<Moment> times() const {
        auto found = std::vector<Moment>();
        std::ranges::copy_if(reply_.stated, std::back_inserter(found),
                             [](auto const& each) { return each.time.has_value(); });
        return found;
    }

    /// Starts that are stated with the sentence at `number`.
    std::size_t starts_in(std::size_t number) const {
        auto own = std::vector<Moment>();
        for (auto const& moment : moments_) {
            if (moment.sentence == number && !moment.refused) add_once(own, moment);
        }
        return own.size();
    }

    bool asks_to_confirm() const {
        for (auto at = std::size_t{0}; at < sentences_.size(); ++at) {
            auto const& sentence = sentences_[at];
            if (!wants_answer(sentence)) continue;
            auto const open = is_open_question(sentence.text) || !questions_in(sentence.text, signboard_).empty() ||
                              has_choice(sentence.text) || (starts_in(at) > 1 && has_alternative(sentence.text));
            if (asks_for_word_yes(sentence.text)) return true;
            if (!open && (asks_to_act(sentence.text) || is_tag_of_plan(at))) return true;
            if (asks_for_agreement(sentence.text) && times().size() == 1 && !has_choice(sentence.text) &&
                questions_in(sentence.text, signboard_).empty())
                return true;
        }
        return items_are_yes_and_no();
    }

    /// "Entonces cancelo las dos, ¿cierto?"
    bool is_tag_of_plan(std::size_t at) const {
        static auto const tag = std::regex(
            "^(?:y |entonces )?(?:cierto|correcto|verdad|vale|ok|okay|no|si|de acuerdo|te parece|right)\\?$");
        return at > 0 && sentences_[at - 1].line == sentences_[at].line &&
               std::regex_search(sentences_[at].text, tag) && asks_to_act(sentences_[at - 1].text);
    }

    bool items_are_yes_and_no() const {
        static auto const yes = phrase("^(?:si|yes|confirmar|confirmo|confirm)");
        static auto const no = phrase("^(?:no|cambiar|cancelar|change|cancel|otra hora|otro dia)");
        auto const has = [&](auto const& words) {
            return std::ranges::any_of(sentences_,
                                       [&](auto const& each) { return each.is_item && holds(each.text, words); });
        };
        return has(yes) && has(no);
    }

    bool lists() const {
        if (!reply_.asks && !offers_words()) return false;
        return lists_starts() || lists_dates() || lists_services();
    }
    bool offers_words() const {
        static auto const words = phrase("tengo|tenemos|hay|libre|libres|disponible|disponibles|hueco|huecos|te "
                                         "ofrezco|puedo ofrecer|opciones|available|free|i have|we have|options");
        return std::ranges::any_of(sentences_, [](auto const& each) { return holds(each.text, words); });
    }
    /// Those that a claim states are no offers.
    bool lists_starts() const {
        auto offered = std::vector<Moment>();
        for (auto const& moment : times()) {
            auto const claimed = std::ranges::any_of(
                reply_.claims, [&](Claim const& claim) { return claim.sentence == moment.sentence; });
            if (!claimed) offered.push_back(moment);
        }
        return offered.size() >= 2;
    }
    bool lists_dates() const {
        auto dates = std::set<base::Date>();
        for (auto const& moment : moments_) {
            auto const& sentence = sentences_[moment.sentence];
            if (moment.date && !moment.refused && (sentence.is_item || wants_answer(sentence)))
                dates.insert(*moment.date);
        }
        return dates.size() >= 2;
    }
    bool lists_services() const {
        auto text = std::string();
        auto everything = std::string();
        auto asked = false;
        auto chooses = false;
        for (auto const& sentence : sentences_) {
            auto const wants = wants_answer(sentence);
            if (wants)
                asked = asked || has_choice(sentence.text) || has_alternative(sentence.text) ||
                        questions_in(sentence.text, signboard_).contains(Question::service);
            everything += sentence.text + " | ";
            if (wants || sentence.is_item) text += sentence.text + " | ";
            chooses = chooses || (wants && has_choice(sentence.text));
        }
        if (chooses) text = everything; // "Hacemos mechas y tintes. ¿Cuál quieres?"
        return asked && count_named(text, signboard_.services) >= 2;
    }

    /// "Siento que no puedas venir" beside a claim is politeness.
    bool refuses_something() const {
        auto hours = std::ranges::any_of(sentences_, [](auto const& each) { return tells_opening_hours(each.text); });
        static auto const closed = phrase("cerrado|cerrados|cerramos|no abrimos|closed|not open");
        static auto const then =
            phrase("estamos cerrados|esta cerrado|a esa hora|ese dia|we are closed|we're closed|that day|that time");
        return std::ranges::any_of(sentences_, [&](auto const& each) {
            return eval::refuses(each.text) && !(hours && holds(each.text, closed) && !holds(each.text, then));
        });
    }

    Signboard const& signboard_;
    std::vector<Sentence> sentences_;
    std::vector<Moment> moments_;
    Reply reply_;
};

} // namespace

std::string_view to_text(Question question) {
    switch (question) {
    case Question::service: return "service";
    case Question::day: return "day";
    case Question::time: return "time";
    case Question::name: return "name";
    case Question::staff: return "staff";
    case Question::change: return "change";
    }
    return "";
}

Kind kind_of(Reply const& reply) {
    if (reply.asks_to_confirm) return Kind::confirm;
    if (reply.lists) return Kind::list;
    if (!reply.questions.empty()) return Kind::question;
    if (reply.asks || reply.offers || (reply.refuses && reply.claims.empty())) return Kind::other;
    return Kind::nothing;
}

Reply read_reply(std::string_view text, Signboard const& signboard, base::Date today) {
    return Reading(text, signboard, today).reply();
}

} // namespace eval
