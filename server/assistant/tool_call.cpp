#include "assistant/tool_call.hpp"

#include <boost/json.hpp>

#include "assistant/json.hpp"

namespace assistant {

namespace json = boost::json;

namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

json::value view_json(BookingView const& booking) {
    return json::object{{"id", booking.id.text()},
            {"service", booking.service.text()},
            {"staff", booking.staff.text()},
            {"service_name", booking.service_name},
            {"staff_name", booking.staff_name},
            {"starts_at", base::to_millis(booking.starts_at)},
            {"ends_at", base::to_millis(booking.ends_at)},
            {"status", std::string(schedule::to_text(booking.status))},
            {"customer_name", booking.customer_name},
            {"price_minor", booking.price_minor ? json::value(*booking.price_minor) : json::value()}};
}

json::value arguments_of(ToolCall const& call) {
    return std::visit(
        Overloaded{
            [](FindAvailability const& find) -> json::value {
                return json::object{{"service", find.service.text()},
                        {"from", base::format_date(find.from)},
                        {"to", base::format_date(find.to)},
                        {"staff", id_json(find.staff)}};
            },
            [](CheckStart const& check) -> json::value {
                return json::object{{"service", check.service.text()},
                        {"starts_at", base::to_millis(check.starts_at)},
                        {"staff", id_json(check.staff)}};
            },
            [](ListBookings const&) -> json::value { return json::object(); },
            [](CreateBooking const& create) -> json::value {
                return json::object{{"service", create.service.text()},
                        {"starts_at", base::to_millis(create.starts_at)},
                        {"staff", id_json(create.staff)},
                        {"name", create.name}};
            },
            [](MoveBooking const& move) -> json::value {
                return json::object{{"booking", move.booking.text()},
                        {"starts_at", base::to_millis(move.starts_at)},
                        {"staff", id_json(move.staff)}};
            },
            [](CancelBooking const& cancel) -> json::value { return json::object{{"booking", cancel.booking.text()}}; },
        },
        call);
}

json::value result_of(ToolAnswer const& answer) {
    return std::visit(Overloaded{
                          [](FreeStarts const& found) -> json::value {
                              return json::object{{"starts", starts_json(found.starts)}, {"reason_if_empty", found.reason_if_empty}};
                          },
                          [](StartCheck const& check) -> json::value {
                              return json::object{{"free", check.free ? start_json(*check.free) : json::value()},
                                      {"refusal", check.refusal},
                                      {"alternatives", starts_json(check.alternatives)}};
                          },
                          [](OwnBookings const& own) -> json::value {
                              json::array bookings;
                              for (auto const& booking : own.bookings) bookings.push_back(view_json(booking));
                              return json::object{{"bookings", std::move(bookings)}};
                          },
                          [](Done const& done) -> json::value { return json::object{{"done", view_json(done.booking)}}; },
                          [](Refused const& refused) -> json::value {
                              return json::object{{"refused", refused.code}, {"alternatives", starts_json(refused.alternatives)}};
                          },
                      },
                      answer);
}

}  // namespace

std::string_view tool_name(ToolCall const& call) {
    return std::visit(Overloaded{
                          [](FindAvailability const&) { return "find_availability"; },
                          [](CheckStart const&) { return "check_start"; },
                          [](ListBookings const&) { return "list_events"; },
                          [](CreateBooking const&) { return "create_event"; },
                          [](MoveBooking const&) { return "reschedule_event"; },
                          [](CancelBooking const&) { return "cancel_event"; },
                      },
                      call);
}

std::string to_json(ToolCall const& call) {
    return json::serialize(json::object{{"tool", std::string(tool_name(call))}, {"arguments", arguments_of(call)}});
}

std::string to_json(ToolAnswer const& answer) { return json::serialize(result_of(answer)); }

}  // namespace assistant
