#include "api/context.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "store/idempotency.hpp"

namespace api {
namespace {

constexpr auto longest_key = std::size_t{200};
constexpr auto bearer = std::string_view("Bearer ");

base::Result<Caller> authenticate(Context& context, http::Request const& request) {
    auto header = request.headers["authorization"];
    if (!header.starts_with(bearer)) {
        return base::fail(base::Fault::unauthorized, "unauthorized", "an access token is needed");
    }
    TRY(auto claims, context.accounts.authenticate(header.substr(bearer.size())));
    return Caller{claims.account, claims.business, claims.session, claims.role};
}

/// A database refuses what is not UTF-8.
bool is_plain(std::string_view key) {
    return std::ranges::all_of(key, [](char c) { return c >= ' ' && c < 0x7f; });
}

/// What makes two requests the same request.
std::string fingerprint(http::Request const& request) {
    return base::hash(request.method + "\n" + request.target + "\n" + request.body);
}

base::Result<http::Response> first_answer(store::RememberedAnswer const& known, std::string const& hash) {
    if (known.request_hash != hash) {
        return base::fail(base::Fault::invalid, "idempotency_mismatch",
                          "this Idempotency-Key was used for another request");
    }
    return http::Response::text(static_cast<int>(known.status), "application/json", known.body);
}

} // namespace

http::RouteHandler open_route(Context& context, PublicRoute route) {
    return [&context, route](http::Request const& request, http::Params const& params) {
        return route(context, request, params);
    };
}

http::RouteHandler route(Context& context, Route route) {
    return [&context, route](http::Request const& request, http::Params const& params) -> base::Result<http::Response> {
        TRY(auto caller, authenticate(context, request));
        request.caller = {caller.business.text(), caller.session.text()};
        if (auto too_often = context.limits.request(caller.session)) return *std::move(too_often);
        return route(context, caller, request, params);
    };
}

base::Result<http::Response> create(Context& context, Caller const& caller, http::Request const& request,
                                    std::function<base::Result<http::Response>(store::Tx&)> const& effect) {
    auto key = request.headers["idempotency-key"];
    if (key.empty()) return context.database.write(effect);
    if (key.size() > longest_key) return base::fail_field("Idempotency-Key", "too_long", "at most 200 characters");
    if (!is_plain(key)) return base::fail_field("Idempotency-Key", "format", "only printable ASCII characters");
    auto hash = fingerprint(request);
    auto const kept_key = base::hash(key); // some clients make theirs of what is nobody else's business
    auto once = [&](store::Tx& tx) -> base::Result<http::Response> {
        if (auto known = store::find_answer(tx, caller.business, caller.account.text(), kept_key)) {
            return first_answer(*known, hash);
        }
        TRY(auto response, effect(tx));
        store::remember_answer(tx, caller.business, caller.account.text(), kept_key,
                               {hash, response.status, response.body}, context.system_clock.now());
        return response;
    };
    auto answer = context.database.write(once);
    // Two at the same time: the second could not be remembered and was undone; by now the first answer is there.
    if (!answer && answer.error().code == "already_exists") answer = context.database.write(once);
    return answer;
}

} // namespace api
