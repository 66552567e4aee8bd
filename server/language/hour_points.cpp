#include "language/hour_points.hpp"

namespace language {

namespace {

constexpr int hour = 60;
constexpr int noon = 12 * hour;
constexpr int day_end = 24 * hour;

struct Figures {
    int hour = 0;
    int minutes = 0;
    bool is_as_written = false; ///< a leading zero: the 24-hour clock
    bool is_packed = false;     ///< "730" before "pm" is half past seven
};

std::optional<Figures> take_figures(Reading& at) {
    auto const& number = at.peek();
    if (number.sym != Sym::number) return std::nullopt;
    auto const is_packed = number.digits == 3 || number.digits == 4;
    if (!is_packed && number.value > 99) return std::nullopt;
    at.skip();
    auto const divisor = is_packed ? 100 : 1;
    return Figures{number.value / divisor, number.value % divisor, number.leading_zero, is_packed};
}

/// Minutes said behind the hour; negative for menos.
struct Rest {
    int minutes = 0;
    bool shows_hour = false; ///< no other number is said so
    bool is_dotted = false;  ///< "7.30" may be a shade of colour
};

/// Between hour and minutes: "5.30", "5,30", "5'30"
bool take_dot(Reading& at) {
    return at.take_sign('.') || at.take_sign(',') || at.take_sign('\'') || at.take_sign(sign_quote);
}

/// ":30", ".30", "h30"
std::optional<Rest> take_written_minutes(Reading& at) {
    return attempt(at, [](Reading& here) -> std::optional<Rest> {
        auto const is_colon = here.take_sign(':');
        if (!is_colon && here.peek(0).glued && here.take(Sym::hour_word)) {
            // "17h30"
        } else if (!is_colon && (!here.is_glued() || !take_dot(here))) {
            return {};
        }
        auto const is_dotted = !is_colon && here.sees(Sym::sign, -1);
        if (!here.is_glued() || here.peek().digits != 2) return {};
        auto const minutes = here.take_figures(0, 99);
        auto const goes_on = here.is_glued() && here.peek(1).glued && here.peek(1).digits > 0 &&
                             (here.sees_sign('.') || here.sees_sign('/'));
        return minutes && !goes_on ? std::optional(Rest{*minutes, !is_dotted, is_dotted}) : std::nullopt;
    });
}

/// "1/2", "1/4"
std::optional<int> take_written_fraction(Reading& at) {
    return attempt(at, [](Reading& here) -> std::optional<int> {
        if (!here.take_figures(1, 1) || !here.take_sign('/')) return {};
        auto const divisor = here.take_figures(2, 4);
        return divisor && *divisor != 3 ? std::optional(60 / *divisor) : std::nullopt;
    });
}

bool belongs_elsewhere(Reading const& at, Demand demand) {
    return is_of_something_else(at) && !(demand == Demand::announced && is_before_service(at));
}

std::optional<int> take_fraction(Reading& at, bool only_words) {
    if (auto const part = take_written_fraction(at)) return part;
    if (at.take(Sym::half)) return 30;
    if (at.take(Sym::quarter) || at.take(Sym::number, Sym::quarter)) return 15;
    if (at.take(Sym::bit)) return 0;
    auto const minutes = at.take_number(1, 59);
    auto const ends_stretch = only_words && (!at.sees(Sym::y) || at.sees(Sym::half, 1) || at.sees(Sym::quarter, 1));
    if (ends_stretch) return std::nullopt;
    if (minutes) at.take(Sym::minute);
    return minutes;
}

/// "y media", "menos cuarto", "con 10"
std::optional<Rest> take_spoken_minutes(Reading& at, Demand demand, int hour_said) {
    return attempt(at, [&](Reading& here) -> std::optional<Rest> {
        auto const is_next_hour = here.sees(Sym::y) && here.peek(1).digits > 0 && here.peek(1).value == hour_said + 1;
        if (is_next_hour && here.peek(1).value % 5 != 0) return {}; // "a las 10 y 11"
        if (here.take_sign(sign_half)) return Rest{30, true};
        auto const is_less = here.take(Sym::less);
        if (!is_less && !here.take(Sym::y) && !here.take(Sym::con)) return {};
        if (here.take_sign(sign_half)) return Rest{30, true};
        auto const is_fixed = here.sees(Sym::half) || here.sees(Sym::quarter) || here.sees(Sym::bit);
        auto const minutes = take_fraction(here, demand == Demand::between && !is_less);
        if (!minutes || (!is_fixed && belongs_elsewhere(here, demand))) return {};
        return Rest{is_less ? -*minutes : *minutes, is_fixed || is_less};
    });
}

/// "diecisiete treinta", "5 30"
std::optional<Rest> take_bare_minutes(Reading& at, Demand demand) {
    return attempt(at, [&](Reading& here) -> std::optional<Rest> {
        if (here.peek().digits != 0 && here.peek().digits != 2) return {};
        auto const minutes = here.take_number(10, 59);
        auto const is_other = here.sees_sign(':') || (!here.sees(Sym::y) && belongs_elsewhere(here, demand));
        return minutes && !is_other ? std::optional(Rest{*minutes}) : std::nullopt;
    });
}

std::optional<Rest> take_minutes(Reading& at, Demand demand, int hour_said) {
    auto rest = take_written_minutes(at);
    if (!rest) rest = take_spoken_minutes(at, demand, hour_said);
    if (!rest && demand != Demand::marked) rest = take_bare_minutes(at, demand);
    return rest;
}

/// "17 horas" is an hour, "dos horas" is how long something takes.
bool take_hour_word(Reading& at, int hour_said, Demand demand) {
    if (at.take(Sym::hour_word)) {
        if (at.is_glued()) at.take_sign('.');
        return true;
    }
    return (demand != Demand::marked || hour_said > 12) && at.take(Sym::hour_unit);
}

/// "12 m" is noon; elsewhere m is for metres.
Mark take_mark(Reading& at, int hour_said) {
    if (auto const mark = at.take_value(Sym::mark)) return static_cast<Mark>(*mark);
    if (hour_said == 12 && at.take(Sym::metre)) return Mark::midday;
    if (at.take(Sym::tarde)) return Mark::afternoon;
    if (at.take(Sym::noche)) return Mark::night;
    if (!at.sees(Sym::part) && !at.sees(Sym::part_of)) return Mark::none;
    auto const mark = mark_of(static_cast<PartOfDay>(at.peek().value));
    if (mark != Mark::none) at.skip();
    return mark;
}

SaidHour on_clock(Figures const& figures, int rest, Mark mark) {
    auto const minutes = figures.minutes + rest;
    auto said = figures.hour * hour + minutes;
    if (rest < 0 && said < hour) said += noon; // "la una menos cuarto"
    auto const is_exact = figures.is_as_written || figures.hour == 0 || figures.hour > 12;
    return {said, is_exact ? Mark::exact : mark, minutes < hour && said >= 0 && said <= day_end};
}

} // namespace

std::optional<SaidHour> read_point(Reading& at, Demand demand) {
    auto const is_in_place = demand != Demand::marked || is_after_moment(at);
    auto const figures = take_figures(at);
    if (!figures) return std::nullopt;
    auto const rest = figures->is_packed ? std::optional<Rest>() : take_minutes(at, demand, figures->hour);
    auto const has_hour_word = take_hour_word(at, figures->hour, demand);
    auto const is_named = at.take(Sym::oclock) || at.take(Sym::sharp);
    auto const mark = take_mark(at, figures->hour);
    auto const is_marked = has_hour_word || is_named || mark != Mark::none;
    if (is_marked) return on_clock(*figures, rest ? rest->minutes : 0, mark);
    if (figures->is_packed && demand != Demand::opened && demand != Demand::announced) return std::nullopt;
    auto const shows_hour = rest && (rest->shows_hour || (rest->is_dotted && is_in_place));
    auto const is_free = at.sees(Sym::number) && shows_hour; // "17:30 2 personas"
    if (!is_free && belongs_elsewhere(at, demand)) return std::nullopt;
    if (demand == Demand::marked && (!shows_hour || figures->hour > 24)) return std::nullopt;
    return on_clock(*figures, rest ? rest->minutes : 0, mark);
}

std::optional<Opening> take_opening(Reading& at) {
    auto const start = at.place();
    auto const is_about = at.take(Sym::about);
    if (is_about) at.take(Sym::about); // "como a eso de"
    auto const has_preposition =
        at.take_any_of({Sym::a, Sym::para, Sym::por, Sym::en}) || (is_about && at.take(Sym::de));
    if (has_preposition) at.take(Sym::about); // "para como las 5"
    if (at.take(Sym::las)) return has_preposition || is_about ? Opening::firm : Opening::loose;
    if (at.take(Sym::la)) return Opening::one;
    if (has_preposition) at.move_to(start + (is_about ? 1 : 0));
    if (at.take(Sym::at)) {
        at.take(Sym::about);
        return Opening::firm;
    }
    return is_about ? std::optional(Opening::loose) : std::nullopt;
}

std::optional<SaidHour> read_minutes_to(Reading& at) {
    auto const is_counted = at.sees(Sym::number);
    auto const is_half_past = at.take(Sym::half_past);
    auto const minutes = is_half_past            ? std::optional(30)
                         : at.take(Sym::quarter) ? std::optional(15)
                                                 : at.take_number(5, 29);
    if (!minutes || (is_counted && *minutes % 5 != 0)) return std::nullopt;
    auto const is_past = is_half_past || at.take(Sym::past_hour);
    auto const is_to =
        !is_past && (at.take(Sym::para, Sym::las) || at.take(Sym::para, Sym::la) || at.take(Sym::to_hour));
    if (!is_past && !is_to) return std::nullopt;
    auto const hour_said = at.take_number(1, 12);
    if (!hour_said) return std::nullopt;
    at.take(Sym::sharp);
    return on_clock({.hour = *hour_said}, is_past ? *minutes : -*minutes, take_mark(at, *hour_said));
}

bool is_of_something_else(Reading at) {
    auto const& next = at.peek();
    switch (next.sym) {
    case Sym::unit: return next.value != 2 || at.peek(-1).value == 1;
    case Sym::number:
    case Sym::money:
    case Sym::minute:
    case Sym::day:
    case Sym::week:
    case Sym::month_unit:
    case Sym::hour_unit:
    case Sym::half_an_hour: return true;
    case Sym::sign:
        return next.value == '%' || next.value == '$' || next.value == sign_euro || next.value == sign_ordinal ||
               (next.glued && next.value == '/') || (next.value == '#') ||
               (next.glued && (next.value == '.' || next.value == ',') && at.peek(1).glued && at.peek(1).digits > 0);
    case Sym::de: return at.sees(Sym::month, 1);
    case Sym::y: return at.sees(Sym::half, 1) && (at.sees(Sym::hour_unit, 2) || at.sees(Sym::unit, 2));
    default: return next.glued;
    }
}

bool is_before_service(Reading const& at) { return at.sees(Sym::unit) && at.peek().value != 0; }

bool is_after_moment(Reading const& at) {
    switch (at.peek(-1).sym) {
    case Sym::weekday:
    case Sym::mar:
    case Sym::relative:
    case Sym::manana:
    case Sym::pasado:
    case Sym::part:
    case Sym::part_of:
    case Sym::part_today:
    case Sym::month:
    case Sym::feast:
    case Sym::next:
    case Sym::next_week:
    case Sym::this_week:
    case Sym::number:
    case Sym::weekend:
    case Sym::about:
    case Sym::o: return true;
    case Sym::sign: return at.sees_sign('\n', -1) || at.sees_sign(',', -1);
    default: return false;
    }
}

} // namespace language
