#include "api/same_origin.hpp"

namespace api {

base::Result<void> same_origin(Context const& context, http::Request const& request) {
    auto const origin = request.headers["origin"];
    if (origin.empty() || origin == context.settings.public_origin) return {};
    auto const host = std::string(request.headers["host"]);
    if (origin == "http://" + host || origin == "https://" + host) return {};
    return base::fail(base::Fault::refused, "foreign_origin", "This page may not do that here.");
}

} // namespace api
