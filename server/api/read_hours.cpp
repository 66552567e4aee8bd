#include "api/read_hours.hpp"

#include <array>

namespace api {
namespace {

namespace as = http::as;

constexpr auto most_intervals = std::size_t{50}; // business::check_day has the rule; this bounds the work
constexpr auto day_names =
    std::array<std::string_view, 7>{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

business::OpenInterval read_interval(http::Reader& in) {
    return {in.required("from", as::time_of_day()), in.required("to", as::time_of_day())};
}

} // namespace

business::WeeklyHours read_week(http::Reader& in) {
    auto week = business::WeeklyHours();
    for (auto weekday = std::size_t{0}; weekday < day_names.size(); ++weekday) {
        week.days[weekday] = read_day(in, day_names[weekday]);
    }
    return week;
}

business::DayHours read_day(http::Reader& in, std::string_view name) {
    auto const intervals = in.optional(name, as::list(as::object(read_interval), most_intervals));
    if (!intervals) return {};
    auto checked = business::check_day(*intervals, name);
    if (checked) return *std::move(checked);
    auto const& wrong = checked.error().fields.front();
    in.refuse(name, wrong.code, wrong.message);
    return {};
}

std::optional<store::StaffRow> find_unarchived_staff(store::Tx& tx, base::BusinessId const& business,
                                                     std::string_view text) {
    auto const id = base::StaffId::parse(text);
    auto row = id ? store::find_staff(tx, business, *id) : std::nullopt;
    if (row && row->archived_at) return std::nullopt;
    return row;
}

std::optional<base::StaffId> read_staff_id(http::Reader& in, std::string_view name, store::Tx& tx,
                                           base::BusinessId const& business) {
    auto const id = in.optional(name, as::token());
    if (!id) return std::nullopt;
    auto const row = find_unarchived_staff(tx, business, *id);
    if (!row) {
        in.refuse(name, "unknown_staff", "names nobody who works here");
        return std::nullopt;
    }
    return row->id;
}

} // namespace api
