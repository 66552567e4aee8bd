#include "schedule/oracle_test.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <limits>
#include <stdexcept>

namespace schedule::oracle {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t tick_ms = 30'000;
constexpr std::int64_t day_minutes = 1440;
constexpr std::int64_t margin_minutes = 4 * day_minutes;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
std::int64_t ms(base::Instant instant) { return instant.time_since_epoch().count(); }
bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/// Reads the big-endian numbers of a TZif file (RFC 8536).
class Reader {
public:
    explicit Reader(std::string const& name) {
        std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
        if (!file) throw std::runtime_error("no zone file for " + name);
        bytes_.assign(std::istreambuf_iterator<char>(file), {});
    }
    std::int64_t number(int width) {
        std::uint64_t value = (bytes_.at(at_) & 0x80) != 0 ? ~std::uint64_t{0} : 0;
        for (auto i = 0; i < width; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes_.at(at_++));
        return static_cast<std::int64_t>(value);
    }
    void skip(std::int64_t count) { at_ += static_cast<std::size_t>(count); }

private:
    std::string bytes_;
    std::size_t at_ = 0;
};

struct Counts {
    std::int64_t isut, isstd, leap, time, type, letters;
    std::int64_t size(std::int64_t width) const {
        return time * (width + 1) + type * 6 + letters + leap * (width + 4) + isstd + isut;
    }
};

Counts read_header(Reader& reader) {
    reader.skip(20);
    Counts counts{};
    for (auto* count : {&counts.isut, &counts.isstd, &counts.leap, &counts.time, &counts.type, &counts.letters}) {
        *count = reader.number(4);
    }
    return counts;
}

} // namespace

ZoneTable::ZoneTable(std::string const& name) {
    Reader reader(name);
    reader.skip(read_header(reader).size(4));
    auto const counts = read_header(reader);
    std::vector<std::size_t> types;
    std::vector<std::int64_t> offsets;
    for (auto i = counts.time; i > 0; --i)
        at_.push_back(reader.number(8));
    for (auto i = counts.time; i > 0; --i)
        types.push_back(static_cast<std::size_t>(reader.number(1)));
    for (auto i = counts.type; i > 0; --i) {
        offsets.push_back(reader.number(4));
        reader.skip(2);
    }
    first_offset_ = offsets.front();
    for (auto const type : types)
        offset_after_.push_back(offsets.at(type));
}

std::int64_t ZoneTable::offset_minutes(std::int64_t utc_seconds) const {
    auto const next = std::upper_bound(at_.begin(), at_.end(), utc_seconds);
    auto const seconds =
        next == at_.begin() ? first_offset_ : offset_after_[static_cast<std::size_t>(next - at_.begin() - 1)];
    return floor_div(seconds, 60);
}

std::vector<std::int64_t> ZoneTable::days_of_change(int first_year, int last_year) const {
    std::vector<std::int64_t> days;
    for (auto const at : at_) {
        auto const day = floor_div(at, 86'400);
        auto const in_years = unix_day(first_year, 1, 1) <= day && day <= unix_day(last_year, 12, 31);
        if (in_years && offset_minutes(at - 1) != offset_minutes(at)) days.push_back(day);
    }
    return days;
}

std::int64_t unix_day(int year, int month, int day) {
    static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::int64_t days = day - 1;
    for (auto y = 1970; y < year; ++y)
        days += is_leap(y) ? 366 : 365;
    for (auto m = 1; m < month; ++m)
        days += m == 2 && is_leap(year) ? 29 : lengths[m - 1];
    return days;
}

Oracle::Oracle(ZoneTable const& zone, Calendar const& calendar, Query const& query)
    : zone_(zone), calendar_(calendar), query_(query),
      first_minute_(floor_div(ms(query.from), minute_ms) - margin_minutes) {
    auto const last_minute = floor_div(ms(query.to), minute_ms) + margin_minutes;
    first_local_ = first_minute_ - day_minutes;
    shown_.assign(static_cast<std::size_t>(last_minute - first_minute_ + 2 * day_minutes), never);
    for (auto minute = first_minute_; minute < last_minute; ++minute) {
        auto const local = minute + zone_.offset_minutes(minute * 60);
        auto& first = shown_.at(static_cast<std::size_t>(local - first_local_));
        if (first == never) first = minute;
    }
    auto const ticks = static_cast<std::size_t>(last_minute - first_minute_) * 2;
    for (auto const& chair : calendar.chairs) {
        auto& marks = busy_.emplace_back(ticks, false);
        for (auto const& [from, to] : chair.busy) {
            for (auto t = std::max<std::int64_t>(tick(from), 0); t < tick(to) && t < std::ssize(marks); ++t) {
                marks[static_cast<std::size_t>(t)] = true;
            }
        }
    }
}

std::vector<Answer> Oracle::grid() const {
    std::vector<Answer> answers;
    for (auto local = first_local_; local < first_local_ + std::ssize(shown_); ++local) {
        auto const minute_of_day = local - floor_div(local, day_minutes) * day_minutes;
        if (minute_of_day % calendar_.rules.slot_step.count() != 0 || !is_shown(local)) continue;
        auto const start = base::from_millis(first_shown(local) * minute_ms);
        if (query_.from <= start && start < query_.to) answers.push_back(ask(start, {}));
    }
    return answers;
}

Answer Oracle::ask(base::Instant start, Overrides overrides) const {
    auto const now = moment(start);
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < calendar_.chairs.size(); ++i) {
        if (able(calendar_.chairs[i].member)) candidates.push_back(i);
    }
    if (candidates.empty()) return {start, {}, Refusal::not_performed};
    if (too_far(now.day(), overrides)) return {start, {}, Refusal::too_far};
    if (!overrides.too_soon && ms(start) < ms(query_.now) + calendar_.rules.min_notice.count() * minute_ms) {
        return {start, {}, Refusal::too_soon};
    }
    if (!overrides.outside_hours) {
        auto const hours = business_hours(now.day());
        if (hours.empty()) return {start, {}, Refusal::closed};
        auto inside = false;
        for (auto const& interval : hours)
            inside = inside || lies_in(interval, now);
        if (!inside || !on_grid(start)) return {start, {}, Refusal::outside_hours};
        std::erase_if(candidates, [&](auto i) { return !works(calendar_.chairs[i].member, now); });
        if (candidates.empty()) return {start, {}, Refusal::staff_off};
    }
    std::erase_if(candidates, [&](auto i) { return is_busy(i, start); });
    if (candidates.empty()) return {start, {}, Refusal::taken};

    auto preferred = candidates.front();
    Slot slot{start, start + query_.service.duration, {}, {}};
    for (auto const i : candidates) {
        slot.staff.push_back(calendar_.chairs[i].member.id);
        if (busy_ticks(i, now.day()) < busy_ticks(preferred, now.day())) preferred = i;
    }
    slot.preferred = calendar_.chairs[preferred].member.id;
    return {start, slot};
}

std::int64_t Oracle::Moment::day() const { return floor_div(local_minute, day_minutes); }

Oracle::Moment Oracle::moment(base::Instant start) const {
    auto const minute = floor_div(ms(start), minute_ms);
    return {minute, minute + zone_.offset_minutes(minute * 60)};
}

std::int64_t Oracle::first_shown(std::int64_t local_minute) const {
    while (!is_shown(local_minute))
        ++local_minute;
    return shown_.at(static_cast<std::size_t>(local_minute - first_local_));
}

bool Oracle::is_shown(std::int64_t local_minute) const {
    return shown_.at(static_cast<std::size_t>(local_minute - first_local_)) != never;
}

bool Oracle::on_grid(base::Instant start) const {
    auto const now = moment(start);
    return ms(start) == first_shown(now.local_minute) * minute_ms &&
           now.minute_of_day() % calendar_.rules.slot_step.count() == 0;
}

bool Oracle::too_far(std::int64_t day, Overrides overrides) const {
    auto const today = moment(query_.now).day();
    return day > unix_day(2036, 12, 31) || (!overrides.too_far && day > today + calendar_.rules.horizon_days);
}

business::DayHours Oracle::business_hours(std::int64_t day) const {
    for (auto const& exception : calendar_.exceptions) {
        if (!exception.staff && exception.date.time_since_epoch().count() == day) return exception.hours;
    }
    return calendar_.weekly.days.at(static_cast<std::size_t>((day + 3) % 7)); // Unix day 0 was a Thursday
}

business::DayHours Oracle::member_hours(business::StaffMember const& member, std::int64_t day) const {
    for (auto const& exception : calendar_.exceptions) {
        auto const hers = exception.staff && exception.staff->text() == member.id.text();
        if (hers && exception.date.time_since_epoch().count() == day) return exception.hours;
    }
    if (!member.weekly) return {{base::Minutes(0), base::Minutes(day_minutes)}};
    return member.weekly->days.at(static_cast<std::size_t>((day + 3) % 7));
}

bool Oracle::lies_in(business::OpenInterval const& hours, Moment const& start) const {
    auto const midnight = start.day() * day_minutes;
    auto const opens = first_shown(midnight + hours.from.count());
    auto const closes = first_shown(midnight + hours.to.count());
    for (std::int64_t i = 0; i < query_.service.duration.count(); ++i) {
        auto const on_the_wall = start.minute_of_day() + i;
        auto const in_time = start.utc_minute + i;
        if (on_the_wall < hours.from.count() || on_the_wall >= hours.to.count()) return false;
        if (in_time < opens || in_time >= closes) return false;
    }
    return true;
}

bool Oracle::able(business::StaffMember const& member) const {
    if (query_.staff && query_.staff->text() != member.id.text()) return false;
    if (!member.active || !query_.service.active) return false;
    if (!query_.service.staff) return true;
    for (auto const& id : *query_.service.staff) {
        if (id.text() == member.id.text()) return true;
    }
    return false;
}

bool Oracle::works(business::StaffMember const& member, Moment const& start) const {
    for (auto const& open : business_hours(start.day())) {
        for (auto const& hers : member_hours(member, start.day())) {
            if (lies_in(open, start) && lies_in(hers, start)) return true;
        }
    }
    return false;
}

bool Oracle::is_busy(std::size_t chair, base::Instant start) const {
    auto const& service = query_.service;
    auto const end = tick(start + service.duration + service.buffer_after);
    for (auto t = tick(start - service.buffer_before); t < end; ++t) {
        if (busy_.at(chair).at(static_cast<std::size_t>(t))) return true;
    }
    return false;
}

std::int64_t Oracle::busy_ticks(std::size_t chair, std::int64_t day) const {
    auto const from = (first_shown(day * day_minutes) - first_minute_) * 2;
    auto const to = (first_shown((day + 1) * day_minutes) - first_minute_) * 2;
    std::int64_t count = 0;
    for (auto t = from; t < to; ++t)
        count += busy_.at(chair).at(static_cast<std::size_t>(t)) ? 1 : 0;
    return count;
}

std::int64_t Oracle::tick(base::Instant instant) const {
    return floor_div(ms(instant) - first_minute_ * minute_ms, tick_ms);
}

namespace {

TEST(Oracle, counts_days_as_the_calendar_does) {
    EXPECT_EQ(unix_day(1970, 1, 1), 0);
    EXPECT_EQ(unix_day(2000, 3, 1), 11'017);
    EXPECT_EQ(unix_day(2036, 12, 31), 24'471);
}

TEST(Oracle, reads_the_changes_of_the_clocks_that_the_governments_decreed) {
    EXPECT_EQ(ZoneTable("Europe/Madrid").days_of_change(2026, 2026),
              (std::vector{unix_day(2026, 3, 29), unix_day(2026, 10, 25)}));
    EXPECT_EQ(ZoneTable("America/Bogota").days_of_change(2000, 2036), std::vector<std::int64_t>());
    EXPECT_EQ(ZoneTable("America/Asuncion").days_of_change(2024, 2036),
              (std::vector{unix_day(2024, 3, 24), unix_day(2024, 10, 6)}));
    EXPECT_EQ(ZoneTable("America/Santiago").offset_minutes(unix_day(2026, 1, 15) * 86'400), -180);
    EXPECT_EQ(ZoneTable("Australia/Lord_Howe").offset_minutes(unix_day(2026, 7, 1) * 86'400), 630);
}

} // namespace
} // namespace schedule::oracle
