// Reads the corpora of hostile input, http.txt and websocket.txt: raw bytes to be sent to a server, and what must come
// back. Standard library only, so that the tests of a room and those of the finished program can both use it.
//
//     == two hosts                         a case; the next line says why, with the place in the standard
//     RFC 9112 §3.2: more than one Host.
//     > GET /healthz HTTP/1.1              bytes, with CR LF behind them
//     | GET /                              bytes as they are
//     < 400 malformed closes               the answer: status, code of the problem, what becomes of the connection
//     : Allow: GET                         a field of that answer
//     ! Server                             a field that it must not have
//     >> 81 [len=7e0005] hello             a WebSocket frame: first byte, oddities, payload (player.hpp)
//     << close 1002                        a frame that must come; `close`, or first byte and payload
//
// In bytes, \r \n \t \0 \\ \xHH are escapes, {300*text} repeats, and {name} is replaced by what the test says it is.
#pragma once

#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace corpus {

struct Expected {
    int status = 0; ///< 0: the connection closes without an answer
    std::string code = {};
    bool closes = false;
    bool bodyless = false; ///< the answer to HEAD
    std::vector<std::string> fields = {};
    std::vector<std::string> absent = {};
};

struct Step {
    enum class Kind { bytes, answer, frame, reply };
    Kind kind;
    std::string text = {}; ///< bytes, or the rest of the line of a frame; placeholders not yet replaced
    Expected expected = {};
};

struct Case {
    std::string name;
    std::string section;
    std::string why;
    std::vector<Step> steps = {};
};

/// What {name} stands for; nullopt when it is just braces, as bodies are full of.
using Words = std::function<std::optional<std::string>(std::string const& name)>;

inline std::optional<std::string> no_words(std::string const&) { return std::nullopt; }
/// Escapes and repetitions read, words replaced.
inline std::string unfold(std::string_view text, Words const& words = no_words);
inline std::vector<Case> read(std::string const& file);

namespace detail {

inline char escaped(std::string_view text, std::size_t& at) {
    switch (text.at(at)) {
    case 'r': return '\r';
    case 'n': return '\n';
    case 't': return '\t';
    case '0': return '\0';
    case '\\': return '\\';
    case 'x': at += 2; return static_cast<char>(std::stoi(std::string(text.substr(at - 1, 2)), nullptr, 16));
    default: throw std::runtime_error("no such escape: " + std::string(text));
    }
}

/// What `{inside}` stands for.
inline std::optional<std::string> replacement(std::string const& inside, Words const& words) {
    auto const star = inside.find('*');
    if (star == 0 || star == inside.npos || inside.find_first_not_of("0123456789") != star) return words(inside);
    auto const part = unfold(inside.substr(star + 1), words);
    auto repeated = std::string();
    for (auto i = std::stoul(inside); i > 0; --i) {
        repeated += part;
    }
    return repeated;
}

/// Where the brace that opens at `at` closes, or npos.
inline std::size_t closing_brace(std::string_view text, std::size_t at) {
    auto depth = 0;
    for (; at < text.size(); ++at) {
        depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
        if (depth == 0) return at;
    }
    return text.npos;
}

inline Expected expected_of(std::string_view line) {
    auto expected = Expected();
    auto words = std::istringstream{std::string(line)};
    auto word = std::string();
    words >> word;
    if (word == "nothing") {
        expected.closes = true;
        return expected;
    }
    expected.status = std::stoi(word);
    while (words >> word) {
        if (word == "closes") {
            expected.closes = true;
        } else if (word == "bodyless") {
            expected.bodyless = true;
        } else {
            expected.code = word;
        }
    }
    return expected;
}

inline void add_line(Case& current, std::string const& line) {
    auto const rest = [&](std::size_t prefix) { return line.size() > prefix ? line.substr(prefix) : std::string(); };
    auto const last = [&]() -> Expected& { return current.steps.at(current.steps.size() - 1).expected; };
    if (line.starts_with(">>")) return current.steps.push_back({Step::Kind::frame, rest(3)});
    if (line.starts_with("<<")) return current.steps.push_back({Step::Kind::reply, rest(3)});
    switch (line[0]) {
    case '>': return current.steps.push_back({Step::Kind::bytes, rest(2) + "\\r\\n"});
    case '|': return current.steps.push_back({Step::Kind::bytes, rest(2)});
    case '<': return current.steps.push_back({Step::Kind::answer, {}, expected_of(rest(2))});
    case ':': return last().fields.push_back(rest(2));
    case '!': return last().absent.push_back(rest(2));
    default: current.why += (current.why.empty() ? "" : " ") + line; return;
    }
}

} // namespace detail

inline std::string unfold(std::string_view text, Words const& words) {
    auto out = std::string();
    for (auto at = std::size_t{0}; at < text.size(); ++at) {
        if (text[at] == '\\') {
            out += detail::escaped(text, ++at);
            continue;
        }
        auto const end = text[at] == '{' ? detail::closing_brace(text, at) : text.npos;
        auto const inside = end == text.npos ? std::string() : std::string(text.substr(at + 1, end - at - 1));
        if (auto const word = inside.empty() ? std::nullopt : detail::replacement(inside, words)) {
            out += *word;
            at = end;
        } else {
            out += text[at];
        }
    }
    return out;
}

inline std::vector<Case> read(std::string const& file) {
    auto in = std::ifstream(file);
    if (!in) throw std::runtime_error("cannot read " + file);
    auto cases = std::vector<Case>();
    auto section = std::string();
    for (auto line = std::string(); std::getline(in, line);) {
        if (line.empty() || line.starts_with("# ")) continue;
        if (line.starts_with("## ")) {
            section = line.substr(3);
        } else if (line.starts_with("== ")) {
            cases.push_back({line.substr(3), section, {}});
        } else {
            detail::add_line(cases.at(cases.size() - 1), line);
        }
    }
    return cases;
}

} // namespace corpus
