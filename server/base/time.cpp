#include "base/time.hpp"

#include <algorithm>

#include "base/digits.hpp"

namespace base {

namespace {

constexpr auto date_length = 10;
constexpr auto time_length = 5;

std::optional<Date> read_date(DigitReader& text) {
    auto const year = text.number(4);
    if (!year || !text.one_of("-")) return std::nullopt;
    auto const month = text.number(2);
    if (!month || !text.one_of("-")) return std::nullopt;
    auto const day = text.number(2);
    if (!day || *year < 1900 || *year > 2100) return std::nullopt;
    auto const date = std::chrono::year(*year) / static_cast<unsigned>(*month) / static_cast<unsigned>(*day);
    return date.ok() ? std::optional(Date(date)) : std::nullopt;
}

std::optional<Minutes> read_hours_and_minutes(DigitReader& text, int last_hour) {
    auto const hours = text.number(2);
    if (!hours || !text.one_of(":")) return std::nullopt;
    auto const minutes = text.number(2);
    if (!minutes || *hours > last_hour || *minutes > 59) return std::nullopt;
    return std::chrono::hours(*hours) + Minutes(*minutes);
}

/// An absent fraction is 0; digits beyond the millisecond are cut off.
std::optional<Milliseconds> read_fraction(DigitReader& text) {
    if (!text.one_of(".")) return Milliseconds(0);
    auto millis = 0;
    auto unit = 100;
    auto digits = 0;
    for (auto digit = text.number(1); digit; digit = text.number(1), unit /= 10, ++digits)
        millis += *digit * unit;
    return digits > 0 ? std::optional(Milliseconds(millis)) : std::nullopt;
}

std::optional<Milliseconds> read_seconds(DigitReader& text) {
    if (!text.one_of(":")) return std::nullopt;
    auto const seconds = text.number(2);
    auto const fraction = read_fraction(text);
    if (!seconds || *seconds > 59 || !fraction) return std::nullopt;
    return Seconds(*seconds) + *fraction;
}

std::optional<Minutes> read_offset(DigitReader& text) {
    auto const sign = text.one_of("Zz+-");
    if (sign == 'Z' || sign == 'z') return Minutes(0);
    if (sign == 0) return std::nullopt;
    auto const offset = read_hours_and_minutes(text, 23);
    if (!offset) return std::nullopt;
    return sign == '-' ? -*offset : *offset;
}

} // namespace

std::optional<Date> parse_date(std::string_view text) {
    auto reader = DigitReader(text);
    auto const date = read_date(reader);
    return reader.rest().empty() ? date : std::nullopt;
}

std::string format_date(Date date) {
    char text[date_length];
    return std::string(text, put_date(text, date));
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
    auto reader = DigitReader(text);
    auto const time = read_hours_and_minutes(reader, 24);
    return time && reader.rest().empty() && *time <= std::chrono::hours(24) ? time : std::nullopt;
}

std::string format_time_of_day(TimeOfDay time) {
    char text[time_length];
    return std::string(text, put_time_of_day(text, time));
}

std::optional<Instant> parse_instant(std::string_view text) {
    auto reader = DigitReader(text);
    auto const date = read_date(reader);
    if (!date || !reader.one_of("Tt")) return std::nullopt;
    auto const time = read_hours_and_minutes(reader, 23);
    auto const seconds = read_seconds(reader);
    auto const offset = read_offset(reader);
    if (!time || !seconds || !offset || !reader.rest().empty()) return std::nullopt;
    return Instant(date->time_since_epoch() + *time + *seconds - *offset);
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
    auto reader = DigitReader(text);
    auto const date = read_date(reader);
    if (!date || !reader.one_of("T")) return std::nullopt;
    auto const time = read_hours_and_minutes(reader, 23);
    if (!time || !(reader.rest().empty() || reader.rest() == ":00")) return std::nullopt;
    return *date + *time;
}

std::string format_local_time(LocalTime time) {
    char text[date_length + 1 + time_length];
    auto const end = put(put_date(text, date_of(time)), 'T');
    return std::string(text, put_time_of_day(end, time_of_day(time)));
}

std::string format_utc(Instant instant) {
    auto const time = within_calendar(instant);
    auto const day = std::chrono::floor<std::chrono::days>(time);
    auto const minute = std::chrono::floor<Minutes>(time);
    auto const millis = static_cast<int>((time - minute).count());
    char text[date_length + 1 + time_length + 8];
    auto end = put(put_date(text, Date(day.time_since_epoch())), 'T');
    end = put(put_time_of_day(end, minute - day), ':');
    end = put(put_number(end, millis / 1000, 2), '.');
    return std::string(text, put(put_number(end, millis % 1000, 3), 'Z'));
}

char* put_date(char* out, Date date) {
    auto const day = std::chrono::year_month_day(std::clamp(date, first_day, last_day));
    out = put(put_number(out, int(day.year()), 4), '-');
    out = put(put_number(out, static_cast<int>(unsigned(day.month())), 2), '-');
    return put_number(out, static_cast<int>(unsigned(day.day())), 2);
}

char* put_time_of_day(char* out, TimeOfDay time) {
    auto const minutes = static_cast<int>(time.count());
    return put_number(put(put_number(out, minutes / 60, 2), ':'), minutes % 60, 2);
}

std::optional<int> DigitReader::number(std::size_t width) {
    auto const digits = rest_.substr(0, width);
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (digits.size() < width || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
    rest_.remove_prefix(width);
    auto value = 0;
    for (auto const digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

char DigitReader::one_of(std::string_view letters) {
    if (rest_.empty() || letters.find(rest_.front()) == letters.npos) return 0;
    auto const letter = rest_.front();
    rest_.remove_prefix(1);
    return letter;
}

} // namespace base
