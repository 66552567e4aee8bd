#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/affected.hpp"
#include "api/changed.hpp"
#include "api/http/json.hpp"
#include "api/paging.hpp"
#include "api/read_hours.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/wire.hpp"
#include "base/money.hpp"
#include "booking/shop.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;

constexpr auto most_synonyms = std::size_t{20};
constexpr auto most_staff = std::size_t{200};

std::string key_of(store::ServiceRow const& row) { return sort_key(row.position, row.id.text()); }

/// nullopt for an id that is malformed, unknown, archived, or another tenant's.
std::optional<store::ServiceRow> find(store::Tx& tx, base::BusinessId const& business, std::string_view text) {
    auto const id = base::ServiceId::parse(text);
    auto row = id ? store::find_service(tx, business, *id) : std::nullopt;
    if (row && row->archived_at) return std::nullopt;
    return row;
}

base::Result<http::Response> list(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    auto in = Reader(request.query);
    auto const active = in.optional("active", as::boolean());
    auto const page = read_page(in);
    TRY_VOID(in.finish());
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto profile, booking::load_profile(tx, caller.business));
        auto rows = store::list_services(tx, caller.business);
        std::erase_if(rows, [&](auto const& row) { return active && row.active != *active; });
        auto const cut = slice(rows, page, key_of);
        auto items = boost::json::array();
        for (auto const& row : cut.rows) {
            items.push_back(service_json(row, profile.currency));
        }
        return http::json(200, page_json(std::move(items), cut.next_cursor));
    });
}

base::Result<http::Response> get(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        auto const row = find(tx, caller.business, params["id"]);
        if (!row) return not_found();
        TRY(auto profile, booking::load_profile(tx, caller.business));
        return http::json(200, service_json(*row, profile.currency));
    });
}

/// null = everybody; each id that names nobody is noted under its own place in the list.
void read_performers(Reader& in, store::Tx& tx, base::BusinessId const& business, store::ServiceRow& row) {
    auto const member = [&](http::Field const& field) -> std::optional<base::StaffId> {
        auto const id = as::token()(field);
        if (!id) return std::nullopt;
        auto const staff = find_unarchived_staff(tx, business, *id);
        if (!staff) return field.wrong("unknown_staff", "names nobody who works here");
        return staff->id;
    };
    auto const performers = in.patch("staff_ids", as::list(member, most_staff));
    if (!performers.present) return;
    row.everyone = !performers.value;
    row.staff = performers.value.value_or(std::vector<base::StaffId>());
    std::ranges::sort(row.staff);
    row.staff.erase(std::ranges::unique(row.staff).begin(), row.staff.end());
}

/// A kind that says a price needs one. Without a word about it, a service with a price costs that.
void read_price(Reader& in, store::ServiceRow& row) {
    set(row.price_minor, in.patch("price_minor", as::integer(0, base::max_minor)));
    auto const kind = in.changed("price_kind", as::one_of({"fixed", "from", "ask"}));
    set(row.price_kind, kind);
    if (row.price_kind.empty()) row.price_kind = row.price_minor ? "fixed" : "ask";
    if (row.price_kind != "ask" && !row.price_minor) {
        in.refuse("price_minor", "required", "is required unless price_kind is ask");
    }
}

/// What POST and PATCH have in common.
void read_details(Reader& in, store::Tx& tx, base::BusinessId const& business, store::ServiceRow& row) {
    set(row.category, in.patch("category", as::text({0, 60, false})));
    auto const synonyms = in.patch("synonyms", as::list(as::text({1, 60, false}), most_synonyms));
    if (synonyms.present) row.synonyms = booking::synonyms_text(synonyms.value.value_or(std::vector<std::string>()));
    set(row.buffer_before_minutes, in.changed("buffer_before_minutes", as::integer(0, 240)));
    set(row.buffer_after_minutes, in.changed("buffer_after_minutes", as::integer(0, 240)));
    set(row.active, in.changed("active", as::boolean()));
    read_price(in, row);
    read_performers(in, tx, business, row);
}

/// The database keeps names apart, also between two requests at the same moment; here the field gets its name.
base::Result<http::Response> with_unique_name(base::Result<http::Response> answer) {
    if (answer || answer.error().code != "already_exists") return answer;
    return already_exists("name", "There is a service of this name already.");
}

base::Result<http::Response> add(Context& context, store::Tx& tx, Caller const& caller,
                                 boost::json::object const& body) {
    TRY(auto profile, booking::load_profile(tx, caller.business));
    auto in = Reader(body);
    auto row = store::ServiceRow();
    row.synonyms = booking::synonyms_text({});
    row.buffer_after_minutes = profile.rules.buffer.count();
    row.name = in.required("name", as::text(base::name_text));
    row.duration_minutes = in.required("duration_minutes", as::integer(5, 720));
    read_details(in, tx, caller.business, row);
    TRY_VOID(in.finish());
    auto const there = store::list_services(tx, caller.business);
    row.id = base::ServiceId::make(context.system_clock.now(), context.random);
    row.name_folded = base::fold(row.name);
    row.position = there.empty() ? 0 : there.back().position + 1;
    row.created_at = context.now();
    store::insert_service(tx, caller.business, row);
    tx.note({caller.business, "service.updated", row.id.text()});
    return http::json(201, service_json(row, profile.currency));
}

base::Result<http::Response> post(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    auto const effect = [&](store::Tx& tx) { return add(context, tx, caller, body); };
    return with_unique_name(create(context, caller, request, effect));
}

/// Writes the row and answers what it touches; stale: nothing was written.
base::Result<http::Response> save(Context& context, store::Tx& tx, Caller const& caller, store::ServiceRow row) {
    auto stale = false;
    TRY(auto affected, affected_by(tx, caller.business, context.now(), [&]() -> base::Result<void> {
            stale = !store::update_service(tx, caller.business, row);
            return {};
        }));
    TRY(auto profile, booking::load_profile(tx, caller.business));
    if (stale) {
        auto const now_there = find(tx, caller.business, row.id.text());
        if (!now_there) return not_found();
        return version_conflict(service_json(*now_there, profile.currency));
    }
    tx.note({caller.business, "service.updated", row.id.text()});
    auto const touched = affected_json(affected, profile.zone);
    if (row.archived_at) return http::json(200, boost::json::object{{"affected", touched}});
    auto answer = service_json(row, profile.currency);
    answer["affected"] = touched;
    return http::json(200, answer);
}

base::Result<http::Response> patch(Context& context, Caller const& caller, http::Request const& request,
                                   http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    return with_unique_name(context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        auto row = find(tx, caller.business, params["id"]);
        if (!row) return not_found();
        auto in = Reader(body);
        row->version = read_version(in);
        set(row->name, in.changed("name", as::text(base::name_text)));
        set(row->duration_minutes, in.changed("duration_minutes", as::integer(5, 720)));
        read_details(in, tx, caller.business, *row);
        TRY_VOID(in.finish());
        row->name_folded = base::fold(row->name);
        return save(context, tx, caller, *std::move(row));
    }));
}

base::Result<http::Response> archive(Context& context, Caller const& caller, http::Request const& request,
                                     http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    return context.database.write([&](store::Tx& tx) -> base::Result<http::Response> {
        auto row = find(tx, caller.business, params["id"]);
        if (!row) return not_found();
        row->archived_at = context.now();
        return save(context, tx, caller, *std::move(row));
    });
}

} // namespace

void add_service_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/services", route(context, list));
    router.add("POST", "/api/v1/services", route(context, post));
    router.add("GET", "/api/v1/services/{id}", route(context, get));
    router.add("PATCH", "/api/v1/services/{id}", route(context, patch));
    router.add("DELETE", "/api/v1/services/{id}", route(context, archive));
}

} // namespace api
