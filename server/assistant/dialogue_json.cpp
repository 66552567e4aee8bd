// What is remembered of a chat as text.
#include <algorithm>
#include <boost/json.hpp>

#include "assistant/dialogue.hpp"
#include "assistant/json_parts.hpp"
#include "business/enum_text.hpp"

namespace assistant {

namespace {

constexpr business::EnumNames<11> awaiting_names = {"nothing", "menu",        "service",   "day",
                                                    "time",    "start",       "name",      "confirmation",
                                                    "booking", "change_kind", "attendance"};
constexpr business::EnumNames<4> goal_names = {"none", "book", "move", "cancel"};
/// A list is never shown longer; a longer one in a text is not ours.
constexpr std::size_t longest_list = 64;

// Writing

json::value date_json(std::optional<base::Date> date) {
    return date ? json::value(base::format_date(*date)) : json::value();
}

json::value minutes_json(std::optional<base::TimeOfDay> time) {
    return time ? json::value(time->count()) : json::value();
}

json::array party_json(std::vector<Seat> const& party) {
    json::array array;
    for (auto const& seat : party) {
        array.push_back(json::object{{"service", text_json(text_of(seat.service))},
                                     {"name", text_json(seat.name)},
                                     {"companion", seat.companion},
                                     {"audience", seat.audience}});
    }
    return array;
}

json::object draft_json(Draft const& draft) {
    return json::object{{"goal", business::name_of(goal_names, draft.goal)},
                        {"service", text_json(text_of(draft.service))},
                        {"staff", text_json(text_of(draft.staff))},
                        {"date", date_json(draft.date)},
                        {"date_to", date_json(draft.date_to)},
                        {"time", minutes_json(draft.time)},
                        {"time_to", minutes_json(draft.time_to)},
                        {"part_of_day", draft.part_of_day},
                        {"start", draft.start ? json::value(start_json(*draft.start)) : json::value()},
                        {"name", text_json(draft.name)},
                        {"for_other", draft.for_other},
                        {"booking", text_json(text_of(draft.booking))},
                        {"party", party_json(draft.party)},
                        {"arrangement", to_text(draft.arrangement)}};
}

json::array dates_json(std::vector<base::Date> const& dates) {
    json::array array;
    for (auto const date : dates)
        array.push_back(json::value(base::format_date(date)));
    return array;
}

// Reading: every field may be missing or of another kind, and is then empty.

json::value const* find(json::object const& object, std::string_view key) {
    return object.if_contains(json::string_view(key.data(), key.size()));
}

std::optional<std::string> read_text(json::object const& object, std::string_view key) {
    auto const* value = find(object, key);
    auto const* text = value ? value->if_string() : nullptr;
    return text ? std::optional(std::string(text->data(), text->size())) : std::nullopt;
}

std::optional<std::int64_t> read_number(json::object const& object, std::string_view key) {
    auto const* value = find(object, key);
    auto const* number = value ? value->if_int64() : nullptr;
    return number ? std::optional(*number) : std::nullopt;
}

json::array read_array(json::object const& object, std::string_view key) {
    auto const* value = find(object, key);
    auto const* array = value ? value->if_array() : nullptr;
    return array && array->size() <= longest_list ? *array : json::array();
}

template <class Id>
std::optional<Id> read_id(json::object const& object, std::string_view key) {
    auto text = read_text(object, key);
    return text && !text->empty() ? std::optional(Id(std::move(*text))) : std::nullopt;
}

std::optional<base::Date> read_date(json::object const& object, std::string_view key) {
    auto const text = read_text(object, key);
    return text ? base::parse_date(*text) : std::nullopt;
}

std::optional<base::TimeOfDay> read_minutes(json::object const& object, std::string_view key) {
    auto const number = read_number(object, key);
    if (!number || *number < 0 || *number > 1441) return std::nullopt;
    return base::TimeOfDay(*number);
}

std::optional<FreeStart> read_start(json::value const& value) {
    auto const* object = value.if_object();
    if (!object) return std::nullopt;
    auto const at = read_number(*object, "starts_at");
    auto staff = read_text(*object, "staff");
    if (!at || !staff) return std::nullopt;
    FreeStart start{base::from_millis(*at), base::StaffId(std::move(*staff))};
    for (auto const& each : read_array(*object, "company")) {
        auto place = read_start(each);
        if (place) start.company.push_back({place->starts_at, std::move(place->staff)});
    }
    return start;
}

bool read_flag(json::object const& object, std::string_view key) {
    auto const* value = find(object, key);
    return value && value->is_bool() && value->get_bool();
}

std::vector<Seat> read_party(json::object const& object) {
    std::vector<Seat> party;
    for (auto const& each : read_array(object, "party")) {
        auto const* seat = each.if_object();
        if (!seat) continue;
        party.push_back({read_id<base::ServiceId>(*seat, "service"), read_text(*seat, "name"),
                         read_flag(*seat, "companion"), read_text(*seat, "audience").value_or("")});
    }
    return party;
}

Draft read_draft(json::object const& object) {
    Draft draft;
    draft.goal = business::named<Goal>(goal_names, read_text(object, "goal").value_or("")).value_or(Goal::none);
    draft.service = read_id<base::ServiceId>(object, "service");
    draft.staff = read_id<base::StaffId>(object, "staff");
    draft.date = read_date(object, "date");
    draft.date_to = read_date(object, "date_to");
    draft.time = read_minutes(object, "time");
    draft.time_to = read_minutes(object, "time_to");
    draft.part_of_day = read_text(object, "part_of_day").value_or("");
    if (auto const* start = find(object, "start")) draft.start = read_start(*start);
    draft.name = read_text(object, "name");
    draft.for_other = read_flag(object, "for_other");
    draft.booking = read_id<base::BookingId>(object, "booking");
    draft.party = read_party(object);
    if (read_text(object, "arrangement") == to_text(schedule::Arrangement::in_a_row))
        draft.arrangement = schedule::Arrangement::in_a_row;
    // One seat is no party; a start without its company would seat the others nowhere.
    if (draft.party.size() == 1) draft.party.clear();
    if (draft.start && draft.start->company.size() + 1 != std::max<std::size_t>(draft.party.size(), 1))
        draft.start.reset();
    return draft;
}

template <class Id>
std::vector<Id> read_ids(json::object const& object, std::string_view key) {
    std::vector<Id> ids;
    for (auto const& value : read_array(object, key)) {
        if (auto const* text = value.if_string()) ids.push_back(Id(std::string(text->data(), text->size())));
    }
    return ids;
}

std::vector<FreeStart> read_starts(json::object const& object, std::string_view key) {
    std::vector<FreeStart> starts;
    for (auto const& value : read_array(object, key)) {
        if (auto start = read_start(value)) starts.push_back(std::move(*start));
    }
    return starts;
}

std::vector<base::Date> read_dates(json::object const& object, std::string_view key) {
    std::vector<base::Date> dates;
    for (auto const& value : read_array(object, key)) {
        auto const* text = value.if_string();
        auto const date = text ? base::parse_date({text->data(), text->size()}) : std::nullopt;
        if (date) dates.push_back(*date);
    }
    return dates;
}

} // namespace

std::string to_json(Dialogue const& dialogue) {
    auto const& at = dialogue.offered_at;
    return json::serialize(json::object{{"awaiting", business::name_of(awaiting_names, dialogue.awaiting)},
                                        {"draft", draft_json(dialogue.draft)},
                                        {"offered", starts_json(dialogue.offered)},
                                        {"offered_services", texts_json(texts_of(dialogue.offered_services))},
                                        {"offered_bookings", texts_json(texts_of(dialogue.offered_bookings))},
                                        {"offered_days", dates_json(dialogue.offered_days)},
                                        {"offered_at", at ? json::value(base::to_millis(*at)) : json::value()},
                                        {"misunderstandings", dialogue.misunderstandings},
                                        {"language", dialogue.language}});
}

Dialogue parse_dialogue(std::string_view text) {
    boost::system::error_code error;
    auto const value = json::parse(json::string_view(text.data(), text.size()), error);
    auto const* object = error ? nullptr : value.if_object();
    if (!object) return {};
    Dialogue dialogue;
    auto const awaiting = business::named<Awaiting>(awaiting_names, read_text(*object, "awaiting").value_or(""));
    auto const* draft = find(*object, "draft");
    if (!awaiting || !draft || !draft->is_object()) return {};
    dialogue.awaiting = *awaiting;
    dialogue.draft = read_draft(draft->get_object());
    dialogue.offered = read_starts(*object, "offered");
    dialogue.offered_services = read_ids<base::ServiceId>(*object, "offered_services");
    dialogue.offered_bookings = read_ids<base::BookingId>(*object, "offered_bookings");
    dialogue.offered_days = read_dates(*object, "offered_days");
    if (auto const at = read_number(*object, "offered_at")) dialogue.offered_at = base::from_millis(*at);
    dialogue.misunderstandings =
        static_cast<int>(std::clamp<std::int64_t>(read_number(*object, "misunderstandings").value_or(0), 0, 3));
    dialogue.language = read_text(*object, "language").value_or("");
    return dialogue;
}

} // namespace assistant
