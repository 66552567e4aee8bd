// Customers as JSON, as contract/openapi.json has them.
#pragma once

#include <boost/json/fwd.hpp>

#include "base/zone.hpp"
#include "business/profile.hpp"
#include "store/database.hpp"
#include "store/people.hpp"

namespace api {

boost::json::object customer_json(store::CustomerSummary const& customer, base::Zone const& zone);
/// With addresses, counts, chats and the newest bookings; nullopt: there is no such one.
std::optional<boost::json::object> customer_details_json(store::Tx& tx, business::Profile const& profile,
                                                         base::CustomerId const& id, base::Instant now);
/// All the house knows of her, in one document; nullopt: there is no such one.
std::optional<boost::json::object> customer_export_json(store::Tx& tx, business::Profile const& profile,
                                                        base::CustomerId const& id, base::Instant now);

} // namespace api
