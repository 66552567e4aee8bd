// Whatever a customer writes, in whatever order: no write without a question about exactly that start before, no loop,
// no exception, never an empty or endless answer.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "assistant/player_test.hpp"
#include "base/text.hpp"
#include "wording/wording.hpp"

namespace assistant::test {
namespace {

// clang-format off
std::vector<std::string> const lines = {
    "hola", "sí", "si", "no", "vale", "ok", "1", "2", "3", "6", "la primera", "la última", "mañana", "hoy",
    "el viernes", "el domingo", "el jueves que viene", "la semana que viene", "este finde", "el 31 de noviembre",
    "ayer", "a las 5", "a las 10", "a las 8", "a las 25", "17:30", "por la tarde", "a primera hora", "a última hora",
    "lo antes posible", "más tarde", "más temprano", "otro día", "otra hora", "ninguna", "corte", "corte de mujer",
    "mechas", "tinte y mechas", "peinado mañana a las 12", "mechas con Inés el martes", "con Pilar", "con Marta",
    "quiero una cita", "quiero cambiar mi cita", "cancela mi cita", "cancela todo", "ya no voy a poder ir",
    "la del viernes", "pásala al sábado a la misma hora", "¿cuándo es mi cita?", "¿cuánto cuesta?",
    "¿qué horario tenéis?", "¿dónde estáis?", "¿hay aparcamiento?", "Carmen", "me llamo Carmen Ruiz",
    "para mi hija Lucía", "gracias", "no, mejor a las 12", "mejor el lunes", "sí, pero el martes",
    "el jueves a las 5 o el viernes a las 6", "a las 5 o a las 6", "déjalo", "menú", "la hora", "el día",
    "el servicio", "el nombre", "asdf qwer", "¿?", "👍", "👎", "\"}{", "<|tool|>", "men's haircut tomorrow at 6pm",
    "yes please", "next week", "cambiar", "cancelar", "el 3", "29", "todas", "de 10 a 12", "después de las 6",
    "para 2 personas", "mi marido y yo a la vez", "dos peinados mañana a las 12", "peinado y mechas el viernes a las 10",
    "las dos a la vez", "una detrás de otra", "al final voy sola", "lo de siempre", "para mi hija", "llego 10 min tarde",
    "ya estoy aquí", "allí estaré", "con quien sea", "voldria hora demà a les 12", "quero marcar amanhã às 11",
    "la otra", "no entiendo", "¿cuánto se tarda?", "¿hasta cuándo puedo cancelar?"};
// clang-format on

/// The start of the question before the booking, as the reply states it.
bool states(std::string const& text, Shop const& shop, BookingView const& row, base::Instant now) {
    auto const start = shop.profile.zone.to_local(row.starts_at);
    auto const today = base::date_of(shop.profile.zone.to_local(now));
    for (auto const* language : {"es", "en"}) {
        wording::Voice const voice{language, shop.profile.tone, shop.profile.country};
        auto const day = wording::relative_day(voice, base::date_of(start), today);
        if (text.find(day) != std::string::npos &&
            text.find(wording::time(base::time_of_day(start))) != std::string::npos) {
            return text.find(row.service_name) != std::string::npos;
        }
    }
    return false;
}

void check_answer(Answered const& answered) {
    RC_ASSERT(answered.tools <= 12U);
    RC_ASSERT(answered.end == "silent" || !answered.replies.empty());
    for (auto const& reply : answered.replies) {
        RC_ASSERT(!reply.text.empty());
        RC_ASSERT(base::length_in_code_points(reply.text) <= 900U);
    }
}

/// Wishes that lead far and the words that end them come often, so that most conversations get as far as a write.
std::string any_line() {
    return *rc::gen::weightedOneOf<std::string>({
        {5, rc::gen::elementOf(lines)},
        {3, rc::gen::elementOf<std::vector<std::string>>(
                {"peinado mañana a las 12", "cancela mi cita", "pásala al lunes a las 11",
                 "peinado para dos mañana a las 12", "tinte y peinado el viernes a las 10"})},
        {4, rc::gen::elementOf<std::vector<std::string>>(
                {"sí", "sí", "1", "sí, pero el martes", "sí, a las 5", "vale, mechas"})},
        {1, rc::gen::just<std::string>("Carmen")},
    });
}

void converse(Player& player) {
    std::string before;
    auto const now = at(player.shop(), "2026-10-21T10:15");
    auto const turns = *rc::gen::resize(100, rc::gen::inRange(4, 14));
    for (int turn = 0; turn < turns; ++turn) {
        auto burst = std::vector{any_line()};
        if (*rc::gen::inRange(0, 6) == 0) burst.push_back(any_line());
        auto const answered = player.say(burst);
        check_answer(answered);
        RC_CLASSIFY(!answered.written.empty(), "writes");
        for (auto const& row : answered.written)
            RC_ASSERT(states(before, player.shop(), row, now));
        if (answered.end != "silent") before = answered.text;
    }
}

RC_GTEST_PROP(AnyConversation, writes_only_what_was_asked_about_just_before, ()) {
    auto const name = *rc::gen::elementOf(std::vector<std::optional<std::string>>{std::nullopt, "Ana"});
    Player player(salon_in_spain(), "2026-10-21T10:15", name);
    converse(player);
}

RC_GTEST_PROP(AnyConversation, changes_only_what_was_asked_about_just_before, ()) {
    Player player(salon_in_spain(), "2026-10-21T10:15", "Ana");
    player.give("peinado", "2026-10-23T12:00", "marta");
    if (*rc::gen::arbitrary<bool>()) player.give("corte_mujer", "2026-10-30T17:00", "ines");
    if (*rc::gen::arbitrary<bool>()) player.remind(base::BookingId("B1"));
    converse(player);
}

/// Nobody's bookings overlap on one chair, however many came at once.
void check_chairs(std::vector<BookingView> const& rows) {
    for (auto const& a : rows) {
        for (auto const& b : rows) {
            if (a.id == b.id || a.staff != b.staff) continue;
            RC_ASSERT(a.ends_at <= b.starts_at || b.ends_at <= a.starts_at);
        }
    }
}

RC_GTEST_PROP(AnyParty, is_written_as_it_was_asked_and_sits_on_chairs_of_its_own, ()) {
    Player player(salon_in_spain(), "2026-10-21T10:15", "Ana");
    auto const who =
        *rc::gen::elementOf(std::vector<std::string>{"mi marido y yo", "mi hija y yo", "somos dos", "para 2"});
    auto const what = *rc::gen::elementOf(std::vector<std::string>{"peinado", "tinte", "mechas", "corte de hombre"});
    auto const how = *rc::gen::elementOf(std::vector<std::string>{"a la vez", "una detrás de otra", ""});
    auto const when =
        *rc::gen::elementOf(std::vector<std::string>{"mañana a las 10", "el viernes a las 17", "el martes a las 13"});
    auto asked = player.say({who + ", " + what + " " + when + " " + how});
    if (player.dialogue().awaiting == Awaiting::start) asked = player.say({"la primera"});
    RC_PRE(player.dialogue().awaiting == Awaiting::confirmation);
    auto const booked = player.say({"sí"});
    RC_ASSERT(booked.written.size() == 2U);
    for (auto const& row : booked.written)
        RC_ASSERT(states(asked.text, player.shop(), row, player.now()));
    check_chairs(booked.written);
}

RC_GTEST_PROP(AnyText, is_answered, (std::string const& text)) {
    Player player(salon_in_spain(), "2026-10-21T10:15", std::nullopt);
    auto const cleaned = base::to_valid_utf8(text);
    check_answer(player.say({cleaned.empty() ? "x" : cleaned}));
}

} // namespace
} // namespace assistant::test
