// The grammar of read_when: small rules, each with the cases that it reads, over the symbols of a message. What they
// find is put together in when.cpp.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "language/clock.hpp"
#include "language/symbols.hpp"
#include "language/when.hpp"

namespace language {

/// What a rule may look at beside the words.
struct Context {
    base::LocalTime now;
    std::string_view country;
    bool after_hour = false;       ///< the mention before was an hour, and only "o" stands between
    bool after_day_number = false; ///< the same for "el 8"
    base::Date today() const { return base::date_of(now); }
};

/// One mention of a day or days. `doubt` empties the date, as in When.
struct DayMention {
    std::optional<base::Date> date;
    std::optional<base::Date> date_to;
    std::optional<Ambiguity::Code> doubt;
    std::vector<base::Date> options;
    unsigned bare_weekday = 0; ///< 1 to 7 when nothing but the weekday was said: a week named elsewhere decides
    unsigned bare_number = 0;  ///< 1 to 31 when nothing but the number was said: a month named with another decides
    std::optional<std::chrono::year_month> month; ///< said with the number
    bool is_week = false;
};

/// One mention of an hour or a stretch of hours.
struct HourMention {
    enum class Kind { point, stretch, since, until, impossible };
    Kind kind = Kind::point;
    SaidHour from;
    SaidHour to;
    std::optional<base::LocalTime> moment; ///< "en media hora": counted from now
    std::size_t days_before = 0;           ///< how many days were said before it
};

struct PartMention {
    PartOfDay part = PartOfDay::none;
    std::optional<int> days_from_today = {}; ///< "esta tarde", "ahorita" and "anoche" are days as well
    bool is_noon = false;                    ///< twelve o'clock, if no hour is said
    bool is_beside_hour = false;             ///< "a las 11 o por la tarde": offered in place of the hour
    std::size_t days_before = 0;             ///< how many days were said before it
};

/// Words that were understood and say nothing about when: a greeting, a price.
struct Aside {};

/// A change of a time that is known elsewhere: "una hora antes", "misma hora".
struct ShiftMention {
    std::optional<base::Minutes> by; ///< nothing: the same hour
};

/// How the next moment stands to the one before.
enum class Turn {
    alternative, ///< o
    addition,    ///< y
    cannot,      ///< "no puedo": what follows is refused, or what was said before
    except,      ///< menos, en vez de: what follows is refused
    refused,     ///< "me viene mal": what was said before is
    no,
    instead,    ///< mejor, sino
    correction, ///< digo, perdón
    successor,  ///< "el siguiente": a week after the one refused
};

using Mention = std::variant<Aside, DayMention, HourMention, PartMention, ShiftMention, Turn>;

/// A phrase, and what read_when gives for it on Wednesday 21 October 2026 at 10:15: "2026-10-22..2026-10-23
/// 17:00..18:00 part_of_day code[option,option]", whatever of it there is.
struct Case {
    std::string_view text;
    std::string_view expected;
    std::string_view country = "ES";
};

struct Rule {
    std::string_view name;
    std::optional<Mention> (*read)(Reading& at, Context const& context);
    std::span<Case const> cases;
};

/// In the order in which they are tried at each place of a message.
std::vector<std::span<Rule const>> const& when_rules();

std::span<Rule const> aside_rules();
std::span<Rule const> date_rules();
std::span<Rule const> named_day_rules();
std::span<Rule const> stretch_rules();
std::span<Rule const> hour_rules();
std::span<Rule const> part_rules();
std::span<Rule const> weekday_rules();
std::span<Rule const> turn_rules();

/// Readings that rules of several files share.
std::optional<DayMention> read_single_day(Reading& at, Context const& context);
std::optional<DayMention> read_numbered_day(Reading& at, Context const& context);
/// A number, with its month when one is named: "5", "5 de noviembre", "3/11".
std::optional<DayMention> read_date(Reading& at, Context const& context);
std::optional<DayMention> read_weekday(Reading& at, Context const& context);
std::optional<std::chrono::year_month> take_which_month(Reading& at, base::Date today);

/// The number before belongs to something else: "5 euros", "5 %", "5ta", "600 11".
bool is_of_something_else(Reading at);
/// A service or something else that is booked: "a las 4 corte" is an hour, "tipo 4 cortes" may be none.
bool is_before_service(Reading const& at);
/// Follows at once on a day, a part of the day or an hour, or begins a line.
bool is_after_moment(Reading const& at);
/// An hour comes next: "5pm", "a las 5".
bool is_before_hour(Reading at, Context const& context);

} // namespace language
