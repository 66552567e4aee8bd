#include "language/tokens.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.hpp"

namespace language {

namespace {

constexpr std::size_t longest_message = 4096;

constexpr std::array<std::pair<std::string_view, std::string_view>, 50> spelled_out = {{{"q", "que"},
                                                                                        {"k", "que"},
                                                                                        {"x", "por"},
                                                                                        {"pa", "para"},
                                                                                        {"p", "para"},
                                                                                        {"pal", "para el"},
                                                                                        {"d", "de"},
                                                                                        {"alas", "a las"},
                                                                                        {"ala", "a la"},
                                                                                        {"xq", "por que"},
                                                                                        {"pq", "por que"},
                                                                                        {"mnn", "manana"},
                                                                                        {"mnna", "manana"},
                                                                                        {"mna", "manana"},
                                                                                        {"mnana", "manana"},
                                                                                        {"manna", "manana"},
                                                                                        {"manan", "manana"},
                                                                                        {"mannana", "manana"},
                                                                                        {"maniana", "manana"},
                                                                                        {"tmb", "tambien"},
                                                                                        {"xfa", "por favor"},
                                                                                        {"xfavor", "por favor"},
                                                                                        {"porfa", "por favor"},
                                                                                        {"porfis", "por favor"},
                                                                                        {"medio dia", "mediodia"},
                                                                                        {"findesemana", "finde"},
                                                                                        {"prox", "proximo"},
                                                                                        {"sgte", "siguiente"},
                                                                                        {"sig", "siguiente"},
                                                                                        {"dsp", "despues"},
                                                                                        {"despues", "despues"},
                                                                                        {"tmrw", "tomorrow"},
                                                                                        {"tomorow", "tomorrow"},
                                                                                        {"palas", "para las"},
                                                                                        {"delas", "de las"},
                                                                                        {"dela", "de la"},
                                                                                        {"enla", "en la"},
                                                                                        {"porla", "por la"},
                                                                                        {"mngna", "manana"},
                                                                                        {"mnan", "manana"},
                                                                                        {"tmr", "tomorrow"},
                                                                                        {"tomorrrow", "tomorrow"},
                                                                                        {"tomorro", "tomorrow"},
                                                                                        {"sgt", "siguiente"},
                                                                                        {"sigte", "siguiente"},
                                                                                        {"pxmo", "proximo"},
                                                                                        {"dps", "despues"},
                                                                                        {"desp", "despues"},
                                                                                        {"medidia", "mediodia"},
                                                                                        {"pls", "please"}}};

constexpr std::array<std::string_view, 32> spanish_numbers = {
    "cero",       "uno",         "dos",        "tres",         "cuatro",      "cinco",      "seis",
    "siete",      "ocho",        "nueve",      "diez",         "once",        "doce",       "trece",
    "catorce",    "quince",      "dieciseis",  "diecisiete",   "dieciocho",   "diecinueve", "veinte",
    "veintiuno",  "veintidos",   "veintitres", "veinticuatro", "veinticinco", "veintiseis", "veintisiete",
    "veintiocho", "veintinueve", "treinta",    "treintaiuno"};
constexpr std::array<std::string_view, 13> english_numbers = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
constexpr std::array<std::pair<std::string_view, int>, 11> more_numbers = {{{"una", 1},
                                                                            {"un", 1},
                                                                            {"veintiun", 21},
                                                                            {"cuarenta", 40},
                                                                            {"cincuenta", 50},
                                                                            {"fifteen", 15},
                                                                            {"twenty", 20},
                                                                            {"thirty", 30},
                                                                            {"forty", 40},
                                                                            {"fifty", 50},
                                                                            {"sixteen", 16}}};

unsigned char byte_at(std::string_view text, std::size_t place) {
    return place < text.size() ? static_cast<unsigned char>(text[place]) : 0;
}
bool is_digit(unsigned char byte) { return byte >= '0' && byte <= '9'; }
bool is_space(unsigned char byte) { return byte <= ' '; }

std::size_t sequence_length(unsigned char lead) {
    if (lead < 0xC0) return 1;
    if (lead < 0xE0) return 2;
    return lead < 0xF0 ? 3 : 4;
}

/// Letters of Latin scripts. U+0080–00BF, U+2000–2BFF and what lies beyond the basic plane is punctuation, symbols and
/// emoji; ª and º are among them.
bool is_letter(unsigned char byte) {
    if (byte < 0x80) return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return byte > 0xC2 && byte != 0xE2 && byte != 0xEF && byte < 0xF0;
}

std::size_t end_of_word(std::string_view text, std::size_t place) {
    while (place < text.size() && is_letter(byte_at(text, place)))
        place += sequence_length(byte_at(text, place));
    return std::min(place, text.size());
}

std::size_t end_of_number(std::string_view text, std::size_t place) {
    while (is_digit(byte_at(text, place)))
        ++place;
    return place;
}

/// The plain letter of U+00C0 to U+00FF, the accented letters of Spanish, Catalan and Portuguese; 0 where there is
/// none.
constexpr std::string_view latin_1 = {"aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0"
                                      "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y",
                                      64};

/// base::fold, past ICU for the letters of these languages: it costs a microsecond a word, and names of services are
/// read with each message.
std::string fold_word(std::string_view word) {
    auto folded = std::string();
    for (std::size_t i = 0; i < word.size(); ++i) {
        auto letter = static_cast<char>(word[i] | 0x20);
        if (byte_at(word, i) >= 0x80) {
            auto const is_latin_1 = byte_at(word, i) == 0xC3 && (byte_at(word, i + 1) & 0xC0U) == 0x80;
            letter = is_latin_1 ? latin_1[byte_at(word, ++i) & 0x3FU] : '\0';
            if (letter == '\0') return base::fold(word);
        }
        folded += letter;
    }
    return folded;
}

/// "holaaa" and "siiii" are "hola" and "si".
std::string without_drawl(std::string_view word) {
    auto result = std::string();
    for (std::size_t i = 0; i < word.size(); ++i) {
        auto const run_end = word.find_first_not_of(word[i], i);
        auto const run = (run_end == std::string_view::npos ? word.size() : run_end) - i;
        result.append(run > 2 ? 1 : run, word[i]);
        i += run - 1;
    }
    return result;
}

std::string_view spell_out(std::string_view word) {
    auto const* const found = std::ranges::find(spelled_out, word, [](auto const& pair) { return pair.first; });
    return found == spelled_out.end() ? word : found->second;
}

/// One token for each word of what text[start, end) spells out. The p of "p. m." stands for no word.
void append_words(std::vector<Token>& tokens, std::string_view text, std::size_t start, std::size_t end) {
    auto const bytes = text.substr(start, end - start);
    auto const folded = without_drawl(fold_word(bytes));
    auto const words = byte_at(text, end) == '.' ? std::string_view(folded) : spell_out(folded);
    for (std::size_t from = 0; from < words.size();) {
        auto const to = std::min(words.find(' ', from), words.size());
        tokens.push_back({Token::Kind::word, std::string(words.substr(from, to - from)), start, end});
        from = to + 1;
    }
}

Token number_token(std::string_view digits, std::size_t start) {
    auto token = Token{Token::Kind::number, std::string(digits), start, start + digits.size()};
    if (digits.size() <= 9) std::from_chars(digits.data(), digits.data() + digits.size(), token.value);
    return token;
}

} // namespace

std::vector<Token> read_tokens(std::string_view text) {
    auto tokens = std::vector<Token>();
    text = text.substr(0, longest_message);
    for (std::size_t place = 0; place < text.size();) {
        auto const byte = byte_at(text, place);
        auto end = std::min(place + sequence_length(byte), text.size());
        if (is_digit(byte)) {
            end = end_of_number(text, place);
            tokens.push_back(number_token(text.substr(place, end - place), place));
        } else if (is_letter(byte)) {
            end = end_of_word(text, place);
            append_words(tokens, text, place, end);
        } else if (!is_space(byte)) {
            tokens.push_back({Token::Kind::sign, std::string(text.substr(place, end - place)), place, end});
        }
        place = end;
    }
    return tokens;
}

std::string as_line(std::vector<Token> const& tokens) {
    auto line = std::string(" ");
    for (auto const& token : tokens) {
        if (token.kind != Token::Kind::sign) line += token.text + ' ';
    }
    return line;
}

bool says(std::string_view line, std::string_view phrase) {
    auto const open_end = phrase.ends_with('*');
    auto needle = std::string(" ");
    needle += open_end ? phrase.substr(0, phrase.size() - 1) : phrase;
    if (!open_end) needle += ' ';
    return line.find(needle) != std::string_view::npos;
}

int number_word(std::string_view word) {
    auto const* const more = std::ranges::find(more_numbers, word, [](auto const& pair) { return pair.first; });
    if (more != more_numbers.end()) return more->second;
    auto const* const spanish = std::ranges::find(spanish_numbers, word);
    if (spanish != spanish_numbers.end()) return static_cast<int>(spanish - spanish_numbers.begin());
    auto const* const english = std::ranges::find(english_numbers, word);
    return english == english_numbers.end() ? -1 : static_cast<int>(english - english_numbers.begin());
}

} // namespace language
