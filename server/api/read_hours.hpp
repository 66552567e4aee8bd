// Opening hours and the people they are for, as they come in.
#pragma once

#include <optional>
#include <string_view>

#include "api/http/reader.hpp"
#include "business/hours.hpp"
#include "store/business.hpp"

namespace api {

/// {monday: [{from, to}], …}; a day that is absent is closed. Errors are named `monday[0].from`, or `monday` for what
/// business::check_day refuses.
business::WeeklyHours read_week(http::Reader& in);
/// One day's, under `name`; empty when absent.
business::DayHours read_day(http::Reader& in, std::string_view name);

/// nullopt for an id that is malformed, unknown, archived, or another tenant's.
std::optional<store::StaffRow> find_unarchived_staff(store::Tx& tx, base::BusinessId const& business,
                                                     std::string_view id);
/// The staff member named by an optional, nullable member; `unknown_staff` is noted when there is no such one.
std::optional<base::StaffId> read_staff_id(http::Reader& in, std::string_view name, store::Tx& tx,
                                           base::BusinessId const& business);

} // namespace api
