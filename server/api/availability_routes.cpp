#include <algorithm>
#include <memory>

#include "api/http/json_writer.hpp"
#include "api/instant_text.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/time_range.hpp"
#include "booking/calendar_memory.hpp"
#include "booking/shop.hpp"
#include "schedule/free_starts.hpp"
#include "store/business.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;
using std::chrono::days;

constexpr auto longest_search = days(92);
constexpr auto longest_explanation = days(7);
/// A day may have 25 hours.
constexpr auto tolerance = std::chrono::hours(1);
constexpr auto bytes_a_start = std::size_t{128};
constexpr auto bytes_an_id = std::size_t{39};

struct Search {
    std::string service;
    std::optional<std::string> staff;
    base::Interval window = {};
};

base::Result<Search> read_search(http::Request const& request, base::Zone const& zone, days longest) {
    auto in = Reader(request.query);
    auto search = Search();
    search.service = in.required("service_id", as::token());
    search.window.from = in.required("from", day_or_instant(zone, Edge::from));
    search.window.to = in.required("to", day_or_instant(zone, Edge::to));
    search.staff = in.optional("staff_id", as::token());
    if (search.window.to < search.window.from) in.refuse("to", "out_of_range", "must not lie before from");
    if (search.window.to - search.window.from > longest + tolerance) {
        in.refuse("to", "out_of_range", "must lie within " + std::to_string(longest.count()) + " days of from");
    }
    TRY_VOID(in.finish());
    return search;
}

/// All that the schedule needs to answer.
struct Question {
    std::shared_ptr<schedule::Calendar const> calendar;
    schedule::Query query;
};

/// Archived ones are not in the shop any more, but still known.
base::Result<business::Service> find_service(Context& context, Caller const& caller, booking::Shop const& shop,
                                             std::string const& text) {
    auto const id = base::ServiceId::parse(text);
    if (!id) return base::fail(no_such_thing());
    auto const offered = std::ranges::find(shop.services, *id, &business::Service::id);
    if (offered != shop.services.end()) return *offered;
    return context.database.read([&](store::Tx& tx) -> base::Result<business::Service> {
        auto archived = booking::load_service(tx, caller.business, *id);
        if (!archived) return base::fail(no_such_thing());
        return *std::move(archived);
    });
}

base::Result<std::optional<base::StaffId>> find_wanted_staff(Context& context, Caller const& caller,
                                                             schedule::Calendar const& calendar,
                                                             std::optional<std::string> const& text) {
    if (!text) return std::optional<base::StaffId>();
    auto id = base::StaffId::parse(*text);
    if (!id) return base::fail(no_such_thing());
    auto const works_here = [&](schedule::Chair const& chair) { return chair.member.id == *id; };
    if (std::ranges::any_of(calendar.chairs, works_here)) return id;
    return context.database.glance([&](store::Tx& tx) -> base::Result<std::optional<base::StaffId>> {
        if (!store::find_staff(tx, caller.business, *id)) return base::fail(no_such_thing());
        return id;
    });
}

base::Result<Question> load_question(Context& context, Caller const& caller, http::Request const& request,
                                     days longest) {
    auto search = Search();
    auto const window = [&](business::Profile const& profile) -> base::Result<base::Interval> {
        TRY(search, read_search(request, profile.zone, longest));
        return search.window;
    };
    TRY(auto const found, context.calendars.at_present(caller.business, window));
    TRY(auto service, find_service(context, caller, *found.shop, search.service));
    TRY(auto staff, find_wanted_staff(context, caller, *found.calendar, search.staff));
    return Question{found.calendar,
                    {.service = std::move(service),
                     .from = search.window.from,
                     .to = search.window.to,
                     .staff = std::move(staff),
                     .now = context.now()}};
}

/// Each free start as {starts_at, ends_at, staff_ids, staff_id}. By hand, since a month of starts is forty kilobytes:
/// ids and instants need no escaping.
class FreeStartsText {
public:
    FreeStartsText(Question const& question, schedule::FreeStarts const& found)
        : question_(question), found_(found), starts_(question.calendar->zone), ends_(question.calendar->zone) {}

    std::string write() {
        text_.reserve(16 + found_.starts.size() * bytes_a_start + found_.chairs.size() * bytes_an_id +
                      found_.starts.size() * bytes_an_id);
        text_ = R"({"items":[)";
        for (auto const& start : found_.starts) {
            if (text_.back() == '}') text_ += ',';
            append(start);
        }
        text_ += "]}";
        return std::move(text_);
    }

private:
    void append(schedule::FreeStart const& start) {
        text_ += R"({"starts_at":")";
        text_ += starts_.of(start.starts_at);
        text_ += R"(","ends_at":")";
        text_ += ends_.of(start.starts_at + question_.query.service.duration);
        text_ += R"(","staff_ids":[)";
        for (auto const chair : found_.free_at(start)) {
            append_id(chair);
            text_ += ',';
        }
        text_.back() = ']';
        text_ += R"(,"staff_id":)";
        append_id(start.preferred);
        text_ += '}';
    }
    void append_id(schedule::ChairPosition chair) {
        text_ += '"';
        text_ += question_.calendar->chairs[chair].member.id.text();
        text_ += '"';
    }

    Question const& question_;
    schedule::FreeStarts const& found_;
    InstantText starts_;
    InstantText ends_;
    std::string text_;
};

base::Result<http::Response> free_starts(Context& context, Caller const& caller, http::Request const& request,
                                         http::Params const&) {
    TRY(auto const question, load_question(context, caller, request, longest_search));
    auto const found = schedule::free_starts(*question.calendar, question.query);
    return http::json_text(200, FreeStartsText(question, found).write());
}

base::Result<http::Response> explain(Context& context, Caller const& caller, http::Request const& request,
                                     http::Params const&) {
    TRY(auto const question, load_question(context, caller, request, longest_explanation));
    auto trace = schedule::Trace();
    schedule::free_starts(*question.calendar, question.query, &trace);
    auto instants = InstantText(question.calendar->zone);
    auto out = http::JsonWriter();
    out.begin_object().key("items").begin_array();
    for (auto const& refused : trace.refused) {
        out.begin_object().key("starts_at").text(instants.of(refused.starts_at));
        out.key("reason").text(schedule::to_text(refused.reason)).end_object();
    }
    return http::json_text(200, out.end_array().end_object().release());
}

} // namespace

void add_availability_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/availability", route(context, free_starts));
    router.add("GET", "/api/v1/availability/explain", route(context, explain));
}

} // namespace api
