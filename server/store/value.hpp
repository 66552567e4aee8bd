// What goes into a statement and what comes out of it, the same for both engines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace store {

/// One bound parameter: null, integer, or text. Looks at the text it is made from instead of copying it, so it lives as
/// an argument of the call that runs the statement and no longer. Text with a NUL is refused when bound (libpqxx would
/// cut it silently).
class Parameter {
public:
    using Value = std::variant<std::monostate, std::int64_t, std::string_view>;

    Parameter(std::nullopt_t) {}
    Parameter(std::int64_t value) : value_(value) {}
    Parameter(int value) : value_(std::int64_t{value}) {}
    Parameter(bool value) : value_(std::int64_t{value ? 1 : 0}) {}
    Parameter(std::string const& value) : value_(std::string_view(value)) {}
    Parameter(std::string&& value) : value_(std::move(value)) {}
    Parameter(std::string_view value) : value_(value) {}
    Parameter(char const* value) : value_(std::string_view(value)) {}
    Parameter(base::Instant value) : value_(base::to_millis(value)) {}
    Parameter(base::Minutes value) : value_(std::int64_t{value.count()}) {}
    Parameter(base::Date value) : value_(base::format_date(value)) {}
    template <class Tag>
    Parameter(base::Id<Tag> const& id) : Parameter(id.text()) {}
    template <class T>
    Parameter(std::optional<T> const& value) {
        if (value) *this = Parameter(*value);
    }
    Value value() const {
        return std::visit([](auto const& value) { return Value(value); }, value_);
    }

private:
    std::variant<std::monostate, std::int64_t, std::string_view, std::string> value_;
};

/// The row a statement stands on; columns count from 0. Views end with the next row. Reading null as a value is a bug
/// (throws std::logic_error).
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;

    bool flag(int column) const { return integer(column) != 0; }
    std::string string(int column) const { return std::string(text(column)); }
    base::Instant instant(int column) const { return base::from_millis(integer(column)); }
    base::Minutes minutes(int column) const { return base::Minutes(integer(column)); }
    template <class IdType>
    IdType id(int column) const {
        return IdType(string(column));
    }

    std::optional<std::int64_t> optional_integer(int column) const {
        return is_null(column) ? std::nullopt : std::optional(integer(column));
    }
    std::optional<std::string> optional_string(int column) const {
        return is_null(column) ? std::nullopt : std::optional(string(column));
    }
    std::optional<base::Instant> optional_instant(int column) const {
        return is_null(column) ? std::nullopt : std::optional(instant(column));
    }
    template <class IdType>
    std::optional<IdType> optional_id(int column) const {
        return is_null(column) ? std::nullopt : std::optional(id<IdType>(column));
    }
};

} // namespace store
