#include "business/templates.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace business {
namespace {

namespace json = boost::json;

constexpr auto day_names =
    std::array<std::string_view, 7>{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr auto elsewhere = "*";

std::string text(json::value const& value) { return std::string(value.as_string()); }

DayHours read_intervals(json::array const& intervals) {
    auto day = DayHours();
    for (auto const& interval : intervals) {
        auto const from = base::parse_time_of_day(text(interval.at(0)));
        auto const to = base::parse_time_of_day(text(interval.at(1)));
        day.push_back({from.value(), to.value()});
    }
    return day;
}

WeeklyHours read_week(json::array const& runs) {
    auto week = WeeklyHours();
    for (auto const& run : runs) {
        for (auto const& name : run.at("days").as_array()) {
            auto const day = std::ranges::find(day_names, text(name)) - day_names.begin();
            week.days.at(static_cast<std::size_t>(day)) = read_intervals(run.at("open").as_array());
        }
    }
    return week;
}

Service read_service(json::value const& entry, std::string_view language) {
    auto const& words = entry.at(language);
    auto service = Service();
    service.name = text(words.at("name"));
    service.category = text(words.at("category"));
    for (auto const& synonym : words.at("synonyms").as_array())
        service.synonyms.push_back(text(synonym));
    service.duration = base::Minutes(entry.at("duration_minutes").as_int64());
    service.buffer_before = base::Minutes(entry.at("buffer_before_minutes").as_int64());
    service.buffer_after = base::Minutes(entry.at("buffer_after_minutes").as_int64());
    return service;
}

} // namespace

/// Read anew each time: somebody asks once in the life of a business, and nothing is kept for that.
Template template_of(Kind kind, Language language, std::string_view country) {
    auto const all = json::parse(templates_json());
    auto const& hours = all.at("hours").at(to_text(kind)).as_object();
    auto made = Template();
    made.weekly = read_week(hours.at(hours.contains(country) ? country : elsewhere).as_array());
    for (auto const& entry : all.at("services").at(to_text(kind)).as_array())
        made.services.push_back(read_service(entry, language == Language::es ? "es" : "en"));
    return made;
}

} // namespace business
