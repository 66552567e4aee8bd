// What clients send by mistake or in bad faith: each is refused by name, and nothing is written.
#include <gmock/gmock.h>

#include "house/open_house_test.hpp"

namespace house {
namespace {

struct Case {
    std::string method;
    std::string target; ///< {staff}, {service}, {customer}: the ids of the salon
    std::string body;   ///< sent as it is
    int status;
    std::string code;
    std::string field; ///< that some error of the answer names; empty: none
    std::string field_code = {};
};

std::string text_of_length(std::size_t length) { return std::string(length, 'x'); }

std::string list_of(std::string const& element, int count) {
    auto list = element;
    for (auto i = 1; i < count; ++i) {
        list += "," + element;
    }
    return "[" + list + "]";
}

auto const business = std::string("/api/v1/business");
auto const hours = std::string("/api/v1/business/hours");
auto const exceptions = std::string("/api/v1/business/exceptions");
auto const blocks = std::string("/api/v1/blocks");
auto const services = std::string("/api/v1/services");
auto const service = std::string("/api/v1/services/{service}");
auto const staff = std::string("/api/v1/staff");
auto const bookings = std::string("/api/v1/bookings");
auto const customers = std::string("/api/v1/customers");
auto const member = std::string("/api/v1/staff/{staff}");
auto const signup = std::string("/api/v1/auth/signup");

/// 422 for one member of an otherwise valid PATCH.
Case bad_patch(std::string target, std::string name, std::string value, std::string field_code,
               std::string field = {}) {
    auto body = R"({"version": 1, ")" + name + "\": " + value + "}";
    return {"PATCH", std::move(target), std::move(body), 422, "invalid", field.empty() ? name : field, field_code};
}

Case bad_post(std::string target, std::string body, std::string field, std::string field_code) {
    return {"POST", std::move(target), std::move(body), 422, "invalid", std::move(field), std::move(field_code)};
}

Case bad_week(std::string week, std::string field, std::string field_code) {
    return {"PUT",
            hours,
            R"({"version": 2, "weekly": )" + week + "}",
            422,
            "invalid",
            std::move(field),
            std::move(field_code)};
}

Case bad_query(std::string target, std::string field, std::string field_code) {
    return {"GET", std::move(target), "", 422, "invalid", std::move(field), std::move(field_code)};
}

std::vector<Case> about_the_message() {
    return {{"PATCH", business, "{", 400, "malformed_json", ""},
            {"PATCH", business, "[]", 400, "malformed_json", ""},
            {"PATCH", business, R"({"version": 1, "version": 1})", 400, "malformed_json", ""},
            {"PATCH", business, R"({"version": 1, "name": "a\u0000b"})", 400, "malformed_json", ""},
            {"PATCH", business, R"({"version": 1e999})", 400, "malformed_json", ""},
            {"PATCH", business, std::string(64, '['), 400, "malformed_json", ""},
            {"POST", services, "name=Corte", 400, "malformed_json", ""},
            {"PATCH", business, "{}", 422, "invalid", "version", "required"},
            {"PATCH", business, R"({"version": null})", 422, "invalid", "version", "required"},
            {"PATCH", business, R"({"version": "1"})", 422, "invalid", "version", "type"},
            {"PATCH", business, R"({"version": 1.5})", 422, "invalid", "version", "type"},
            {"PATCH", business, R"({"version": 0})", 422, "invalid", "version", "out_of_range"},
            {"PATCH", business, R"({"version": 99999999999999999999})", 422, "invalid", "version", ""},
            {"PATCH", business + "?x=1", R"({"version": 1})", 422, "invalid", "x", "unknown"},
            {"GET", "/api/v1/auth/me?x=1", "", 422, "invalid", "x", "unknown"},
            {"POST", "/api/v1/auth/logout?x=1", "", 422, "invalid", "x", "unknown"},
            {"POST", "/api/v1/bookings?x=1", "{}", 422, "invalid", "x", "unknown"},
            {"POST", "/api/v1/simulator/messages?x=1", "{}", 422, "invalid", "x", "unknown"},
            {"GET", "/api/v1/events?x=1", "", 422, "invalid", "x", "unknown"},
            {"DELETE", staff, "", 405, "method_not_allowed", ""},
            {"GET", "/api/v1/nothing", "", 404, "not_found", ""}};
}

std::vector<Case> about_the_business() {
    return {bad_patch(business, "nom", "\"x\"", "unknown"),
            bad_patch(business, "id", "\"x\"", "unknown"),
            bad_patch(business, "activated_at", "null", "unknown"),
            bad_patch(business, "name", "\"\"", "too_short"),
            bad_patch(business, "name", "\"  \\t \"", "too_short"),
            bad_patch(business, "name", "null", "required"),
            bad_patch(business, "name", "7", "type"),
            bad_patch(business, "name", "\"" + text_of_length(121) + "\"", "too_long"),
            bad_patch(business, "kind", "\"bakery\"", "one_of"),
            bad_patch(business, "tone", "\"Tu\"", "one_of"),
            bad_patch(business, "country", "\"es\"", "format"),
            bad_patch(business, "country", "\"ESP\"", "too_long"),
            bad_patch(business, "timezone", "\"Europe/Atlantis\"", "unknown_timezone"),
            bad_patch(business, "timezone", "\"../../etc/passwd\"", "unknown_timezone"),
            bad_patch(business, "locale", "\"Spanish\"", "too_long"),
            bad_patch(business, "locale", "\"es_ES\"", "format"),
            bad_patch(business, "currency", "\"XXX\"", "unknown_currency"),
            bad_patch(business, "phone", "\"12\"", "invalid_phone"),
            bad_patch(business, "address", "\"" + text_of_length(301) + "\"", "too_long"),
            bad_patch(business, "buffer_minutes", "-1", "out_of_range"),
            bad_patch(business, "buffer_minutes", "241", "out_of_range"),
            bad_patch(business, "slot_step_minutes", "4", "out_of_range"),
            bad_patch(business, "slot_step_minutes", "241", "out_of_range"),
            bad_patch(business, "min_notice_minutes", "86401", "out_of_range"),
            bad_patch(business, "horizon_days", "0", "out_of_range"),
            bad_patch(business, "horizon_days", "731", "out_of_range"),
            bad_patch(business, "cancel_notice_minutes", "true", "type"),
            bad_patch(business, "facts", list_of(R"({"topic":"a","text":"b"})", 51), "too_many"),
            bad_patch(business, "facts", R"([{"topic":"a"}])", "required", "facts[0].text"),
            bad_patch(business, "facts", R"([{"topic":"a","text":"b","x":1}])", "unknown", "facts[0].x"),
            bad_patch(business, "facts", R"([{"topic":")" + text_of_length(61) + R"(","text":"b"}])", "too_long",
                      "facts[0].topic"),
            bad_patch(business, "facts", R"([{"topic":"a","text":")" + text_of_length(501) + R"("}])", "too_long",
                      "facts[0].text"),
            bad_patch(business, "assistant", "\"off\"", "type"),
            bad_patch(business, "assistant", R"({"mode":"sometimes"})", "one_of", "assistant.mode"),
            bad_patch(business, "assistant", R"({"paused_until":"tomorrow"})", "format", "assistant.paused_until"),
            bad_patch(business, "assistant", R"({"auto_confirm":"yes"})", "type", "assistant.auto_confirm"),
            bad_patch(business, "assistant", R"({"model":"x"})", "unknown", "assistant.model"),
            bad_patch(business, "reminders", R"({"day_before":null})", "required", "reminders.day_before"),
            bad_patch(business, "onboarding", R"({"step":6})", "out_of_range", "onboarding.step"),
            {"POST", business + "/activate", R"({"force":true})", 422, "invalid", "force", "unknown"}};
}

std::vector<Case> about_hours() {
    return {
        {"PUT", hours, R"({"version": 2})", 422, "invalid", "weekly", "required"},
        {"PUT", hours, R"({"version": 2, "weekly": null})", 422, "invalid", "weekly", "required"},
        {"PUT", hours + "?staff_id=nobody", R"({"version": 2, "weekly": {}})", 404, "not_found", ""},
        {"GET", hours + "?staff=x", "", 422, "invalid", "staff", "unknown"},
        bad_week(R"({"lunes": []})", "weekly.lunes", "unknown"),
        bad_week(R"({"monday": {"from":"09:00","to":"14:00"}})", "weekly.monday", "type"),
        bad_week(R"({"monday": [{"from":"9:00","to":"14:00"}]})", "weekly.monday[0].from", "format"),
        bad_week(R"({"monday": [{"from":"09:00","to":"24:01"}]})", "weekly.monday[0].to", "format"),
        bad_week(R"({"monday": [{"from":"09:00"}]})", "weekly.monday[0].to", "required"),
        bad_week(R"({"monday": [{"from":"14:00","to":"09:00"}]})", "weekly.monday", "empty_interval"),
        bad_week(R"({"monday": [{"from":"09:00","to":"09:00"}]})", "weekly.monday", "empty_interval"),
        bad_week(R"({"sunday": [{"from":"09:00","to":"12:00"},{"from":"11:00","to":"14:00"}]})", "weekly.sunday",
                 "overlap"),
        bad_week(R"({"monday": )" + list_of(R"({"from":"09:00","to":"10:00"})", 9) + "}", "weekly.monday", "too_many"),
        bad_week(R"({"monday": )" + list_of(R"({"from":"09:00","to":"10:00"})", 1000) + "}", "weekly.monday",
                 "too_many"),
        bad_post(exceptions, R"({"closed": true})", "date", "required"),
        bad_post(exceptions, R"({"date": "2026-02-30", "closed": true})", "date", "format"),
        bad_post(exceptions, R"({"date": "2026-12-25"})", "hours", "required"),
        bad_post(exceptions, R"({"date": "2026-12-25", "hours": []})", "hours", "empty"),
        bad_post(exceptions, R"({"date": "2026-12-25", "closed": true, "hours": [{"from":"09:00","to":"10:00"}]})",
                 "hours", "contradiction"),
        bad_post(exceptions, R"({"date": "2026-12-25", "closed": true, "staff_id": "nobody"})", "staff_id",
                 "unknown_staff"),
        bad_post(exceptions, R"({"date": "2026-12-25", "closed": true, "reason": ")" + text_of_length(201) + "\"}",
                 "reason", "too_long"),
        {"DELETE", exceptions + "/25", "", 404, "not_found", ""}};
}

std::vector<Case> about_blocks() {
    return {bad_post(blocks, R"({"ends_at": "2026-12-01T11:00:00Z"})", "starts_at", "required"),
            bad_post(blocks, R"({"starts_at": "2026-12-01T10:00:00", "ends_at": "2026-12-01T11:00:00Z"})", "starts_at",
                     "format"),
            bad_post(blocks, R"({"starts_at": "2026-12-01T10:00:00Z", "ends_at": "2026-12-01T10:00:00Z"})", "ends_at",
                     "out_of_range"),
            bad_post(blocks, R"({"starts_at": "2026-12-01T10:00:00Z", "ends_at": "2027-12-03T10:00:00Z"})", "ends_at",
                     "out_of_range"),
            bad_post(blocks, R"({"starts_at": "1026-12-01T10:00:00Z", "ends_at": "1026-12-01T11:00:00Z"})", "starts_at",
                     ""),
            bad_post(blocks,
                     R"({"starts_at": "2026-12-01T10:00:00Z", "ends_at": "2026-12-01T11:00:00Z", "staff_id": "x"})",
                     "staff_id", "unknown_staff"),
            bad_query(blocks + "?from=yesterday", "from", "format"),
            bad_query(blocks + "?to=2026-13-01", "to", "format")};
}

std::vector<Case> about_services() {
    return {
        bad_post(services, R"({"duration_minutes": 30})", "name", "required"),
        bad_post(services, R"({"name": "Tinte"})", "duration_minutes", "required"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 4})", "duration_minutes", "out_of_range"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 721})", "duration_minutes", "out_of_range"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": "30"})", "duration_minutes", "type"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 30, "price_kind": "from"})", "price_minor",
                 "required"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 30, "price_minor": -1})", "price_minor",
                 "out_of_range"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 30, "price_minor": 12.5})", "price_minor", "type"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 30, "staff_ids": ["{staff}", "nobody"]})",
                 "staff_ids[1]", "unknown_staff"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 30, "version": 1})", "version", "unknown"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 30, "synonyms": )" + list_of("\"a\"", 21) + "}",
                 "synonyms", "too_many"),
        bad_post(services, R"({"name": "Tinte", "duration_minutes": 30, "synonyms": ["a", 1]})", "synonyms[1]", "type"),
        bad_patch(service, "name", "null", "required"),
        bad_patch(service, "buffer_before_minutes", "241", "out_of_range"),
        bad_patch(service, "buffer_after_minutes", "null", "required"),
        bad_patch(service, "price_kind", "\"free\"", "one_of"),
        bad_patch(service, "price_kind", "\"fixed\"", "required", "price_minor"),
        bad_patch(service, "active", "1", "type"),
        bad_patch(service, "currency", "\"EUR\"", "unknown"),
        {"PATCH", services + "/nothing", R"({"version": 1})", 404, "not_found", ""},
        {"POST", services, R"({"name": "corte", "duration_minutes": 30})", 409, "already_exists", "name",
         "already_exists"},
        bad_query(services + "?limit=0", "limit", "out_of_range"),
        bad_query(services + "?limit=201", "limit", "out_of_range"),
        bad_query(services + "?limit=ten", "limit", "type"),
        bad_query(services + "?cursor=YWJj", "cursor", "format"),
        {"GET", services + "?cursor=%FF", "", 400, "malformed", ""},
        // Ranks of twenty digits, and of the smallest number there is.
        bad_query(
            "/api/v1/conversations?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTkvMDE5OGYzYTAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAx",
            "cursor", "format"),
        bad_query(
            "/api/v1/conversations?cursor=LTkyMjMzNzIwMzY4NTQ3NzU4MDgvMDE5OGYzYTAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAx",
            "cursor", "format"),
        bad_query(services + "?cursor=" + text_of_length(52), "cursor", "format"),
        bad_query(services + "?offset=3", "offset", "unknown"),
        bad_query(services + "?active=yes", "active", "type")};
}

std::vector<Case> about_lists_of_bookings() {
    return {bad_query(bookings + "?status=late", "status[0]", "one_of"),
            bad_query(bookings + "?status=", "status[0]", "one_of"),
            bad_query(bookings + "?status=pending,", "status[1]", "one_of"),
            bad_query(bookings + "?status=pending,pending,pending,pending,pending,pending", "status", "too_many"),
            bad_query(bookings + "?sort=name", "sort", "one_of"),
            bad_query(bookings + "?sort=--starts_at", "sort", "one_of"),
            bad_query(bookings + "?q=" + text_of_length(101), "q", "too_long"),
            {"GET", bookings + "?q=%FF", "", 400, "malformed", ""},
            bad_query(bookings + "?origin=fax", "origin", "one_of"),
            bad_query(bookings + "?from=2026-13-01", "from", "format"),
            bad_query(bookings + "?sort=customer_name&cursor=" + text_of_length(601), "cursor", "format"),
            bad_query(bookings + ".csv?limit=10", "limit", "unknown"),
            bad_query(bookings + ".csv?sort=name", "sort", "one_of"),
            bad_query(bookings + ".csv?cursor=x", "cursor", "unknown")};
}

std::vector<Case> about_customers() {
    auto const somebody = std::string("/api/v1/customers/{customer}");
    auto const patch = [&](std::string name, std::string value, std::string field_code) {
        return bad_patch(somebody, std::move(name), std::move(value), std::move(field_code));
    };
    auto const merge = [&](std::string members, std::string field, std::string field_code) {
        return bad_post(somebody + "/merge", "{" + members + "}", std::move(field), std::move(field_code));
    };
    return {
        bad_post(customers, "{}", "name", "required"),
        bad_post(customers, R"({"name": null, "phone": null})", "name", "required"),
        bad_post(customers, R"({"name": " "})", "name", "too_short"),
        bad_post(customers, R"({"name": "x", "phone": "12"})", "phone", "invalid_phone"),
        bad_post(customers, R"({"name": "x", "phone": 600111222})", "phone", "type"),
        bad_post(customers, R"({"name": "x", "language": "fr"})", "language", "one_of"),
        bad_post(customers, R"({"name": "x", "opt_out": null})", "opt_out", "required"),
        bad_post(customers, R"({"name": "x", "version": 1})", "version", "unknown"),
        bad_post(customers, R"({"name": "x", "opt_out_at": null})", "opt_out_at", "unknown"),
        bad_post(customers, R"({"name": "x", "notes": ")" + text_of_length(2001) + "\"}", "notes", "too_long"),
        {"PATCH", somebody, R"({"name": "x"})", 422, "invalid", "version", "required"},
        patch("name", "\"\"", "too_short"),
        patch("name", "\"" + text_of_length(121) + "\"", "too_long"),
        patch("phone", "\"+34\"", "invalid_phone"),
        patch("notes", "[]", "type"),
        patch("opt_out", "\"yes\"", "type"),
        patch("opt_out", "null", "required"),
        patch("id", "\"x\"", "unknown"),
        merge(R"("version": 1)", "other_id", "required"),
        merge(R"("version": 1, "other_id": "x")", "other_version", "required"),
        merge(R"("version": 1, "other_id": "{customer}", "other_version": 1)", "other_id", "same_customer"),
        merge(R"("version": 1, "other_id": 7, "other_version": 0)", "other_version", "out_of_range"),
        {"POST", somebody + "/merge", R"({"version": 1, "other_id": "x", "other_version": 1})", 404, "not_found", ""},
        bad_query(customers + "?sort=phone", "sort", "one_of"),
        bad_query(customers + "?q=" + text_of_length(101), "q", "too_long"),
        bad_query(customers + "?limit=201", "limit", "out_of_range"),
        bad_query(customers + "?cursor=YWJj", "cursor", "format"),
        {"DELETE", somebody + "?cancel_bookings=maybe", "", 422, "invalid", "cancel_bookings", "type"},
        {"DELETE", somebody + "?force=true", "", 422, "invalid", "force", "unknown"},
        {"DELETE", customers + "/nobody", "", 404, "not_found", ""}};
}

std::vector<Case> about_staff() {
    return {bad_post(staff, "{}", "name", "required"),
            bad_post(staff, R"({"name": "Bea", "color": "red"})", "color", "too_short"),
            bad_post(staff, R"({"name": "Bea", "color": "#12345g"})", "color", "format"),
            bad_post(staff, R"({"name": "Bea", "id": "x"})", "id", "unknown"),
            bad_patch(member, "name", "\"" + text_of_length(121) + "\"", "too_long"),
            bad_patch(member, "active", "null", "required"),
            bad_patch(member, "own_hours", "true", "unknown"),
            {"PATCH", member, R"({"version": 1, "active": false})", 409, "last_staff", ""},
            {"DELETE", member, "", 409, "last_staff", ""},
            {"DELETE", staff + "/nobody", "", 404, "not_found", ""}};
}

std::vector<Case> about_accounts() {
    auto const with = [](std::string email, std::string password, std::string more = "") {
        return R"({"email": ")" + email + R"(", "password": ")" + password + R"(", "name": "Eva")" + more + "}";
    };
    auto const good = std::string("otra frase larga");
    return {
        bad_post(signup, "{}", "email", "required"),
        bad_post(signup, with("eva", good), "email", "invalid_email"),
        bad_post(signup, with("eva@example.com", "corta"), "password", "too_short"),
        bad_post(signup, with("eva@example.com", text_of_length(129)), "password", "too_long"),
        bad_post(signup, with("eva@example.com", good, R"(, "timezone": "Mars/Base")"), "timezone", "unknown_timezone"),
        bad_post(signup, with("eva@example.com", good, R"(, "country": "es")"), "country", "format"),
        bad_post(signup, with("eva@example.com", good, R"(, "role": "admin")"), "role", "unknown"),
        bad_post("/api/v1/auth/login", R"({"email": "eva@example.com"})", "password", "required"),
        bad_post("/api/v1/auth/switch", R"({"business_id": 7})", "business_id", "type")};
}

class BadInput : public OpenHouse {
protected:
    void check(std::vector<Case> const& cases) {
        auto client = owner();
        open_every_day(client);
        auto const ana = client.post(customers, json::object{{"name", "Ana"}});
        auto const ids = Ids{{"{staff}", first_staff(client)},
                             {"{service}", add_service(client, "Corte")},
                             {"{customer}", ana.text_at("/id")}};
        auto const before = state_of(client);
        for (auto const& wanted : cases) {
            auto const answer = client.send(wanted.method, with_ids(wanted.target, ids), with_ids(wanted.body, ids));
            expect(wanted, answer);
        }
        EXPECT_EQ(state_of(client), before) << "something was written";
    }

private:
    using Ids = std::vector<std::pair<std::string, std::string>>;

    static std::string with_ids(std::string text, Ids const& ids) {
        for (auto const& [mark, id] : ids) {
            if (auto const at = text.find(mark); at != text.npos) text.replace(at, mark.size(), id);
        }
        return text;
    }

    static void expect(Case const& wanted, Answer const& answer) {
        auto const trace = wanted.method + " " + wanted.target + " " + wanted.body.substr(0, 200) + "\n" + answer.text;
        EXPECT_EQ(answer.status, wanted.status) << trace;
        if (!wanted.code.empty()) {
            EXPECT_EQ(answer.code(), wanted.code) << trace;
        }
        auto found = wanted.field.empty();
        auto const* errors = answer.body.is_object() ? answer.body.as_object().if_contains("errors") : nullptr;
        for (auto const& error : errors == nullptr ? json::array() : errors->as_array()) {
            found = found || (error.at("field") == json::value(wanted.field) &&
                              (wanted.field_code.empty() || error.at("code") == json::value(wanted.field_code)));
        }
        EXPECT_TRUE(found) << "no error " << wanted.field_code << " on " << wanted.field << "\n" << trace;
    }

    static std::string state_of(TestClient& client) {
        auto state = std::string();
        for (auto const& path : {business, hours, exceptions, blocks, services, staff, customers}) {
            state += client.get(path).text + "\n";
        }
        return state;
    }
};
APUNTA_ON_EACH_ENGINE(BadInput);

TEST_P(BadInput, AboutTheMessageIsRefused) { check(about_the_message()); }
TEST_P(BadInput, AboutTheBusinessIsRefused) { check(about_the_business()); }
TEST_P(BadInput, AboutHoursIsRefused) { check(about_hours()); }
TEST_P(BadInput, AboutBlocksIsRefused) { check(about_blocks()); }
TEST_P(BadInput, AboutServicesIsRefused) { check(about_services()); }
TEST_P(BadInput, AboutListsOfBookingsIsRefused) { check(about_lists_of_bookings()); }
TEST_P(BadInput, AboutCustomersIsRefused) { check(about_customers()); }
TEST_P(BadInput, AboutStaffIsRefused) { check(about_staff()); }
TEST_P(BadInput, AboutAccountsIsRefused) { check(about_accounts()); }

TEST_P(BadInput, OfAnotherTypeOrTooLargeIsRefused) {
    auto client = owner();
    auto const send = [&](std::string body, std::string type) {
        return client.send("PATCH", business, body, {{"Content-Type", std::move(type)}});
    };
    EXPECT_EQ(send(R"({"version": 1})", "text/plain").status, 415);
    EXPECT_EQ(send(R"({"version": 1})", "application/x-www-form-urlencoded").code(), "unsupported_media_type");
    EXPECT_EQ(send(R"({"version": 1, "name": ")" + text_of_length(1 << 20) + "\"}", "application/json").status, 413);
    EXPECT_EQ(send(R"({"version": 1})", "application/json; charset=utf-8").status, 200);
}

} // namespace
} // namespace house
