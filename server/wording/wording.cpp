#include "wording/wording.hpp"

#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <map>
#include <stdexcept>

#include "wording/texts.hpp"

namespace wording {

namespace {

namespace json = boost::json;

/// What a text says in one voice, and which arguments it needs.
struct Form {
    icu::UnicodeString pattern;
    std::vector<std::string> arguments;
};
using Forms = std::map<std::string, Form, std::less<>>;

struct Table {
    std::map<std::string, Forms, std::less<>> texts;
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> words; ///< by word and country
};

constexpr std::string_view presence = "has_";

icu::UnicodeString to_icu(std::string_view utf8) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

std::string from_icu(icu::UnicodeString const& text) {
    auto utf8 = std::string();
    return text.toUTF8String(utf8);
}

[[noreturn]] void report_bug(std::string_view what, std::string_view key) {
    throw std::logic_error("wording: " + std::string(what) + " in text " + std::string(key));
}

Form read_form(std::string_view key, std::string_view text) {
    auto form = Form{to_icu(text), {}};
    auto status = U_ZERO_ERROR;
    auto const pattern = icu::MessagePattern(form.pattern, nullptr, status);
    if (U_FAILURE(status)) report_bug("malformed pattern", key);
    for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
        auto const& part = pattern.getPart(i);
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_NAME) continue;
        auto name = from_icu(pattern.getSubstring(part));
        if (std::ranges::find(form.arguments, name) == form.arguments.end()) form.arguments.push_back(std::move(name));
    }
    return form;
}

Table read_table(std::string_view text) {
    auto table = Table();
    auto const root = json::parse(json::string_view(text.data(), text.size()));
    for (auto const& [key, forms] : root.at("texts").as_object()) {
        for (auto const& [voice, form] : forms.as_object()) {
            table.texts[key][voice] = read_form(std::string_view(key), std::string_view(form.as_string()));
        }
    }
    for (auto const& [word, countries] : root.at("words").as_object()) {
        for (auto const& [country, form] : countries.as_object())
            table.words[word][country] = form.as_string();
    }
    return table;
}

Table const& table() {
    static auto const texts = read_table(texts_json());
    return texts;
}

/// The names a text may use for this voice, the fitting one first.
std::vector<std::string_view> form_names(Voice const& voice) {
    if (voice.language == "en") return {"en"};
    switch (voice.tone) {
    case business::Tone::tu: return {"tu", "es"};
    case business::Tone::usted: return {"usted", "es"};
    case business::Tone::vos: return {"vos", "tu", "es"};
    }
    return {};
}

Form const& find_form(Voice const& voice, std::string_view key) {
    auto const text = table().texts.find(key);
    if (text == table().texts.end()) report_bug("no such key", key);
    for (auto const name : form_names(voice)) {
        if (auto const form = text->second.find(name); form != text->second.end()) return form->second;
    }
    report_bug("no form for the voice", key);
}

bool is_empty(Value const& value) {
    auto const* const text = std::get_if<std::string>(&value);
    return text != nullptr && text->empty();
}

icu::Formattable to_formattable(Value const& value) {
    if (auto const* const number = std::get_if<std::int64_t>(&value)) return icu::Formattable(*number);
    return icu::Formattable(to_icu(std::get<std::string>(value)));
}

Value const* find_argument(Arguments arguments, std::string_view name) {
    auto const found = std::ranges::find(arguments, name, [](auto const& argument) { return argument.first; });
    return found == arguments.end() ? nullptr : &found->second;
}

std::string const* find_word(Voice const& voice, std::string_view name) {
    auto const word = table().words.find(name);
    if (word == table().words.end()) return nullptr;
    auto const local = word->second.find(voice.country);
    return &(local != word->second.end() ? local->second : word->second.at("other"));
}

icu::Formattable value_of(Voice const& voice, std::string_view key, std::string_view name, Arguments arguments) {
    if (auto const* const value = find_argument(arguments, name)) return to_formattable(*value);
    if (auto const* const word = find_word(voice, name)) return icu::Formattable(to_icu(*word));
    if (name.starts_with(presence)) {
        auto const* const value = find_argument(arguments, name.substr(presence.size()));
        return icu::Formattable(value == nullptr || is_empty(*value) ? u"no" : u"yes");
    }
    // What a text says only in the branch of its has_… may be left out altogether.
    auto const optional = std::string(presence) + std::string(name);
    auto const& names = find_form(voice, key).arguments;
    if (std::ranges::find(names, optional) != names.end()) return icu::Formattable(u"");
    report_bug("argument " + std::string(name) + " is missing", key);
}

} // namespace

std::string say(Voice const& voice, std::string_view key, Arguments arguments) {
    auto const& form = find_form(voice, key);
    auto names = std::vector<icu::UnicodeString>();
    auto values = std::vector<icu::Formattable>();
    for (auto const& name : form.arguments) {
        names.push_back(to_icu(name));
        values.push_back(value_of(voice, key, name, arguments));
    }
    auto status = U_ZERO_ERROR;
    auto const locale = icu::Locale(voice.language.c_str(), voice.country.c_str());
    auto const format = icu::MessageFormat(form.pattern, locale, status);
    auto result = icu::UnicodeString();
    format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), result, status);
    if (U_FAILURE(status)) report_bug(u_errorName(status), key);
    return from_icu(result);
}

std::vector<std::string> keys() {
    auto result = std::vector<std::string>();
    for (auto const& [key, forms] : table().texts)
        result.push_back(key);
    return result;
}

} // namespace wording
