#include "api/activation.hpp"

#include <algorithm>

#include "booking/shop.hpp"
#include "store/outbox.hpp"

namespace api {
namespace {

/// The configuration, as far as it decides whether anything can be booked.
struct Offer {
    business::Profile profile;
    business::WeeklyHours week;
    std::vector<business::Service> services; ///< active
    std::vector<business::StaffMember> staff;
    bool has_channel;
};

base::Result<Offer> load_offer(store::Tx& tx, base::BusinessId const& id) {
    TRY(auto profile, booking::load_profile(tx, id));
    return Offer{std::move(profile), booking::load_weekly(tx, id),
                 booking::load_services(tx, id, booking::Services::bookable), booking::load_staff(tx, id),
                 store::find_channel(tx, id).has_value()};
}

bool works_sometime(business::StaffMember const& member, business::WeeklyHours const& open) {
    for (auto day = std::size_t{0}; day < open.days.size(); ++day) {
        auto const hours =
            member.weekly ? business::intersect(open.days[day], member.weekly->days[day]) : open.days[day];
        if (!hours.empty()) return true;
    }
    return false;
}

/// Somebody who does it works while the business is open.
bool is_offered(business::Service const& service, Offer const& offer) {
    return std::ranges::any_of(offer.staff, [&](business::StaffMember const& member) {
        return business::performs(member, service) && works_sometime(member, offer.week);
    });
}

bool is_performed(business::Service const& service, Offer const& offer) {
    return std::ranges::any_of(
        offer.staff, [&](business::StaffMember const& member) { return business::performs(member, service); });
}

/// One reason for one gap: nobody can do a service that is not there.
std::vector<base::FieldError> missing_from(Offer const& offer) {
    auto missing = std::vector<base::FieldError>();
    auto const demand = [&](bool there, std::string field, std::string code, std::string message) {
        if (!there) missing.push_back({std::move(field), std::move(code), std::move(message)});
        return there;
    };
    auto const performed = [&](auto const& service) { return is_performed(service, offer); };
    auto const offered = [&](auto const& service) { return is_offered(service, offer); };
    auto const has_services =
        demand(!offer.services.empty(), "services", "no_services", "There is no active service yet.");
    auto const has_hours =
        demand(offer.week != business::WeeklyHours(), "hours", "no_hours", "There are no opening hours yet.");
    auto const has_staff = demand(std::ranges::any_of(offer.staff, &business::StaffMember::active), "staff", "no_staff",
                                  "There is nobody to book with yet.");
    if (has_services && has_staff) {
        auto const is_done = demand(std::ranges::any_of(offer.services, performed), "services", "nobody_performs",
                                    "Nobody who works here does any of the services.");
        if (is_done && has_hours) {
            demand(std::ranges::any_of(offer.services, offered), "hours", "nobody_works",
                   "Nobody who does a service works while the business is open.");
        }
    }
    demand(offer.has_channel, "channel", "no_channel", "No WhatsApp is connected yet.");
    return missing;
}

std::vector<base::FieldError> warnings_about(Offer const& offer, base::Instant now) {
    auto warnings = std::vector<base::FieldError>();
    auto const warn = [&](bool about, std::string field, std::string code, std::string message) {
        if (about) warnings.push_back({std::move(field), std::move(code), std::move(message)});
    };
    auto const& assistant = offer.profile.assistant;
    auto const idle = [&](auto const& service) { return !is_offered(service, offer); };
    warn(std::ranges::any_of(offer.services, idle), "services", "not_bookable",
         "Some active services cannot be booked: nobody who does them works in the opening hours.");
    warn(assistant.mode == business::AssistantMode::off, "assistant.mode", "assistant_off",
         "The assistant is switched off and will not answer.");
    warn(assistant.mode == business::AssistantMode::suggest, "assistant.mode", "suggests_only",
         "The assistant only suggests: every answer is the owner's to send.");
    warn(assistant.paused_until && *assistant.paused_until > now, "assistant.paused_until", "paused",
         "The assistant is paused and will answer when the pause ends.");
    warn(offer.profile.address.empty(), "address", "no_address",
         "There is no address: customers who ask where it is get no answer.");
    return warnings;
}

} // namespace

base::Result<Readiness> readiness_for_activation(store::Tx& tx, base::BusinessId const& business, base::Instant now) {
    TRY(auto const offer, load_offer(tx, business));
    return Readiness{missing_from(offer), warnings_about(offer, now)};
}

} // namespace api
