#include "api/contract_check.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <regex>
#include <stdexcept>

#include "base/text.hpp"
#include "base/time.hpp"

namespace api {
namespace {

namespace json = boost::json;
using Complaints = std::vector<std::string>;

std::string_view text_of(json::value const& value) { return value.as_string(); }

std::string upper(std::string_view text) {
    auto result = std::string(text);
    std::ranges::transform(result, result.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
    return result;
}

std::vector<std::string_view> segments(std::string_view path) {
    auto parts = std::vector<std::string_view>();
    while (!path.empty()) {
        path.remove_prefix(1);
        parts.push_back(path.substr(0, path.find('/')));
        path.remove_prefix(parts.back().size());
    }
    return parts;
}

bool matches(std::string_view pattern, std::string_view path) {
    return std::ranges::equal(segments(pattern), segments(path), [](std::string_view wanted, std::string_view given) {
        return wanted.starts_with('{') ? !given.empty() : wanted == given;
    });
}

bool is_of_type(json::value const& value, std::string_view type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "boolean") return value.is_bool();
    if (type == "null") return value.is_null();
    throw std::logic_error("the contract uses the type " + std::string(type));
}

/// One value against one schema; complaints name the place.
class Check {
public:
    Check(json::value const& document, Complaints& complaints) : document_(document), complaints_(complaints) {}

    void check(json::value const& value, json::object const& schema, std::string const& place) {
        for (auto const& [keyword, rule] : schema) {
            apply(keyword, rule, value, schema, place);
        }
    }

private:
    void complain(std::string const& place, std::string const& what) {
        complaints_.push_back((place.empty() ? "/" : place) + ": " + what);
    }

    void apply(std::string_view keyword, json::value const& rule, json::value const& value, json::object const& schema,
               std::string const& place) {
        if (keyword == "$ref") {
            check(value, document_.at_pointer(text_of(rule).substr(1)).as_object(), place);
        } else if (keyword == "anyOf") {
            any_of(value, rule.as_array(), place);
        } else if (keyword == "type") {
            type(value, rule, place);
        } else if (keyword == "enum") {
            if (std::ranges::find(rule.as_array(), value) == rule.as_array().end()) {
                complain(place, json::serialize(value) + " is none of " + json::serialize(rule));
            }
        } else if (keyword == "properties") {
            properties(value, rule.as_object(), schema, place);
        } else if (keyword == "required") {
            required(value, rule.as_array(), place);
        } else if (keyword == "items") {
            items(value, rule.as_object(), place);
        } else if (!limit(keyword, rule, value, place) && keyword != "description" && keyword != "default" &&
                   keyword != "additionalProperties") {
            throw std::logic_error("the contract uses the keyword " + std::string(keyword));
        }
    }

    void any_of(json::value const& value, json::array const& schemas, std::string const& place) {
        auto reasons = std::string();
        for (auto const& schema : schemas) {
            auto complaints = Complaints();
            Check(document_, complaints).check(value, schema.as_object(), place);
            if (complaints.empty()) return;
            reasons += " | " + complaints.front();
        }
        complain(place, "fits none of the alternatives:" + reasons);
    }

    void type(json::value const& value, json::value const& rule, std::string const& place) {
        auto const fits = [&](json::value const& type) { return is_of_type(value, text_of(type)); };
        if (rule.is_string() ? fits(rule) : std::ranges::any_of(rule.as_array(), fits)) return;
        complain(place, json::serialize(value) + " is not of type " + json::serialize(rule));
    }

    void properties(json::value const& value, json::object const& known, json::object const& schema,
                    std::string const& place) {
        if (!value.is_object()) return;
        auto const* more = schema.if_contains("additionalProperties");
        for (auto const& [name, member] : value.as_object()) {
            auto const path = place + "/" + std::string(name);
            if (auto const* rule = known.if_contains(name)) {
                check(member, rule->as_object(), path);
            } else if (more != nullptr && !more->as_bool()) {
                complain(path, "is not in the contract");
            }
        }
    }

    void required(json::value const& value, json::array const& names, std::string const& place) {
        if (!value.is_object()) return;
        for (auto const& name : names) {
            if (!value.as_object().contains(text_of(name))) {
                complain(place + "/" + std::string(text_of(name)), "is missing");
            }
        }
    }

    void items(json::value const& value, json::object const& schema, std::string const& place) {
        if (!value.is_array()) return;
        auto index = std::size_t{0};
        for (auto const& element : value.as_array()) {
            check(element, schema, place + "/" + std::to_string(index++));
        }
    }

    /// False for a keyword that limits nothing.
    bool limit(std::string_view keyword, json::value const& rule, json::value const& value, std::string const& place) {
        auto const expect = [&](bool good) {
            if (!good) complain(place, json::serialize(value) + " breaks " + std::string(keyword));
            return true;
        };
        auto const* text = value.if_string();
        auto const length = text == nullptr ? 0 : static_cast<std::int64_t>(base::length_in_code_points(*text));
        auto const* number = value.if_int64();
        auto const* array = value.if_array();
        if (keyword == "minLength") return expect(text == nullptr || length >= rule.as_int64());
        if (keyword == "maxLength") return expect(text == nullptr || length <= rule.as_int64());
        if (keyword == "minimum") return expect(number == nullptr || *number >= rule.as_int64());
        if (keyword == "maximum") return expect(number == nullptr || *number <= rule.as_int64());
        if (keyword == "maxItems") return expect(array == nullptr || std::int64_t(array->size()) <= rule.as_int64());
        if (keyword == "pattern") return expect(text == nullptr || has_pattern(*text, text_of(rule)));
        if (keyword == "format") return expect(text == nullptr || has_format(*text, text_of(rule)));
        return false;
    }

    static bool has_pattern(std::string_view text, std::string_view pattern) {
        return std::regex_search(std::string(text), std::regex(std::string(pattern), std::regex::ECMAScript));
    }
    static bool has_format(std::string_view text, std::string_view format) {
        if (format == "date") return base::parse_date(text).has_value();
        if (format == "date-time") return base::parse_instant(text).has_value();
        throw std::logic_error("the contract uses the format " + std::string(format));
    }

    json::value const& document_;
    Complaints& complaints_;
};

} // namespace

std::string_view Answer::header(std::string_view name) const {
    auto const found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
    return found == headers.end() ? std::string_view() : found->second;
}

std::string Answer::code() const {
    return content_type == "application/problem+json" ? text_at("/code") : std::string();
}

std::string Answer::field() const {
    auto const* object = body.if_object();
    return object != nullptr && object->contains("errors") ? text_at("/errors/0/field") : std::string();
}

json::value const& Answer::operator[](std::string_view pointer) const { return body.at_pointer(pointer); }

std::string Answer::text_at(std::string_view pointer) const {
    return std::string(body.at_pointer(pointer).as_string());
}

Contract::Contract(std::string_view openapi) : document_(json::parse(openapi)) {}

std::vector<Contract::Operation> Contract::operations() const {
    auto found = std::vector<Operation>();
    for (auto const& [path, methods] : document_.at("paths").as_object()) {
        for (auto const& [method, operation] : methods.as_object()) {
            found.push_back({upper(method), std::string(path), operation.as_object().contains("security")});
        }
    }
    return found;
}

json::object const& Contract::resolved(json::object const& object) const {
    auto const* ref = object.if_contains("$ref");
    return ref == nullptr ? object : document_.at_pointer(text_of(*ref).substr(1)).as_object();
}

/// A fixed path wins over one with a parameter.
json::object const* Contract::find_path(std::string_view path) const {
    auto const& paths = document_.at("paths").as_object();
    if (auto const* exact = paths.if_contains(path)) return &exact->as_object();
    for (auto const& [pattern, methods] : paths) {
        if (matches(pattern, path)) return &methods.as_object();
    }
    return nullptr;
}

std::vector<std::string> Contract::breaches(std::string_view method, std::string_view path,
                                            Answer const& answer) const {
    auto const name = std::string(method) + " " + std::string(path) + " " + std::to_string(answer.status);
    auto const* methods = find_path(path);
    auto lower = std::string(method);
    std::ranges::transform(lower, lower.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
    auto const* operation = methods == nullptr ? nullptr : methods->if_contains(lower);
    if (operation == nullptr) {
        auto const expected = methods == nullptr ? 404 : method == "OPTIONS" ? 204 : 405;
        return answer.status == expected ? Complaints() : Complaints{name + ": is not in the contract"};
    }
    auto const* listed = operation->at("responses").as_object().if_contains(std::to_string(answer.status));
    if (listed == nullptr) return {name + ": the contract lacks this status"};
    auto const* content = resolved(listed->as_object()).if_contains("content");
    if (content == nullptr) return answer.text.empty() ? Complaints() : Complaints{name + ": has a body"};
    auto const type = answer.content_type.substr(0, answer.content_type.find(';'));
    auto const* media = content->as_object().if_contains(type);
    if (media == nullptr) return {name + ": the contract lacks the type " + type};
    auto complaints = Complaints();
    auto const body = type.ends_with("json") ? answer.body : json::value(answer.text);
    Check(document_, complaints).check(body, media->at("schema").as_object(), "");
    for (auto& complaint : complaints) {
        complaint.insert(0, name + ": ");
    }
    return complaints;
}

std::vector<std::string> Contract::mismatches(std::string_view schema, json::value const& value) const {
    auto complaints = Complaints();
    auto const& found = document_.at("components").at("schemas").at(schema).as_object();
    Check(document_, complaints).check(value, found, "");
    return complaints;
}

} // namespace api
