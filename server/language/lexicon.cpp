#include "language/lexicon.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "language/intent.hpp"
#include "language/lexicon_json.hpp"

namespace language {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, topic_count> topic_names = {
    "book",      "move",         "cancel",   "my_bookings", "price",    "duration", "hours",     "address",
    "policy",    "person",       "greeting", "thanks",      "menu",     "late",     "arrived",   "attends",
    "usual",     "usual_person", "anyone",   "alone",       "together", "in_a_row", "absence",   "gives_up",
    "same_hour", "all_of_them",  "forward",  "backward",    "later",    "earlier",  "other_day", "other_hour",
    "health",    "pain",         "payment",  "complaint",   "human"};

/// As it stands in a line: with the spaces around it, so that only whole words are found.
struct Clue {
    std::string needle;
    double weight;
};

using Words = std::unordered_set<std::string>;

struct Lexicon {
    std::array<std::vector<Clue>, topic_count> topics;
    std::unordered_map<std::string, std::string> families;
    Words idle;
    std::unordered_map<std::string, Words> languages;
    std::unordered_map<std::string, Gloss> glosses;
};

std::string needle_of(std::string_view phrase) {
    if (phrase.ends_with('*')) return " " + std::string(phrase.substr(0, phrase.size() - 1));
    return " " + std::string(phrase) + " ";
}

std::vector<Clue> read_clues(json::object const& weights) {
    std::vector<Clue> clues;
    for (auto const& [weight, phrases] : weights) {
        for (auto const& phrase : phrases.as_array())
            clues.push_back({needle_of(phrase.as_string()), std::stod(std::string(weight))});
    }
    return clues;
}

Words read_words(json::value const& list) {
    Words words;
    for (auto const& word : list.as_array())
        words.emplace(word.as_string());
    return words;
}

Gloss read_gloss(json::object const& words) {
    Gloss gloss;
    for (auto const& [said, spanish] : words)
        gloss.emplace(said, spanish.as_string());
    return gloss;
}

Lexicon read_lexicon(std::string_view text) {
    Lexicon lexicon;
    auto const root = json::parse(json::string_view(text.data(), text.size()));
    for (auto const& [name, weights] : root.at("topics").as_object()) {
        auto const* const topic = std::ranges::find(topic_names, std::string_view(name));
        if (topic == topic_names.end()) throw std::logic_error("lexicon: unknown topic " + std::string(name));
        lexicon.topics[static_cast<std::size_t>(topic - topic_names.begin())] = read_clues(weights.as_object());
    }
    for (auto const& family : root.at("families").as_array()) {
        for (auto const& word : family.as_array())
            lexicon.families.emplace(word.as_string(), family.as_array().front().as_string());
    }
    lexicon.idle = read_words(root.at("idle_words"));
    for (auto const& [language, words] : root.at("languages").as_object())
        lexicon.languages.emplace(language, read_words(words));
    for (auto const& [language, words] : root.at("gloss").as_object())
        lexicon.glosses.emplace(language, read_gloss(words.as_object()));
    return lexicon;
}

Lexicon const& lexicon() {
    static auto const words = read_lexicon(lexicon_json());
    return words;
}

} // namespace

std::bitset<topic_count> topics_of(std::string_view line) {
    std::bitset<topic_count> said;
    for (std::size_t topic = 0; topic < topic_count; ++topic) {
        auto weight = 0.0;
        for (auto const& clue : lexicon().topics[topic])
            weight += line.find(clue.needle) != std::string_view::npos ? clue.weight : 0;
        said.set(topic, weight > 0.999);
    }
    return said;
}

Topics read_topics(std::string_view text) { return Topics(topics_of(as_line(read_tokens(text)))); }

std::string family_of(std::string word) {
    auto const& families = lexicon().families;
    if (auto const found = families.find(word); found != families.end()) word = found->second;
    if (word.size() > 5 && word.ends_with("es")) return word.substr(0, word.size() - 2);
    return word.size() > 3 && word.ends_with("s") ? word.substr(0, word.size() - 1) : word;
}

bool is_idle(std::string_view word) { return lexicon().idle.contains(std::string(word)); }

int words_of_language(std::string_view language, std::vector<Token> const& tokens) {
    auto const& words = lexicon().languages.at(std::string(language));
    return static_cast<int>(std::ranges::count_if(
        tokens, [&](Token const& token) { return token.is_word() && words.contains(token.text); }));
}

Gloss const* gloss_of(std::string_view language) {
    auto const found = lexicon().glosses.find(std::string(language));
    return found == lexicon().glosses.end() ? nullptr : &found->second;
}

} // namespace language
