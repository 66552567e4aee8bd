#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/activation.hpp"
#include "api/affected.hpp"
#include "api/changed.hpp"
#include "api/http/json.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/wire.hpp"
#include "base/money.hpp"
#include "booking/shop.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;

constexpr auto most_facts = std::size_t{50};
constexpr auto longest_notice = std::int64_t{60} * 24 * 60;
constexpr auto last_step = std::int64_t{5};

base::Result<store::BusinessRow> load(store::Tx& tx, base::BusinessId const& id) {
    auto row = store::find_business(tx, id);
    if (!row) return base::fail(base::Fault::not_found, "not_found", "There is no such business.");
    return *std::move(row);
}

base::Result<boost::json::object> as_json(store::BusinessRow const& row) {
    TRY(auto profile, booking::profile_of(row));
    return business_json(row, profile.zone);
}

base::Result<http::Response> get(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const&) {
    TRY_VOID(expect_no_query(request));
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto row, load(tx, caller.business));
        TRY(auto answer, as_json(row));
        return http::json(200, answer);
    });
}

/// A text that `good` accepts.
template <class Good>
as::TextKind checked(base::TextRule rule, Good const& good, std::string const& code, std::string const& message) {
    return [=](http::Field const& field) -> std::optional<std::string> {
        auto text = as::text(rule)(field);
        if (text && !good(*text)) return field.wrong(code, message);
        return text;
    };
}

bool is_country(std::string_view text) {
    return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// `es` or `es-ES`.
bool is_locale(std::string_view text) {
    auto const language = text.substr(0, 2);
    return language.size() == 2 && std::ranges::all_of(language, [](char c) { return c >= 'a' && c <= 'z'; }) &&
           (text.size() == 2 || (text[2] == '-' && is_country(text.substr(3))));
}

business::Fact read_fact(Reader& in) {
    return {in.required("topic", as::text({1, 60, false})), in.required("text", as::text({1, 500, true}))};
}

void read_profile(Reader& in, store::BusinessRow& row) {
    auto const is_zone = [](std::string const& name) { return base::Zone::find(name).has_value(); };
    // Some countries begin with a currency that cannot be chosen: to send it back unchanged is fine.
    auto const is_money = [present = row.currency](std::string const& code) {
        return code == present || base::is_currency(code);
    };
    set(row.name, in.changed("name", as::text(base::name_text)));
    set(row.kind, in.changed("kind", as::one_of({"hair_salon", "barber", "nails", "beauty", "clinic", "physio",
                                                 "dental", "other"})));
    set(row.country, in.changed("country", checked({1, 2, false}, is_country, "format",
                                                   "must be a country of ISO 3166-1, such as ES")));
    set(row.timezone, in.changed("timezone", checked({1, 64, false}, is_zone, "unknown_timezone",
                                                     "must be an IANA time zone, such as Europe/Madrid")));
    set(row.locale, in.changed("locale", checked({1, 5, false}, is_locale, "format", "must look like es-ES")));
    set(row.tone, in.changed("tone", as::one_of({"tu", "usted", "vos"})));
    set(row.currency,
        in.changed("currency", checked({1, 3, false}, is_money, "unknown_currency",
                                       "must be a currency of ISO 4217 that is served here, such as EUR")));
    set(row.address, in.patch("address", as::text({0, 300, true})));
    if (auto const phone = in.patch("phone", as::phone(row.country)); phone.present) {
        row.phone = phone.value ? phone.value->e164() : "";
    }
    if (auto const facts = in.patch("facts", as::list(as::object(read_fact), most_facts)); facts.present) {
        row.facts = booking::facts_text(facts.value.value_or(std::vector<business::Fact>()));
    }
}

void read_rules(Reader& in, store::BusinessRow& row) {
    set(row.buffer_minutes, in.changed("buffer_minutes", as::integer(0, 240)));
    set(row.slot_step_minutes, in.changed("slot_step_minutes", as::integer(5, 240)));
    set(row.min_notice_minutes, in.changed("min_notice_minutes", as::integer(0, longest_notice)));
    set(row.horizon_days, in.changed("horizon_days", as::integer(1, 730)));
    set(row.cancel_notice_minutes, in.changed("cancel_notice_minutes", as::integer(0, longest_notice)));
}

void read_assistant(Reader& in, store::BusinessRow& row) {
    set(row.assistant_mode, in.changed("mode", as::one_of({"off", "suggest", "after_hours", "always"})));
    set(row.assistant_name, in.patch("name", as::text({0, 60, false})));
    set(row.greeting, in.patch("greeting", as::text({0, 500, true})));
    set(row.auto_confirm, in.changed("auto_confirm", as::boolean()));
    set(row.owner_approves, in.changed("owner_approves", as::boolean()));
    set(row.paused_until_at, in.patch("paused_until", as::instant()));
}

void read_reminders(Reader& in, store::BusinessRow& row) {
    auto reminders = booking::parse_reminders(row.reminders);
    set(reminders.day_before, in.changed("day_before", as::boolean()));
    row.reminders = booking::reminders_text(reminders);
}

void read_onboarding(Reader& in, store::BusinessRow& row) {
    set(row.onboarding_step, in.changed("step", as::integer(1, last_step)));
    set(row.onboarding_completed_at, in.patch("completed_at", as::instant()));
}

/// An object of the business whose members change the row one by one.
void read_part(Reader& in, std::string_view name, void (*read)(Reader&, store::BusinessRow&), store::BusinessRow& row) {
    in.changed(name, as::object([&](Reader& part) {
                   read(part, row);
                   return true;
               }));
}

base::Result<http::Response> change(Context& context, store::Tx& tx, store::BusinessRow const& present, Reader& in) {
    auto row = present;
    row.version = read_version(in);
    read_profile(in, row);
    read_rules(in, row);
    read_part(in, "assistant", read_assistant, row);
    read_part(in, "reminders", read_reminders, row);
    read_part(in, "onboarding", read_onboarding, row);
    TRY_VOID(in.finish());
    auto stale = false;
    TRY(auto affected, affected_by(tx, row.id, context.now(), [&]() -> base::Result<void> {
            stale = !store::update_business(tx, row);
            return {};
        }));
    TRY(auto now_there, load(tx, row.id));
    TRY(auto profile, booking::profile_of(now_there));
    auto answer = business_json(now_there, profile.zone);
    if (stale) return version_conflict(answer);
    tx.note({row.id, "business.updated", row.id.text()});
    answer["affected"] = affected_json(affected, profile.zone);
    return http::json(200, answer);
}

base::Result<http::Response> patch(Context& context, Caller const& caller, http::Request const& request,
                                   http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    return context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto row, load(tx, caller.business));
        auto in = Reader(body);
        return change(context, tx, row, in);
    });
}

boost::json::array warnings_json(std::vector<base::FieldError> const& warnings) {
    auto items = boost::json::array();
    for (auto const& warning : warnings)
        items.push_back({{"field", warning.field}, {"code", warning.code}, {"message", warning.message}});
    return items;
}

/// From its first message on the assistant may be heard by customers: what is missing refuses, what is odd is said.
base::Result<http::Response> activate(Context& context, store::Tx& tx, store::BusinessRow row,
                                      std::optional<std::int64_t> version) {
    TRY(auto answer, as_json(row));
    if (version && *version != row.version) return version_conflict(answer);
    if (row.sandbox_of) {
        return base::fail(base::Fault::conflict, "is_sandbox", "A sandbox is not activated: the business itself is.");
    }
    TRY(auto const readiness, readiness_for_activation(tx, row.id, context.now()));
    if (!readiness.missing.empty()) {
        return base::fail({base::Fault::invalid, "not_ready", "Something essential is missing.", readiness.missing});
    }
    if (!row.activated_at) {
        row.activated_at = context.now();
        if (!store::update_business(tx, row)) return version_conflict(answer);
        tx.note({row.id, "business.updated", row.id.text()});
        TRY(answer, as_json(row));
    }
    answer["warnings"] = warnings_json(readiness.warnings);
    return http::json(200, answer);
}

base::Result<http::Response> post_activate(Context& context, Caller const& caller, http::Request const& request,
                                           http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, optional_object(request));
    auto in = Reader(body);
    auto const version = read_optional_version(in);
    TRY_VOID(in.finish());
    return context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto row, load(tx, caller.business));
        return activate(context, tx, std::move(row), version);
    });
}

} // namespace

void add_business_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/business", route(context, get));
    router.add("PATCH", "/api/v1/business", route(context, patch));
    router.add("POST", "/api/v1/business/activate", route(context, post_activate));
}

} // namespace api
