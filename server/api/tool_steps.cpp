#include "api/tool_steps.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>

#include "api/wire_bookings.hpp"
#include "store/business.hpp"
#include "wording/wording.hpp"

namespace api {
namespace {

namespace json = boost::json;

/// The journal of a turn, told to the owner. The journal is this program's own JSON (assistant/tool_call.cpp).
class Teller {
public:
    Teller(store::Tx& tx, business::Profile const& profile, base::Instant now)
        : tx_(tx), profile_(profile), english_(profile.locale.starts_with("en")),
          voice_{english_ ? "en" : "es", profile.tone, profile.country},
          today_(base::date_of(profile.zone.to_local(now))) {}

    json::object step(store::TurnEntryRow const& entry) {
        auto step = json::object{{"tool", entry.tool}, {"summary", summary(entry)}};
        if (entry.booking) step["booking_id"] = entry.booking->text();
        return step;
    }

private:
    std::string summary(store::TurnEntryRow const& entry) {
        auto const call = object_in(entry.arguments);
        auto const* inside = call.if_contains("arguments");
        if (inside == nullptr || !inside->is_object()) return entry.tool;
        auto const& arguments = inside->get_object();
        auto const answer = object_in(entry.answer);
        if (entry.tool == "find_availability") return searched(arguments, answer);
        if (entry.tool == "check_start") return checked(arguments, answer);
        if (entry.tool == "list_events") return listed(answer);
        if (entry.tool == "create_event") return booked(arguments, answer);
        if (entry.tool == "reschedule_event") return moved(arguments, answer);
        if (entry.tool == "cancel_event") return cancelled(answer);
        if (entry.tool == "note_event") return noted(arguments, answer);
        return entry.tool;
    }

    std::string searched(json::object const& arguments, json::object const& answer) {
        auto const from = base::parse_date(text(arguments, "from")).value_or(today_);
        auto const to = base::parse_date(text(arguments, "to")).value_or(from);
        auto const days = from == to ? on(from) : between(from, to);
        auto const* starts = list_in(answer, "starts");
        auto const none = starts != nullptr && starts->empty();
        return say("Miró huecos de {} {}{}", "Looked for free times for {} {}{}", service(arguments), days,
                   none ? say(": nada libre", ": nothing free") : "");
    }
    std::string checked(json::object const& arguments, json::object const& answer) {
        auto const* free_start = answer.if_contains("free");
        auto const free = free_start != nullptr && !free_start->is_null();
        return say("Comprobó {} {}: {}", "Checked {} {}: {}", service(arguments), when(arguments, "starts_at"),
                   free ? say("libre", "free") : why(text(answer, "refusal")));
    }
    std::string listed(json::object const& answer) {
        auto const* found = list_in(answer, "bookings");
        return say("Consultó las citas del cliente: {}", "Looked up the customer's bookings: {}",
                   found != nullptr ? found->size() : 0);
    }
    std::string booked(json::object const& arguments, json::object const& answer) {
        auto const* row = done_in(answer);
        if (row == nullptr) {
            return say("No pudo reservar {} {}: {}", "Could not book {} {}: {}", service(arguments),
                       when(arguments, "starts_at"), why(text(answer, "refused")));
        }
        if (text(*row, "status") == "pending") return about(*row, "Pidió {} {}", "Requested {} {}");
        return about(*row, "Reservó {} {}", "Booked {} {}");
    }
    std::string moved(json::object const& arguments, json::object const& answer) {
        auto const* row = done_in(answer);
        if (row != nullptr) return about(*row, "Movió {}: ahora es {}", "Moved {}: now {}");
        return say("No pudo mover la cita: {}, {}", "Could not move the booking: {}, {}", when(arguments, "starts_at"),
                   why(text(answer, "refused")));
    }
    std::string cancelled(json::object const& answer) {
        auto const* row = done_in(answer);
        if (row != nullptr) return about(*row, "Canceló {}, {}", "Cancelled {}, {}");
        return say("No pudo cancelar la cita: {}", "Could not cancel the booking: {}", why(text(answer, "refused")));
    }

    std::string noted(json::object const& arguments, json::object const& answer) {
        auto const* row = done_in(answer);
        if (row == nullptr) return say("No encontró la cita", "Could not find the booking");
        auto const note = text(arguments, "note");
        if (note == "attends") return about(*row, "Anotó que viene a {} {}", "Noted that she comes to {} {}");
        if (note == "late") return about(*row, "Anotó que llega tarde a {} {}", "Noted that she is late for {} {}");
        return about(*row, "Anotó que ha llegado para {} {}", "Noted that she has arrived for {} {}");
    }

    std::string about(json::object const& row, std::string_view spanish, std::string_view english) {
        return say(spanish, english, text(row, "service_name"), when(row, "starts_at"));
    }

    /// "el jueves 22 de octubre"
    std::string on(base::Date date) const { return say("el {}", "on {}", wording::day(voice_, date, today_)); }
    std::string between(base::Date from, base::Date to) const {
        return say("del {} al {}", "from {} to {}", wording::short_day(voice_, from), wording::short_day(voice_, to));
    }
    std::string when(json::object const& object, std::string_view member) const {
        auto const* millis = object.if_contains(member);
        if (millis == nullptr || !millis->is_int64()) return "";
        auto const local = profile_.zone.to_local(base::from_millis(millis->get_int64()));
        auto const day = wording::day(voice_, base::date_of(local), today_);
        return say("el {} a las {}", "on {} at {}", day, wording::time(base::time_of_day(local)));
    }

    std::string service(json::object const& arguments) {
        auto const id = base::ServiceId(text(arguments, "service"));
        auto const known = services_.find(id);
        if (known != services_.end()) return known->second;
        auto const row = store::find_service(tx_, profile_.id, id);
        return services_.emplace(id, row ? row->name : "").first->second;
    }

    std::string why(std::string_view refusal) const {
        struct Reason {
            std::string_view code, spanish, english;
        };
        static constexpr auto reasons =
            std::array{Reason{"taken", "ya está ocupado", "it is taken"},
                       Reason{"slot_taken", "ya está ocupado", "it is taken"},
                       Reason{"closed", "ese día está cerrado", "closed on that day"},
                       Reason{"outside_hours", "fuera de horario", "outside the opening hours"},
                       Reason{"staff_off", "nadie trabaja a esa hora", "nobody works then"},
                       Reason{"too_soon", "falta muy poco tiempo", "it is too soon"},
                       Reason{"too_far", "falta demasiado tiempo", "it is too far ahead"},
                       Reason{"too_late", "ya es tarde para cambiarla", "it is too late to change it"},
                       Reason{"not_performed", "nadie hace ese servicio", "nobody performs this service"},
                       Reason{"limit_reached", "ha llegado a su límite de citas", "the customer's limit is reached"}};
        auto const found = std::ranges::find(reasons, refusal, &Reason::code);
        if (found == reasons.end()) return say("no es posible", "not possible");
        return std::string(english_ ? found->english : found->spanish);
    }

    template <class... Arguments>
    std::string say(std::string_view spanish, std::string_view english, Arguments const&... arguments) const {
        return fmt::format(fmt::runtime(english_ ? english : spanish), arguments...);
    }

    /// Empty for what this program would not have written.
    static json::object object_in(std::string const& text) {
        auto failed = boost::system::error_code();
        auto value = json::parse(text, failed);
        return !failed && value.is_object() ? std::move(value.get_object()) : json::object();
    }
    static json::array const* list_in(json::object const& object, std::string_view member) {
        auto const* value = object.if_contains(member);
        return value != nullptr ? value->if_array() : nullptr;
    }
    static json::object const* done_in(json::object const& answer) {
        auto const* value = answer.if_contains("done");
        return value != nullptr ? value->if_object() : nullptr;
    }
    static std::string text(json::object const& object, std::string_view member) {
        auto const* value = object.if_contains(member);
        auto const* string = value != nullptr ? value->if_string() : nullptr;
        return string != nullptr ? std::string(*string) : std::string();
    }

    store::Tx& tx_;
    business::Profile const& profile_;
    bool english_;
    wording::Voice voice_;
    base::Date today_;
    std::map<base::ServiceId, std::string> services_;
};

using StepsByTurn = std::map<base::TurnId, json::array>;

StepsByTurn steps_of(store::Tx& tx, business::Profile const& profile, std::vector<store::MessageRow> const& rows,
                     base::Instant now) {
    auto steps = StepsByTurn();
    auto const by_turn = [](store::MessageRow const& row) { return row.turn.has_value(); };
    if (std::ranges::none_of(rows, by_turn)) return steps;
    auto teller = Teller(tx, profile, now);
    for (auto const& entry :
         store::turn_entries(tx, profile.id, rows.front().conversation, rows.front().seq, rows.back().seq)) {
        steps[entry.turn].push_back(teller.step(entry));
    }
    return steps;
}

} // namespace

json::array messages_json(store::Tx& tx, business::Profile const& profile, std::vector<store::MessageRow> const& rows,
                          std::optional<store::MessageRow> const& before, base::Instant now) {
    auto steps = steps_of(tx, profile, rows, now);
    if (before && before->turn) steps.erase(*before->turn);
    auto items = json::array();
    for (auto const& row : rows) {
        auto own = row.turn ? steps.extract(*row.turn) : StepsByTurn::node_type();
        items.push_back(message_json(row, own ? std::move(own.mapped()) : json::array(), profile.zone));
    }
    return items;
}

std::optional<json::object> find_message_json(store::Tx& tx, business::Profile const& profile,
                                              base::MessageId const& id, base::Instant now) {
    auto const row = store::find_message(tx, profile.id, id);
    if (!row) return std::nullopt;
    auto const before = store::list_messages(tx, profile.id, row->conversation, row->seq, 1);
    auto const previous = before.empty() ? std::nullopt : std::optional(before.front());
    return messages_json(tx, profile, {*row}, previous, now).front().as_object();
}

} // namespace api
