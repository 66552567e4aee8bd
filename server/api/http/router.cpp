#include "api/http/router.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>

#include "api/http/problem.hpp"

namespace api::http {

namespace {

struct Endpoint {
    std::vector<std::string> names; ///< of the parameters, in the order of the path
    RouteHandler handler;
    std::size_t route; ///< its place in routes()
};

using Endpoints = std::map<std::string, Endpoint, std::less<>>; ///< by method

std::vector<std::string_view> segments(std::string_view path) {
    auto parts = std::vector<std::string_view>();
    while (!path.empty()) {
        path.remove_prefix(1);
        parts.push_back(path.substr(0, path.find('/')));
        path.remove_prefix(parts.back().size());
    }
    return parts;
}

std::vector<std::string> decoded_segments(std::string_view path) {
    auto decoded = std::vector<std::string>();
    for (auto const segment : segments(path)) {
        decoded.push_back(percent_decode(segment).value_or(""));
    }
    return decoded;
}

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::string allow(Endpoints const& endpoints) {
    auto methods = std::string("OPTIONS");
    if (endpoints.contains("GET")) methods += ", HEAD";
    for (auto const& [method, endpoint] : endpoints) {
        methods += ", " + method;
    }
    return methods;
}

Endpoint const* find(Endpoints const& endpoints, std::string_view method) {
    auto const found = endpoints.find(method == "HEAD" ? "GET" : method);
    return found == endpoints.end() ? nullptr : &found->second;
}

Params params(Endpoint const& endpoint, std::vector<std::string> values) {
    auto named = std::vector<std::pair<std::string, std::string>>();
    for (auto i = std::size_t{0}; i < values.size(); ++i) {
        named.emplace_back(endpoint.names[i], std::move(values[i]));
    }
    return Params(std::move(named));
}

} // namespace

/// One segment deep in the table.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
    std::unique_ptr<Node> parameter;
    Endpoints endpoints;

    Node& child(std::string_view segment) {
        auto& place = is_parameter(segment) ? parameter : fixed[std::string(segment)];
        if (!place) place = std::make_unique<Node>();
        return *place;
    }

    /// The node of `path`, and in `values` what stood for its parameters.
    struct Match {
        Node const* node;
        std::vector<std::string> values;
    };
    std::optional<Match> match(std::span<std::string const> path) const {
        if (path.empty()) return endpoints.empty() ? std::nullopt : std::optional(Match{this, {}});
        auto const rest = path.subspan(1);
        auto const found = fixed.find(path[0]);
        if (found != fixed.end()) {
            if (auto deeper = found->second->match(rest)) return deeper;
        }
        auto deeper = parameter && !path[0].empty() ? parameter->match(rest) : std::nullopt;
        if (deeper) deeper->values.insert(deeper->values.begin(), path[0]);
        return deeper;
    }
};

std::string const& Params::operator[](std::string_view name) const {
    auto const found = std::ranges::find(values_, name, &std::pair<std::string, std::string>::first);
    if (found == values_.end()) throw std::logic_error("the route has no parameter " + std::string(name));
    return found->second;
}

Router::Router(Refuse refuse) : root_(std::make_unique<Node>()), refuse_(std::move(refuse)) {
    if (!refuse_) {
        refuse_ = [](Request const&, base::Error const& error) { return problem(error); };
    }
}

Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

Router& Router::add(std::string_view method, std::string_view pattern, RouteHandler handler) {
    auto* node = root_.get();
    auto names = std::vector<std::string>();
    for (auto const segment : segments(pattern)) {
        node = &node->child(segment);
        if (is_parameter(segment)) names.emplace_back(segment.substr(1, segment.size() - 2));
    }
    auto endpoint = Endpoint{std::move(names), std::move(handler), routes_.size()};
    auto const added = node->endpoints.try_emplace(std::string(method), std::move(endpoint)).second;
    if (!added) throw std::logic_error("two routes for " + std::string(method) + " " + std::string(pattern));
    routes_.push_back({std::string(method), std::string(pattern)});
    return *this;
}

Router::Routed Router::answer(Request const& request) const {
    auto match = root_->match(decoded_segments(request.path));
    if (!match) {
        return {refuse_(request, {base::Fault::not_found, "not_found", "There is nothing at this address.", {}}), {}};
    }
    auto const& endpoints = match->node->endpoints;
    if (auto const* endpoint = find(endpoints, request.method)) {
        auto response = endpoint->handler(request, params(*endpoint, std::move(match->values)));
        return {response ? *std::move(response) : refuse_(request, response.error()), endpoint->route};
    }
    if (request.method == "OPTIONS") return {Response::empty().set("Allow", allow(endpoints)), {}};
    return {
        problem(405, "method_not_allowed", "This address does not have that method.").set("Allow", allow(endpoints)),
        {}};
}

} // namespace api::http
