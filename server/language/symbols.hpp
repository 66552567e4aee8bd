// What the rules about time are written over: the words of a message, each as the part it plays in saying when.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "language/tokens.hpp"

namespace language {

/// The parts of speech of saying when. What `value` means is told beside each; elsewhere it is 0.
enum class Sym : std::uint8_t {
    unknown,
    sign,   ///< an ASCII character, or one of Sign
    number, ///< in figures or words
    // little words
    a,
    de,
    el,
    la,
    las,
    los,
    en,
    por,
    para,
    y,
    o,
    no,
    ni,
    con,
    que,
    this_,
    one_more, ///< mismo
    at,
    the,
    between,
    // days
    weekday,  ///< 1 = Monday … 7
    month,    ///< 1 to 12
    mar,      ///< martes or marzo
    relative, ///< days from today: hoy, pasado mañana, ayer
    manana,   ///< tomorrow, or the morning
    pasado,   ///< the day after tomorrow, or past
    day,
    week,
    month_unit,
    hour_unit,
    minute,
    next,
    other,
    after_next,
    past,
    this_week,
    next_week, ///< 0, or 1 for the week after next
    past_week,
    weekend,
    workdays,
    fortnight,
    this_month,
    next_month,
    month_start,
    month_middle,
    month_end,
    ordinal, ///< 1 to 4, or 5 for the last
    feast,   ///< index of a feast
    holiday,
    bridge,
    from_now, ///< 1: "de aquí a", which includes the day named
    couple,
    // hours
    about,
    hour_word,
    oclock,
    half,
    quarter,
    bit, ///< "y pico", "y algo"
    less,
    past_hour,
    half_past,
    to_hour,
    sharp,
    mark,       ///< Mark
    part,       ///< PartOfDay
    part_of,    ///< PartOfDay, said of an hour: "de la tarde"
    part_today, ///< PartOfDay
    last_night,
    lunch, ///< the hour of the midday meal, which is no clock time
    tarde,
    noche,
    metre,
    midnight,
    half_an_hour,
    hour_and_half,
    since,
    until, ///< 1: the day named is the last
    onwards,
    at_latest,
    from,
    upto,
    earlier,
    later,
    same_hour,
    // how moments follow each other
    cannot,
    except,
    wont_do,
    instead,
    correction,
    // numbers that are no times, and words that are no days
    greeting,
    wish,
    ago,
    lasts, ///< 1: arrives
    unit,  ///< 0: of what "a las" counts as well; 1: a service, or people behind whom stands no "las"; 2: one thing
    money,
    address,
    introduction,
    size,
    now,
    ya,
    begins_trip, ///< "puedo", "ir", "hueco": a "ya" behind it is a time
    talk,        ///< sayings that look like times; behind "ahora" it is about something else
    pronoun,
    been, ///< he, ha: "pasado" behind it is no day
    plus  ///< más
};

/// Signs beyond ASCII that matter.
enum Sign : int { sign_other = 128, sign_ordinal, sign_half, sign_euro, sign_quote };

struct Symbol {
    Sym sym = Sym::unknown;
    int value = 0;
    std::uint8_t digits = 0;   ///< of a number in figures; 0 in words
    bool leading_zero = false; ///< "08"
    bool glued = false;        ///< no space before it: "10am", "1º"
    bool capital = false;      ///< begins with an ASCII capital
    std::size_t start = 0;     ///< bytes of the message
    std::size_t end = 0;
};

/// Longest phrases first, words with a letter wrong where only one name can be meant. Linear in the text.
std::vector<Symbol> read_symbols(std::string_view text, std::string_view country);

/// A place in a message from which the rules read on. A rule that does not apply leaves it where it was.
class Reading {
public:
    explicit Reading(std::span<Symbol const> symbols) : symbols_(symbols) {}

    bool at_end() const { return place_ >= symbols_.size(); }
    std::size_t place() const { return place_; }
    void move_to(std::size_t place) { place_ = place; }
    void skip() { ++place_; }
    /// The symbol `ahead` places on (or back); a line break beyond the ends.
    Symbol const& peek(std::ptrdiff_t ahead = 0) const {
        auto const place = static_cast<std::ptrdiff_t>(place_) + ahead;
        return place >= 0 && place < std::ssize(symbols_) ? symbols_[static_cast<std::size_t>(place)] : nothing_;
    }
    bool sees(Sym sym, std::ptrdiff_t ahead = 0) const { return peek(ahead).sym == sym; }
    bool sees_sign(int sign, std::ptrdiff_t ahead = 0) const {
        return sees(Sym::sign, ahead) && peek(ahead).value == sign;
    }
    bool is_glued() const { return place_ > 0 && !at_end() && peek().glued; }

    bool take(Sym sym) { return sees(sym) && take_it(); }
    bool take_sign(int sign) { return sees_sign(sign) && take_it(); }
    /// Takes them all, in this order, or nothing.
    template <class... More>
    bool take(Sym first, Sym second, More... more) {
        auto const start = place_;
        if (take(first) && take(second, more...)) return true;
        place_ = start;
        return false;
    }
    bool take_any_of(std::initializer_list<Sym> syms) {
        for (auto const sym : syms) {
            if (take(sym)) return true;
        }
        return false;
    }
    /// The value of such a symbol.
    std::optional<int> take_value(Sym sym) {
        return sees(sym) ? std::optional(symbols_[place_++].value) : std::nullopt;
    }
    /// A number in figures or words from `least` to `most`.
    std::optional<int> take_number(int least, int most) {
        if (!sees(Sym::number) || peek().value < least || peek().value > most) return std::nullopt;
        return symbols_[place_++].value;
    }
    std::optional<int> take_figures(int least, int most) {
        return peek().digits > 0 ? take_number(least, most) : std::nullopt;
    }

private:
    bool take_it() {
        ++place_;
        return true;
    }

    std::span<Symbol const> symbols_;
    std::size_t place_ = 0;
    Symbol nothing_ = {.sym = Sym::sign, .value = '\n'};
};

/// `rule(at)`, with the reading back where it was if nothing came of it.
template <class Rule>
auto attempt(Reading& at, Rule rule) {
    auto const start = at.place();
    auto result = rule(at);
    if (!result) at.move_to(start);
    return result;
}

} // namespace language
