#include "assistant/replies.hpp"

#include <algorithm>
#include <chrono>

#include "assistant/reply_parts.hpp"

namespace assistant {
namespace {

std::string day_words(Turn const& turn, base::Date date) {
    return wording::relative_day(voice_of(turn), date, today(turn));
}

std::string line(Turn const& turn, std::size_t number, std::string text) {
    return wording::say(voice_of(turn), "line",
                        {{"number", static_cast<std::int64_t>(number)}, {"text", std::move(text)}});
}

/// "a, b y c"
std::string enumerated(Turn const& turn, std::vector<std::string> const& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i == 0) {
            text = items[i];
        } else if (i + 1 < items.size()) {
            text += ", " + items[i];
        } else {
            text = wording::say(voice_of(turn), "hours_and", {{"first", text}, {"second", items[i]}});
        }
    }
    return text;
}

bool has_price(business::Service const& service) {
    return service.price_minor && service.price_kind != business::PriceKind::ask;
}

std::string service_line(Turn const& turn, std::size_t number, business::Service const& service) {
    return wording::say(voice_of(turn), "service_line",
                        {{"number", static_cast<std::int64_t>(number)},
                         {"service", service.name},
                         {"duration", wording::duration(service.duration)},
                         {"price", has_price(service) ? price_of(turn, service) : ""}});
}

/// Who does it is said only where there is a choice.
std::string shown_staff(Turn const& turn, BookingView const& booking) {
    return turn.situation.shop.staff.size() > 1 ? booking.staff_name : "";
}

std::string start_line(Turn const& turn, std::size_t number, FreeStart const& start) {
    auto const when = local(turn, start.starts_at);
    return wording::say(voice_of(turn), "start_line",
                        {{"number", static_cast<std::int64_t>(number)},
                         {"day", wording::short_day(voice_of(turn), base::date_of(when))},
                         {"time", wording::time(base::time_of_day(when))}});
}

bool on_one_day(Turn const& turn, std::span<FreeStart const> starts) {
    auto const day = [&](FreeStart const& start) { return base::date_of(local(turn, start.starts_at)); };
    return std::ranges::all_of(starts, [&](auto const& start) { return day(start) == day(starts.front()); });
}

std::string start_lines(Turn const& turn, std::span<FreeStart const> starts, bool hours_only) {
    std::vector<std::string> lines;
    for (auto const& start : starts) {
        auto const number = lines.size() + 1;
        auto const hour = wording::time(base::time_of_day(local(turn, start.starts_at)));
        lines.push_back(hours_only ? line(turn, number, hour) : start_line(turn, number, start));
    }
    return in_lines(lines);
}

std::string day_lines(Turn const& turn, std::span<base::Date const> days) {
    std::vector<std::string> lines;
    for (auto const day : days) {
        lines.push_back(line(turn, lines.size() + 1, wording::day(voice_of(turn), day, today(turn))));
    }
    return in_lines(lines);
}

std::string booking_line(Turn const& turn, std::size_t number, BookingView const& booking) {
    auto const when = local(turn, booking.starts_at);
    return wording::say(
        voice_of(turn), "booking_line",
        {{"number", static_cast<std::int64_t>(number)},
         {"service", booking.service_name},
         {"day", day_words(turn, base::date_of(when))},
         {"time", wording::time(base::time_of_day(when))},
         {"staff", shown_staff(turn, booking)},
         {"note", booking.status == schedule::Status::pending ? plain(turn, "not_yet_confirmed") : ""}});
}

std::string booking_lines(Turn const& turn, std::span<BookingView const> bookings) {
    std::vector<std::string> lines;
    for (auto const& booking : bookings)
        lines.push_back(booking_line(turn, lines.size() + 1, booking));
    return in_lines(lines);
}

std::string refused(Turn const& turn, std::string_view family, std::string_view refusal, base::LocalTime when) {
    static constexpr std::string_view known[] = {"closed",    "taken",         "too_soon",     "too_far",
                                                 "staff_off", "outside_hours", "not_performed"};
    auto const rule = std::ranges::find(known, refusal) != std::end(known) ? refusal : "taken";
    auto const* service = find_service(turn.situation.shop, turn.dialogue.draft.service);
    return wording::say(voice_of(turn), std::string(family) + std::string(rule),
                        {{"service", service ? service->name : ""},
                         {"day", day_words(turn, base::date_of(when))},
                         {"time", wording::time(base::time_of_day(when))}});
}

/// The drafted start in words; to be called only with a start and a service.
std::string about_draft(Turn const& turn, std::string_view key, std::string_view name) {
    auto const& draft = turn.dialogue.draft;
    auto const* service = find_service(turn.situation.shop, draft.service);
    auto const* member = find_staff(turn.situation.shop, draft.staff);
    auto const when = local(turn, draft.start->starts_at);
    return wording::say(voice_of(turn), key,
                        {{"service", service ? service->name : ""},
                         {"day", day_words(turn, base::date_of(when))},
                         {"time", wording::time(base::time_of_day(when))},
                         {"staff", member ? member->name : ""},
                         {"price", service && has_price(*service) ? price_of(turn, *service) : ""},
                         {"name", std::string(name)}});
}

std::string party_line(Turn const& turn, CreateBooking const& booking) {
    auto const& shop = turn.situation.shop;
    auto const* service = find_service(shop, booking.service);
    auto const* member = shop.staff.size() > 1 ? find_staff(shop, booking.staff) : nullptr;
    auto const when = local(turn, booking.starts_at);
    return wording::say(voice_of(turn), "party_line",
                        {{"service", service ? service->name : ""},
                         {"day", day_words(turn, base::date_of(when))},
                         {"time", wording::time(base::time_of_day(when))},
                         {"staff", member ? member->name : ""},
                         {"price", service && has_price(*service) ? price_of(turn, *service) : ""},
                         {"name", booking.name}});
}

} // namespace

std::string in_lines(std::vector<std::string> const& lines) {
    std::string text;
    for (auto const& each : lines) {
        if (!text.empty()) text += '\n';
        text += each;
    }
    return text;
}

std::string listed(Turn const& turn, std::string_view key, std::string list) {
    auto const* service = find_service(turn.situation.shop, turn.dialogue.draft.service);
    return wording::say(voice_of(turn), key, {{"service", service ? service->name : ""}, {"list", std::move(list)}});
}

std::string price_of(Turn const& turn, business::Service const& service) {
    auto const voice = voice_of(turn);
    if (!service.price_minor || service.price_kind == business::PriceKind::ask) return wording::say(voice, "price_ask");
    auto price = wording::price(voice, *service.price_minor, turn.situation.shop.profile.currency);
    if (service.price_kind == business::PriceKind::fixed) return price;
    return wording::say(voice, "price_from", {{"price", price}});
}

std::string disclosure(Turn const& turn) {
    auto const& profile = turn.situation.shop.profile;
    auto const& name = profile.assistant.name;
    if (name.empty()) return wording::say(voice_of(turn), "disclosure", {{"business", profile.name}});
    return wording::say(voice_of(turn), "disclosure_named", {{"business", profile.name}, {"name", name}});
}

std::string greeting(Turn const& turn) {
    auto const name = turn.situation.customer.name.value_or("");
    return wording::say(voice_of(turn), "greeting", {{"name", name.substr(0, name.find(' '))}});
}

std::string main_menu(Turn const& turn) { return plain(turn, "greeting_menu"); }

std::string plain(Turn const& turn, std::string_view key) { return wording::say(voice_of(turn), key); }

std::string handing_over(Turn const& turn) { return plain(turn, "person_notice"); }

std::string person_notice(Turn const& turn, std::string_view reason) {
    if (reason == "medical") return plain(turn, "person_notice_medical");
    if (reason == "payment") return plain(turn, "person_notice_payment");
    if (reason == "complaint") return plain(turn, "person_notice_complaint");
    return handing_over(turn);
}

std::string ask_service(Turn const& turn, std::vector<base::ServiceId> const& offered, std::string_view key) {
    std::vector<std::string> names;
    for (auto const& id : offered) {
        if (auto const* service = find_service(turn.situation.shop, id)) names.push_back(service->name);
    }
    return listed(turn, key, enumerated(turn, names));
}

std::string list_services(Turn const& turn, std::vector<base::ServiceId> const& offered, std::string_view key) {
    std::vector<std::string> lines;
    for (auto const& id : offered) {
        if (auto const* service = find_service(turn.situation.shop, id)) {
            lines.push_back(service_line(turn, lines.size() + 1, *service));
        }
    }
    return listed(turn, key, in_lines(lines));
}

std::string ask_which_day(Turn const& turn, std::span<base::Date const> days) {
    if (days.size() != 2) return offer_days(turn, days);
    return wording::say(voice_of(turn), "which_day_of_two",
                        {{"first", day_words(turn, days[0])}, {"second", day_words(turn, days[1])}});
}

std::string offer_days(Turn const& turn, std::span<base::Date const> days) {
    return listed(turn, "offer_days", day_lines(turn, days));
}

std::string offer_starts(Turn const& turn, std::span<FreeStart const> starts) {
    if (!on_one_day(turn, starts)) return listed(turn, "offer_first_starts", start_lines(turn, starts, false));
    auto const* service = find_service(turn.situation.shop, turn.dialogue.draft.service);
    return wording::say(voice_of(turn), "offer_starts",
                        {{"service", service ? service->name : ""},
                         {"day", day_words(turn, base::date_of(local(turn, starts.front().starts_at)))},
                         {"list", start_lines(turn, starts, true)}});
}

std::string nearest_starts(Turn const& turn, std::span<FreeStart const> starts) {
    return listed(turn, "nearest_starts", start_lines(turn, starts, false));
}

std::string start_refused(Turn const& turn, base::Instant start, std::string_view refusal) {
    return refused(turn, "start_", refusal, local(turn, start));
}

std::string day_refused(Turn const& turn, base::Date day, std::string_view refusal) {
    return refused(turn, "no_starts_", refusal, base::LocalTime(day));
}

std::string no_starts_at_all(Turn const& turn) { return listed(turn, "no_starts_at_all", ""); }

std::string staff_unknown(Turn const& turn) {
    std::string names;
    for (auto const& member : turn.situation.shop.staff)
        names += (names.empty() ? "" : ", ") + member.name;
    return listed(turn, "staff_unknown", names);
}

std::string staff_not_for_service(Turn const& turn, business::StaffMember const& member,
                                  business::Service const& service) {
    std::string names;
    for (auto const& other : turn.situation.shop.staff) {
        if (business::performs(other, service)) names += (names.empty() ? "" : ", ") + other.name;
    }
    return wording::say(voice_of(turn), "staff_not_for_service",
                        {{"staff", member.name}, {"service", service.name}, {"list", names}});
}

std::string ask_confirmation(Turn const& turn, std::string_view name) {
    return about_draft(turn, "ask_confirmation", name);
}

std::string ask_confirm_party(Turn const& turn, std::span<CreateBooking const> bookings) {
    std::vector<std::string> lines;
    for (auto const& booking : bookings)
        lines.push_back(party_line(turn, booking));
    return listed(turn, "ask_confirm_party", in_lines(lines));
}

std::string ask_party_services(Turn const& turn) {
    std::vector<std::string> names;
    for (auto const& service : turn.situation.shop.services) {
        if (names.size() < 2) names.push_back(service.name);
    }
    return wording::say(voice_of(turn), "ask_party_services", {{"text", enumerated(turn, names)}});
}

std::string companion_of(Turn const& turn, std::string const& name) {
    return wording::say(voice_of(turn), "companion", {{"name", name}});
}

std::string ask_confirm_move(Turn const& turn) { return about_draft(turn, "ask_confirm_move", ""); }

std::string ask_confirm_cancel(Turn const& turn, BookingView const& booking) {
    return about(turn, "ask_confirm_cancel", booking);
}

std::string ask_confirm_cancel_all(Turn const& turn, std::span<BookingView const> bookings) {
    return listed(turn, "ask_confirm_cancel_all", booking_lines(turn, bookings));
}

std::string about(Turn const& turn, std::string_view key, BookingView const& booking) {
    auto const when = local(turn, booking.starts_at);
    return wording::say(voice_of(turn), key,
                        {{"service", booking.service_name},
                         {"day", day_words(turn, base::date_of(when))},
                         {"time", wording::time(base::time_of_day(when))},
                         {"staff", shown_staff(turn, booking)},
                         {"address", turn.situation.shop.profile.address}});
}

std::string list_bookings(Turn const& turn, std::string_view key, std::span<BookingView const> bookings) {
    return listed(turn, key, booking_lines(turn, bookings));
}

std::string too_late(Turn const& turn) {
    auto const notice = turn.situation.shop.profile.rules.cancel_notice;
    auto const hours = std::chrono::ceil<std::chrono::hours>(notice).count();
    return wording::say(voice_of(turn), "too_late", {{"hours", static_cast<std::int64_t>(hours)}});
}

} // namespace assistant
