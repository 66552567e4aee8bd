// How rules about days say what they found.
#pragma once

#include <algorithm>

#include "language/when_rules.hpp"

namespace language {

inline DayMention on(base::Date date) {
    auto mention = DayMention();
    mention.date = date;
    return mention;
}
inline DayMention from_to(base::Date first, base::Date last) {
    auto mention = on(first);
    mention.date_to = last;
    return mention;
}
inline DayMention doubtful(Ambiguity::Code code, std::vector<base::Date> options) {
    std::ranges::sort(options);
    auto mention = DayMention();
    mention.doubt = code;
    mention.options = std::move(options);
    return mention;
}
inline DayMention either_week(base::Date first) {
    return doubtful(Ambiguity::Code::which_week, {first, first + std::chrono::days(7)});
}
inline DayMention date_or_invalid(std::optional<base::Date> date) {
    return date ? on(*date) : doubtful(Ambiguity::Code::invalid_date, {});
}

/// A rule about days as a rule of the grammar.
template <std::optional<DayMention> (*rule)(Reading&, Context const&)>
std::optional<Mention> as_mention(Reading& at, Context const& context) {
    auto found = rule(at, context);
    return found ? std::optional<Mention>(*std::move(found)) : std::nullopt;
}

} // namespace language
