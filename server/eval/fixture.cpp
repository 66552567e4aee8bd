#include "eval/fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "api/http/json.hpp"
#include "base/text.hpp"
#include "eval/file_text.hpp"

namespace eval {
namespace {

constexpr auto most = std::size_t{1000};
constexpr auto longest_lead = std::int64_t{60} * 24 * 365; // minutes
constexpr auto days =
    std::to_array<std::string_view>({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});

/// The trades under the file's names and our own; how a trade is called decides nothing here.
business::Kind kind_of(std::string const& text) {
    static auto const aliases =
        std::map<std::string, business::Kind, std::less<>>{{"nail_studio", business::Kind::nails},
                                                           {"dental_clinic", business::Kind::dental},
                                                           {"physiotherapy", business::Kind::physio}};
    if (auto const found = aliases.find(text); found != aliases.end()) return found->second;
    return business::parse_kind(text).value_or(business::Kind::other);
}

base::Minutes minutes(Reader& in, std::string_view name, std::int64_t min, std::int64_t max) {
    return base::Minutes(in.required(name, as::integer(min, max)));
}

business::OpenInterval read_interval(Reader& in) {
    return {in.required("from", as::time_of_day()), in.required("to", as::time_of_day())};
}

auto day_hours() { return as::list(as::object(read_interval), 8); }

business::DayHours checked(Reader& in, std::string_view name, business::DayHours hours) {
    auto day = business::check_day(std::move(hours), name);
    if (day) return *std::move(day);
    in.refuse(name, day.error().code, day.error().message);
    return {};
}

business::WeeklyHours read_week(Reader& in) {
    auto week = business::WeeklyHours();
    for (auto day = std::size_t{0}; day < days.size(); ++day) {
        week.days[day] = checked(in, days[day], in.optional(days[day], day_hours()).value_or(business::DayHours()));
    }
    return week;
}

business::HoursException read_exception(Reader& in) {
    auto exception = business::HoursException();
    exception.date = in.required("date", as::date());
    exception.reason = in.optional("reason", any_text()).value_or("");
    auto const closed = in.optional("closed", as::boolean()).value_or(false);
    exception.hours = checked(in, "hours", in.optional("hours", day_hours()).value_or(business::DayHours()));
    if (closed == !exception.hours.empty()) in.refuse("closed", "invalid", "must be true, or there must be hours");
    return exception;
}

business::StaffMember read_member(Reader& in) {
    auto member = business::StaffMember();
    member.id = base::StaffId(in.required("id", as::token()));
    member.name = in.required("name", as::text(base::name_text));
    member.active = in.optional("active", as::boolean()).value_or(true);
    member.weekly = in.optional("weekly", as::object(read_week));
    return member;
}

business::Service read_service(Reader& in) {
    auto service = business::Service();
    service.id = base::ServiceId(in.required("id", as::token()));
    service.name = in.required("name", as::text(base::name_text));
    service.category = in.optional("category", any_text()).value_or("");
    service.synonyms = in.optional("synonyms", as::list(any_text(), most)).value_or(std::vector<std::string>());
    service.duration = minutes(in, "duration_minutes", 5, 720);
    service.buffer_before = base::Minutes(in.optional("buffer_before_minutes", as::integer(0, 240)).value_or(0));
    service.buffer_after = base::Minutes(in.optional("buffer_after_minutes", as::integer(0, 240)).value_or(0));
    service.price_minor = in.optional("price_minor", as::integer(0, 1'000'000'000'000));
    service.price_kind =
        in.optional("price_kind", as::one_of<business::PriceKind>({{"fixed", business::PriceKind::fixed},
                                                                   {"from", business::PriceKind::from},
                                                                   {"ask", business::PriceKind::ask}}))
            .value_or(business::PriceKind::ask);
    service.active = in.optional("active", as::boolean()).value_or(true);
    if (auto const staff = in.optional("staff_ids", as::list(as::token(), most))) {
        service.staff.emplace();
        for (auto const& id : *staff)
            service.staff->emplace_back(id);
    }
    return service;
}

BusyTime read_busy(Reader& in) {
    return {in.required("staff_id", as::token()), in.required("from", local_time()), in.required("to", local_time()),
            in.optional("title", any_text()).value_or("")};
}

business::Fact read_fact(Reader& in) { return {in.required("topic", any_text()), in.required("text", any_text())}; }

struct RuleSet {
    business::Rules rules;
    bool auto_confirm = false;
    bool owner_approves = false;
};

RuleSet read_rules(Reader& in) {
    auto set = RuleSet();
    set.rules.slot_step = minutes(in, "slot_step_minutes", 5, 240);
    set.rules.min_notice = minutes(in, "min_notice_minutes", 0, longest_lead);
    set.rules.horizon_days = static_cast<int>(in.required("horizon_days", as::integer(1, 730)));
    set.rules.cancel_notice = minutes(in, "cancel_notice_minutes", 0, longest_lead);
    set.rules.buffer = base::Minutes(in.optional("buffer_minutes", as::integer(0, 240)).value_or(0));
    set.auto_confirm = in.optional("auto_confirm", as::boolean()).value_or(false);
    set.owner_approves = in.optional("owner_approves", as::boolean()).value_or(false);
    return set;
}

void read_profile(Reader& in, business::Profile& profile) {
    profile.name = in.required("name", as::text(base::name_text));
    profile.kind = kind_of(in.optional("kind", any_text()).value_or(""));
    profile.country = in.required("country", as::token(2));
    auto const zone = base::Zone::find(in.required("timezone", as::token()));
    if (!zone) in.refuse("timezone", "unknown_timezone", "must be a time zone such as Europe/Madrid");
    if (zone) profile.zone = *zone;
    auto const defaults = business::country_defaults(profile.country);
    profile.locale = in.optional("locale", as::token()).value_or(std::string(defaults.locale));
    profile.tone = in.optional("tone", as::one_of<business::Tone>({{"tu", business::Tone::tu},
                                                                   {"usted", business::Tone::usted},
                                                                   {"vos", business::Tone::vos}}))
                       .value_or(defaults.tone);
    profile.currency = in.optional("currency", as::token(3)).value_or(std::string(defaults.currency));
    profile.address = in.optional("address", any_text()).value_or("");
    profile.phone = in.optional("phone", any_text()).value_or("");
    auto const set = in.required("rules", as::object(read_rules));
    profile.rules = set.rules;
    profile.assistant.auto_confirm = set.auto_confirm;
    profile.assistant.owner_approves = set.owner_approves;
    profile.facts = in.optional("facts", as::list(as::object(read_fact), most)).value_or(std::vector<business::Fact>());
}

void check_staff(Reader& in, Fixture const& fixture) {
    for (auto const& service : fixture.services) {
        for (auto const& id : service.staff.value_or(std::vector<base::StaffId>())) {
            if (!fixture.member(id.text())) in.refuse("services", "unknown_staff", "names no such staff: " + id.text());
        }
    }
    for (auto const& busy : fixture.busy) {
        if (!fixture.member(busy.staff)) in.refuse("busy", "unknown_staff", "names no such staff: " + busy.staff);
        if (busy.from >= busy.to) in.refuse("busy", "empty_interval", "ends before it begins");
    }
}

Fixture read_fixture(Reader& in) {
    auto fixture = Fixture();
    fixture.id = in.required("id", as::token());
    read_profile(in, fixture.profile);
    fixture.weekly = in.required("weekly", as::object(read_week));
    fixture.exceptions = in.optional("exceptions", as::list(as::object(read_exception), most))
                             .value_or(std::vector<business::HoursException>());
    fixture.staff = in.required("staff", as::list(as::object(read_member), most));
    fixture.services = in.required("services", as::list(as::object(read_service), most));
    fixture.busy = in.optional("busy", as::list(as::object(read_busy), most)).value_or(std::vector<BusyTime>());
    check_staff(in, fixture);
    return fixture;
}

base::Error bad(std::string message) { return {base::Fault::invalid, "bad_scenarios", std::move(message)}; }

} // namespace

business::Service const* Fixture::service(std::string_view wanted) const {
    auto const found = std::ranges::find(services, wanted, [](auto const& each) { return each.id.text(); });
    return found == services.end() ? nullptr : &*found;
}

business::StaffMember const* Fixture::member(std::string_view wanted) const {
    auto const found = std::ranges::find(staff, wanted, [](auto const& each) { return each.id.text(); });
    return found == staff.end() ? nullptr : &*found;
}

base::Result<Fixtures> read_fixtures(std::filesystem::path const& file, std::vector<std::string>& warnings) {
    TRY(auto const text, read_file(file));
    auto const json = api::http::parse_json(text);
    if (!json) return base::fail(bad(fmt::format("{}: {}", file.string(), json.error().message)));
    if (!json->is_object()) return base::fail(bad(file.string() + ": must be an object with businesses"));
    auto in = Reader(json->get_object());
    in.optional("version", as::integer(1, 1));
    auto const all = in.required("businesses", as::list(as::object(read_fixture), most));
    auto const wrong = complaints(in, file.string(), warnings);
    if (!wrong.empty()) return base::fail(bad(fmt::format("{}", fmt::join(wrong, "; "))));
    auto fixtures = Fixtures();
    for (auto const& fixture : all) {
        if (!fixtures.emplace(fixture.id, fixture).second) {
            return base::fail(bad(fmt::format("{}: businesses has {} twice", file.string(), fixture.id)));
        }
    }
    return fixtures;
}

} // namespace eval
