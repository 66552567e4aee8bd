// The types of time, which do not mix: an instant, a wall-clock time of some zone, a date, a time of day.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;
using Minutes = std::chrono::minutes;

/// A point in time, UTC, in milliseconds: the `*_at` columns and fields.
using Instant = std::chrono::sys_time<Milliseconds>;
/// What the clock on the wall shows; means an instant only together with a Zone.
using LocalTime = std::chrono::local_time<Minutes>;
/// A calendar day of some zone.
using Date = std::chrono::local_days;
/// Minutes since midnight by the clock on the wall, 0 to 1440.
using TimeOfDay = Minutes;

struct Interval {
    Instant from;
    Instant to; ///< exclusive
    bool operator==(Interval const&) const = default;
    bool overlaps(Interval const& other) const { return from < other.to && other.from < to; }
    bool contains(Interval const& other) const { return from <= other.from && other.to <= to; }
};

constexpr Instant from_millis(std::int64_t value) { return Instant(Milliseconds(value)); }
constexpr std::int64_t to_millis(Instant value) { return value.time_since_epoch().count(); }

constexpr Date date_of(LocalTime time) { return std::chrono::floor<std::chrono::days>(time); }
constexpr TimeOfDay time_of_day(LocalTime time) { return time - date_of(time); }
constexpr Date make_date(int year, unsigned month, unsigned day) {
    return Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}
/// 1 = Monday … 7 = Sunday (ISO 8601).
constexpr unsigned iso_weekday(Date date) { return std::chrono::weekday(date).iso_encoding(); }

/// `2026-10-22`; years 1900 to 2100. nullopt when malformed or no such day.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);
/// `09:00` to `24:00`.
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
std::string format_time_of_day(TimeOfDay time);
/// RFC 3339 with an offset or Z, seconds required, fraction optional: `2026-10-22T10:00:00+02:00`.
std::optional<Instant> parse_instant(std::string_view text);
/// `2026-10-22T10:00` or with seconds `:00`: a wall-clock time without offset.
std::optional<LocalTime> parse_local_time(std::string_view text);
std::string format_local_time(LocalTime time);
/// RFC 3339 in UTC with milliseconds: `2026-10-22T08:00:00.000Z`, for logs and clocks.
std::string format_utc(Instant instant);

} // namespace base
