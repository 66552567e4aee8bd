// Days with a name, and the public holidays of each country: data, and the rules by which they move.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/time.hpp"

namespace language {

struct Feast {
    enum class Rule {
        fixed,     ///< month and day
        monday,    ///< that day, or the Monday after it (Colombia, law 51 of 1983)
        chilean,   ///< back to Monday from Tuesday to Thursday, on to Monday from Friday (law 19.668)
        argentine, ///< back to Monday from Tuesday and Wednesday, on to Monday from Thursday and Friday (law 27.399)
        easter,    ///< `day` days after Easter Sunday
        nth,       ///< the `nth` such weekday of the month; 5 = the last
    };
    std::string_view names;     ///< folded phrases separated by |; empty: nobody calls it by name
    std::string_view countries; ///< such as "ES MX"; empty: everywhere
    Rule rule = Rule::fixed;
    unsigned month = 0;
    int day = 0;      ///< of the month, or from Easter
    unsigned nth = 0; ///< 1 to 5
    unsigned weekday = 0;
    std::string_view closed = {}; ///< countries in which it is a public holiday
    int length = 1;               ///< in days, of those that are more than one
};

std::span<Feast const> feasts();
bool is_kept_in(Feast const& feast, std::string_view country);
/// The first such day on or after `today`.
base::Date next_feast(Feast const& feast, base::Date today);

/// The first public holiday on or after `today`, of one weekday (1 = Monday … 7) if given. Nothing for a country whose
/// holidays are not known.
std::optional<base::Date> next_holiday(std::string_view country, base::Date today, unsigned weekday = 0);

struct LongWeekend {
    base::Date from;
    base::Date to; ///< inclusive
};
/// The next free days in a row that a holiday makes together with a weekend, with one working day bridged.
std::optional<LongWeekend> next_long_weekend(std::string_view country, base::Date today);

} // namespace language
