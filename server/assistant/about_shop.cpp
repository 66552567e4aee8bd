// What is asked about the business: prices, how long things take, opening hours, where it is.
#include <algorithm>
#include <chrono>

#include "assistant/replies.hpp"
#include "assistant/reply_parts.hpp"

namespace assistant {
namespace {

constexpr std::size_t longest_list = 14;

/// The services asked about, all of them when none is named.
std::vector<business::Service const*> asked_about(Turn const& turn, std::vector<base::ServiceId> const& asked) {
    std::vector<business::Service const*> services;
    for (auto const& service : turn.situation.shop.services) {
        if (!asked.empty() && std::ranges::find(asked, service.id) == asked.end()) continue;
        if (services.size() < longest_list) services.push_back(&service);
    }
    return services;
}

std::string weekday_name(Turn const& turn, unsigned weekday) {
    return wording::say(voice_of(turn), "weekday_" + std::to_string(weekday));
}

std::string day_hours(Turn const& turn, business::DayHours const& hours) {
    auto const voice = voice_of(turn);
    if (hours.empty()) return wording::say(voice, "hours_closed");
    std::string text;
    for (auto const& interval : hours) {
        auto const span = wording::time(interval.from) + "–" + wording::time(interval.to);
        text = text.empty() ? span : wording::say(voice, "hours_and", {{"first", text}, {"second", span}});
    }
    return text;
}

std::string weekdays(Turn const& turn, unsigned first, unsigned last) {
    if (first == last) return weekday_name(turn, first);
    return wording::say(voice_of(turn), "days_through",
                        {{"first", weekday_name(turn, first)}, {"last", weekday_name(turn, last)}});
}

std::string hours_line(Turn const& turn, std::string day, business::DayHours const& hours) {
    return wording::say(voice_of(turn), "hours_line", {{"day", std::move(day)}, {"hours", day_hours(turn, hours)}});
}

/// Exceptions of the whole business within the next two weeks.
std::vector<std::string> exception_lines(Turn const& turn) {
    std::vector<std::string> lines;
    for (auto const& exception : turn.situation.shop.exceptions) {
        auto const near = exception.date >= today(turn) && exception.date <= today(turn) + std::chrono::days(14);
        if (exception.staff || !near) continue;
        lines.push_back(hours_line(turn, wording::day(voice_of(turn), exception.date, today(turn)), exception.hours));
    }
    return lines;
}

} // namespace

std::string prices(Turn const& turn, std::vector<base::ServiceId> const& asked) {
    std::vector<std::string> lines;
    for (auto const* service : asked_about(turn, asked)) {
        lines.push_back(wording::say(voice_of(turn), "price_line",
                                     {{"service", service->name}, {"price", price_of(turn, *service)}}));
    }
    return listed(turn, "prices", in_lines(lines));
}

std::string durations(Turn const& turn, std::vector<base::ServiceId> const& asked) {
    std::vector<std::string> lines;
    for (auto const* service : asked_about(turn, asked)) {
        lines.push_back(wording::say(voice_of(turn), "price_line",
                                     {{"service", service->name}, {"price", wording::duration(service->duration)}}));
    }
    return listed(turn, "durations", in_lines(lines));
}

std::string opening_hours(Turn const& turn) {
    auto const& days = turn.situation.shop.weekly.days;
    std::vector<std::string> lines;
    for (std::size_t first = 0; first < days.size();) {
        auto last = first;
        while (last + 1 < days.size() && days[last + 1] == days[first])
            ++last;
        auto const names = weekdays(turn, static_cast<unsigned>(first + 1), static_cast<unsigned>(last + 1));
        lines.push_back(hours_line(turn, names, days[first]));
        first = last + 1;
    }
    for (auto& each : exception_lines(turn))
        lines.push_back(std::move(each));
    return listed(turn, "hours", in_lines(lines));
}

std::string address(Turn const& turn) {
    auto const& where = turn.situation.shop.profile.address;
    if (where.empty()) return plain(turn, "no_address");
    return wording::say(voice_of(turn), "address", {{"address", where}});
}

std::string policy(Turn const& turn) {
    auto const notice = turn.situation.shop.profile.rules.cancel_notice;
    auto const hours = std::chrono::ceil<std::chrono::hours>(notice).count();
    return wording::say(voice_of(turn), "policy", {{"hours", static_cast<std::int64_t>(hours)}});
}

} // namespace assistant
