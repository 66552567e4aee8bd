// What can be booked and who does it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "business/hours.hpp"

namespace business {

/// fixed: the price; from: at least the price; ask: no price is said.
enum class PriceKind { fixed, from, ask };
std::string_view to_text(PriceKind);
std::optional<PriceKind> parse_price_kind(std::string_view);

struct Service {
    base::ServiceId id;
    std::string name;
    std::string category;
    std::vector<std::string> synonyms;
    base::Minutes duration{30};     ///< 5 to 720
    base::Minutes buffer_before{0}; ///< 0 to 240; blocks the chair, the customer does not see it
    base::Minutes buffer_after{0};
    std::optional<std::int64_t> price_minor;
    PriceKind price_kind = PriceKind::ask;
    bool active = true;
    std::optional<std::vector<base::StaffId>> staff; ///< absent = everybody, empty = nobody
};

struct StaffMember {
    base::StaffId id;
    std::string name;
    std::string color; ///< "#rrggbb" or empty
    bool active = true;
    std::optional<WeeklyHours> weekly; ///< narrows the business's hours; absent = the business's
};

/// True when both are active and the service is hers to do.
bool performs(StaffMember const& member, Service const& service);
/// When the member works on that date: what her exception, else her week, leaves of `open`, the business's hours then.
DayHours hours_of(StaffMember const& member, base::Date date, DayHours const& open,
                  std::vector<HoursException> const& exceptions);
/// The whole time the chair is taken: start − buffer_before … start + duration + buffer_after.
base::Interval occupied_by(Service const& service, base::Instant start);

} // namespace business
