// Opening hours as stretches of time.
#pragma once

#include <vector>

#include "base/time.hpp"
#include "base/zone.hpp"
#include "business/hours.hpp"

namespace business {

/// The business's hours; exceptions of single staff members are passed over.
bool is_open(base::Instant at, base::Zone const& zone, WeeklyHours const& weekly,
             std::vector<HoursException> const& exceptions);

/// The instant at which the business will have been open for `patience` since `from`. A business that does not open
/// within 31 days: `from` + `patience`.
base::Instant after_open_time(base::Instant from, base::Minutes patience, base::Zone const& zone,
                              WeeklyHours const& weekly, std::vector<HoursException> const& exceptions);

} // namespace business
