// Builds typed values out of a JSON object or a query, and collects every wrong field in one pass:
//
//     auto in = Reader(object);
//     auto name = in.required("name", as::text(base::name_text));
//     auto minutes = in.required("duration_minutes", as::integer(1, 1440));
//     auto customer = in.optional("customer", as::object(read_customer));     // Customer read_customer(Reader& in)
//     auto spans = in.optional("spans", as::list(as::object(read_span), 20));
//     TRY_VOID(in.finish());
//
// A wrong field yields T{}; finish() then fails with 422 `invalid` and all FieldErrors. Codes: required, type, unknown,
// out_of_range, one_of, format, invalid_phone, too_many, and those of base::clean_text (too_short, too_long, nul,
// invalid_utf8).
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/http/message.hpp"
#include "base/phone.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace api::http {

/// A field of a PATCH that may be cleared: absent = keep, null = clear, otherwise the new value.
template <class T>
struct Patch {
    bool present = false;
    std::optional<T> value;
    void apply_to(std::optional<T>& target) const {
        if (present) target = value;
    }
};

/// One value on its way in, with its path. A kind (namespace `as`) turns it into a T, or says what is wrong with it.
class Field {
public:
    /// Notes an error about this field; always nullopt, so that a kind can `return field.wrong(...)`.
    std::nullopt_t wrong(std::string_view code, std::string message) const;
    bool is_null() const;
    bool is_object() const;
    bool is_array() const;
    bool is_text() const;
    /// The text, or nullopt and `type` noted.
    std::optional<std::string_view> text() const;
    std::optional<std::int64_t> integer() const;
    std::optional<bool> boolean() const;
    /// The elements of an array, or the comma-separated parts of a query parameter; `type` or `too_many` noted
    /// otherwise.
    std::optional<std::vector<Field>> elements(std::size_t max) const;
    bool is_query() const { return query_; }

private:
    friend class Reader;
    using Json = std::shared_ptr<boost::json::value const>;
    Field(Json value, std::string path, bool query, std::vector<base::FieldError>& errors)
        : value_(std::move(value)), path_(std::move(path)), query_(query), errors_(&errors) {}
    std::optional<std::vector<Json>> array() const;
    std::optional<std::vector<Json>> split() const;

    Json value_; ///< a part of the caller's object, or a text of its own when it comes from a query
    std::string path_;
    bool query_; ///< everything is text: numbers and lists are read out of it
    std::vector<base::FieldError>* errors_;
};

template <class Kind>
using ValueOf = typename std::invoke_result_t<Kind const&, Field const&>::value_type;

class Reader {
public:
    /// `object` must outlive the reader.
    explicit Reader(boost::json::object const& object);
    explicit Reader(Query const& query);
    /// An object inside another (`field.is_object()`): errors go to the same list, under its path.
    explicit Reader(Field const& field);
    Reader(Reader const&) = delete;
    Reader& operator=(Reader const&) = delete;

    /// Absent or null → `required`.
    template <class Kind>
    ValueOf<Kind> required(std::string_view name, Kind const& kind) {
        if (!has(name)) {
            refuse(name, "required", "is required");
            return {};
        }
        return changed(name, kind).value_or(ValueOf<Kind>{});
    }
    /// Absent and null mean the same: nothing.
    template <class Kind>
    std::optional<ValueOf<Kind>> optional(std::string_view name, Kind const& kind) {
        return patch(name, kind).value;
    }
    /// For PATCH of a field that cannot be cleared: absent = keep, null → `required`.
    template <class Kind>
    std::optional<ValueOf<Kind>> changed(std::string_view name, Kind const& kind) {
        auto const field = find(name);
        if (!field) return std::nullopt;
        if (field->is_null()) return field->wrong("required", "must not be null");
        return kind(*field);
    }
    /// For PATCH of a field that can be cleared.
    template <class Kind>
    Patch<ValueOf<Kind>> patch(std::string_view name, Kind const& kind) {
        auto const field = find(name);
        if (!field) return {};
        if (field->is_null()) return {true, std::nullopt};
        return {true, kind(*field)};
    }

    bool has(std::string_view name);
    /// An error of the caller's own, such as an end before its start.
    void refuse(std::string_view name, std::string_view code, std::string message);
    /// Notes `unknown` for every member nobody asked for.
    void refuse_unknown();
    /// refuse_unknown(), then fails if anything was noted.
    base::Result<void> finish();

private:
    std::optional<Field> find(std::string_view name);

    Field::Json owned_; ///< a query as an object of texts
    boost::json::object const* object_;
    std::string prefix_;
    bool query_ = false;
    std::vector<std::string> asked_;
    std::vector<base::FieldError> own_errors_;
    std::vector<base::FieldError>* errors_;
};

/// The kinds of values. Each is a function Field → optional<T>; compose new ones out of these.
namespace as {

using TextKind = std::function<std::optional<std::string>(Field const&)>;

/// Cleaned by base::clean_text.
TextKind text(base::TextRule rule);
/// One of the texts given: `as::one_of({"qr", "code"})`.
TextKind one_of(std::vector<std::string> const& values);
/// An id, cursor or other opaque text: 1 to `longest` bytes of printable ASCII. Whether it means something the room
/// decides.
TextKind token(std::size_t longest = 200);
std::function<std::optional<std::int64_t>(Field const&)> integer(std::int64_t min, std::int64_t max);
std::function<std::optional<bool>(Field const&)> boolean();
/// RFC 3339 with offset or Z.
std::function<std::optional<base::Instant>(Field const&)> instant();
std::function<std::optional<base::Date>(Field const&)> date();
std::function<std::optional<base::TimeOfDay>(Field const&)> time_of_day();
/// `region`: ISO country whose national numbers need no prefix. `invalid_phone` otherwise.
std::function<std::optional<base::Phone>(Field const&)> phone(std::string region);

/// Text → enum, for enums whose names are the wire's: `as::one_of<Tone>({{"tu", Tone::tu}, …})`.
template <class T>
auto one_of(std::vector<std::pair<std::string, T>> values) {
    return [values = std::move(values)](Field const& field) -> std::optional<T> {
        auto const text = field.text();
        if (!text) return std::nullopt;
        auto names = std::string();
        for (auto const& [name, value] : values) {
            if (name == *text) return value;
            names += (names.empty() ? "" : ", ") + name;
        }
        return field.wrong("one_of", "must be one of " + names);
    };
}

/// `read`: T(Reader&). Members it did not ask for are noted as unknown.
template <class Read>
auto object(Read read) {
    using T = std::invoke_result_t<Read const&, Reader&>;
    return [read = std::move(read)](Field const& field) -> std::optional<T> {
        if (!field.is_object()) return field.wrong("type", "must be an object");
        auto in = Reader(field);
        auto value = read(in);
        in.refuse_unknown();
        return value;
    };
}

/// At most `max` elements; errors are named `path[0]`.
template <class Kind>
auto list(Kind kind, std::size_t max) {
    return [kind = std::move(kind), max](Field const& field) -> std::optional<std::vector<ValueOf<Kind>>> {
        auto const elements = field.elements(max);
        if (!elements) return std::nullopt;
        auto values = std::vector<ValueOf<Kind>>();
        for (auto const& element : *elements) {
            if (auto value = kind(element)) values.push_back(*std::move(value));
        }
        return values;
    };
}

} // namespace as

} // namespace api::http
