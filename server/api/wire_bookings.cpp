#include "api/wire_bookings.hpp"

#include <boost/json.hpp>

#include "api/wire.hpp"

namespace api {
namespace {

namespace json = boost::json;

json::object customer_json(base::CustomerId const& id, std::optional<std::string> const& name,
                           std::optional<std::string> const& phone) {
    return {{"id", id.text()}, {"name", nullable(name)}, {"phone", nullable(phone)}};
}

/// A chat the assistant shall never answer is one paused without an end.
json::object answering_json(store::ConversationRow const& row, base::Zone const& zone) {
    auto const never = row.answering == "never";
    return {{"who", never ? "paused" : row.answering},
            {"until", nullable(row.answering_until_at, zone)},
            {"since", nullable(row.answering_since_at, zone)},
            {"never", never}};
}

json::value last_message_json(store::ConversationSummary const& summary, base::Zone const& zone) {
    if (!summary.row.last_message_at) return nullptr;
    return json::object{{"text", summary.last_text},
                        {"author", summary.last_author},
                        {"at", zone.format(*summary.row.last_message_at)}};
}

} // namespace

json::object booking_json(store::BookingDetails const& booking, business::Profile const& profile) {
    auto const& row = booking.row;
    auto const& zone = profile.zone;
    return {{"id", row.id.text()},
            {"version", row.version},
            {"service_id", row.service.text()},
            {"service_name", booking.service_name},
            {"staff_id", row.staff.text()},
            {"staff_name", booking.staff_name},
            {"starts_at", zone.format(row.starts_at)},
            {"ends_at", zone.format(row.ends_at)},
            {"status", row.status},
            {"customer", customer_json(row.customer, booking.customer_known_name, booking.customer_phone)},
            {"customer_name", row.customer_name},
            {"notes", row.notes},
            {"origin", row.origin},
            {"price_minor", row.price_minor ? json::value(*row.price_minor) : json::value()},
            {"currency", profile.currency},
            {"attendance_confirmed_at", nullable(row.attendance_confirmed_at, zone)},
            {"created_at", zone.format(row.created_at)},
            {"updated_at", zone.format(row.updated_at)}};
}

json::array history_json(std::vector<store::BookingEventRow> const& events, base::Zone const& zone) {
    auto history = json::array();
    for (auto const& event : events) {
        history.push_back({{"at", zone.format(event.at)},
                           {"actor", event.actor},
                           {"action", event.action},
                           {"details", json::parse(event.details)}});
    }
    return history;
}

json::array slots_json(std::vector<schedule::Slot> const& slots, base::Zone const& zone) {
    auto list = json::array();
    for (auto const& slot : slots) {
        auto staff = json::array();
        for (auto const& id : slot.staff) {
            staff.emplace_back(id.text());
        }
        list.push_back({{"starts_at", zone.format(slot.starts_at)},
                        {"ends_at", zone.format(slot.ends_at)},
                        {"staff_ids", std::move(staff)},
                        {"staff_id", slot.preferred.text()}});
    }
    return list;
}

json::object conversation_json(store::ConversationSummary const& summary, base::Zone const& zone) {
    auto const& row = summary.row;
    return {{"id", row.id.text()},
            {"version", row.version},
            {"customer", customer_json(row.customer, summary.customer_name, summary.customer_phone)},
            {"channel", row.channel},
            {"answering", answering_json(row, zone)},
            {"known", row.known},
            {"unread", row.unread},
            {"last_message", last_message_json(summary, zone)},
            {"created_at", zone.format(row.created_at)}};
}

json::object message_json(store::MessageRow const& row, json::array steps, base::Zone const& zone) {
    return {{"id", row.id.text()},
            {"conversation_id", row.conversation.text()},
            {"direction", row.direction},
            {"author", row.author},
            {"kind", row.kind},
            {"text", row.text},
            {"sent_at", zone.format(row.sent_at)},
            {"status", row.status},
            {"reason", row.reason},
            {"booking_id", nullable(text_of(row.booking))},
            {"tool_steps", std::move(steps)}};
}

} // namespace api
