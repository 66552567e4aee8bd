// A business's configuration as JSON, as contract/openapi.json has it. Instants are written in the business's zone.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "business/hours.hpp"
#include "store/booking.hpp"
#include "store/business.hpp"

namespace api {

boost::json::object business_json(store::BusinessRow const& row, base::Zone const& zone);
/// As it stands in lists.
boost::json::object business_summary(store::BusinessRow const& row);
/// `09:00`–`14:00` as [{from, to}].
boost::json::array day_json(business::DayHours const& hours);
/// All seven days by name.
boost::json::object weekly_json(business::WeeklyHours const& weekly);
boost::json::object exception_json(store::ExceptionRow const& row);
boost::json::object block_json(store::BlockRow const& row, base::Zone const& zone);
boost::json::object service_json(store::ServiceRow const& row, std::string_view currency);
boost::json::object staff_json(store::StaffRow const& row);

/// What the owner is shown so that she can keep, move or cancel.
boost::json::array affected_json(std::vector<store::BookingDetails> const& bookings, base::Zone const& zone);
/// {items, next_cursor}
boost::json::object page_json(boost::json::array items, std::optional<std::string> const& next_cursor);
boost::json::value nullable(std::optional<std::string> const& text);
/// An id as text, or null.
template <class Tag>
std::optional<std::string> text_of(std::optional<base::Id<Tag>> const& id) {
    return id ? std::optional(id->text()) : std::nullopt;
}
boost::json::value nullable(std::optional<base::Instant> const& instant, base::Zone const& zone);

} // namespace api
