// Tool calls and their answers as the journal keeps them.
#include <boost/json.hpp>

#include "assistant/json_parts.hpp"
#include "assistant/tool_call.hpp"
#include "business/enum_text.hpp"

namespace assistant {

namespace {

constexpr business::EnumNames<3> note_names = {"attends", "late", "arrived"};

/// A visitor out of one function for each case.
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

/// Nothing is written of a search for one service alone.
json::object with_company(json::object arguments, Company const& company) {
    if (company.services.empty()) return arguments;
    arguments["company"] = texts_json(texts_of(company.services));
    arguments["arrangement"] = to_text(company.arrangement);
    return arguments;
}

json::array views_json(std::vector<BookingView> const& views) {
    json::array array;
    for (auto const& view : views)
        array.push_back(view_json(view));
    return array;
}

json::value arguments_of(ToolCall const& call) {
    return std::visit(
        Overloaded{
            [](FindAvailability const& find) -> json::value {
                return with_company({{"service", find.service.text()},
                                     {"from", base::format_date(find.from)},
                                     {"to", base::format_date(find.to)},
                                     {"staff", text_json(text_of(find.staff))}},
                                    find.company);
            },
            [](CheckStart const& check) -> json::value {
                return with_company({{"service", check.service.text()},
                                     {"starts_at", base::to_millis(check.starts_at)},
                                     {"staff", text_json(text_of(check.staff))}},
                                    check.company);
            },
            [](ListBookings const&) -> json::value { return json::object(); },
            [](CreateBooking const& create) -> json::value {
                return json::object{{"service", create.service.text()},
                                    {"starts_at", base::to_millis(create.starts_at)},
                                    {"staff", text_json(text_of(create.staff))},
                                    {"name", create.name},
                                    {"for_other", create.for_other}};
            },
            [](MoveBooking const& move) -> json::value {
                return json::object{{"booking", move.booking.text()},
                                    {"starts_at", base::to_millis(move.starts_at)},
                                    {"staff", text_json(text_of(move.staff))}};
            },
            [](CancelBooking const& cancel) -> json::value { return json::object{{"booking", cancel.booking.text()}}; },
            [](NoteBooking const& note) -> json::value {
                return json::object{{"booking", note.booking.text()},
                                    {"note", business::name_of(note_names, note.note)},
                                    {"minutes", note.minutes}};
            },
        },
        call);
}

json::value result_of(ToolAnswer const& answer) {
    return std::visit(
        Overloaded{
            [](FreeStarts const& found) -> json::value {
                return json::object{{"starts", starts_json(found.starts)}, {"reason_if_empty", found.reason_if_empty}};
            },
            [](StartCheck const& check) -> json::value {
                return json::object{{"free", check.free ? start_json(*check.free) : json::value()},
                                    {"refusal", check.refusal},
                                    {"alternatives", starts_json(check.alternatives)}};
            },
            [](OwnBookings const& own) -> json::value {
                return json::object{{"bookings", views_json(own.bookings)}, {"visits", views_json(own.visits)}};
            },
            [](Done const& done) -> json::value { return json::object{{"done", view_json(done.booking)}}; },
            [](Refused const& refused) -> json::value {
                return json::object{{"refused", refused.code}, {"alternatives", starts_json(refused.alternatives)}};
            },
        },
        answer);
}

json::object place_json(base::Instant starts_at, base::StaffId const& staff) {
    return json::object{{"starts_at", base::to_millis(starts_at)}, {"staff", staff.text()}};
}

} // namespace

json::value text_json(std::optional<std::string> const& text) { return text ? json::value(*text) : json::value(); }

json::array texts_json(std::vector<std::string> const& texts) {
    json::array array;
    for (auto const& text : texts)
        array.push_back(json::value(text));
    return array;
}

json::object start_json(FreeStart const& start) {
    auto object = place_json(start.starts_at, start.staff);
    json::array company;
    for (auto const& place : start.company)
        company.push_back(place_json(place.starts_at, place.staff));
    if (!company.empty()) object["company"] = std::move(company);
    return object;
}

json::array starts_json(std::vector<FreeStart> const& starts) {
    json::array array;
    for (auto const& start : starts)
        array.push_back(start_json(start));
    return array;
}

std::string_view to_text(schedule::Arrangement arrangement) {
    return arrangement == schedule::Arrangement::together ? "together" : "in_a_row";
}

std::string to_json(ToolCall const& call) {
    return json::serialize(json::object{{"tool", std::string(tool_name(call))}, {"arguments", arguments_of(call)}});
}

std::string to_json(ToolAnswer const& answer) { return json::serialize(result_of(answer)); }

} // namespace assistant
