#include "base/zone.hpp"

#include <date/tz.h>

#include <stdexcept>

#include "base/digits.hpp"

namespace base {

namespace {

date::sys_info info_at(date::time_zone const& zone, Instant instant) {
    return zone.get_info(std::chrono::floor<Seconds>(instant));
}

date::local_info info_at(date::time_zone const& zone, LocalTime time) {
    return zone.get_info(date::local_seconds(time.time_since_epoch()));
}

Minutes minutes_of(Seconds offset) { return std::chrono::floor<Minutes>(offset); }

char* put_offset(char* out, Minutes offset) {
    return put_time_of_day(put(out, offset < Minutes(0) ? '-' : '+'), std::chrono::abs(offset));
}

} // namespace

Zone::Zone() : zone_(nullptr) {
    static auto const* const utc = date::locate_zone("UTC");
    zone_ = utc;
}

Result<Zone> Zone::find(std::string_view name) {
    auto const unknown = [] { return fail(Fault::invalid, "unknown_timezone", "No such IANA time zone."); };
    try {
        if (name == "localtime") return unknown(); // another zone on another machine
        auto const* const zone = date::locate_zone(name);
        zone->get_info(date::sys_seconds()); // reads the zone's file, which is better damaged now than later
        return Zone(zone);
    } catch (std::runtime_error const&) {
        return unknown();
    }
}

std::string const& Zone::name() const { return zone_->name(); }

LocalTime Zone::to_local(Instant instant) const {
    auto const time = within_calendar(instant);
    auto const local = time.time_since_epoch() + info_at(*zone_, time).offset;
    return LocalTime(std::chrono::floor<Minutes>(local));
}

Instant Zone::to_instant(LocalTime time) const {
    auto const wall = within_calendar(time);
    auto const info = info_at(*zone_, wall);
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return Instant(wall.time_since_epoch() - info.first.offset);
}

WallClock Zone::wall_clock(LocalTime time) const {
    switch (info_at(*zone_, within_calendar(time)).result) {
    case date::local_info::nonexistent: return WallClock::gap;
    case date::local_info::ambiguous: return WallClock::overlap;
    default: return WallClock::unique;
    }
}

OffsetSpan Zone::span_at(Instant instant) const {
    auto const info = info_at(*zone_, within_calendar(instant));
    return {within_calendar(info.begin), within_calendar(info.end), minutes_of(info.offset)};
}

std::string Zone::format(Instant instant) const {
    auto const time = within_calendar(instant);
    auto const offset = minutes_of(info_at(*zone_, time).offset);
    auto const local = time.time_since_epoch() + offset;
    auto const day = std::chrono::floor<std::chrono::days>(local);
    auto const minute = std::chrono::floor<Minutes>(local);
    auto const second = std::chrono::floor<Seconds>(local - minute);
    char text[sizeof "2026-10-22T10:00:00+02:00"];
    auto end = put(put_date(text, Date(day)), 'T');
    end = put(put_time_of_day(end, minute - day), ':');
    end = put_number(end, static_cast<int>(second.count()), 2);
    return std::string(text, put_offset(end, offset));
}

Result<void> check_time_zones() {
    auto const missing = [] {
        return fail(Fault::broken, "tzdata_missing", "The time zone table is missing or damaged: install tzdata.");
    };
    try {
        auto const madrid = Zone::find("Europe/Madrid");
        if (!madrid || Zone().name() != "UTC") return missing();
        auto const noon_in_july = madrid->to_instant(make_date(2036, 7, 1) + Minutes(12 * 60));
        auto const ten_in_utc = Zone().to_instant(make_date(2036, 7, 1) + Minutes(10 * 60));
        if (noon_in_july != ten_in_utc) return missing();
        return {};
    } catch (std::runtime_error const&) {
        return missing();
    }
}

} // namespace base
