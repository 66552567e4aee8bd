#include <fmt/core.h>

#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "base/clock.hpp"
#include "base/zone.hpp"
#include "cli/cli.hpp"
#include "cli/commands.hpp"
#include "language/when.hpp"

namespace cli {
namespace {

namespace json = boost::json;

struct Asked {
    json::value id; ///< null for a text of the command line
    std::string text;
    std::string country;
    base::LocalTime now;
};

tl::unexpected<base::Error> refuse(std::string_view what, std::string_view why) {
    return base::fail(base::Fault::invalid, "bad_usage", fmt::format("{}: {}", what, why));
}

/// A wall-clock time of the zone, or, when none is given, the time there is.
base::Result<base::LocalTime> read_now(std::string const& text, std::string const& timezone) {
    auto const zone = base::Zone::find(timezone);
    if (!zone)
        return refuse("timezone", fmt::format("there is no time zone \"{}\"; names look like Europe/Madrid", timezone));
    if (text.empty()) return zone->to_local(base::SystemClock().now());
    auto const now = base::parse_local_time(text);
    if (!now) return refuse("now", fmt::format("\"{}\" is no time such as 2026-10-21T10:15", text));
    return *now;
}

base::Result<std::string> read_country(std::string const& text) {
    auto const is_letter = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
    if (text.size() == 2 && is_letter(text[0]) && is_letter(text[1])) return text;
    return refuse("country", fmt::format("\"{}\" is no country of two capital letters, such as ES", text));
}

template <class Value, class Format>
json::value or_null(std::optional<Value> const& value, Format format) {
    return value ? json::value(format(*value)) : json::value();
}

json::array written(std::vector<language::Ambiguity> const& ambiguities) {
    auto list = json::array();
    for (auto const& one : ambiguities) {
        auto const options = json::array(one.options.begin(), one.options.end());
        list.push_back({{"code", language::name_of(one.code)}, {"options", options}});
    }
    return list;
}

json::array written(std::vector<language::Span> const& spans) {
    auto list = json::array();
    for (auto const& span : spans)
        list.push_back({{"start", span.start}, {"end", span.end}, {"kind", language::name_of(span.kind)}});
    return list;
}

json::object written(Asked const& asked) {
    auto const when = language::read_when(asked.text, asked.now, asked.country);
    auto const part = language::name_of(when.part_of_day);
    auto line = json::object();
    if (!asked.id.is_null()) line["id"] = asked.id;
    line["date"] = or_null(when.date, base::format_date);
    line["date_to"] = or_null(when.date_to, base::format_date);
    line["time"] = or_null(when.time, base::format_time_of_day);
    line["time_to"] = or_null(when.time_to, base::format_time_of_day);
    line["part_of_day"] = part.empty() ? json::value() : json::value(part);
    line["ambiguities"] = written(when.ambiguities);
    line["spans"] = written(when.spans);
    line["other_time"] = or_null(when.other_time, base::format_time_of_day);
    line["shift_minutes"] = or_null(when.shift, [](base::Minutes minutes) { return minutes.count(); });
    line["same_time"] = when.same_hour;
    return line;
}

base::Result<std::string> text_of(json::object const& row, std::string_view field, std::string const& otherwise) {
    auto const* value = row.if_contains(field);
    if (value == nullptr) return otherwise;
    if (!value->is_string()) return refuse(field, "must be a text");
    return std::string(value->as_string());
}

/// What a line leaves out is as on the command line.
base::Result<Asked> read_line(std::string const& line, When const& options) {
    auto failed = boost::system::error_code();
    auto const row = json::parse(line, failed);
    if (failed || !row.is_object()) return refuse("line", "is no JSON object");
    auto const& fields = row.as_object();
    if (!fields.contains("text")) return refuse("text", "is missing");
    TRY(auto const text, text_of(fields, "text", ""));
    TRY(auto const timezone, text_of(fields, "timezone", options.timezone));
    TRY(auto const now_text, text_of(fields, "now", options.now));
    TRY(auto const now, read_now(now_text, timezone));
    TRY(auto const country_text, text_of(fields, "country", options.country));
    TRY(auto const country, read_country(country_text));
    auto const* id = fields.if_contains("id");
    return Asked{id == nullptr ? json::value() : *id, text, country, now};
}

base::Result<std::vector<Asked>> read_lines(std::istream& lines, When const& options) {
    auto all = std::vector<Asked>();
    auto number = 0;
    for (auto line = std::string(); std::getline(lines, line);) {
        ++number;
        if (line.empty()) continue;
        auto asked = read_line(line, options);
        if (!asked) return refuse(fmt::format("{} line {}", options.lines, number), asked.error().message);
        all.push_back(*std::move(asked));
    }
    return all;
}

base::Result<std::vector<Asked>> read_asked(When const& options) {
    if (options.lines == "-") return read_lines(std::cin, options);
    if (!options.lines.empty()) {
        auto file = std::ifstream(options.lines);
        if (!file) return refuse("lines", fmt::format("{} cannot be read", options.lines));
        return read_lines(file, options);
    }
    TRY(auto const now, read_now(options.now, options.timezone));
    TRY(auto const country, read_country(options.country));
    return std::vector{Asked{json::value(), options.text, country, now}};
}

} // namespace

int when(When const& options) {
    auto const is_one = !options.text.empty() && options.lines.empty();
    if (!is_one && (options.lines.empty() || !options.text.empty())) {
        return complain({base::Fault::invalid, "bad_usage", "when needs a text, or --lines and no text"});
    }
    auto const asked = read_asked(options);
    if (!asked) return complain(asked.error());
    for (auto const& one : *asked)
        fmt::print("{}\n", json::serialize(written(one)));
    return exit_ok;
}

} // namespace cli
