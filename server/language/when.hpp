// Time expressions: what day and hour a customer means. Knows no opening hours: it returns readings, and who asks
// decides.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace language {

/// A part of the day that was named without a clock time. The windows are given by window_of().
enum class PartOfDay {
    none,
    asap,
    first,
    early,
    morning,
    mid_morning,
    late_morning,
    midday,
    after_lunch,
    afternoon,
    evening,
    night,
    after_work,
    last,
    any
};

/// A field in doubt: it is left empty and its readings are the options, ascending. Nothing is guessed.
struct Ambiguity {
    enum class Code { which_week, weekday_date_mismatch, am_pm, several, invalid_date, invalid_time, past };
    Code code;
    std::vector<std::string> options; ///< dates, times, or YYYY-MM-DDTHH:MM
};

/// Bytes [start, end) of the text that were understood as a time.
struct Span {
    enum class Kind { day, hour, part };
    std::size_t start;
    std::size_t end;
    Kind kind = Kind::day;
};

/// Nothing said about time: everything empty.
struct When {
    std::optional<base::Date> date;      ///< the day, or the first of a range
    std::optional<base::Date> date_to;   ///< the last of a range, inclusive
    std::optional<base::TimeOfDay> time; ///< the hour, or the start of a range ("después de las 6" = 18:00–24:00)
    std::optional<base::TimeOfDay> time_to;
    PartOfDay part_of_day = PartOfDay::none;
    std::vector<Ambiguity> ambiguities;
    std::vector<Span> spans;
    /// Only two readings twelve hours apart are possible ("a las 6" may be 6 or 18): `time` is the likelier one, this
    /// the other. Opening hours decide.
    std::optional<base::TimeOfDay> other_time;
    /// "una hora antes" is -60: of a time that is known elsewhere. Says nothing by itself.
    std::optional<base::Minutes> shift;
    bool same_hour = false; ///< "misma hora"

    bool has_day() const { return date.has_value(); }
    bool has_time() const { return time.has_value() || part_of_day != PartOfDay::none; }
    bool says_anything() const { return has_day() || has_time() || !ambiguities.empty(); }
    Ambiguity const* find(Ambiguity::Code code) const;
};

struct TimeWindow {
    base::TimeOfDay from;
    base::TimeOfDay to; ///< exclusive
};
/// A code as it is written outside: `which_week`.
std::string_view name_of(Ambiguity::Code code);
std::string_view name_of(Span::Kind kind);
/// `after_lunch`; empty for none.
std::string_view name_of(PartOfDay part);

/// The hours a part of the day stands for when searching; the whole day for first, last, asap and any.
TimeWindow window_of(PartOfDay part, std::string_view country);

/// Reads Spanish (and the everyday English forms) against `now`, the wall clock of the business when the message was
/// sent. Linear in the text; any bytes are fine, and those behind the first 4,096 are not read.
When read_when(std::string_view text, base::LocalTime now, std::string_view country);

} // namespace language
