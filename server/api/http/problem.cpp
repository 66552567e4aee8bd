#include "api/http/problem.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <utility>

#include "base/log.hpp"

namespace api::http {

namespace {

constexpr std::string_view media_type = "application/problem+json";

int status_of(base::Fault fault) {
    switch (fault) {
    case base::Fault::not_found: return 404;
    case base::Fault::conflict: return 409;
    case base::Fault::invalid: return 422;
    case base::Fault::refused: return 403;
    case base::Fault::unauthorized: return 401;
    case base::Fault::limited: return 429;
    case base::Fault::unavailable: return 503;
    case base::Fault::broken: break;
    }
    return 500;
}

/// Codes about the message as a whole, for which `invalid` is too coarse.
std::optional<int> status_of_code(std::string_view code) {
    constexpr auto statuses = std::to_array<std::pair<std::string_view, int>>({
        {"malformed", 400},
        {"malformed_json", 400},
        {"too_large", 413},
        {"unsupported_media_type", 415},
        {"upgrade_required", 426},
    });
    auto const found = std::ranges::find(statuses, code, &std::pair<std::string_view, int>::first);
    return found == statuses.end() ? std::nullopt : std::optional(found->second);
}

boost::json::object members(int status, std::string_view code, std::string_view detail) {
    return {{"type", "about:blank"},
            {"title", status_phrase(status)},
            {"status", status},
            {"detail", detail},
            {"code", code}};
}

boost::json::array field_errors(std::vector<base::FieldError> const& fields) {
    auto errors = boost::json::array();
    for (auto const& field : fields) {
        errors.push_back({{"field", field.field}, {"code", field.code}, {"message", field.message}});
    }
    return errors;
}

Response respond(int status, boost::json::object const& body) {
    auto response = Response::text(status, std::string(media_type), boost::json::serialize(body));
    if (status == 401) response.set("WWW-Authenticate", "Bearer");
    if (status == 429) response.set("Retry-After", "30");
    if (status == 503) response.set("Retry-After", "5");
    return response;
}

/// Damaged data or a bug: the sentence is for the log.
boost::json::object members_of_broken(base::Error const& error) {
    base::log::error("broken", {{"code", error.code}, {"message", error.message}});
    return members(500, error.code, "Something went wrong here. It was logged.");
}

} // namespace

Response problem(base::Error const& error) { return problem(error, {}); }

Response problem(base::Error const& error, boost::json::object const& extra) {
    auto const status = status_of(error);
    auto body = status == 500 ? members_of_broken(error) : members(status, error.code, error.message);
    if (!error.fields.empty()) body["errors"] = field_errors(error.fields);
    for (auto const& member : extra) {
        body[member.key()] = member.value();
    }
    return respond(status, body);
}

Response problem(int status, std::string_view code, std::string_view detail) {
    return respond(status, members(status, code, detail));
}

/// Ids are letters, digits and dashes (see Engine::next_request_id), so nothing needs to be escaped.
void add_request_id(Response& response, std::string_view id) {
    if (response.content_type != media_type || !response.body.ends_with('}')) return;
    response.body.pop_back();
    response.body.append(R"(,"request_id":")").append(id).append("\"}");
}

int status_of(base::Error const& error) {
    auto const own = error.fault == base::Fault::invalid ? status_of_code(error.code) : std::nullopt;
    return own.value_or(status_of(error.fault));
}

} // namespace api::http
