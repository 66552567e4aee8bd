#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <fmt/format.h>

#include "api/http/json.hpp"
#include "api/http/reader.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/same_origin.hpp"
#include "api/wire.hpp"
#include "booking/rows.hpp"
#include "business/founding.hpp"
#include "store/business.hpp"
#include "store/outbox.hpp"
#include "whatsapp/simulator.hpp"

namespace api {
namespace {

namespace as = http::as;

constexpr auto cookie_name = std::string_view("apunta_refresh");
constexpr auto cookie_path = "/api/v1/auth";
constexpr auto unlimited_text = base::TextRule{1, 1024, false};

accounts::Device device_of(http::Request const& request, Client const& client) {
    auto agent = base::clean_text(request.headers["user-agent"], {0, 400, false});
    return {agent ? *agent : std::string(), client.address};
}

std::string cookie(Context const& context, std::string_view value, std::int64_t seconds) {
    return fmt::format("{}={}; Path={}; Max-Age={}; HttpOnly; SameSite=Strict{}", cookie_name, value, cookie_path,
                       seconds, context.settings.secure_cookies ? "; Secure" : "");
}

/// The value of our cookie in `Cookie: a=b; apunta_refresh=…`.
std::string refresh_cookie(http::Request const& request) {
    auto rest = request.headers["cookie"];
    while (!rest.empty()) {
        auto end = rest.find(';');
        auto part = rest.substr(0, end);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        if (part.starts_with(cookie_name) && part.size() > cookie_name.size() && part[cookie_name.size()] == '=') {
            return std::string(part.substr(cookie_name.size() + 1));
        }
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return {};
}

boost::json::object account_json(store::AccountRow const& account) {
    return {{"id", account.id.text()}, {"version", account.version}, {"email", account.email}, {"name", account.name}};
}

base::Result<store::BusinessRow> business_row(store::Tx& tx, base::BusinessId const& id) {
    auto row = store::find_business(tx, id);
    if (!row) return base::fail(base::Fault::not_found, "not_found", "no such business");
    return *std::move(row);
}

base::Result<http::Response> granted(Context& context, int status, accounts::Grant const& grant) {
    TRY(auto row, context.database.read([&](store::Tx& tx) { return business_row(tx, grant.business); }));
    auto seconds = std::chrono::duration_cast<base::Seconds>(accounts::access_token_time).count();
    auto response = http::json(status, boost::json::object{{"access_token", grant.access_token},
                                                           {"expires_in", seconds},
                                                           {"account", account_json(grant.account)},
                                                           {"business", business_summary(row)}});
    if (!grant.refresh_token.empty()) {
        auto life = std::chrono::duration_cast<base::Seconds>(grant.refresh_expires_at - context.system_clock.now());
        response.set("set-cookie", cookie(context, grant.refresh_token, life.count()));
    }
    return response;
}

struct SignUp {
    std::string email;
    std::string password;
    std::string name;
    business::Founding founding;
};

base::Result<SignUp> read_sign_up(http::Request const& request) {
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto wish = SignUp();
    wish.email = in.required("email", as::text({1, 254, false}));
    wish.password = in.required("password", as::text(unlimited_text));
    wish.name = in.required("name", as::text(base::name_text));
    wish.founding.name = in.optional("business_name", as::text(base::name_text)).value_or(wish.name);
    wish.founding.country = in.optional("country", as::text({2, 2, false})).value_or("ES");
    wish.founding.timezone = in.optional("timezone", as::text({1, 64, false}));
    if (auto email = accounts::clean_email(wish.email)) {
        wish.email = *email;
    } else if (!wish.email.empty()) {
        in.refuse("email", "invalid_email", "must be an e-mail address such as ana@example.com");
    }
    if (auto good = accounts::check_password(wish.password, {wish.email, wish.name}); !good && !wish.password.empty()) {
        auto const& why = good.error().fields.front();
        in.refuse("password", why.code, why.message);
    }
    TRY_VOID(in.finish());
    return wish;
}

/// Account, business, membership and one staff member with the account's name; in a demo also a simulator.
base::Result<accounts::Grant> found(Context& context, store::Tx& tx, SignUp const& wish, std::string const& hash,
                                    accounts::Device const& device) {
    auto now = context.system_clock.now();
    auto business = base::BusinessId::make(now, context.random);
    TRY(auto profile, business::found(business, wish.founding));
    TRY(auto account, context.accounts.add(tx, wish.email, wish.name, hash));
    auto row = booking::row_of(profile, store::BusinessRow());
    row.id = business;
    row.reminders = booking::reminders_text({});
    row.created_at = context.now();
    store::insert_business(tx, row);
    store::insert_membership(tx, business, account.id, "owner", now);
    auto staff = store::StaffRow();
    staff.id = base::StaffId::make(now, context.random);
    staff.name = wish.name;
    staff.created_at = context.now();
    store::insert_staff(tx, business, staff);
    if (context.settings.demo) {
        store::insert_channel(tx, business, {whatsapp::simulator_channel, "online", std::nullopt}, context.now());
    }
    return context.accounts.open_session(tx, account, business, device);
}

base::Result<http::Response> sign_up(Context& context, http::Request const& request, http::Params const&) {
    TRY_VOID(same_origin(context, request));
    TRY_VOID(expect_no_query(request));
    TRY(auto wish, read_sign_up(request));
    auto client = context.limits.client(request);
    if (auto too_often = context.limits.sign_up(client, wish.email)) return *std::move(too_often);
    TRY(auto hash, context.accounts.passwords().hash(wish.password));
    auto device = device_of(request, client);
    auto grant = context.database.write([&](store::Tx& tx) { return found(context, tx, wish, hash, device); });
    // Two sign-ups at the same moment: the database lets one of them in.
    if (!grant && grant.error().code == "already_exists") {
        return base::fail(base::Fault::conflict, "email_taken", "there is an account with this e-mail already");
    }
    if (!grant) return base::fail(grant.error());
    return granted(context, 201, *grant);
}

base::Result<http::Response> login(Context& context, http::Request const& request, http::Params const&) {
    TRY_VOID(same_origin(context, request));
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto email = in.required("email", as::text({1, 254, false}));
    auto password = in.required("password", as::text(unlimited_text));
    TRY_VOID(in.finish());
    if (auto cleaned = accounts::clean_email(email)) email = *cleaned;
    auto client = context.limits.client(request);
    if (auto too_often = context.limits.password(client, email)) return *std::move(too_often);
    auto grant = context.accounts.login(email, password, device_of(request, client));
    context.logins.add({grant ? "ok" : std::string_view(grant.error().code)});
    if (!grant) return base::fail(grant.error());
    context.limits.passed(client, email);
    return granted(context, 200, *grant);
}

base::Result<http::Response> refresh(Context& context, http::Request const& request, http::Params const&) {
    TRY_VOID(same_origin(context, request));
    TRY_VOID(expect_no_query(request));
    auto token = refresh_cookie(request);
    if (token.empty()) return base::fail(base::Fault::unauthorized, "refresh_invalid", "there is no refresh cookie");
    TRY(auto grant, context.accounts.refresh(token));
    return granted(context, 200, grant);
}

base::Result<http::Response> logout(Context& context, http::Request const& request, http::Params const&) {
    TRY_VOID(same_origin(context, request));
    TRY_VOID(expect_no_query(request));
    TRY_VOID(context.accounts.logout(refresh_cookie(request)));
    return http::Response::empty().set("set-cookie", cookie(context, "", 0));
}

base::Result<http::Response> switch_business(Context& context, Caller const& caller, http::Request const& request,
                                             http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto wanted = in.required("business_id", as::token());
    TRY_VOID(in.finish());
    auto business = base::BusinessId::parse(wanted);
    if (!business) return base::fail(base::Fault::not_found, "not_found", "no such business");
    TRY(auto grant, context.accounts.switch_business(caller.session, *business));
    return granted(context, 200, grant);
}

base::Result<http::Response> me(Context& context, Caller const& caller, http::Request const& request,
                                http::Params const&) {
    TRY_VOID(expect_no_query(request));
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        auto account = store::find_account(tx, caller.account);
        if (!account) return base::fail(base::Fault::unauthorized, "token_invalid", "the account is gone");
        TRY(auto row, business_row(tx, caller.business));
        auto businesses = boost::json::array();
        for (auto const& member : store::memberships(tx, caller.account)) {
            businesses.push_back({{"id", member.business.text()},
                                  {"name", member.business_name},
                                  {"role", member.role},
                                  {"sandbox", member.sandbox}});
        }
        return http::json(200, boost::json::object{{"account", account_json(*account)},
                                                   {"business", business_summary(row)},
                                                   {"businesses", std::move(businesses)},
                                                   {"role", caller.role}});
    });
}

base::Result<http::Response> patch_me(Context& context, Caller const& caller, http::Request const& request,
                                      http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto const version = read_version(in);
    auto const name = in.changed("name", as::text(base::name_text));
    TRY_VOID(in.finish());
    auto stale = std::optional<http::Response>();
    TRY_VOID(context.database.write([&](store::Tx& tx) -> base::Result<void> {
        stale.reset();
        auto account = store::lock_account(tx, caller.account);
        if (!account) return base::fail(base::Fault::unauthorized, "token_invalid", "the account is gone");
        if (account->version != version) {
            stale = version_conflict(account_json(*account));
        } else if (name) {
            store::set_account_name(tx, caller.account, *name);
        }
        return {};
    }));
    return stale ? *std::move(stale) : me(context, caller, request, params);
}

base::Result<http::Response> list_sessions(Context& context, Caller const& caller, http::Request const& request,
                                           http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto sessions, context.accounts.sessions(caller.account));
    auto utc = base::Zone();
    auto items = boost::json::array();
    for (auto const& session : sessions) {
        items.push_back({{"id", session.id.text()},
                         {"user_agent", session.user_agent},
                         {"remote_address", session.remote_address},
                         {"created_at", utc.format(session.created_at)},
                         {"used_at", utc.format(session.used_at)},
                         {"expires_at", utc.format(session.expires_at)},
                         {"current", session.id == caller.session}});
    }
    return http::json(200, boost::json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

base::Result<http::Response> revoke_session(Context& context, Caller const& caller, http::Request const& request,
                                            http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    auto session = base::SessionId::parse(params["id"]);
    if (!session) return base::fail(base::Fault::not_found, "not_found", "no such session");
    TRY_VOID(context.accounts.revoke(caller.account, *session));
    return http::Response::empty();
}

} // namespace

void add_auth_routes(http::Router& router, Context& context) {
    router.add("POST", "/api/v1/auth/signup", open_route(context, sign_up));
    router.add("POST", "/api/v1/auth/login", open_route(context, login));
    router.add("POST", "/api/v1/auth/refresh", open_route(context, refresh));
    router.add("POST", "/api/v1/auth/logout", open_route(context, logout));
    router.add("POST", "/api/v1/auth/switch", route(context, switch_business));
    router.add("GET", "/api/v1/auth/me", route(context, me));
    router.add("PATCH", "/api/v1/auth/me", route(context, patch_me));
    router.add("GET", "/api/v1/auth/sessions", route(context, list_sessions));
    router.add("DELETE", "/api/v1/auth/sessions/{id}", route(context, revoke_session));
}

} // namespace api
