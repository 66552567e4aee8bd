// Decimal digits by hand: an answer about availability writes some hundred times, and a stream costs more than the
// search.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace base {

/// The days whose year has four digits.
inline constexpr auto first_day = make_date(0, 1, 1);
inline constexpr auto last_day = make_date(9999, 12, 31);

/// The nearest time between those days: 64 bits of milliseconds reach further than any calendar, and sums near their
/// ends overflow.
constexpr Instant within_calendar(Instant instant) {
    return std::clamp(instant, Instant(first_day.time_since_epoch()), Instant(last_day.time_since_epoch()));
}
constexpr LocalTime within_calendar(LocalTime time) {
    return std::clamp(time, LocalTime(first_day), LocalTime(last_day));
}

/// Writes exactly `width` digits and returns the place after them; higher digits are dropped.
inline char* put_number(char* out, int value, int width) {
    for (auto place = out + width; place != out; value /= 10)
        *--place = static_cast<char>('0' + value % 10);
    return out + width;
}

inline char* put(char* out, char letter) {
    *out = letter;
    return out + 1;
}

/// `2026-10-22`, 10 characters; a date before the first or after the last day as that day.
char* put_date(char* out, Date date);
/// `09:00`, 5 characters.
char* put_time_of_day(char* out, TimeOfDay time);

/// Reads fixed-width digits and separators from the front of a text.
class DigitReader {
public:
    explicit DigitReader(std::string_view text) : rest_(text) {}
    std::optional<int> number(std::size_t width);
    /// Skips any one of `letters`; 0 if none of them is next.
    char one_of(std::string_view letters);
    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

} // namespace base
