#include "eval/stated_times.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace eval {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr auto longest_visit = minutes(240);

template <std::size_t N>
bool is_one_of(Token const& token, std::array<std::string_view, N> const& words) {
    return std::ranges::find(words, token.text) != words.end();
}

constexpr auto hour_units = std::to_array<std::string_view>({"h", "hs", "hrs", "hr", "horas", "hours"});
constexpr auto articles = std::to_array<std::string_view>({"las", "la", "at", "les", "as"});

std::optional<int> hour_word(Token const& token) {
    static auto const words = std::map<std::string, int, std::less<>>{
        {"una", 1},   {"dos", 2},  {"tres", 3},  {"cuatro", 4}, {"cinco", 5}, {"seis", 6},
        {"siete", 7}, {"ocho", 8}, {"nueve", 9}, {"diez", 10},  {"once", 11}, {"doce", 12}};
    if (token.kind == Token::Kind::number && token.value <= 24) return token.value;
    auto const found = words.find(token.text);
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

bool is_money(Tokens const& tokens, std::ptrdiff_t first, std::ptrdiff_t last) {
    static constexpr auto signs = std::to_array<std::string_view>({"$", "eur", "euros", "pesos", "usd", "mxn", "%"});
    return is_one_of(tokens.at(first - 1), signs) || is_one_of(tokens.at(last + 1), signs);
}

/// A clock time before its mark: "6:00", "17h", "las 6 y media".
struct Face {
    int hour = 0;
    int minute = 0;
    bool exact = false; ///< written so that it can mean one time only
    std::ptrdiff_t end = 0;
};

/// "17:15", "17.15", "17h15"
std::optional<Face> with_minutes(Tokens const& tokens, std::ptrdiff_t at) {
    auto const& hour = tokens.at(at);
    auto const& mark = tokens.at(at + 1);
    auto const& minute = tokens.at(at + 2);
    if (!hour.is_number(0, 24) || minute.text.size() != 2 || !minute.is_number(0, 59) || minute.spaced || mark.spaced) {
        return std::nullopt;
    }
    if (is_money(tokens, at, at + 2) || tokens.at(at + 3).is("/")) return std::nullopt;
    auto const named = is_one_of(tokens.at(at - 1), articles) || is_one_of(tokens.at(at + 3), hour_units) ||
                       tokens.at(at + 3).is("pm") || tokens.at(at + 3).is("am");
    if (!mark.is(":") && !mark.is("h") && !(mark.is(".") && named)) return std::nullopt;
    auto face = Face{hour.value, minute.value, hour.text.size() == 2 && hour.text[0] == '0', at + 3};
    if (is_one_of(tokens.at(face.end), hour_units)) ++face.end;
    return face;
}

/// A length of time: "dura 1 h", "2 h 30 min", "24 horas antes".
bool is_length(Tokens const& tokens, std::ptrdiff_t at) {
    static constexpr auto before =
        std::to_array<std::string_view>({"dura", "duracion", "unas", "unos", "de", "en", "dentro", "in", "takes",
                                         "lasts", "about", "(", "hace", "media"});
    auto const& unit = tokens.at(at + 1);
    auto const& after = tokens.at(at + 2);
    if (after.kind == Token::Kind::number && (tokens.at(at + 3).text.starts_with("min") || !after.spaced)) return true;
    if (after.is("antes") || after.is("before") || after.is("y") || after.is("de")) return true;
    if (is_one_of(tokens.at(at - 1), articles)) return false;
    return is_one_of(tokens.at(at - 1), before) || unit.is("horas") || unit.is("hours") || tokens.at(at).value < 7;
}

/// "18 h", "18hs", "a las 18 horas"
std::optional<Face> with_unit(Tokens const& tokens, std::ptrdiff_t at) {
    if (!tokens.at(at).is_number(0, 24) || !is_one_of(tokens.at(at + 1), hour_units)) return std::nullopt;
    if (is_length(tokens, at)) return std::nullopt;
    return Face{tokens.at(at).value, 0, false, at + 2};
}

/// The minutes after an hour in words: "y media", "y cuarto", "y 20", "menos cuarto".
Face with_quarters(Tokens const& tokens, Face face) {
    auto const& sign = tokens.at(face.end);
    if (!sign.is("y") && !sign.is("menos")) return face;
    auto const& amount = tokens.at(face.end + 1);
    auto value = 0;
    if (amount.is("media") && sign.is("y")) value = 30;
    if (amount.is("cuarto")) value = 15;
    auto const& after = tokens.at(face.end + 2);
    if (amount.is_number(1, 59) && !after.is(":") && !after.is("h") && !after.is("hs") && !after.is("de"))
        value = amount.value;
    if (value == 0) return face;
    auto const total = face.hour * 60 + (sign.is("y") ? value : -value);
    return {total / 60, total % 60, false, face.end + 2};
}

/// "las 6", "la una", "at 6"; not "las 2 citas".
std::optional<Face> after_article(Tokens const& tokens, std::ptrdiff_t at) {
    auto const& before = tokens.at(at - 1);
    if (!is_one_of(before, articles)) return std::nullopt;
    auto const hour = hour_word(tokens.at(at));
    if (!hour || (before.is("la") && *hour != 1 && *hour != 13)) return std::nullopt;
    auto const spoken = before.is("las") || before.is("la");
    auto const has_a = tokens.at(at - 2).is("a") || tokens.at(at - 2).is("para") || tokens.at(at - 2).is("de");
    auto const in_words = tokens.at(at).kind == Token::Kind::word;
    static constexpr auto counted =
        std::to_array<std::string_view>({"citas", "reservas", "horas", "opciones", "personas", "dos", "primeras", "/",
                                         "%", "min", "minutos", "turnos", "sesiones", "vez", "de"});
    auto const& after = tokens.at(at + 1);
    auto const part_follows = after.is("de") && tokens.at(at + 2).is("la");
    if (is_one_of(after, counted) && !part_follows && !(after.is("de") && has_a)) return std::nullopt;
    if (spoken && in_words && !has_a && !part_follows && !after.is("y") && !after.is("menos")) return std::nullopt;
    return with_quarters(tokens, {*hour, 0, false, at + 1});
}

/// "6 pm", "6 p. m.": the number alone, its mark comes next.
std::optional<Face> before_meridiem(Tokens const& tokens, std::ptrdiff_t at) {
    if (!tokens.at(at).is_number(1, 12)) return std::nullopt;
    auto const& next = tokens.at(at + 1);
    auto const dotted = (next.is("a") || next.is("p")) && (tokens.at(at + 2).is(".") || tokens.at(at + 2).is("m"));
    if (!next.is("am") && !next.is("pm") && !dotted) return std::nullopt;
    return Face{tokens.at(at).value, 0, false, at + 1};
}

enum class Half { unsaid, morning, afternoon, night };
struct Mark {
    Half half = Half::unsaid;
    std::ptrdiff_t end = 0;
};

/// "p. m.", "de la tarde", "in the evening"
Mark mark_at(Tokens const& tokens, std::ptrdiff_t at) {
    auto const& word = tokens.at(at);
    if (word.is("am") || word.is("pm")) return {word.is("am") ? Half::morning : Half::afternoon, at + 1};
    if (word.is("a") || word.is("p")) {
        auto next = at + 1;
        while (tokens.at(next).is("."))
            ++next;
        if (!tokens.at(next).is("m")) return {Half::unsaid, at};
        if (tokens.at(next + 1).is(".")) ++next;
        return {word.is("a") ? Half::morning : Half::afternoon, next + 1};
    }
    auto next = at;
    while (is_one_of(tokens.at(next), std::to_array<std::string_view>({"de", "del", "por", "en", "la", "in", "the"})))
        ++next;
    if (next == at) return {Half::unsaid, at};
    auto const& part = tokens.at(next);
    if (part.is("manana") || part.is("madrugada") || part.is("morning")) {
        return tokens.at(next - 1).is("la") || part.is("morning") || part.is("madrugada")
                   ? Mark{Half::morning, next + 1}
                   : Mark{Half::unsaid, at};
    }
    if (part.is("tarde") || part.is("mediodia") || part.is("afternoon") || part.is("evening"))
        return {Half::afternoon, next + 1};
    if (part.is("noche") || part.is("night")) return {Half::night, next + 1};
    return {Half::unsaid, at};
}

StatedTime resolved(Face const& face, Mark const& mark, std::ptrdiff_t at) {
    auto hour = face.hour;
    auto const later = mark.half == Half::afternoon || mark.half == Half::night;
    if (later && hour < 12) hour += 12;
    if (mark.half == Half::morning && hour == 12) hour = 0;
    if (mark.half == Half::night && face.hour == 12) hour = 0;
    auto stated = StatedTime();
    stated.time = hours(hour) + minutes(face.minute);
    stated.either_half = mark.half == Half::unsaid && !face.exact && hour >= 1 && hour < 12;
    stated.length = mark.end - at;
    return stated;
}

std::optional<StatedTime> single(Tokens const& tokens, std::ptrdiff_t at) {
    if ((tokens.at(at).is("noon") || tokens.at(at).is("midday")) && tokens.at(at - 1).is("at")) {
        return StatedTime{hours(12), false, true, 1};
    }
    auto face = with_minutes(tokens, at);
    if (!face) face = with_unit(tokens, at);
    if (!face) face = before_meridiem(tokens, at);
    if (!face) face = after_article(tokens, at);
    if (!face || face->hour > 24) return std::nullopt;
    auto mark = mark_at(tokens, face->end);
    if (mark.half == Half::unsaid) mark.end = face->end;
    return resolved(*face, mark, at);
}

/// "antes de las 10:00", "abrimos a las 10:00", "entre las 10:00 y …"
bool is_limit(Tokens const& tokens, std::ptrdiff_t at) {
    static constexpr auto passed = std::to_array<std::string_view>({"las", "la", "a", "de", "el", "at", "the"});
    static constexpr auto limits = std::to_array<std::string_view>(
        {"hasta",   "desde", "partir",  "antes", "despues", "entre", "cerramos", "abrimos",
         "cierra",  "abre",  "cierran", "abren", "until",   "till",  "before",   "after",
         "between", "open",  "opens",   "close", "closes",  "since", "pasadas"});
    auto before = at - 1;
    while (is_one_of(tokens.at(before), passed))
        --before;
    return is_one_of(tokens.at(before), limits);
}

/// The number before "a 14 h" in "de 10 a 14 h" is no time by itself, but what follows it is its end.
bool ends_range(Tokens const& tokens, std::ptrdiff_t at) {
    auto const& joint = tokens.at(at - 1);
    return (joint.is("a") || joint.is("-")) && tokens.at(at - 2).kind == Token::Kind::number;
}

struct RangeEnd {
    StatedTime time;
    std::ptrdiff_t at = 0;
};
std::optional<RangeEnd> range_end(Tokens const& tokens, std::ptrdiff_t after, bool between) {
    auto const& joint = tokens.at(after);
    auto const joins = joint.is("-") || joint.is("a") || joint.is("hasta") || joint.is("to") || joint.is("until") ||
                       (between && (joint.is("y") || joint.is("and")));
    if (!joins) return std::nullopt;
    auto next = after + 1;
    while (is_one_of(tokens.at(next), articles))
        ++next;
    auto const end = single(tokens, next);
    return end ? std::optional(RangeEnd{*end, next}) : std::nullopt;
}

} // namespace

std::optional<StatedTime> time_at(Tokens const& tokens, std::ptrdiff_t at) {
    auto stated = single(tokens, at);
    if (!stated) return std::nullopt;
    auto const limited = is_limit(tokens, at);
    stated->is_start = !limited && !ends_range(tokens, at);
    if (auto const end = range_end(tokens, at + stated->length, limited)) {
        stated->length = end->at + end->time.length - at;
        auto length = end->time.time - stated->time;
        if (length < minutes(0)) length += hours(12);
        if (length > longest_visit) stated->is_start = false;
    }
    return stated;
}

} // namespace eval
