#include "booking/history.hpp"

#include <boost/json.hpp>

#include "business/enum_text.hpp"

namespace booking {
namespace {

namespace json = boost::json;
using store::BookingRow;

/// Who is named: the assistant when it carried out what the customer asked for.
std::string_view name_of(Actor const& actor) {
    if (actor.kind == schedule::Actor::owner) return "owner";
    return actor.origin == Origin::assistant || actor.origin == Origin::guided ? "assistant" : "customer";
}

json::object differences(BookingRow const& before, BookingRow const& after) {
    auto changed = json::object();
    if (before.starts_at != after.starts_at) {
        changed["starts_at"] = base::Zone::find(before.timezone).value_or(base::Zone()).format(before.starts_at);
    }
    if (before.staff != after.staff) changed["staff_id"] = before.staff.text();
    if (before.service != after.service) changed["service_id"] = before.service.text();
    if (before.customer_name != after.customer_name) changed["customer_name"] = before.customer_name;
    if (before.notes != after.notes) changed["notes"] = before.notes;
    return changed;
}

void append(store::Tx& tx, base::BusinessId const& business, BookingRow const& row, Actor const& actor,
            std::string_view action, json::object const& details) {
    store::append_booking_event(tx, business, row.id, row.updated_at, name_of(actor), action, json::serialize(details));
    tx.tally({store::Tally::What::booking, std::string(action), std::string(to_text(actor.origin))});
    tx.note({business, action == "created" ? "booking.created" : "booking.updated", row.id.text()});
}

} // namespace

void record_created(store::Tx& tx, base::BusinessId const& business, BookingRow const& row, Actor const& actor) {
    append(tx, business, row, actor, "created", {});
}

void record_changed(store::Tx& tx, base::BusinessId const& business, BookingRow const& before, BookingRow const& after,
                    Actor const& actor) {
    auto const moved = before.starts_at != after.starts_at || before.staff != after.staff;
    append(tx, business, after, actor, moved ? "rescheduled" : "changed", differences(before, after));
}

void record_step(store::Tx& tx, base::BusinessId const& business, BookingRow const& before, BookingRow const& after,
                 std::string_view reason, Actor const& actor) {
    auto details = json::object{{"status", before.status}};
    if (!reason.empty()) details["reason"] = reason;
    append(tx, business, after, actor, after.status, details);
}

void record_note(store::Tx& tx, base::BusinessId const& business, BookingRow const& row, Note note, int minutes,
                 Actor const& actor) {
    static constexpr business::EnumNames<3> notes{"attends", "late", "arrived"};
    auto details = json::object();
    if (minutes > 0) details["minutes"] = minutes;
    append(tx, business, row, actor, business::name_of(notes, note), details);
}

} // namespace booking
