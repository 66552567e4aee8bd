#include "system/customer.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>

#include "system/shop.hpp"

namespace system_test {
namespace {

constexpr auto most_exchanges = 12;
constexpr auto longest_silence = std::chrono::minutes(2);

bool has(std::string const& text, std::string_view part) { return text.find(part) != text.npos; }

std::vector<std::string> first_words(Opening opening, Wish const& wish) {
    switch (opening) {
    case Opening::at_once: return {"Hola, quiero un corte " + spoken_day(wish.start) + " " + spoken_time(wish.start)};
    case Opening::by_menu: return {"hola"};
    case Opening::in_pieces: return {"buenas", "quería pedir cita para un corte"};
    }
    return {};
}

std::optional<std::string> next_words(std::string const& said, Wish const& wish) {
    if (has(said, "ocupado")) return std::nullopt;
    if (has(said, "¿Lo confirmo?") || has(said, "Responde «sí»")) return "sí";
    if (has(said, "¿A qué nombre")) return wish.name;
    if (has(said, "¿A qué hora") || has(said, "tengo:")) return spoken_time(wish.start);
    if (has(said, "¿Qué día") || has(said, "estos días")) return spoken_day(wish.start);
    if (has(said, "¿Qué te quieres hacer?")) return "corte";
    if (has(said, "¿En qué te ayudo?")) return "1";
    return "quiero un corte " + spoken_day(wish.start) + " " + spoken_time(wish.start);
}

} // namespace

Customer::Customer(Wire wire, std::string phone, Wish wish)
    : wire_(std::move(wire)), phone_(std::move(phone)), wish_(std::move(wish)) {}

Ending Customer::book(Opening opening) {
    for (auto const& words : first_words(opening, wish_)) {
        write(words);
    }
    for (auto i = 0; i < most_exchanges; ++i) {
        auto const news = listen();
        if (news.empty()) return Ending::lost;
        if (std::ranges::any_of(news, [](Heard const& one) { return one.reason == "confirmation"; })) {
            return Ending::booked;
        }
        auto const words = next_words(news.back().text, wish_);
        if (!words) return Ending::refused;
        write(*words);
    }
    return Ending::lost;
}

void Customer::write(std::string const& text) {
    written_.push_back(phone_ + "/" + std::to_string(written_.size() + 1));
    transcript_ += "> " + text + "\n";
    auto const message = json::object{{"from", phone_}, {"name", wish_.name}, {"text", text}, {"id", written_.back()}};
    auto const answer = wire_("POST", "/api/v1/simulator/messages", &message);
    if (answer.status != 202) throw std::runtime_error("a message was answered " + answer.text);
}

std::vector<Heard> Customer::listen() {
    auto const deadline = std::chrono::steady_clock::now() + longest_silence;
    auto news = std::vector<Heard>();
    while (std::chrono::steady_clock::now() < deadline) {
        auto const screen = look(news.empty());
        for (auto const& item : screen.body.at("items").as_array()) {
            news.push_back({std::string(item.at("id").as_string()), std::string(item.at("text").as_string()),
                            std::string(item.at("reason").as_string())});
            heard_.push_back(news.back());
            transcript_ += "< " + news.back().text + "\n";
        }
        if (screen.body.at("idle").as_bool()) break;
    }
    return news;
}

Answer Customer::look(bool patiently) {
    auto target = "/api/v1/simulator/messages?customer=" + escaped(phone_) + (patiently ? "&wait=10" : "&wait=1");
    if (!heard_.empty()) target += "&after=" + heard_.back().id;
    auto answer = wire_("GET", target, nullptr);
    if (answer.status != 200) throw std::runtime_error("her phone could not be read: " + answer.text);
    return answer;
}

} // namespace system_test
