// The configuration of a business as domain values: the one place where its rows are read as such. booking/rows.hpp has
// the way back.
#pragma once

#include <optional>
#include <vector>

#include "booking/rows.hpp"
#include "store/database.hpp"

namespace booking {

/// not_found `not_found` for an unknown business.
base::Result<business::Profile> load_profile(store::Tx& tx, base::BusinessId const& business);

enum class Services { bookable, unarchived }; ///< bookable: active and not archived
/// In display order.
std::vector<business::Service> load_services(store::Tx& tx, base::BusinessId const& business, Services which);
/// Also an archived one (which is not active); empty for an unknown id.
std::optional<business::Service> load_service(store::Tx& tx, base::BusinessId const& business,
                                              base::ServiceId const& service);
/// Not archived ones, also inactive, in display order.
std::vector<business::StaffMember> load_staff(store::Tx& tx, base::BusinessId const& business);
/// The business's own week.
business::WeeklyHours load_weekly(store::Tx& tx, base::BusinessId const& business);
/// The business's and its staff's, from ≤ date ≤ to, by date.
std::vector<business::HoursException> load_exceptions(store::Tx& tx, base::BusinessId const& business, base::Date from,
                                                      base::Date to);

} // namespace booking
