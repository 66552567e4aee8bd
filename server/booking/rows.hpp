// Rows of a business's configuration as domain values, and back. What was written by this program is trusted: text that
// does not parse is damaged data and throws.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "business/hours.hpp"
#include "business/profile.hpp"
#include "business/services.hpp"
#include "store/business.hpp"

namespace booking {

/// broken `unknown_timezone` when the zone table no longer has the business's zone.
base::Result<business::Profile> profile_of(store::BusinessRow const& row);
business::Rules rules_of(store::BusinessRow const& row);
/// An archived service is not active.
business::Service service_of(store::ServiceRow const& row);
/// `weekly` may hold the rows of others too; an archived member is not active.
business::StaffMember staff_member_of(store::StaffRow const& row, std::vector<store::WeeklyRow> const& weekly);
/// Those of `staff`; the empty text is the business itself.
business::WeeklyHours weekly_of(std::vector<store::WeeklyRow> const& rows, std::string_view staff);
business::HoursException exception_of(store::ExceptionRow const& row);

/// The row with what the value says in it; the rest (version, position, …) stays as in `row`.
store::BusinessRow row_of(business::Profile const& profile, store::BusinessRow row);
store::ServiceRow row_of(business::Service const& service, store::ServiceRow row);
/// Her hours are rows of their own: rows_of(*member.weekly, member.id.text()).
store::StaffRow row_of(business::StaffMember const& member, store::StaffRow row);
std::vector<store::WeeklyRow> rows_of(business::WeeklyHours const& weekly, std::string_view staff);
store::ExceptionRow row_of(business::HoursException const& exception, base::Instant created_at);

/// What is sent to customers before their bookings.
struct Reminders {
    bool day_before = true;
    bool operator==(Reminders const&) const = default;
};

/// The JSON and text columns.
std::vector<business::Fact> parse_facts(std::string_view json);
std::string facts_text(std::vector<business::Fact> const& facts);
std::vector<std::string> parse_synonyms(std::string_view json);
std::string synonyms_text(std::vector<std::string> const& synonyms);
Reminders parse_reminders(std::string_view json);
std::string reminders_text(Reminders const& reminders);
/// `540-840 960-1200`; no hours is the empty text.
business::DayHours parse_day_hours(std::string_view text);
std::string day_hours_text(business::DayHours const& hours);

} // namespace booking
