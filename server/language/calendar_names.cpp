#include "language/calendar_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace language {

namespace {

using Named = std::pair<std::string_view, unsigned>;

constexpr auto weekday_names = std::to_array<Named>(
    {{"lunes", 1},    {"lun", 1},       {"monday", 1}, {"mon", 1},       {"martes", 2},  {"mar", 2},
     {"tuesday", 2},  {"tue", 2},       {"tues", 2},   {"miercoles", 3}, {"mie", 3},     {"mier", 3},
     {"miercole", 3}, {"wednesday", 3}, {"wed", 3},    {"jueves", 4},    {"jue", 4},     {"juev", 4},
     {"thursday", 4}, {"thu", 4},       {"thur", 4},   {"thurs", 4},     {"viernes", 5}, {"vie", 5},
     {"vier", 5},     {"friday", 5},    {"fri", 5},    {"sabado", 6},    {"sab", 6},     {"saturday", 6},
     {"sat", 6},      {"domingo", 7},   {"dom", 7},    {"sunday", 7},    {"sun", 7}});
constexpr auto month_names = std::to_array<Named>(
    {{"enero", 1},     {"ene", 1},        {"january", 1},    {"jan", 1},       {"febrero", 2},    {"feb", 2},
     {"february", 2},  {"marzo", 3},      {"mar", 3},        {"march", 3},     {"abril", 4},      {"abr", 4},
     {"april", 4},     {"apr", 4},        {"mayo", 5},       {"may", 5},       {"junio", 6},      {"jun", 6},
     {"june", 6},      {"julio", 7},      {"jul", 7},        {"july", 7},      {"agosto", 8},     {"ago", 8},
     {"august", 8},    {"aug", 8},        {"septiembre", 9}, {"setiembre", 9}, {"sep", 9},        {"sept", 9},
     {"september", 9}, {"octubre", 10},   {"oct", 10},       {"october", 10},  {"noviembre", 11}, {"nov", 11},
     {"november", 11}, {"diciembre", 12}, {"dic", 12},       {"december", 12}, {"dec", 12}});
/// Real words one letter away from a weekday or month.
constexpr auto not_typos = std::to_array<std::string_view>({"vienes", "luces", "lunas", "entero", "abrir", "jueces",
                                                            "partes", "mates", "marte", "augusto", "marcha", "marca"});

bool differs_in_one_letter(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1 || a[0] != b[0]) return false;
    auto const [left, right] = std::mismatch(a.begin(), a.end(), b.begin());
    auto const rest_a = std::string_view(left, a.end());
    auto const rest_b = std::string_view(right, b.end());
    if (a.size() < b.size()) return rest_a == rest_b.substr(1);
    auto const is_swapped = rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0];
    return rest_a.substr(1) == rest_b.substr(1) || (is_swapped && rest_a.substr(2) == rest_b.substr(2));
}

template <class List>
unsigned find_name(Token const& token, List const& names) {
    if (!token.is_word()) return 0;
    auto const exact = std::ranges::find(names, token.text, &Named::first);
    if (exact != names.end()) return exact->second;
    if (token.text.size() < 5 || std::ranges::find(not_typos, token.text) != not_typos.end()) return 0;
    auto const near = std::ranges::find_if(names, [&](Named const& named) {
        return named.first.size() >= 5 && differs_in_one_letter(named.first, token.text);
    });
    return near == names.end() ? 0 : near->second;
}

} // namespace

unsigned weekday_named(Token const& token) { return find_name(token, weekday_names); }
unsigned month_named(Token const& token) { return find_name(token, month_names); }

} // namespace language
