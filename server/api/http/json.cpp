#include "api/http/json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <unordered_set>

namespace api::http {

namespace {

namespace boost_json = boost::json;

enum class Flaw { none, nul, twice, infinite };

/// Builds the value and notes what the grammar allows but we do not.
class Builder {
public:
    static constexpr std::size_t max_object_size = boost_json::object::max_size();
    static constexpr std::size_t max_array_size = boost_json::array::max_size();
    static constexpr std::size_t max_key_size = boost_json::string::max_size();
    static constexpr std::size_t max_string_size = boost_json::string::max_size();
    using Code = boost_json::error_code;

    boost_json::value release() { return values_.release(); }
    Flaw flaw() const { return flaw_; }
    std::string const& flawed_key() const { return key_; }

    bool on_document_begin(Code&) {
        values_.reset();
        return true;
    }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) {
        keys_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t count, Code&) {
        keys_.pop_back();
        values_.push_object(count);
        return true;
    }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t count, Code&) {
        values_.push_array(count);
        return true;
    }
    bool on_key_part(boost_json::string_view part, std::size_t, Code& code) {
        key_ += part;
        values_.push_chars(part);
        return refuse_nul(part, code);
    }
    bool on_key(boost_json::string_view part, std::size_t, Code& code) {
        key_ += part;
        values_.push_key(part);
        if (!refuse_nul(part, code)) return false;
        if (!keys_.back().insert(key_).second) return refuse(Flaw::twice, code);
        key_.clear();
        return true;
    }
    bool on_string_part(boost_json::string_view part, std::size_t, Code& code) {
        values_.push_chars(part);
        return refuse_nul(part, code);
    }
    bool on_string(boost_json::string_view part, std::size_t, Code& code) {
        values_.push_string(part);
        return refuse_nul(part, code);
    }
    bool on_number_part(boost_json::string_view, Code&) { return true; }
    bool on_int64(std::int64_t number, boost_json::string_view, Code&) {
        values_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, boost_json::string_view, Code&) {
        values_.push_uint64(number);
        return true;
    }
    bool on_double(double number, boost_json::string_view, Code& code) {
        values_.push_double(number);
        return std::isfinite(number) || refuse(Flaw::infinite, code);
    }
    bool on_bool(bool value, Code&) {
        values_.push_bool(value);
        return true;
    }
    bool on_null(Code&) {
        values_.push_null();
        return true;
    }
    bool on_comment_part(boost_json::string_view, Code&) { return true; }
    bool on_comment(boost_json::string_view, Code&) { return true; }

private:
    bool refuse(Flaw flaw, Code& code) {
        flaw_ = flaw;
        code = boost_json::error::syntax;
        return false;
    }
    bool refuse_nul(boost_json::string_view part, Code& code) {
        return part.find('\0') == part.npos || refuse(Flaw::nul, code);
    }

    boost_json::value_stack values_;
    std::vector<std::unordered_set<std::string>> keys_; ///< of the objects that are open
    std::string key_;
    Flaw flaw_ = Flaw::none;
};

std::string describe(Builder const& builder, boost_json::error_code const& code, std::size_t at) {
    auto const place = " near byte " + std::to_string(at) + ".";
    switch (builder.flaw()) {
    case Flaw::nul: return "A text contains NUL" + place;
    case Flaw::infinite: return "A number is too large" + place;
    case Flaw::twice: return "An object has two members named \"" + builder.flawed_key() + "\"" + place;
    case Flaw::none: break;
    }
    return "The text is not JSON: " + code.message() + place;
}

std::string_view media_type(std::string_view content_type) {
    auto const type = content_type.substr(0, content_type.find(';'));
    return type.substr(0, std::min(type.size(), type.find_last_not_of(" \t") + 1));
}

bool is_json(std::string_view content_type) {
    auto const type = media_type(content_type);
    return std::ranges::equal(type, std::string_view("application/json"),
                              [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

} // namespace

base::Result<boost::json::value> parse_json(std::string_view text) {
    auto options = boost_json::parse_options();
    options.max_depth = 32;
    auto parser = boost_json::basic_parser<Builder>(options);
    auto code = boost_json::error_code();
    auto const read = parser.write_some(false, text.data(), text.size(), code);
    if (!code && read < text.size()) code = boost_json::error::extra_data;
    if (code) return base::fail(base::Fault::invalid, "malformed_json", describe(parser.handler(), code, read));
    return parser.handler().release();
}

base::Result<boost::json::object> json_object(Request const& request) {
    if (!is_json(request.headers["content-type"])) {
        return base::fail(base::Fault::invalid, "unsupported_media_type", "The body must be application/json.");
    }
    if (request.headers.has("content-encoding")) {
        return base::fail(base::Fault::invalid, "unsupported_media_type", "The body must not be compressed.");
    }
    TRY(auto value, parse_json(request.body));
    if (!value.is_object()) {
        return base::fail(base::Fault::invalid, "malformed_json", "The body must be a JSON object.");
    }
    return std::move(value.as_object());
}

Response json(int status, boost::json::value const& value) {
    return Response::text(status, "application/json", boost::json::serialize(value));
}

} // namespace api::http
