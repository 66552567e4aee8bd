#include "assistant/facts.hpp"

#include <algorithm>
#include <string>

#include "assistant/people.hpp"
#include "base/text.hpp"
#include "language/intent.hpp"

namespace assistant {
namespace {

/// "aparcamiento" is named by "aparcar", "pago" by "pagar": without the ending of the noun.
std::string_view stem(std::string_view folded_topic) {
    for (std::string_view const ending : {"amiento", "acion", "os", "as", "s", "o", "a", "e"}) {
        if (folded_topic.ends_with(ending) && folded_topic.size() >= ending.size() + 3) {
            return folded_topic.substr(0, folded_topic.size() - ending.size());
        }
    }
    return folded_topic;
}

/// A short stem would begin too many words: "bon" is named by "bonos", not by "bonitas".
bool names_topic(std::string_view word, std::string_view topic_stem) {
    return word.starts_with(topic_stem) && (topic_stem.size() > 4 || word.size() <= topic_stem.size() + 2);
}

/// By the topic's own word or by another one for the same thing.
bool names_fact(std::vector<std::string> const& words, business::Fact const& fact) {
    auto const topic = base::fold(fact.topic);
    if (topic.empty()) return false;
    auto const topic_stem = stem(topic);
    auto const family = language::family_of(topic);
    return std::ranges::any_of(words, [&](auto const& word) {
        return names_topic(word, topic_stem) || (!word.empty() && language::family_of(word) == family);
    });
}

} // namespace

std::vector<std::size_t> facts_named(std::string_view folded, std::vector<business::Fact> const& facts) {
    std::vector<std::size_t> named;
    auto const words = words_of(folded);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (names_fact(words, facts[i])) named.push_back(i);
    }
    return named;
}

} // namespace assistant
