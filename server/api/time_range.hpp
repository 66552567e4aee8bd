// `from` and `to` of a query: a date of the business's calendar, or an instant.
#pragma once

#include <functional>
#include <optional>

#include "api/http/reader.hpp"
#include "base/zone.hpp"

namespace api {

/// A date as `from` means its first instant, as `to` its last: the first of the next date, exclusive.
enum class Edge { from, to };
std::function<std::optional<base::Instant>(http::Field const&)> day_or_instant(base::Zone zone, Edge edge);

} // namespace api
