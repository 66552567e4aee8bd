#include "eval/customer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace eval {
namespace {

constexpr auto most_messages = 20;
constexpr auto most_times_told = 2;
constexpr auto weekdays =
    std::to_array<std::string_view>({"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"});
constexpr auto months = std::to_array<std::string_view>({"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
                                                         "agosto", "septiembre", "octubre", "noviembre", "diciembre"});

/// "el jueves 22 de octubre a las 10:00"
std::string in_words(base::LocalTime start) {
    auto const date = base::date_of(start);
    auto const parts = std::chrono::year_month_day(date);
    auto const clock = base::time_of_day(start);
    return fmt::format("el {} {} de {} a {} {}", weekdays[base::iso_weekday(date) - 1], unsigned(parts.day()),
                       months[unsigned(parts.month()) - 1],
                       clock >= std::chrono::hours(1) && clock < std::chrono::hours(2) ? "la" : "las",
                       base::format_time_of_day(clock));
}

std::optional<base::LocalTime> given_start(Scenario const& scenario, std::string const& id) {
    for (auto const& given : scenario.given) {
        auto const* booking = std::get_if<GivenBooking>(&given);
        if (booking != nullptr && booking->id == id) return booking->starts_at;
    }
    return std::nullopt;
}

std::vector<StartWish> wanted_in(Scenario const& scenario) {
    auto wanted = std::vector<StartWish>();
    auto const add_present = [&](std::string const& booking) {
        if (auto const start = given_start(scenario, booking)) wanted.push_back({{*start}, {}});
    };
    for (auto const& booked : scenario.expect.booked)
        wanted.push_back(booked.starts_at);
    for (auto const& moved : scenario.expect.moved)
        wanted.push_back(moved.starts_at);
    for (auto const& id : scenario.expect.cancelled)
        add_present(id);
    for (auto const& moved : scenario.expect.moved)
        add_present(moved.booking);
    return wanted;
}

Signboard signboard_of(Fixture const& fixture) {
    auto board = Signboard();
    for (auto const& service : fixture.services)
        board.services.push_back(service.name);
    for (auto const& member : fixture.staff)
        board.staff.push_back(member.name);
    return board;
}

} // namespace

Customer::Customer(Scenario const& scenario, Fixture const& fixture)
    : scenario_(scenario), signboard_(signboard_of(fixture)), wanted_(wanted_in(scenario)), lines_(scenario.then),
      sent_(static_cast<int>(scenario.say.size())) {}

std::optional<Said> Customer::answer(std::string_view text, bool handed_over, base::Date today) {
    if (sent_ >= most_messages || text.empty() || (handed_over && !has_any_line())) return std::nullopt;
    if (!lines_.empty() && lines_.front().when == Message::When::any) return line(Message::When::any, 2);
    auto const reply = read_reply(text, signboard_, today);
    switch (kind_of(reply)) {
    case Kind::confirm: return confirm(reply);
    case Kind::list: return choose(reply);
    case Kind::question: return tell(reply);
    case Kind::other: return go_on();
    case Kind::nothing: break;
    }
    return line(Message::When::done, 7);
}

std::optional<Said> Customer::confirm(Reply const& reply) {
    auto const all_wanted = std::ranges::all_of(reply.stated, [&](auto const& moment) { return is_wanted(moment); });
    auto const yes = answer_to("confirm");
    return all_wanted && yes ? words(*yes, 3) : go_on();
}

std::optional<Said> Customer::choose(Reply const& reply) {
    if (auto const which = answer_to("which")) return words(*which, 4);
    for (auto const& moment : reply.stated) {
        if (auto const start = wanted_start(moment)) return words(in_words(*start), 4);
    }
    return go_on();
}

std::optional<Said> Customer::tell(Reply const& reply) {
    for (auto const question : reply.questions) {
        auto const text = answer_to(to_text(question));
        if (!text || told_[question] >= most_times_told) continue;
        ++told_[question];
        return words(*text, 5);
    }
    return go_on();
}

std::optional<Said> Customer::go_on() {
    if (auto next = line(Message::When::next, 6)) return next;
    if (++at_a_loss_ > 1) return std::nullopt;
    return words("no entiendo", 6);
}

std::optional<Said> Customer::line(Message::When when, int rule) {
    auto const found = std::ranges::find(lines_, when, &Message::when);
    if (found == lines_.end()) return std::nullopt;
    auto message = std::move(*found);
    lines_.erase(found);
    ++sent_;
    return Said{std::move(message), rule};
}

std::optional<Said> Customer::words(std::string const& text, int rule) {
    auto message = Message();
    message.text = text;
    ++sent_;
    return Said{std::move(message), rule};
}

std::optional<std::string> Customer::answer_to(std::string_view question) const {
    auto const found = scenario_.answers.find(std::string(question));
    return found == scenario_.answers.end() ? std::nullopt : std::optional(found->second);
}

bool Customer::is_wanted(Moment const& moment) const {
    return std::ranges::any_of(wanted_, [&](StartWish const& wish) {
        if (!wish.range) return std::ranges::any_of(wish.any_of, [&](auto start) { return moment.may_be(start); });
        auto const [from, to] = *wish.range;
        for (auto start = from; start <= to; start += base::Minutes(5)) {
            if (moment.may_be(start)) return true;
        }
        return false;
    });
}

std::optional<base::LocalTime> Customer::wanted_start(Moment const& moment) const {
    for (auto const& wish : wanted_) {
        for (auto const start : wish.any_of) {
            if (moment.may_be(start)) return start;
        }
        if (!wish.range || !moment.time) continue;
        for (auto start = wish.range->first; start <= wish.range->second; start += base::Minutes(5)) {
            if (moment.may_be(start)) return start;
        }
    }
    return std::nullopt;
}

bool Customer::has_any_line() const {
    return std::ranges::find(lines_, Message::When::any, &Message::when) != lines_.end();
}

} // namespace eval
