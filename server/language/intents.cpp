#include <algorithm>
#include <array>

#include "language/intent.hpp"
#include "language/lexicon.hpp"

namespace language {

namespace {

bool is_spanish_sign(Token const& token) { return token.is("¿") || token.is("¡"); }

/// Catalan and Portuguese share most of their small words with Spanish: what is theirs alone speaks for three.
bool is_written_in(std::string_view language, std::vector<Token> const& tokens, int spanish) {
    auto const own = words_of_language(language, tokens);
    return own > 0 && 3 * own > spanish;
}

/// Between two words of a phrase: "d'acord", "segunda-feira".
bool is_joint(Token const& token) { return token.is("'") || token.is("’") || token.is("-"); }

/// The longest phrase of the gloss that begins at `place`: its Spanish and the place after it.
struct Glossed {
    std::string const* spanish = nullptr;
    std::size_t next = 0;
};
Glossed gloss_at(std::vector<Token> const& tokens, std::size_t place, Gloss const& gloss) {
    constexpr auto most_words = 3;
    Glossed found;
    std::string phrase;
    auto words = 0;
    for (auto i = place; i < tokens.size() && words < most_words; ++i) {
        if (is_joint(tokens[i]) && words > 0) continue;
        if (!tokens[i].is_word()) break;
        phrase += (words++ == 0 ? "" : " ") + tokens[i].text;
        if (auto const word = gloss.find(phrase); word != gloss.end()) found = {&word->second, i + 1};
    }
    return found;
}

std::string with_gloss(std::string_view text, std::vector<Token> const& tokens, Gloss const& gloss) {
    std::string spanish;
    std::size_t done = 0; // bytes of the text
    for (std::size_t i = 0; i < tokens.size();) {
        auto const found = gloss_at(tokens, i, gloss);
        auto const next = found.spanish ? found.next : i + 1;
        if (found.spanish && tokens[i].start >= done) {
            spanish += text.substr(done, tokens[i].start - done);
            spanish += *found.spanish;
            done = tokens[next - 1].end;
        }
        i = next;
    }
    return spanish += text.substr(done);
}

} // namespace

Intents read_intents(std::string_view text) { return intents_of(read_topics(text)); }

Intents intents_of(Topics const& topics) {
    auto intents = Intents();
    auto const wish = !topics.has(Topic::policy);
    intents.move = topics.has(Topic::move) && wish;
    intents.cancel = topics.has(Topic::cancel) && !intents.move && wish;
    intents.prices = topics.has(Topic::price);
    intents.duration = topics.has(Topic::duration);
    intents.hours = topics.has(Topic::hours);
    intents.my_bookings = topics.has(Topic::my_bookings) && !intents.move && !intents.cancel && !intents.hours;
    intents.address = topics.has(Topic::address);
    intents.person = topics.has(Topic::person);
    intents.greeting = topics.has(Topic::greeting);
    intents.thanks = topics.has(Topic::thanks);
    intents.menu = topics.has(Topic::menu);
    intents.book = topics.has(Topic::book) && !intents.move && !intents.cancel && !intents.my_bookings;
    return intents;
}

std::string read_language(std::string_view text) {
    auto const tokens = read_tokens(text);
    auto const signs = std::ranges::count_if(tokens, is_spanish_sign);
    auto const spanish = words_of_language("es", tokens) + static_cast<int>(signs);
    auto const english = words_of_language("en", tokens);
    for (auto const* const language : {"ca", "pt"}) {
        if (is_written_in(language, tokens, std::max(spanish, english))) return language;
    }
    if (spanish == english) return "";
    return spanish > english ? "es" : "en";
}

std::string in_spanish(std::string_view text) {
    auto const* const gloss = gloss_of(read_language(text));
    return gloss == nullptr ? std::string(text) : with_gloss(text, read_tokens(text), *gloss);
}

} // namespace language
