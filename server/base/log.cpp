#include "base/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace base::log {

namespace {

/// One for the process: its only state is the level, and its lock keeps lines whole.
spdlog::logger& logger() {
    static auto const made = [] {
        auto lines = std::make_shared<spdlog::logger>("apunta", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        lines->set_pattern("%v");
        return lines;
    }();
    return *made;
}

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
    case Level::off: break;
    }
    return spdlog::level::off;
}

std::string_view name_of(Level level) {
    switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warn: return "warn";
    case Level::error: return "error";
    case Level::off: break;
    }
    return "off";
}

void append_text(std::string& line, std::string_view text) {
    line += '"';
    for (auto const c : to_valid_utf8(text)) {
        auto const is_control = static_cast<unsigned char>(c) < 0x20;
        if (is_control) {
            fmt::format_to(std::back_inserter(line), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
            if (c == '"' || c == '\\') line += '\\';
            line += c;
        }
    }
    line += '"';
}

void append_field(std::string& line, std::string_view key, std::string_view text) {
    line += line.empty() ? '{' : ',';
    append_text(line, key);
    line += ':';
    append_text(line, text);
}

void append_field(std::string& line, std::string_view key, std::int64_t number) {
    line += ',';
    append_text(line, key);
    line += ':' + std::to_string(number);
}

std::string to_line(Level level, std::string_view name, std::initializer_list<Field> fields) {
    auto line = std::string();
    append_field(line, "at", format_utc(SystemClock().now()));
    append_field(line, "level", name_of(level));
    append_field(line, "event", name);
    for (auto const& field : fields) {
        std::visit([&](auto const& value) { append_field(line, field.key, value); }, field.value);
    }
    return line + '}';
}

} // namespace

void set_level(Level level) { logger().set_level(level_of(level)); }

bool enabled(Level level) { return level != Level::off && logger().should_log(level_of(level)); }

void event(Level level, std::string_view name, std::initializer_list<Field> fields) {
    if (!enabled(level)) return;
    logger().log(level_of(level), "{}", to_line(level, name, fields));
}

} // namespace base::log
