#include "store/dialect.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace store {
namespace {

enum class Piece { plain, quoted, comment };

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Calls `take(piece, text)` for each stretch of the statement; nothing is lost between them.
template <class Take>
void each_piece(std::string_view sql, Take const& take) {
    while (!sql.empty()) {
        auto const quote = sql.front() == '\'' || sql.front() == '"';
        auto const comment = sql.starts_with("--");
        auto end = std::size_t{};
        if (quote)
            end = sql.find(sql.front(), 1) + 1;
        else if (comment)
            end = sql.find('\n');
        else
            end = std::min(sql.find_first_of("'\""), sql.find("--"));
        if (end == 0 || end > sql.size()) end = sql.size();
        take(quote ? Piece::quoted : comment ? Piece::comment : Piece::plain, sql.substr(0, end));
        sql.remove_prefix(end);
    }
}

std::string_view trimmed(std::string_view line) {
    auto const from = line.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return line.substr(from, line.find_last_not_of(" \t\r") - from + 1);
}

/// Drops the lines between `-- <the other engine>:` and `-- end`.
std::string own_parts(std::string_view text, Engine engine) {
    auto const foreign = engine == Engine::sqlite ? "-- postgres:" : "-- sqlite:";
    auto kept = std::string();
    auto skipping = false;
    while (!text.empty()) {
        auto const line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
        auto const mark = trimmed(line.substr(0, line.find('\n')));
        if (mark == foreign) skipping = true;
        if (!skipping) kept += line;
        if (mark == "-- end") skipping = false;
        text.remove_prefix(line.size());
    }
    return kept;
}

std::string_view postgres_word(std::string_view word) {
    if (word == "INTEGER") return "BIGINT";
    if (word == "TEXT") return "TEXT COLLATE \"C\"";
    if (word == "STRICT") return "";
    return word;
}

std::string with_postgres_words(std::string_view plain) {
    auto text = std::string();
    while (!plain.empty()) {
        auto const word = std::find_if_not(plain.begin(), plain.end(), is_word);
        auto const length = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, word - plain.begin()));
        text += postgres_word(plain.substr(0, length));
        plain.remove_prefix(length);
    }
    return text;
}

std::string with_dollar_numbers(std::string_view plain) {
    auto text = std::string(plain);
    for (auto i = std::size_t{0}; i + 1 < text.size(); ++i) {
        if (text[i] == '?' && std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0) text[i] = '$';
    }
    return text;
}

} // namespace

std::string for_engine(std::string_view migration, Engine engine) {
    auto result = std::string();
    each_piece(own_parts(migration, engine), [&](Piece piece, std::string_view text) {
        if (piece == Piece::comment) return;
        if (piece == Piece::plain && engine == Engine::postgres)
            result += with_postgres_words(text);
        else
            result += text;
    });
    return result;
}

std::string numbered_for_postgres(std::string_view sql) {
    auto result = std::string();
    each_piece(sql, [&](Piece piece, std::string_view text) {
        if (piece == Piece::plain)
            result += with_dollar_numbers(text);
        else
            result += text;
    });
    return result;
}

} // namespace store
