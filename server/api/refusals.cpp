#include "api/refusals.hpp"

#include <boost/json/object.hpp>

#include "api/http/json.hpp"
#include "api/http/problem.hpp"

namespace api {
namespace {

std::optional<std::int64_t> version_number(http::Field const& field) {
    constexpr auto largest = std::int64_t{1} << 53; // beyond, numbers of JSON are not exact everywhere
    return http::as::integer(1, largest)(field);
}

} // namespace

base::Error no_such_thing() { return {base::Fault::not_found, "not_found", "There is no such thing."}; }

base::Result<http::Response> not_found() { return base::fail(no_such_thing()); }

http::Response version_conflict(boost::json::object const& current) {
    auto error = base::Error{base::Fault::conflict, "version_conflict", "It was changed meanwhile."};
    return http::problem(error, {{"current", current}});
}

base::Result<http::Response> already_exists(std::string_view field, std::string message) {
    auto wrong = base::FieldError{std::string(field), "already_exists", message};
    return base::fail({base::Fault::conflict, "already_exists", std::move(message), {std::move(wrong)}});
}

std::int64_t read_version(http::Reader& in) { return in.required("version", version_number); }

std::optional<std::int64_t> read_optional_version(http::Reader& in) { return in.optional("version", version_number); }

base::Result<boost::json::object> optional_object(http::Request const& request) {
    if (request.body.empty()) return boost::json::object();
    return http::json_object(request);
}

base::Result<void> expect_no_query(http::Request const& request) { return http::Reader(request.query).finish(); }

} // namespace api
