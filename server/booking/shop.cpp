#include "booking/shop.hpp"

namespace booking {

base::Result<business::Profile> load_profile(store::Tx& tx, base::BusinessId const& business) {
    auto const row = store::find_business(tx, business);
    if (!row) return base::fail(base::Fault::not_found, "not_found", "There is no such business.");
    return profile_of(*row);
}

std::vector<business::Service> load_services(store::Tx& tx, base::BusinessId const& business, Services which) {
    auto services = std::vector<business::Service>();
    for (auto const& row : store::list_services(tx, business)) {
        if (row.active || which == Services::unarchived) services.push_back(service_of(row));
    }
    return services;
}

std::optional<business::Service> load_service(store::Tx& tx, base::BusinessId const& business,
                                              base::ServiceId const& service) {
    auto const row = store::find_service(tx, business, service);
    return row ? std::optional(service_of(*row)) : std::nullopt;
}

std::vector<business::StaffMember> load_staff(store::Tx& tx, base::BusinessId const& business) {
    auto const weekly = store::weekly_hours(tx, business);
    auto staff = std::vector<business::StaffMember>();
    for (auto const& row : store::list_staff(tx, business))
        staff.push_back(staff_member_of(row, weekly));
    return staff;
}

business::WeeklyHours load_weekly(store::Tx& tx, base::BusinessId const& business) {
    return weekly_of(store::weekly_hours(tx, business), "");
}

std::vector<business::HoursException> load_exceptions(store::Tx& tx, base::BusinessId const& business, base::Date from,
                                                      base::Date to) {
    auto exceptions = std::vector<business::HoursException>();
    for (auto const& row : store::exceptions_between(tx, business, from, to))
        exceptions.push_back(exception_of(row));
    return exceptions;
}

} // namespace booking
