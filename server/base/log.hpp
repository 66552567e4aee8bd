// One line per event on standard error, JSON: {"at":…,"level":…,"event":…,fields}. Ids only: never message text, tokens
// or phone numbers. spdlog is included in log.cpp alone (3 s of compile time each).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace base::log {

enum class Level { debug, info, warn, error, off };
struct Field {
    std::string_view key;
    std::variant<std::string, std::int64_t> value;
    Field(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
    Field(std::string_view k, std::string_view v) : key(k), value(std::string(v)) {}
    Field(std::string_view k, char const* v) : key(k), value(std::string(v)) {}
    Field(std::string_view k, std::int64_t v) : key(k), value(v) {}
    Field(std::string_view k, int v) : key(k), value(std::int64_t{v}) {}
    Field(std::string_view k, std::size_t v) : key(k), value(static_cast<std::int64_t>(v)) {}
};

void set_level(Level level);
/// For lines whose fields cost something to gather.
bool enabled(Level level);
void event(Level level, std::string_view name, std::initializer_list<Field> fields = {});
inline void debug(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::debug, name, fields);
}
inline void info(std::string_view name, std::initializer_list<Field> fields = {}) { event(Level::info, name, fields); }
inline void warn(std::string_view name, std::initializer_list<Field> fields = {}) { event(Level::warn, name, fields); }
inline void error(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::error, name, fields);
}

} // namespace base::log
