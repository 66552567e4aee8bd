#include "system/shop.hpp"

#include <boost/json/array.hpp>
#include <chrono>
#include <stdexcept>

namespace system_test {
namespace {

Answer expect(int status, Answer answer) {
    if (answer.status != status) {
        throw std::runtime_error("wanted " + std::to_string(status) + ", got " + std::to_string(answer.status) + ": " +
                                 answer.text);
    }
    return answer;
}

json::object every_day() {
    auto week = json::object();
    for (auto const* day : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
        week[day] = json::array{json::object{{"from", "09:00"}, {"to", "21:30"}}};
    }
    return week;
}

/// The date so many days after the one of an instant as the API writes it.
std::string days_after(std::string const& instant, int days) {
    auto const number = [&](std::size_t from, std::size_t length) { return std::stoi(instant.substr(from, length)); };
    auto const date =
        std::chrono::sys_days(std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2)) + std::chrono::days(days);
    auto const day = std::chrono::year_month_day(date);
    auto const two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return std::to_string(static_cast<int>(day.year())) + "-" + two(static_cast<unsigned>(day.month())) + "-" +
           two(static_cast<unsigned>(day.day()));
}

void configure(Client& client) {
    auto const business = expect(200, client.get("/api/v1/business"));
    expect(200, client.patch("/api/v1/business", {{"version", business.number("/version")},
                                                  {"slot_step_minutes", 15},
                                                  {"min_notice_minutes", 0},
                                                  {"horizon_days", 365}}));
    auto const hours = expect(200, client.get("/api/v1/business/hours"));
    expect(200, client.put("/api/v1/business/hours", {{"version", hours.number("/version")}, {"weekly", every_day()}}));
}

std::vector<std::string> free_starts(Client& client, std::string const& service, Plan const& plan) {
    auto const now = expect(200, client.post("/api/v1/simulator/clock", {{"advance_minutes", 0}})).at("/now");
    auto const slots = expect(200, client.get("/api/v1/availability?service_id=" + service +
                                              "&from=" + days_after(now, plan.first_day) +
                                              "&to=" + days_after(now, plan.first_day + plan.days - 1)));
    auto starts = std::vector<std::string>();
    for (auto const& slot : slots.body.at("items").as_array()) {
        starts.emplace_back(slot.at("starts_at").as_string());
    }
    return starts;
}

} // namespace

Shop open_shop(std::string const& url, Plan const& plan) {
    auto shop = Shop();
    shop.session = std::make_shared<Session>("lola@example.com", "una frase larga");
    auto client = Client(url, shop.session);
    auto founding = shop.session->credentials();
    founding["name"] = "Lola";
    founding["business_name"] = "Salón Lola";
    founding["country"] = "ES";
    shop.session->set_token(expect(201, Client(url).post("/api/v1/auth/signup", founding)).at("/access_token"));
    configure(client);
    expect(201, client.post("/api/v1/staff", {{"name", "Inés"}}));
    auto const team = expect(200, client.get("/api/v1/staff"));
    for (auto const& member : team.body.at("items").as_array()) {
        shop.staff.emplace_back(member.at("id").as_string());
    }
    shop.service =
        expect(201, client.post("/api/v1/services", {{"name", "Corte"}, {"duration_minutes", plan.duration_minutes}}))
            .at("/id");
    shop.starts = free_starts(client, shop.service, plan);
    return shop;
}

std::string spoken_day(std::string const& start) {
    static constexpr char const* months[] = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                             "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
    auto const month = std::stoul(start.substr(5, 2));
    return "el " + std::to_string(std::stoi(start.substr(8, 2))) + " de " + months[month - 1];
}

std::string spoken_time(std::string const& start) { return "a las " + start.substr(11, 5); }

std::string phone_number(int n) {
    auto const digits = std::to_string(n);
    return "+34600" + std::string(6 - digits.size(), '0') + digits;
}

} // namespace system_test
