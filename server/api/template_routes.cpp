#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/http/json.hpp"
#include "api/http/reader.hpp"
#include "api/routes.hpp"
#include "api/wire.hpp"
#include "booking/shop.hpp"
#include "business/templates.hpp"

namespace api {
namespace {

namespace as = http::as;
using business::Language;

/// Members as POST /services takes them, so that an item can be sent as it is.
boost::json::object item_json(business::Service const& service) {
    auto synonyms = boost::json::array();
    for (auto const& synonym : service.synonyms)
        synonyms.emplace_back(synonym);
    return {{"name", service.name},
            {"category", service.category},
            {"synonyms", std::move(synonyms)},
            {"duration_minutes", service.duration.count()},
            {"buffer_before_minutes", service.buffer_before.count()},
            {"buffer_after_minutes", service.buffer_after.count()},
            {"price_minor", nullptr},
            {"price_kind", business::to_text(service.price_kind)}};
}

boost::json::object template_json(business::Kind kind, Language language, std::string const& country) {
    auto const found = business::template_of(kind, language, country);
    auto services = boost::json::array();
    for (auto const& service : found.services)
        services.push_back(item_json(service));
    return {{"kind", business::to_text(kind)},
            {"locale", language == Language::es ? "es" : "en"},
            {"country", country},
            {"weekly", weekly_json(found.weekly)},
            {"services", std::move(services)}};
}

/// `es`, or `es-MX`: the country of a locale is not that of the business.
std::optional<Language> language_of(std::string_view locale) {
    if (locale == "es" || locale.starts_with("es-")) return Language::es;
    if (locale == "en" || locale.starts_with("en-")) return Language::en;
    return std::nullopt;
}

bool is_country(std::string_view text) {
    return text.size() == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z';
}

/// What is not asked for is as the business has it.
base::Result<http::Response> get(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const&) {
    TRY(auto const profile,
        context.database.read([&](store::Tx& tx) { return booking::load_profile(tx, caller.business); }));
    auto in = http::Reader(request.query);
    auto const kind = in.optional(
        "kind", as::one_of({"hair_salon", "barber", "nails", "beauty", "clinic", "physio", "dental", "other"}));
    auto const locale = in.optional("locale", as::text({2, 5, false}));
    auto const country = in.optional("country", as::text({2, 2, false}));
    auto const language = language_of(locale.value_or(profile.locale));
    if (locale && !language) in.refuse("locale", "unknown_locale", "must be es or en, such as es-MX");
    if (country && !is_country(*country)) {
        in.refuse("country", "format", "must be a country of ISO 3166-1, such as ES");
    }
    TRY_VOID(in.finish());
    auto const wanted = kind ? business::parse_kind(*kind).value_or(profile.kind) : profile.kind;
    return http::json(200, template_json(wanted, language.value_or(Language::es), country.value_or(profile.country)));
}

} // namespace

void add_template_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/templates", route(context, get));
}

} // namespace api
