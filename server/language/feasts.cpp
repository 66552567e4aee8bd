#include "language/feasts.hpp"

#include <algorithm>
#include <array>

namespace language {

namespace {

using base::Date;
using std::chrono::days;
using Rule = Feast::Rule;

constexpr auto all_five = std::string_view("ES MX CO AR CL");

/// Movable feasts of a region or a town are not here: the business has its own exceptions for them.
constexpr auto table = std::to_array<Feast>({
    {"navidad|dia de navidad|christmas|christmas day|xmas|nadal|natal", "", Rule::fixed, 12, 25, 0, 0, all_five},
    {"nochebuena|noche buena|christmas eve", "", Rule::fixed, 12, 24},
    {"nochevieja|noche vieja|fin de ano|new year ' s eve|new year ’ s eve|new years eve|cap d ' any", "", Rule::fixed,
     12, 31},
    {"ano nuevo|dia de ano nuevo|new year ' s day|new year ’ s day|new years day|new year", "", Rule::fixed, 1, 1, 0, 0,
     all_five},
    {"dia de reyes|los reyes|reyes magos|en reyes|para reyes|por reyes|epifania", "ES MX AR CL", Rule::fixed, 1, 6, 0,
     0, "ES"},
    {"dia de reyes|los reyes|reyes magos|en reyes|para reyes|por reyes|epifania", "CO", Rule::fixed, 1, 6},
    {"", "CO", Rule::monday, 1, 6, 0, 0, "CO"},
    {"san valentin|dia de san valentin|dia de los enamorados|valentine ' s day|valentine ’ s day|valentines|valentines "
     "day",
     "", Rule::fixed, 2, 14},
    {"dia del amor y la amistad|amor y amistad", "MX", Rule::fixed, 2, 14},
    {"dia del amor y la amistad|amor y amistad", "CO", Rule::nth, 9, 0, 3, 6},
    {"halloween|noche de brujas|dia de las brujitas", "", Rule::fixed, 10, 31},
    {"todos los santos|dia de todos los santos|dia de los santos", "", Rule::fixed, 11, 1, 0, 0, "ES CL"},
    {"", "CO", Rule::monday, 11, 1, 0, 0, "CO"},
    {"dia de muertos|dia de los muertos|dia de los difuntos|dia de los fieles difuntos|fieles difuntos", "",
     Rule::fixed, 11, 2},
    {"dia del trabajador|dia del trabajo|dia de los trabajadores|dia de el trabajo", "", Rule::fixed, 5, 1, 0, 0,
     all_five},
    {"dia de la mujer|international women ' s day", "", Rule::fixed, 3, 8},
    {"inmaculada|la inmaculada|dia de la inmaculada|inmaculada concepcion|dia de la virgen", "ES AR CL CO", Rule::fixed,
     12, 8, 0, 0, "ES AR CL CO"},
    {"dia de la virgen|dia de la virgen de guadalupe|dia de la guadalupana", "MX", Rule::fixed, 12, 12},
    {"velitas|las velitas|dia de las velitas|noche de las velitas", "CO", Rule::fixed, 12, 7},
    {"dia de la constitucion", "ES", Rule::fixed, 12, 6, 0, 0, "ES"},
    {"el pilar|dia del pilar|dia de la hispanidad|dia de la raza", "ES MX CO AR CL", Rule::fixed, 10, 12, 0, 0, "ES"},
    {"", "CO", Rule::monday, 10, 12, 0, 0, "CO"},
    {"", "AR", Rule::argentine, 10, 12, 0, 0, "AR"},
    {"", "AR", Rule::argentine, 11, 20, 0, 0, "AR"},
    {"", "AR", Rule::argentine, 6, 17, 0, 0, "AR"},
    {"", "CL", Rule::chilean, 10, 12, 0, 0, "CL"},
    {"la asuncion|dia de la asuncion|virgen de agosto", "", Rule::fixed, 8, 15, 0, 0, "ES CL"},
    {"", "CO", Rule::monday, 8, 15, 0, 0, "CO"},
    {"san juan|noche de san juan|dia de san juan", "ES", Rule::fixed, 6, 24},
    {"sant jordi|san jordi", "ES", Rule::fixed, 4, 23},
    {"san jose|dia de san jose|dia del padre", "ES", Rule::fixed, 3, 19},
    {"", "CO", Rule::monday, 3, 19, 0, 0, "CO"},
    {"dia del padre|father ' s day", "MX CO AR CL", Rule::nth, 6, 0, 3, 7},
    {"dia de la madre|mother ' s day", "ES", Rule::nth, 5, 0, 1, 7},
    {"dia de la madre|dia de las madres", "MX", Rule::fixed, 5, 10},
    {"dia de la madre|dia de las madres", "CO CL", Rule::nth, 5, 0, 2, 7},
    {"dia de la madre", "AR", Rule::nth, 10, 0, 3, 7},
    {"dia del nino|dia de los ninos", "MX", Rule::fixed, 4, 30},
    {"dia del nino|dia de los ninos", "CO", Rule::nth, 4, 0, 5, 6},
    {"dia del nino|dia de las infancias", "AR", Rule::nth, 8, 0, 3, 7},
    {"dia del nino|dia de la ninez", "CL", Rule::nth, 8, 0, 2, 7},
    {"miercoles de ceniza", "", Rule::easter, 0, -46},
    {"lunes de carnaval", "", Rule::easter, 0, -48, 0, 0, "AR"},
    {"martes de carnaval", "", Rule::easter, 0, -47, 0, 0, "AR"},
    {"semana santa|la semana santa|holy week", "", Rule::easter, 0, -6, 0, 0, "", 7},
    {"domingo de ramos", "", Rule::easter, 0, -7},
    {"lunes santo", "", Rule::easter, 0, -6},
    {"martes santo", "", Rule::easter, 0, -5},
    {"miercoles santo", "", Rule::easter, 0, -4},
    {"jueves santo", "", Rule::easter, 0, -3, 0, 0, "ES CO"},
    {"viernes santo|good friday", "", Rule::easter, 0, -2, 0, 0, "ES CO AR CL"},
    {"sabado santo|sabado de gloria", "", Rule::easter, 0, -1, 0, 0, "CL"},
    {"domingo de resurreccion|domingo de pascua|easter sunday|easter", "", Rule::easter, 0, 0},
    {"lunes de pascua|easter monday", "", Rule::easter, 0, 1},
    {"", "CO", Rule::easter, 0, 43, 0, 0, "CO"},
    {"", "CO", Rule::easter, 0, 64, 0, 0, "CO"},
    {"", "CO", Rule::easter, 0, 71, 0, 0, "CO"},
    {"", "CO", Rule::monday, 6, 29, 0, 0, "CO"},
    {"", "CO", Rule::monday, 11, 11, 0, 0, "CO"},
    {"", "CO", Rule::fixed, 8, 7, 0, 0, "CO"},
    {"dia de la independencia", "CO", Rule::fixed, 7, 20, 0, 0, "CO"},
    {"dia de la candelaria|la candelaria", "MX", Rule::fixed, 2, 2},
    {"", "MX", Rule::nth, 2, 0, 1, 1, "MX"},
    {"", "MX", Rule::nth, 3, 0, 3, 1, "MX"},
    {"dia de la revolucion", "MX", Rule::fixed, 11, 20},
    {"", "MX", Rule::nth, 11, 0, 3, 1, "MX"},
    {"dia de la independencia|fiestas patrias", "MX", Rule::fixed, 9, 16, 0, 0, "MX"},
    {"el grito|noche del grito", "MX", Rule::fixed, 9, 15},
    {"dia de la independencia", "AR", Rule::fixed, 7, 9, 0, 0, "AR"},
    {"dia de la primavera|dia del estudiante", "AR", Rule::fixed, 9, 21},
    {"dia del amigo", "AR", Rule::fixed, 7, 20},
    {"dia de la bandera", "AR", Rule::fixed, 6, 20, 0, 0, "AR"},
    {"dia de la memoria", "AR", Rule::fixed, 3, 24, 0, 0, "AR"},
    {"dia de malvinas", "AR", Rule::fixed, 4, 2, 0, 0, "AR"},
    {"", "AR", Rule::fixed, 5, 25, 0, 0, "AR"},
    {"", "AR", Rule::argentine, 8, 17, 0, 0, "AR"},
    {"fiestas patrias|dia de la independencia", "CL", Rule::fixed, 9, 18, 0, 0, "CL"},
    {"dia de los pueblos indigenas", "CL", Rule::fixed, 6, 21, 0, 0, "CL"}, // the solstice: the 20th in leap years
    {"glorias navales|dia de las glorias navales", "CL", Rule::fixed, 5, 21, 0, 0, "CL"},
    {"", "CL", Rule::fixed, 9, 19, 0, 0, "CL"},
    {"", "CL", Rule::fixed, 10, 31, 0, 0, "CL"},
    {"", "CL", Rule::fixed, 7, 16, 0, 0, "CL"},
    {"", "CL", Rule::chilean, 6, 29, 0, 0, "CL"},
});

/// Anonymous Gregorian algorithm (Meeus, Jones, Butcher).
Date easter(int year) {
    auto const a = year % 19;
    auto const b = year / 100;
    auto const c = year % 100;
    auto const h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    auto const l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    auto const m = (a + 11 * h + 22 * l) / 451;
    auto const sum = h + l - 7 * m + 114;
    return base::make_date(year, static_cast<unsigned>(sum / 31), static_cast<unsigned>(sum % 31 + 1));
}

Date on_or_after(Date day, unsigned weekday) { return day + days((weekday + 7 - base::iso_weekday(day)) % 7); }

/// From Tuesday to `last_back` back to Monday, from the days after it to Friday on to the next.
Date nearest_monday(Date day, unsigned last_back) {
    auto const weekday = base::iso_weekday(day);
    if (weekday == 1 || weekday > 5) return day;
    return weekday <= last_back ? day - days(weekday - 1) : day + days(8 - weekday);
}

Date nth_weekday(int year, Feast const& feast) {
    auto const month = std::chrono::year(year) / std::chrono::month(feast.month);
    if (feast.nth == 5) return on_or_after(Date(month / std::chrono::last) - days(6), feast.weekday);
    return on_or_after(Date(month / 1), feast.weekday) + days(7 * (static_cast<int>(feast.nth) - 1));
}

Date in_year(Feast const& feast, int year) {
    auto const date = [&] { return base::make_date(year, feast.month, static_cast<unsigned>(feast.day)); };
    switch (feast.rule) {
    case Rule::fixed: return date();
    case Rule::monday: return on_or_after(date(), 1);
    case Rule::chilean: return nearest_monday(date(), 4);
    case Rule::argentine: return nearest_monday(date(), 3);
    case Rule::easter: return easter(year) + days(feast.day);
    case Rule::nth: break;
    }
    return nth_weekday(year, feast);
}

int year_of(Date day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

bool lists(std::string_view countries, std::string_view country) {
    return country.size() == 2 && countries.find(country) != std::string_view::npos;
}

} // namespace

std::span<Feast const> feasts() { return table; }

bool is_kept_in(Feast const& feast, std::string_view country) {
    return feast.countries.empty() || lists(feast.countries, country);
}

Date next_feast(Feast const& feast, Date today) {
    auto const year = year_of(today);
    auto const day = in_year(feast, year);
    return day >= today ? day : in_year(feast, year + 1);
}

std::optional<Date> next_holiday(std::string_view country, Date today, unsigned weekday) {
    auto found = std::optional<Date>();
    for (auto const& feast : table) {
        if (!lists(feast.closed, country)) continue;
        for (auto year = year_of(today); year <= year_of(today) + 7; ++year) {
            auto const day = in_year(feast, year);
            if (day < today || (weekday != 0 && base::iso_weekday(day) != weekday)) continue;
            found = found ? std::min(*found, day) : day;
            break;
        }
    }
    return found;
}

std::optional<LongWeekend> next_long_weekend(std::string_view country, Date today) {
    for (auto day = next_holiday(country, today - days(3)); day; day = next_holiday(country, *day + days(1))) {
        auto free = std::optional<LongWeekend>();
        switch (base::iso_weekday(*day)) {
        case 1: free = LongWeekend{*day - days(2), *day}; break;
        case 2: free = LongWeekend{*day - days(3), *day}; break;
        case 4: free = LongWeekend{*day, *day + days(3)}; break;
        case 5: free = LongWeekend{*day, *day + days(2)}; break;
        default: break;
        }
        if (free && free->to >= today) return free;
    }
    return std::nullopt;
}

} // namespace language
