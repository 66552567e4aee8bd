#include "api/time_range.hpp"

namespace api {
namespace {

constexpr auto date_length = std::size_t{10}; // 2026-10-22

} // namespace

std::function<std::optional<base::Instant>(http::Field const&)> day_or_instant(base::Zone zone, Edge edge) {
    return [zone, edge](http::Field const& field) -> std::optional<base::Instant> {
        auto const text = field.text();
        if (!text) return std::nullopt;
        if (text->size() > date_length) return http::as::instant()(field);
        auto const date = http::as::date()(field);
        if (!date) return std::nullopt;
        return zone.to_instant(base::LocalTime(edge == Edge::from ? *date : *date + std::chrono::days(1)));
    };
}

} // namespace api
