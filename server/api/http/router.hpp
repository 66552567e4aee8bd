// The table of routes: method and pattern → handler.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/message.hpp"
#include "base/result.hpp"

namespace api::http {

/// What stood in the place of `{id}` in the pattern, decoded.
class Params {
public:
    explicit Params(std::vector<std::pair<std::string, std::string>> values) : values_(std::move(values)) {}
    /// A name the pattern does not have is a bug: std::logic_error.
    std::string const& operator[](std::string_view name) const;

private:
    std::vector<std::pair<std::string, std::string>> values_;
};

/// May return a plain Response as well; an Error goes through the router's Refuse.
using RouteHandler = std::function<base::Result<Response>(Request const&, Params const&)>;
/// Turns an Error into the answer: problem() unless told otherwise.
using Refuse = std::function<Response(Request const&, base::Error const&)>;

class Router {
public:
    struct Route {
        std::string method;
        std::string pattern;
    };

    explicit Router(Refuse refuse = {});
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    /// `pattern` such as `/api/v1/bookings/{id}/cancel`; a fixed segment wins over a `{name}`. Twice the same route is
    /// a bug: std::logic_error.
    Router& add(std::string_view method, std::string_view pattern, RouteHandler handler);
    /// HEAD is answered by GET, OPTIONS by 204 with Allow; 404 `not_found` for an unknown path, 405 with Allow for a
    /// method the path does not have.
    Response operator()(Request const& request) const { return answer(request).response; }
    /// The answer and the route that gave it, by its place in routes(); absent: no route has this path and method.
    struct Routed {
        Response response;
        std::optional<std::size_t> route;
    };
    Routed answer(Request const& request) const;
    std::vector<Route> const& routes() const { return routes_; }

private:
    struct Node;
    std::unique_ptr<Node> root_;
    std::vector<Route> routes_;
    Refuse refuse_;
};

} // namespace api::http
