// What remains of a request when it is answered: a count, its time, and a line in the log.
#pragma once

#include <array>
#include <chrono>
#include <vector>

#include "api/http/router.hpp"
#include "base/metrics.hpp"

namespace api {

/// Routes are named by their pattern, so an id never becomes a label or a word of the log.
class RequestReport {
public:
    RequestReport(base::Metrics const& metrics, std::vector<http::Router::Route> routes);

    void operator()(http::Request const& request, http::Router::Routed const& routed,
                    std::chrono::steady_clock::duration time) const;

private:
    static constexpr auto classes = std::size_t{4}; ///< 2xx to 5xx

    struct Measured {
        std::array<base::Counter, classes> by_class;
        base::Histogram seconds;
    };
    static Measured measured(base::Metrics const& metrics, http::Router::Route const& route);
    void log(http::Request const& request, http::Router::Route const& route, int status,
             std::chrono::steady_clock::duration time) const;

    std::vector<http::Router::Route> routes_; ///< the last stands for no route
    std::vector<Measured> measured_;
};

} // namespace api
