#include "api/request_report.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace api {
namespace {

/// Asked every few seconds by machines that only want to know whether the house stands.
bool is_probe(http::Router::Route const& route) {
    return route.pattern.starts_with('/') && !route.pattern.starts_with("/api/");
}

} // namespace

RequestReport::RequestReport(base::Metrics const& metrics, std::vector<http::Router::Route> routes)
    : routes_(std::move(routes)) {
    routes_.push_back({"other", "none"});
    for (auto const& route : routes_)
        measured_.push_back(measured(metrics, route));
}

RequestReport::Measured RequestReport::measured(base::Metrics const& metrics, http::Router::Route const& route) {
    auto const labels = base::Labels{{"method", route.method}, {"route", route.pattern}};
    auto made = Measured();
    for (auto i = std::size_t{0}; i < classes; ++i) {
        auto with_class = labels;
        with_class.emplace_back("status", std::to_string(i + 2) + "xx");
        made.by_class[i] =
            metrics.counter("apunta_http_requests_total", "Requests answered, by class of status.", with_class);
    }
    made.seconds =
        metrics.histogram("apunta_http_request_seconds", "Time in the handler.", base::seconds_buckets(), labels);
    return made;
}

void RequestReport::operator()(http::Request const& request, http::Router::Routed const& routed,
                               std::chrono::steady_clock::duration time) const {
    auto const place = routed.route.value_or(routes_.size() - 1);
    auto const& route = measured_[place];
    auto const status = routed.response.status;
    route.by_class[static_cast<std::size_t>(std::clamp(status / 100, 2, 5) - 2)].add();
    route.seconds.observe(std::chrono::duration<double>(time).count());
    log(request, routes_[place], status, time);
}

void RequestReport::log(http::Request const& request, http::Router::Route const& route, int status,
                        std::chrono::steady_clock::duration time) const {
    auto const level = is_probe(route) ? base::log::Level::debug : base::log::Level::info;
    if (!base::log::enabled(level)) return;
    auto const took = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    base::log::event(level, "http.request",
                     {{"request", request.id},
                      {"method", request.method},
                      {"route", route.pattern},
                      {"status", status},
                      {"ms", std::int64_t{took}},
                      {"business", request.caller.business},
                      {"session", request.caller.session}});
}

} // namespace api
