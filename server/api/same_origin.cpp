#include "api/same_origin.hpp"

#include <algorithm>

namespace api {
namespace {

bool is_ipv4(std::string_view name) {
    auto const part = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    return !name.empty() && std::ranges::all_of(name, part);
}

/// A host that no name server has a say in, with or without its port.
bool is_unnamed(std::string_view host) {
    if (host.starts_with('[')) return true;
    auto const name = host.substr(0, host.find(':'));
    return name == "localhost" || is_ipv4(name);
}

bool is_own(Context const& context, std::string_view origin, std::string_view host) {
    if (!context.settings.public_origin.empty() && origin == context.settings.public_origin) return true;
    return is_unnamed(host) && (origin == "http://" + std::string(host) || origin == "https://" + std::string(host));
}

/// What browsers say of where a request comes from (Fetch Metadata); `none`: the user herself, who typed the address.
bool comes_from_elsewhere(std::string_view site) { return site == "cross-site" || site == "same-site"; }

} // namespace

base::Result<void> same_origin(Context const& context, http::Request const& request) {
    auto const origin = request.headers["origin"];
    auto const foreign = !origin.empty() && !is_own(context, origin, request.headers["host"]);
    if (!foreign && !comes_from_elsewhere(request.headers["sec-fetch-site"])) return {};
    return base::fail(base::Fault::refused, "foreign_origin", "This page may not do that here.");
}

} // namespace api
