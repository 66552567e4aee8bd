#include "api/http/json.hpp"
#include "api/http/reader.hpp"
#include "api/language_of.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/same_origin.hpp"

namespace api {
namespace {

namespace as = http::as;

constexpr auto unlimited_text = base::TextRule{1, 1024, false};

/// Of the languages that mails are written in, the one that the client likes best; Spanish when it names neither.
std::string language_of_mail(http::Request const& request) {
    return language_of(request.headers["accept-language"], Language::es) == Language::en ? "en" : "es";
}

base::Result<http::Response> change(Context& context, Caller const& caller, http::Request const& request,
                                    http::Params const&) {
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto const current = in.required("current_password", as::text(unlimited_text));
    auto const password = in.required("password", as::text(unlimited_text));
    TRY_VOID(in.finish());
    auto const client = context.limits.client(request);
    auto const& account = caller.account.text();
    if (auto too_often = context.limits.password(client, account)) return *std::move(too_often);
    TRY_VOID(context.accounts.change_password(caller.account, caller.session, current, password));
    context.limits.passed(client, account);
    return http::Response::empty();
}

/// The same for every e-mail: whether there is an account is found out later, by who sends the mail.
base::Result<http::Response> forgot(Context& context, http::Request const& request, http::Params const&) {
    TRY_VOID(same_origin(context, request));
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto const written = in.required("email", as::text({1, 254, false}));
    TRY_VOID(in.finish());
    TRY(auto email, accounts::clean_email(written));
    if (context.password_resets == nullptr) {
        return base::fail(base::Fault::conflict, "no_mail",
                          "This server sends no mail. Its operator can set a new password.");
    }
    if (auto too_often = context.limits.forgot(context.limits.client(request), email)) return *std::move(too_often);
    TRY_VOID(context.database.write(
        [&](store::Tx& tx) { return context.password_resets->request(tx, email, language_of_mail(request)); }));
    context.wake_mail();
    return http::Response::empty(202);
}

base::Result<http::Response> reset(Context& context, http::Request const& request, http::Params const&) {
    TRY_VOID(same_origin(context, request));
    TRY_VOID(expect_no_query(request));
    TRY(auto body, http::json_object(request));
    auto in = http::Reader(body);
    auto const token = in.required("token", as::text({1, 200, false}));
    auto const password = in.required("password", as::text(unlimited_text));
    TRY_VOID(in.finish());
    TRY_VOID(context.accounts.reset_password_by_token(token, password));
    return http::Response::empty();
}

} // namespace

void add_password_routes(http::Router& router, Context& context) {
    router.add("POST", "/api/v1/auth/password", route(context, change));
    router.add("POST", "/api/v1/auth/password/forgot", open_route(context, forgot));
    router.add("POST", "/api/v1/auth/password/reset", open_route(context, reset));
}

} // namespace api
