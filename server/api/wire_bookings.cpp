#include "api/wire_bookings.hpp"

#include <boost/json.hpp>

#include "api/wire.hpp"
#include "store/customer.hpp"

namespace api {
namespace {

namespace json = boost::json;

json::object customer_json(base::CustomerId const& id, std::optional<std::string> const& name,
                           std::optional<std::string> const& phone) {
    return {{"id", id.text()}, {"name", nullable(name)}, {"phone", nullable(phone)}};
}

void write_text(http::JsonWriter& out, std::optional<std::string> const& text) { text ? out.text(*text) : out.null(); }

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
    auto out = http::JsonWriter();
    auto instants = InstantText(profile.zone);
    write_booking(out, booking, profile, instants);
    return json::parse(out.release()).as_object();
}

void write_booking(http::JsonWriter& out, store::BookingDetails const& booking, business::Profile const& profile,
                   InstantText& instants) {
    auto const& row = booking.row;
    out.begin_object();
    out.key("id").text(row.id.text()).key("version").integer(row.version);
    out.key("service_id").text(row.service.text()).key("service_name").text(booking.service_name);
    out.key("staff_id").text(row.staff.text()).key("staff_name").text(booking.staff_name);
    out.key("starts_at").text(instants.of(row.starts_at)).key("ends_at").text(instants.of(row.ends_at));
    out.key("status").text(row.status);
    auto const erased = row.customer == store::nobody(profile.id);
    out.key("customer").begin_object().key("id");
    erased ? out.null() : out.text(row.customer.text());
    write_text(out.key("name"), booking.customer_known_name);
    write_text(out.key("phone"), booking.customer_phone);
    out.end_object().key("customer_name").text(row.customer_name);
    out.key("notes").text(row.notes).key("origin").text(row.origin);
    row.price_minor ? out.key("price_minor").integer(*row.price_minor) : out.key("price_minor").null();
    out.key("currency").text(profile.currency).key("attendance_confirmed_at");
    row.attendance_confirmed_at ? out.text(instants.of(*row.attendance_confirmed_at)) : out.null();
    out.key("created_at").text(instants.of(row.created_at)).key("updated_at").text(instants.of(row.updated_at));
    out.end_object();
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
