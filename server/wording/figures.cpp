// Days, hours and amounts by own tables: they are written in every message, and an ICU formatter for each would cost
// more than the rest of the turn.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/money.hpp"
#include "wording/wording.hpp"

namespace wording {

namespace {

struct Names {
    std::array<std::string_view, 7> weekdays;
    std::array<std::string_view, 7> short_weekdays;
    std::array<std::string_view, 12> months;
    std::array<std::string_view, 12> short_months;
};

constexpr Names spanish = {{"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
                           {"lun", "mar", "mié", "jue", "vie", "sáb", "dom"},
                           {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
                            "octubre", "noviembre", "diciembre"},
                           {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"}};
constexpr Names english = {{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
                           {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
                           {"January", "February", "March", "April", "May", "June", "July", "August", "September",
                            "October", "November", "December"},
                           {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}};

bool is_english(Voice const& voice) { return voice.language == "en"; }
Names const& names_of(Voice const& voice) { return is_english(voice) ? english : spanish; }
std::chrono::year_month_day calendar(base::Date date) { return std::chrono::year_month_day(date); }
std::size_t month_index(base::Date date) { return static_cast<unsigned>(calendar(date).month()) - 1; }

/// How a currency is written where it is at home.
struct Notation {
    std::string_view currency;
    std::string_view before;
    std::string_view after;
    char thousands;
    char decimals;
};
constexpr std::array<Notation, 19> notations = {{{"EUR", "", " €", '.', ','},
                                                 {"MXN", "$", "", ',', '.'},
                                                 {"ARS", "$", "", '.', ','},
                                                 {"COP", "$", "", '.', ','},
                                                 {"CLP", "$", "", '.', ','},
                                                 {"USD", "$", "", ',', '.'},
                                                 {"PEN", "S/ ", "", ',', '.'},
                                                 {"UYU", "$", "", '.', ','},
                                                 {"PYG", "₲ ", "", '.', ','},
                                                 {"GBP", "£", "", ',', '.'},
                                                 {"BRL", "R$ ", "", '.', ','},
                                                 {"VES", "Bs. ", "", '.', ','},
                                                 {"BOB", "Bs ", "", '.', ','},
                                                 {"CRC", "₡", "", '.', ','},
                                                 {"GTQ", "Q", "", ',', '.'},
                                                 {"HNL", "L ", "", ',', '.'},
                                                 {"NIO", "C$", "", ',', '.'},
                                                 {"DOP", "$", "", ',', '.'},
                                                 {"CUP", "$", "", '.', ','}}};

/// Where $ means the country's own peso, dollars are told apart.
bool has_peso_sign(std::string_view country) {
    constexpr std::array<std::string_view, 7> countries = {"AR", "CL", "CO", "MX", "UY", "DO", "CU"};
    return std::ranges::find(countries, country) != countries.end();
}

std::string grouped(std::int64_t whole, char thousands) {
    auto digits = std::to_string(whole);
    for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3) {
        digits.insert(static_cast<std::size_t>(place), 1, thousands);
    }
    return digits;
}

/// "1.234,50"
std::string amount(std::int64_t minor, std::string_view currency, char thousands, char decimals) {
    auto const unit = base::minor_digits(currency) == 0 ? 1 : 100;
    auto const fraction = minor % unit;
    auto const whole = grouped(minor / unit, thousands);
    return fraction == 0 ? whole : fmt::format("{}{}{:02}", whole, decimals, fraction);
}

} // namespace

std::string day(Voice const& voice, base::Date date, base::Date today) {
    auto const& names = names_of(voice);
    auto const weekday = names.weekdays[base::iso_weekday(date) - 1];
    auto const month = names.months[month_index(date)];
    auto const number = static_cast<unsigned>(calendar(date).day());
    auto const year = static_cast<int>(calendar(date).year());
    auto const joint = is_english(voice) ? " " : " de ";
    auto const text = fmt::format("{} {}{}{}", weekday, number, joint, month);
    return calendar(date).year() == calendar(today).year() ? text : fmt::format("{}{}{}", text, joint, year);
}

std::string relative_day(Voice const& voice, base::Date date, base::Date today) {
    auto const text = day(voice, date, today);
    if (date == today) return is_english(voice) ? "today" : "hoy";
    if (date == today + std::chrono::days(1)) return (is_english(voice) ? "tomorrow, " : "mañana, ") + text;
    return is_english(voice) ? text : "el " + text;
}

std::string short_day(Voice const& voice, base::Date date) {
    auto const& names = names_of(voice);
    return fmt::format("{} {} {}", names.short_weekdays[base::iso_weekday(date) - 1],
                       static_cast<unsigned>(calendar(date).day()), names.short_months[month_index(date)]);
}

std::string time(base::TimeOfDay time) { return base::format_time_of_day(time); }

std::string price(Voice const& voice, std::int64_t minor, std::string_view currency) {
    auto const notation = std::ranges::find(notations, currency, &Notation::currency);
    if (notation == notations.end()) return fmt::format("{} {}", amount(minor, currency, '.', ','), currency);
    auto const foreign = currency == "USD" && has_peso_sign(voice.country) ? "US" : "";
    return fmt::format("{}{}{}{}", foreign, notation->before,
                       amount(minor, currency, notation->thousands, notation->decimals), notation->after);
}

std::string duration(base::Minutes minutes) {
    auto const hours = minutes.count() / 60;
    auto const rest = minutes.count() % 60;
    if (hours == 0) return fmt::format("{} min", rest);
    return rest == 0 ? fmt::format("{} h", hours) : fmt::format("{} h {} min", hours, rest);
}

} // namespace wording
