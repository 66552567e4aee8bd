#include "booking/rows.hpp"

#include <boost/json.hpp>
#include <sstream>
#include <stdexcept>

#include "base/text.hpp"

namespace booking {
namespace {

namespace json = boost::json;

std::string text_of(json::value const& value) { return std::string(value.as_string()); }

} // namespace

base::Result<business::Profile> profile_of(store::BusinessRow const& row) {
    auto const zone = base::Zone::find(row.timezone);
    if (!zone) return base::fail(base::Fault::broken, "unknown_timezone", zone.error().message);
    return business::Profile{.id = row.id,
                             .name = row.name,
                             .kind = business::parse_kind(row.kind).value(),
                             .country = row.country,
                             .zone = *zone,
                             .locale = row.locale,
                             .tone = business::parse_tone(row.tone).value(),
                             .currency = row.currency,
                             .address = row.address,
                             .phone = row.phone,
                             .facts = parse_facts(row.facts),
                             .rules = rules_of(row),
                             .assistant = {.mode = business::parse_assistant_mode(row.assistant_mode).value(),
                                           .name = row.assistant_name,
                                           .greeting = row.greeting,
                                           .auto_confirm = row.auto_confirm,
                                           .owner_approves = row.owner_approves,
                                           .paused_until = row.paused_until_at}};
}

business::Rules rules_of(store::BusinessRow const& row) {
    return {.slot_step = base::Minutes(row.slot_step_minutes),
            .min_notice = base::Minutes(row.min_notice_minutes),
            .horizon_days = static_cast<int>(row.horizon_days),
            .cancel_notice = base::Minutes(row.cancel_notice_minutes),
            .buffer = base::Minutes(row.buffer_minutes)};
}

business::Service service_of(store::ServiceRow const& row) {
    return {.id = row.id,
            .name = row.name,
            .category = row.category,
            .synonyms = parse_synonyms(row.synonyms),
            .duration = base::Minutes(row.duration_minutes),
            .buffer_before = base::Minutes(row.buffer_before_minutes),
            .buffer_after = base::Minutes(row.buffer_after_minutes),
            .price_minor = row.price_minor,
            .price_kind = business::parse_price_kind(row.price_kind).value(),
            .active = row.active && !row.archived_at,
            .staff = row.everyone ? std::nullopt : std::optional(row.staff)};
}

business::StaffMember staff_member_of(store::StaffRow const& row, std::vector<store::WeeklyRow> const& weekly) {
    return {.id = row.id,
            .name = row.name,
            .color = row.color,
            .active = row.active && !row.archived_at,
            .weekly = row.own_hours ? std::optional(weekly_of(weekly, row.id.text())) : std::nullopt};
}

business::WeeklyHours weekly_of(std::vector<store::WeeklyRow> const& rows, std::string_view staff) {
    auto weekly = business::WeeklyHours();
    for (auto const& row : rows) {
        if (row.staff == staff) weekly.days.at(static_cast<std::size_t>(row.weekday)).push_back({row.from, row.to});
    }
    return weekly;
}

business::HoursException exception_of(store::ExceptionRow const& row) {
    return {row.id, row.staff, row.date, parse_day_hours(row.hours), row.reason};
}

store::BusinessRow row_of(business::Profile const& profile, store::BusinessRow row) {
    row.id = profile.id;
    row.name = profile.name;
    row.kind = business::to_text(profile.kind);
    row.country = profile.country;
    row.timezone = profile.zone.name();
    row.locale = profile.locale;
    row.tone = business::to_text(profile.tone);
    row.currency = profile.currency;
    row.address = profile.address;
    row.phone = profile.phone;
    row.facts = facts_text(profile.facts);
    row.slot_step_minutes = profile.rules.slot_step.count();
    row.min_notice_minutes = profile.rules.min_notice.count();
    row.horizon_days = profile.rules.horizon_days;
    row.cancel_notice_minutes = profile.rules.cancel_notice.count();
    row.buffer_minutes = profile.rules.buffer.count();
    row.assistant_mode = business::to_text(profile.assistant.mode);
    row.assistant_name = profile.assistant.name;
    row.greeting = profile.assistant.greeting;
    row.auto_confirm = profile.assistant.auto_confirm;
    row.owner_approves = profile.assistant.owner_approves;
    row.paused_until_at = profile.assistant.paused_until;
    return row;
}

store::ServiceRow row_of(business::Service const& service, store::ServiceRow row) {
    row.id = service.id;
    row.name = service.name;
    row.name_folded = base::fold(service.name);
    row.category = service.category;
    row.synonyms = synonyms_text(service.synonyms);
    row.duration_minutes = service.duration.count();
    row.buffer_before_minutes = service.buffer_before.count();
    row.buffer_after_minutes = service.buffer_after.count();
    row.price_minor = service.price_minor;
    row.price_kind = business::to_text(service.price_kind);
    row.active = service.active;
    row.everyone = !service.staff;
    row.staff = service.staff.value_or(std::vector<base::StaffId>());
    return row;
}

store::StaffRow row_of(business::StaffMember const& member, store::StaffRow row) {
    row.id = member.id;
    row.name = member.name;
    row.color = member.color;
    row.active = member.active;
    row.own_hours = member.weekly.has_value();
    return row;
}

std::vector<store::WeeklyRow> rows_of(business::WeeklyHours const& weekly, std::string_view staff) {
    auto rows = std::vector<store::WeeklyRow>();
    for (auto weekday = 0; weekday < 7; ++weekday) {
        for (auto const& hours : weekly.days[static_cast<std::size_t>(weekday)]) {
            rows.push_back({std::string(staff), weekday, hours.from, hours.to});
        }
    }
    return rows;
}

store::ExceptionRow row_of(business::HoursException const& exception, base::Instant created_at) {
    return {.id = exception.id,
            .staff = exception.staff,
            .date = exception.date,
            .hours = day_hours_text(exception.hours),
            .reason = exception.reason,
            .created_at = created_at};
}

std::vector<business::Fact> parse_facts(std::string_view text) {
    auto facts = std::vector<business::Fact>();
    if (text == "[]") return facts;
    auto const array = json::parse(text).as_array();
    for (auto const& fact : array) {
        facts.push_back({text_of(fact.at("topic")), text_of(fact.at("text"))});
    }
    return facts;
}

std::string facts_text(std::vector<business::Fact> const& facts) {
    auto array = json::array();
    for (auto const& fact : facts)
        array.push_back(json::object{{"topic", fact.topic}, {"text", fact.text}});
    return json::serialize(array);
}

std::vector<std::string> parse_synonyms(std::string_view text) {
    auto synonyms = std::vector<std::string>();
    if (text == "[]") return synonyms;
    auto const array = json::parse(text).as_array();
    for (auto const& synonym : array)
        synonyms.push_back(text_of(synonym));
    return synonyms;
}

std::string synonyms_text(std::vector<std::string> const& synonyms) {
    return json::serialize(json::array(synonyms.begin(), synonyms.end()));
}

Reminders parse_reminders(std::string_view text) {
    auto const object = json::parse(text).as_object();
    auto const* const day_before = object.if_contains("day_before");
    return {day_before == nullptr || day_before->as_bool()};
}

std::string reminders_text(Reminders const& reminders) {
    return json::serialize(json::object{{"day_before", reminders.day_before}});
}

business::DayHours parse_day_hours(std::string_view text) {
    auto hours = business::DayHours();
    if (text.empty()) return hours;
    auto stream = std::istringstream(std::string(text));
    auto dash = char();
    for (int from = 0, to = 0; stream >> from >> dash >> to;)
        hours.push_back({base::Minutes(from), base::Minutes(to)});
    if (hours.empty() || !stream.eof()) throw std::invalid_argument("damaged hours of an exception");
    return hours;
}

std::string day_hours_text(business::DayHours const& hours) {
    auto text = std::string();
    for (auto const& interval : hours) {
        if (!text.empty()) text += ' ';
        text += std::to_string(interval.from.count()) + '-' + std::to_string(interval.to.count());
    }
    return text;
}

} // namespace booking
