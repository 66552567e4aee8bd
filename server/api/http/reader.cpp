#include "api/http/reader.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <charconv>
#include <cstddef>

namespace api::http {

namespace {

/// Points at `value` without owning it: the caller's object outlives the reader.
std::shared_ptr<boost::json::value const> borrow(boost::json::value const& value) {
    return {std::shared_ptr<void>(), &value};
}

boost::json::object object_of(Query const& query) {
    auto object = boost::json::object();
    for (auto const& [name, value] : query) {
        object.emplace(name, value);
    }
    return object;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    auto number = std::int64_t{0};
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    auto const whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

/// In a query an unescaped `+` became a blank; where no blank can stand it was a plus.
std::string restore_plus(std::string_view text) {
    auto restored = std::string(text);
    std::ranges::replace(restored, ' ', '+');
    return restored;
}

} // namespace

std::nullopt_t Field::wrong(std::string_view code, std::string message) const {
    errors_->push_back({path_, std::string(code), std::move(message)});
    return std::nullopt;
}

bool Field::is_null() const { return value_->is_null(); }

bool Field::is_object() const { return value_->is_object(); }

bool Field::is_array() const { return value_->is_array(); }

bool Field::is_text() const { return value_->is_string(); }

std::optional<std::string_view> Field::text() const {
    if (!value_->is_string()) return wrong("type", "must be a text");
    return std::string_view(value_->get_string());
}

std::optional<std::int64_t> Field::integer() const {
    if (value_->is_int64()) return value_->get_int64();
    if (value_->is_uint64()) return wrong("out_of_range", "is too large");
    auto const parsed = query_ && value_->is_string() ? parse_integer(value_->get_string()) : std::nullopt;
    if (!parsed) return wrong("type", "must be a whole number");
    return parsed;
}

std::optional<bool> Field::boolean() const {
    if (value_->is_bool()) return value_->get_bool();
    if (query_ && *value_ == "true") return true;
    if (query_ && *value_ == "false") return false;
    return wrong("type", "must be true or false");
}

std::optional<std::vector<Field>> Field::elements(std::size_t max) const {
    auto const parts = query_ ? split() : array();
    if (!parts) return wrong("type", "must be a list");
    if (parts->size() > max) return wrong("too_many", "has more than " + std::to_string(max) + " elements");
    auto fields = std::vector<Field>();
    for (auto const& part : *parts) {
        fields.push_back(Field(part, path_ + "[" + std::to_string(fields.size()) + "]", query_, *errors_));
    }
    return fields;
}

std::optional<std::vector<Field::Json>> Field::array() const {
    if (!value_->is_array()) return std::nullopt;
    auto parts = std::vector<Json>();
    for (auto const& element : value_->get_array()) {
        parts.push_back(borrow(element));
    }
    return parts;
}

std::optional<std::vector<Field::Json>> Field::split() const {
    auto parts = std::vector<Json>();
    auto rest = std::string_view(value_->as_string());
    while (true) {
        auto const part = rest.substr(0, rest.find(','));
        parts.push_back(std::make_shared<boost::json::value const>(part));
        if (part.size() == rest.size()) return parts;
        rest.remove_prefix(part.size() + 1);
    }
}

Reader::Reader(boost::json::object const& object) : object_(&object), errors_(&own_errors_) {}

Reader::Reader(Query const& query)
    : owned_(std::make_shared<boost::json::value const>(object_of(query))), object_(&owned_->get_object()),
      query_(true), errors_(&own_errors_) {}

Reader::Reader(Field const& field)
    : object_(&field.value_->as_object()), prefix_(field.path_ + "."), errors_(field.errors_) {}

bool Reader::has(std::string_view name) {
    auto const field = find(name);
    return field && !field->is_null();
}

void Reader::refuse(std::string_view name, std::string_view code, std::string message) {
    errors_->push_back({prefix_ + std::string(name), std::string(code), std::move(message)});
}

void Reader::refuse_unknown() {
    for (auto const& member : *object_) {
        if (std::ranges::find(asked_, std::string_view(member.key())) == asked_.end()) {
            refuse(member.key(), "unknown", "is not a field of this request");
        }
    }
}

base::Result<void> Reader::finish() {
    refuse_unknown();
    if (errors_->empty()) return {};
    auto const& first = errors_->front();
    return base::fail(
        {base::Fault::invalid, "invalid", "The field " + first.field + " " + first.message + ".", std::move(*errors_)});
}

std::optional<Field> Reader::find(std::string_view name) {
    if (std::ranges::find(asked_, name) == asked_.end()) asked_.emplace_back(name);
    auto const* value = object_->if_contains(name);
    if (!value) return std::nullopt;
    return Field(borrow(*value), prefix_ + std::string(name), query_, *errors_);
}

namespace as {

namespace {

/// A value that has one textual form, such as a date.
template <class T, class Parse>
std::function<std::optional<T>(Field const&)> parsed(Parse parse, std::string form) {
    return [parse, form = std::move(form)](Field const& field) -> std::optional<T> {
        auto const text = field.text();
        if (!text) return std::nullopt;
        auto value = parse(field.is_query() ? restore_plus(*text) : std::string(*text));
        if (!value) return field.wrong("format", "must look like " + form);
        return value;
    };
}

} // namespace

TextKind text(base::TextRule rule) {
    return [rule](Field const& field) -> std::optional<std::string> {
        auto const raw = field.text();
        if (!raw) return std::nullopt;
        auto cleaned = base::clean_text(*raw, rule);
        if (!cleaned) return field.wrong(cleaned.error().code, cleaned.error().message);
        return *std::move(cleaned);
    };
}

TextKind one_of(std::vector<std::string> const& values) {
    auto pairs = std::vector<std::pair<std::string, std::string>>();
    for (auto const& value : values) {
        pairs.emplace_back(value, value);
    }
    return one_of<std::string>(std::move(pairs));
}

TextKind token(std::size_t longest) {
    return [longest](Field const& field) -> std::optional<std::string> {
        auto const text = field.text();
        if (!text) return std::nullopt;
        auto const printable = [](char c) { return c > ' ' && c < 0x7f; };
        if (text->empty() || text->size() > longest || !std::ranges::all_of(*text, printable)) {
            return field.wrong("format",
                               "must be 1 to " + std::to_string(longest) + " printable characters without blanks");
        }
        return std::string(*text);
    };
}

std::function<std::optional<std::int64_t>(Field const&)> integer(std::int64_t min, std::int64_t max) {
    return [min, max](Field const& field) -> std::optional<std::int64_t> {
        auto const number = field.integer();
        if (!number || (*number >= min && *number <= max)) return number;
        return field.wrong("out_of_range", "must be from " + std::to_string(min) + " to " + std::to_string(max));
    };
}

std::function<std::optional<bool>(Field const&)> boolean() { return &Field::boolean; }

std::function<std::optional<base::Instant>(Field const&)> instant() {
    return parsed<base::Instant>(base::parse_instant, "2026-10-22T10:00:00+02:00");
}

std::function<std::optional<base::Date>(Field const&)> date() {
    return parsed<base::Date>(base::parse_date, "2026-10-22");
}

std::function<std::optional<base::TimeOfDay>(Field const&)> time_of_day() {
    return parsed<base::TimeOfDay>(base::parse_time_of_day, "09:00");
}

std::function<std::optional<base::Phone>(Field const&)> phone(std::string region) {
    return [region = std::move(region)](Field const& field) -> std::optional<base::Phone> {
        auto const text = field.text();
        if (!text) return std::nullopt;
        auto const plus = field.is_query() && text->starts_with(' ');
        auto number = base::Phone::parse(plus ? "+" + std::string(text->substr(1)) : std::string(*text), region);
        if (!number) return field.wrong(number.error().code, number.error().message);
        return *std::move(number);
    };
}

} // namespace as

} // namespace api::http
