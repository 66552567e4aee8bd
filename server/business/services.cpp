#include "business/services.hpp"

#include <algorithm>

#include "business/enum_text.hpp"

namespace business {
namespace {

constexpr EnumNames<3> price_kinds{"fixed", "from", "ask"};

} // namespace

std::string_view to_text(PriceKind kind) { return name_of(price_kinds, kind); }
std::optional<PriceKind> parse_price_kind(std::string_view text) { return named<PriceKind>(price_kinds, text); }

bool performs(StaffMember const& member, Service const& service) {
    if (!member.active || !service.active) return false;
    return !service.staff || std::find(service.staff->begin(), service.staff->end(), member.id) != service.staff->end();
}

base::Interval occupied_by(Service const& service, base::Instant start) {
    return {start - service.buffer_before, start + service.duration + service.buffer_after};
}

DayHours hours_of(StaffMember const& member, base::Date date, DayHours const& open,
                  std::vector<HoursException> const& exceptions) {
    for (auto const& exception : exceptions) {
        if (exception.date == date && exception.staff == member.id) return intersect(open, exception.hours);
    }
    return member.weekly ? intersect(open, member.weekly->days[base::iso_weekday(date) - 1]) : open;
}

} // namespace business
