#include "language/when_hours.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace language {

namespace {

using base::Minutes;

constexpr int noon = 720;
constexpr int day_end = 1440;

struct MarkPhrase {
    std::string_view phrase;
    Mark mark;
};
constexpr auto mark_phrases = std::to_array<MarkPhrase>({{"a . m .", Mark::am},
                                                         {"a . m", Mark::am},
                                                         {"a m", Mark::am},
                                                         {"am", Mark::am},
                                                         {"p . m .", Mark::afternoon},
                                                         {"p . m", Mark::afternoon},
                                                         {"p m", Mark::afternoon},
                                                         {"pm", Mark::afternoon},
                                                         {"de la manana", Mark::morning},
                                                         {"de la madrugada", Mark::am},
                                                         {"en la manana", Mark::morning},
                                                         {"por la manana", Mark::morning},
                                                         {"de la tarde", Mark::afternoon},
                                                         {"de la tardecita", Mark::afternoon},
                                                         {"por la tarde", Mark::afternoon},
                                                         {"en la tarde", Mark::afternoon},
                                                         {"de la noche", Mark::night},
                                                         {"por la noche", Mark::night},
                                                         {"en la noche", Mark::night},
                                                         {"del mediodia", Mark::midday},
                                                         {"del medio dia", Mark::midday},
                                                         {"del dia", Mark::midday},
                                                         {"de mediodia", Mark::midday},
                                                         {"in the morning", Mark::morning},
                                                         {"in the afternoon", Mark::afternoon},
                                                         {"in the evening", Mark::afternoon},
                                                         {"at night", Mark::night}});
constexpr auto hour_words =
    std::to_array<std::string_view>({"hrs", "hs", "hr", "h", "o clock", "o ' clock", "o ’ clock"});
/// Before an hour; "las" alone will do.
constexpr auto openings = std::to_array<std::string_view>({"a eso de las",
                                                           "a eso de la",
                                                           "alrededor de las",
                                                           "alrededor de la",
                                                           "mas o menos a las",
                                                           "mas o menos a la",
                                                           "como a las",
                                                           "como a la",
                                                           "como las",
                                                           "tipo a las",
                                                           "tipo las",
                                                           "sobre las",
                                                           "sobre la",
                                                           "hacia las",
                                                           "hacia la",
                                                           "para las",
                                                           "para la",
                                                           "a las",
                                                           "a la",
                                                           "a les",
                                                           "las",
                                                           "tipo",
                                                           "como",
                                                           "around",
                                                           "about",
                                                           "at about",
                                                           "at around",
                                                           "at"});
constexpr auto since_phrases =
    std::to_array<std::string_view>({"a partir de", "despues de", "pasadas", "no antes de", "desde", "mas tarde de",
                                     "after", "since", "from", "not before"});
constexpr auto until_phrases = std::to_array<std::string_view>(
    {"a mas tardar", "como muy tarde", "no mas tarde de", "antes de", "hasta", "before", "until", "by"});
constexpr auto units = std::to_array<std::string_view>(
    {"personas",    "persona", "anos",     "euros",    "€",         "eur",           "pesos",      "minutos",
     "min",         "mins",    "%",        "dias",     "semanas",   "meses",         "veces",      "usd",
     "$",           "mil",     "hijos",    "ninos",    "/",         "de enero",      "de febrero", "de marzo",
     "de abril",    "de mayo", "de junio", "de julio", "de agosto", "de septiembre", "de octubre", "de noviembre",
     "de diciembre"});

Mark take_mark(Cursor& at) {
    for (auto const& [phrase, mark] : mark_phrases) {
        if (at.take(phrase)) return mark;
    }
    return Mark::none;
}

/// Minutes said behind the hour: ":30", ".30", "h30", "y media", "menos cuarto", "treinta". Negative for menos.
struct Rest {
    int minutes = 0;
    bool is_written = false; ///< in figures with a separator: the hour is surely one
    bool is_quarter() const { return minutes != 0 && minutes % 15 == 0; }
};

std::optional<Rest> take_written_minutes(Cursor& at) {
    constexpr auto separators = std::to_array<std::string_view>({":", ".", "h", ","});
    return attempt(at, [&](Cursor& here) -> std::optional<Rest> {
        if (!here.is_glued() || !here.take_any(separators) || !here.is_glued() || here.peek().text.size() != 2)
            return {};
        auto const minutes = here.take_figures(0, 99);
        return minutes ? std::optional(Rest{*minutes, true}) : std::nullopt;
    });
}

std::optional<int> take_fraction(Cursor& at) {
    if (at.take("media")) return 30;
    if (at.take("cuarto") || at.take("un cuarto")) return 15;
    if (at.take("pico") || at.take("algo")) return 0;
    auto const minutes = at.take_number(1, 59);
    if (minutes && *minutes >= 20 && *minutes % 10 == 0 && at.peek().is("y")) {
        auto const ones =
            attempt(at, [](Cursor& here) { return here.take("y") ? here.take_number(1, 9) : std::nullopt; });
        return *minutes + ones.value_or(0);
    }
    return minutes;
}

std::optional<Rest> take_spoken_minutes(Cursor& at) {
    return attempt(at, [](Cursor& here) -> std::optional<Rest> {
        auto const is_less = here.take("menos");
        if (!is_less && !here.take("y") && !here.take("con")) return {};
        auto const minutes = take_fraction(here);
        return minutes ? std::optional(Rest{is_less ? -*minutes : *minutes, false}) : std::nullopt;
    });
}

/// "diecisiete treinta", "5 30"
std::optional<Rest> take_bare_minutes(Cursor& at) {
    return attempt(at, [](Cursor& here) -> std::optional<Rest> {
        auto const is_two_figures = here.peek().is_number() && here.peek().text.size() == 2;
        if (!is_two_figures && !here.peek().is_word()) return {};
        auto const minutes = here.take_number(10, 59);
        return minutes && !here.take_any(units) ? std::optional(Rest{*minutes, false}) : std::nullopt;
    });
}

struct Figures {
    int hour = 0;
    int minutes = 0;
    bool is_as_written = false; ///< a leading zero: the 24-hour clock
};

/// "730" before "pm" is half past seven.
std::optional<Figures> take_figures(Cursor& at) {
    auto const& token = at.peek();
    auto const has_leading_zero = token.is_number() && token.text.size() == 2 && token.text[0] == '0';
    if (token.is_number() && (token.text.size() == 3 || token.text.size() == 4)) {
        at.skip();
        return Figures{token.value / 100, token.value % 100, token.text[0] == '0'};
    }
    auto const hour = at.take_number(0, 99);
    return hour ? std::optional(Figures{*hour, 0, has_leading_zero}) : std::nullopt;
}

/// How an hour must be told from other numbers.
enum class Demand { opened, marked };

struct Hour {
    SaidHour said;
    bool exists = true;
};

Rest take_minutes(Cursor& at, Demand demand) {
    auto rest = take_written_minutes(at);
    if (!rest) rest = take_spoken_minutes(at);
    if (!rest && demand == Demand::opened) rest = take_bare_minutes(at);
    return rest.value_or(Rest());
}

/// "17 horas" is an hour, "dos horas" is how long something takes.
bool take_hour_word(Cursor& at, int hour, Demand demand) {
    return at.take_any(hour_words) || ((demand == Demand::opened || hour > 12) && at.take("horas"));
}

/// "12 m" is noon; elsewhere m is for metres.
Mark take_mark_after(Cursor& at, int hour) {
    at.take("en punto");
    auto const mark = take_mark(at);
    if (mark != Mark::none || hour != 12 || !at.take("m")) return mark;
    return Mark::midday;
}

/// What follows shows that the number was of something else: "5 euros", "600 11 12", "5ta".
bool is_of_something_else(Cursor at) {
    return at.peek().is_number() || (at.is_glued() && at.peek().is_word()) || at.take_any(units);
}

Hour on_clock(Figures const& figures, int rest, Mark mark) {
    auto const minutes = figures.minutes + rest;
    auto const said = figures.hour * 60 + minutes;
    auto const is_exact = figures.is_as_written || figures.hour == 0 || figures.hour > 12;
    return {{said, is_exact ? Mark::exact : mark}, minutes < 60 && said >= 0 && said <= day_end};
}

std::optional<Hour> read_point(Cursor& at, Demand demand) {
    auto const is_packed = at.peek().is_number() && at.peek().text.size() > 2;
    auto const figures = take_figures(at);
    if (!figures) return std::nullopt;
    auto const rest = is_packed ? Rest() : take_minutes(at, demand);
    auto const has_hour_word = take_hour_word(at, figures->hour, demand);
    auto const mark = take_mark_after(at, figures->hour);
    auto const is_marked = rest.is_written || has_hour_word || mark != Mark::none;
    if (is_packed && mark == Mark::none) return std::nullopt;
    if (!is_marked && (is_of_something_else(at) || (demand == Demand::marked && !rest.is_quarter())))
        return std::nullopt;
    return on_clock(*figures, rest.minutes, mark);
}

/// "(un) cuarto para las 6", "10 para las 6", "quarter to six", "half past four"
std::optional<Hour> read_before_hour(Cursor& at) {
    auto const is_half_past = at.take("half past");
    at.take("un");
    at.take("a");
    auto const minutes = is_half_past                              ? std::optional(30)
                         : at.take("cuarto") || at.take("quarter") ? std::optional(15)
                                                                   : at.take_number(1, 59);
    auto const is_past = is_half_past || at.take("past");
    if (!minutes || (!is_past && !at.take("para las") && !at.take("para la") && !at.take("to"))) return std::nullopt;
    auto const hour = at.take_number(1, 12);
    if (!hour) return std::nullopt;
    auto const said = *hour * 60 + (is_past ? *minutes : -*minutes);
    return Hour{{said < 60 ? said + noon : said, take_mark(at)}};
}

std::optional<Hour> read_opened(Cursor& at) {
    if (!at.take_any(openings)) return std::nullopt;
    auto const is_loose = at.peek(-1).is("como") || at.peek(-1).is("tipo") || at.peek(-1).is("about");
    if (is_loose && !at.peek().is_number()) return std::nullopt;
    if (auto const hour = attempt(at, read_before_hour)) return hour;
    auto const hour = read_point(at, Demand::opened);
    return hour && !hour->exists && is_loose ? std::nullopt : hour;
}

std::optional<Hour> read_marked(Cursor& at) { return read_point(at, Demand::marked); }

std::optional<Hour> read_fixed(Cursor& at) {
    constexpr auto midnight =
        std::to_array<std::string_view>({"a medianoche", "a media noche", "at midnight", "midnight"});
    if (!at.take_any(midnight)) return std::nullopt;
    return Hour{{0, Mark::exact}};
}

std::optional<Hour> read_one(Cursor& at) {
    for (auto const rule : {read_fixed, read_opened, read_before_hour, read_marked}) {
        if (auto hour = attempt(at, rule)) return hour;
    }
    return std::nullopt;
}

/// An end of a stretch needs no mark: "de 10 a 2".
std::optional<Hour> read_end(Cursor& at) {
    if (!at.take("las")) at.take("la");
    return read_point(at, Demand::opened);
}

HourMention mention_of(std::optional<Hour> from, std::optional<Hour> to) {
    if ((from && !from->exists) || (to && !to->exists)) return {};
    auto mention = HourMention();
    if (from) mention.from = from->said;
    if (to) mention.to = to->said;
    return mention;
}

/// A mark at the end holds for both, unless the stretch would then run backwards.
SaidHour marked_like(SaidHour from, SaidHour to) {
    auto const marked = SaidHour{from.minutes, to.mark};
    auto const is_open = from.mark == Mark::none && to.mark != Mark::none && to.mark != Mark::exact;
    return is_open && read_clock(marked).time < read_clock(to).time ? marked : from;
}

std::optional<HourMention> read_between(Cursor& at) {
    constexpr auto starts = std::to_array<std::string_view>({"de", "entre", "desde", "between", "from"});
    constexpr auto joints = std::to_array<std::string_view>({"y", "a", "hasta", "and", "to", "-"});
    auto const is_opened = at.take_any(starts);
    // Here the joint would be taken for minutes: "entre 4 y 6" is no 4:06.
    auto const figures = attempt(at, [](Cursor& here) -> std::optional<Hour> {
        if (!here.take("las")) here.take("la");
        auto const has_digits = here.peek().is_number();
        auto const hour = here.take_number(0, 24);
        if (!hour || !here.take("y")) return std::nullopt;
        here.move_to(here.place() - 1);
        auto const is_written = has_digits && (*hour == 0 || *hour > 12 || here.peek(-1).text[0] == '0');
        return Hour{{*hour * 60, is_written ? Mark::exact : Mark::none}};
    });
    auto const is_fraction = figures && (at.peek(1).is("media") || at.peek(1).is("cuarto"));
    if (is_fraction) at.move_to(at.place() - 1);
    auto from = figures && !is_fraction ? figures : attempt(at, is_opened ? read_end : read_marked);
    auto const is_dashed = at.peek().is("-");
    if (!from || (!is_opened && !is_dashed) || !at.take_any(joints)) return std::nullopt;
    at.take("a");
    auto const to = read_end(at);
    if (!to) return std::nullopt;
    from->said = marked_like(from->said, to->said);
    return mention_of(from, to);
}

std::optional<HourMention> read_bound(Cursor& at) {
    auto const is_since = at.take_any(since_phrases);
    if (!is_since && !at.take_any(until_phrases)) return std::nullopt;
    if (!at.take("a las") && !at.take("a la") && !at.take("de las") && !at.take("las")) at.take("la");
    auto const hour = read_point(at, Demand::opened);
    if (!hour) return std::nullopt;
    return is_since ? mention_of(hour, Hour{{day_end, Mark::exact}}) : mention_of(Hour{{0, Mark::exact}}, hour);
}

/// "en media hora", "dentro de dos horas", "en 20 minutos"
std::optional<HourMention> read_from_now(Cursor& at, base::LocalTime now) {
    if (!at.take("en") && !at.take("dentro de") && !at.take("in")) return std::nullopt;
    auto minutes = std::optional<int>();
    if (at.take("media hora") || at.take("half an hour"))
        minutes = 30;
    else if (auto const amount = at.take("an") ? std::optional(1) : at.take_number(1, 240)) {
        if (at.take_any(std::to_array<std::string_view>({"horas", "hora", "hours", "hour", "hs"})))
            minutes = *amount * 60;
        else if (at.take_any(std::to_array<std::string_view>({"minutos", "minutes", "min", "mins"})))
            minutes = *amount;
    }
    if (!minutes) return std::nullopt;
    auto mention = HourMention();
    mention.moment = now + Minutes(*minutes);
    return mention;
}

} // namespace

std::optional<HourMention> read_hour(Cursor& at, base::LocalTime now, bool after_day) {
    if (auto found = attempt(at, [&](Cursor& here) { return read_from_now(here, now); })) return found;
    if (auto found = attempt(at, read_between)) return found;
    if (auto found = attempt(at, read_bound)) return found;
    auto hour = attempt(at, read_one);
    if (!hour && after_day) hour = attempt(at, [](Cursor& here) { return read_point(here, Demand::opened); });
    if (!hour) return std::nullopt;
    auto mention = mention_of(hour, std::nullopt);
    mention.is_point = mention.from.has_value();
    return mention;
}

ClockTime read_clock(SaidHour hour) {
    auto const minutes = hour.minutes;
    auto const at = [](int value) { return ClockTime{Minutes(value), {}}; };
    auto const is_twelve = minutes >= noon && minutes < noon + 60;
    if (minutes >= noon + 60) return at(minutes);
    switch (hour.mark) {
    case Mark::exact: return at(minutes);
    case Mark::am: return at(is_twelve ? minutes - noon : minutes);
    case Mark::morning: return at(minutes);
    case Mark::midday: return at(minutes < 6 * 60 ? minutes + noon : minutes);
    case Mark::afternoon: return at(is_twelve ? minutes : minutes + noon);
    case Mark::night: return at(is_twelve ? minutes - noon : minutes < 5 * 60 ? minutes : minutes + noon);
    case Mark::none: break;
    }
    if (is_twelve) return at(minutes);
    if (minutes < 8 * 60) return {Minutes(minutes + noon), Minutes(minutes)};
    return {Minutes(minutes), Minutes(minutes + noon), minutes < 9 * 60};
}

base::TimeOfDay first_after(base::TimeOfDay from, SaidHour to) {
    auto const clock = read_clock(to);
    if (to.mark != Mark::none || !clock.other) return clock.time;
    auto const [early, late] = std::minmax(clock.time, *clock.other);
    return early > from ? early : late;
}

} // namespace language
