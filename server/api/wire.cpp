#include "api/wire.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "booking/rows.hpp"

namespace api {
namespace {

namespace json = boost::json;

constexpr auto day_names =
    std::array<std::string_view, 7>{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

/// Where no text is stored as the empty text.
json::value null_if_empty(std::string const& text) { return text.empty() ? json::value() : json::value(text); }

json::array facts_json(std::string_view stored) {
    auto facts = json::array();
    for (auto const& fact : booking::parse_facts(stored)) {
        facts.push_back({{"topic", fact.topic}, {"text", fact.text}});
    }
    return facts;
}

json::object assistant_json(store::BusinessRow const& row, base::Zone const& zone) {
    return {{"mode", row.assistant_mode},
            {"name", row.assistant_name},
            {"greeting", row.greeting},
            {"auto_confirm", row.auto_confirm},
            {"owner_approves", row.owner_approves},
            {"paused_until", nullable(row.paused_until_at, zone)}};
}

} // namespace

json::object business_json(store::BusinessRow const& row, base::Zone const& zone) {
    return {{"id", row.id.text()},
            {"version", row.version},
            {"name", row.name},
            {"kind", row.kind},
            {"country", row.country},
            {"timezone", row.timezone},
            {"locale", row.locale},
            {"tone", row.tone},
            {"currency", row.currency},
            {"address", row.address},
            {"phone", null_if_empty(row.phone)},
            {"facts", facts_json(row.facts)},
            {"buffer_minutes", row.buffer_minutes},
            {"slot_step_minutes", row.slot_step_minutes},
            {"min_notice_minutes", row.min_notice_minutes},
            {"horizon_days", row.horizon_days},
            {"cancel_notice_minutes", row.cancel_notice_minutes},
            {"assistant", assistant_json(row, zone)},
            {"reminders", json::object{{"day_before", booking::parse_reminders(row.reminders).day_before}}},
            {"onboarding", json::object{{"step", row.onboarding_step},
                                        {"completed_at", nullable(row.onboarding_completed_at, zone)}}},
            {"activated_at", nullable(row.activated_at, zone)},
            {"sandbox", row.sandbox_of.has_value()}};
}

json::object business_summary(store::BusinessRow const& row) {
    return {{"id", row.id.text()},
            {"name", row.name},
            {"timezone", row.timezone},
            {"country", row.country},
            {"sandbox", row.sandbox_of.has_value()}};
}

json::array day_json(business::DayHours const& hours) {
    auto day = json::array();
    for (auto const& interval : hours) {
        day.push_back(
            {{"from", base::format_time_of_day(interval.from)}, {"to", base::format_time_of_day(interval.to)}});
    }
    return day;
}

json::object weekly_json(business::WeeklyHours const& weekly) {
    auto days = json::object();
    for (auto weekday = std::size_t{0}; weekday < day_names.size(); ++weekday) {
        days[day_names[weekday]] = day_json(weekly.days[weekday]);
    }
    return days;
}

json::object exception_json(store::ExceptionRow const& row) {
    auto const exception = booking::exception_of(row);
    return {{"id", row.id.text()},
            {"version", row.version},
            {"staff_id", nullable(text_of(row.staff))},
            {"date", base::format_date(row.date)},
            {"closed", exception.closed()},
            {"hours", day_json(exception.hours)},
            {"reason", row.reason}};
}

json::object block_json(store::BlockRow const& row, base::Zone const& zone) {
    return {{"id", row.id.text()},
            {"version", row.version},
            {"staff_id", nullable(text_of(row.staff))},
            {"starts_at", zone.format(row.interval.from)},
            {"ends_at", zone.format(row.interval.to)},
            {"title", row.title}};
}

json::object service_json(store::ServiceRow const& row, std::string_view currency) {
    auto const synonyms = booking::parse_synonyms(row.synonyms);
    auto service = json::object{{"id", row.id.text()},
                                {"version", row.version},
                                {"name", row.name},
                                {"category", row.category},
                                {"synonyms", json::array(synonyms.begin(), synonyms.end())},
                                {"duration_minutes", row.duration_minutes},
                                {"buffer_before_minutes", row.buffer_before_minutes},
                                {"buffer_after_minutes", row.buffer_after_minutes},
                                {"price_minor", row.price_minor ? json::value(*row.price_minor) : json::value()},
                                {"price_kind", row.price_kind},
                                {"currency", currency},
                                {"active", row.active}};
    if (row.everyone) return service;
    auto staff = json::array();
    for (auto const& id : row.staff) {
        staff.emplace_back(id.text());
    }
    service["staff_ids"] = std::move(staff);
    return service;
}

json::object staff_json(store::StaffRow const& row) {
    return {{"id", row.id.text()},  {"version", row.version},
            {"name", row.name},     {"color", null_if_empty(row.color)},
            {"active", row.active}, {"own_hours", row.own_hours}};
}

json::array affected_json(std::vector<store::BookingDetails> const& bookings, base::Zone const& zone) {
    auto affected = json::array();
    for (auto const& booking : bookings) {
        auto const& row = booking.row;
        affected.push_back({{"id", row.id.text()},
                            {"version", row.version},
                            {"starts_at", zone.format(row.starts_at)},
                            {"customer_name", row.customer_name},
                            {"service_name", booking.service_name},
                            {"staff_id", row.staff.text()}});
    }
    return affected;
}

json::object page_json(json::array items, std::optional<std::string> const& next_cursor) {
    return {{"items", std::move(items)}, {"next_cursor", nullable(next_cursor)}};
}

json::value nullable(std::optional<std::string> const& text) { return text ? json::value(*text) : json::value(); }

json::value nullable(std::optional<base::Instant> const& instant, base::Zone const& zone) {
    return instant ? json::value(zone.format(*instant)) : json::value();
}

} // namespace api
