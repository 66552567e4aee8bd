// Whole conversations: what was said, and the calendar after it.
#include <gtest/gtest.h>

#include "assistant/script_test.hpp"

namespace assistant::test {
namespace {

struct Conversation {
    std::string name;
    Shop shop;
    std::optional<std::string> customer;
    std::string script;
    std::string calendar;
};

void PrintTo(Conversation const& conversation, std::ostream* out) { *out << conversation.name; }

class Conversations : public testing::TestWithParam<Conversation> {};

TEST_P(Conversations, end_with_this_calendar) {
    Script script(GetParam().shop, GetParam().customer);
    script.play(GetParam().script);
    EXPECT_EQ(script.calendar(), GetParam().calendar);
}

Shop with(Shop shop, void (*change)(Shop&)) {
    change(shop);
    return shop;
}
void auto_confirm(Shop& shop) { shop.profile.assistant.auto_confirm = true; }
void owner_approves(Shop& shop) { shop.profile.assistant.owner_approves = true; }

std::vector<Conversation> conversations();
INSTANTIATE_TEST_SUITE_P(Assistant, Conversations, testing::ValuesIn(conversations()),
                         [](auto const& each) { return each.param.name; });

std::vector<Conversation> conversations() {
    return {
        {"numbers_alone_book", salon_in_spain(), std::nullopt,
         R"(> hola
            < asistente automático de Salón Rosa
            < 1) Pedir cita
            > 1
            < 2) Corte de hombre
            <! asistente automático
            > 2
            < 2) jueves 22 de octubre
            > 2
            < 1) 10:00
            > 1
            < ¿A qué nombre
            > Carmen
            < mañana, jueves 22 de octubre a las *10:00*
            < A nombre de Carmen
            > 1
            < Listo)",
         "corte_hombre 2026-10-22T10:00 marta Carmen"},
        {"all_in_one_message_goes_straight_to_the_confirmation", salon_in_spain(), "Ana",
         R"(> hola, quiero un corte de mujer mañana a las 10
            < a las *10:00*
            < A nombre de Ana
            > sí
            < con Marta
            < Calle del Pez 3)",
         "corte_mujer 2026-10-22T10:00 marta Ana"},
        {"facts_in_any_order_over_a_burst", salon_in_spain(), "Ana",
         R"(> buenas
            >> mañana tenéis algo?
            >> a las 5
            >> es para peinado
            < *Peinado*, mañana, jueves 22 de octubre a las *17:00*
            > vale)",
         "peinado 2026-10-22T17:00 marta Ana"},
        {"the_hour_is_corrected_before_the_yes", salon_in_spain(), "Ana",
         R"(> peinado mañana a las 11
            < *11:00*
            > no, mejor a las 12
            < *12:00*
            > mejor el viernes
            < viernes 23 de octubre a las *12:00*
            > perfecto)",
         "peinado 2026-10-23T12:00 marta Ana"},
        {"the_service_is_corrected_before_the_yes", salon_in_spain(), "Ana",
         R"(> peinado mañana a las 11
            > mejor mechas
            < *Mechas*
            < *11:00*
            > ok)",
         "mechas 2026-10-22T11:00 marta Ana"},
        {"a_yes_with_another_hour_is_not_a_yes", salon_in_spain(), "Ana",
         R"(> peinado mañana a las 11
            > sí, pero a las 12
            < *12:00*
            < ¿Lo confirmo?)",
         ""},
        {"a_yes_that_repeats_the_start_is_a_yes", salon_in_spain(), "Ana",
         R"(> peinado mañana a las 11
            > sí, mañana a las 11)",
         "peinado 2026-10-22T11:00 marta Ana"},
        {"a_no_asks_what_to_change_and_the_next_one_ends_it", salon_in_spain(), "Ana",
         R"(> peinado mañana a las 11
            > no
            < ¿Qué cambiamos
            > no
            < no hago nada)",
         ""},
        {"an_ambiguous_service_is_asked_among_those_that_fit", salon_in_spain(), "Ana",
         R"(> un corte mañana a las 11
            < Corte de mujer
            <! Mechas
            > el segundo
            < *Corte de hombre*, mañana
            > sí)",
         "corte_hombre 2026-10-22T11:00 marta Ana"},
        {"an_ambiguous_day_is_asked_with_both_dates", salon_in_spain(), "Ana",
         R"(> peinado el jueves que viene a las 11
            < jueves 22 de octubre
            < jueves 29 de octubre
            > el 29
            < jueves 29 de octubre a las *11:00*
            > sí)",
         "peinado 2026-10-29T11:00 marta Ana"},
        {"a_weekday_that_contradicts_its_number_is_asked", salon_in_spain(), "Ana",
         R"(> peinado el viernes 24 a las 11
            < viernes 23 de octubre
            < sábado 24 de octubre
            > la segunda
            < sábado 24 de octubre a las *11:00*
            > sí)",
         "peinado 2026-10-24T11:00 marta Ana"},
        {"opening_hours_decide_an_unmarked_hour", barber_in_mexico(), "Memo",
         R"(> corte hoy a las 8
            <! 08:00)",
         ""},
        {"a_closed_day_is_said_and_the_next_ones_offered", salon_in_spain(), "Ana",
         R"(> peinado el domingo
            < domingo 25 de octubre no abrimos
            < lun 26 oct
            > 1
            > sí)",
         "peinado 2026-10-26T10:00 marta Ana"},
        {"a_taken_hour_is_said_and_the_nearest_offered", salon_in_spain(), "Ana",
         R"(! marta 2026-10-22T11:00 2026-10-22T12:00
            > mechas mañana a las 11
            < a las 11:00 ya está ocupado
            < 12:00
            > a las 12
            < *12:00*
            > sí)",
         "mechas 2026-10-22T12:00 marta Ana"},
        {"a_past_hour_is_said", salon_in_spain(), "Ana",
         R"(> peinado ayer a las 11
            < ya pasó
            > mañana a las 11
            > sí)",
         "peinado 2026-10-22T11:00 marta Ana"},
        {"a_day_that_does_not_exist_is_said", salon_in_spain(), "Ana",
         R"(> peinado el 31 de noviembre
            < no existe)",
         ""},
        {"the_wished_person_is_kept", salon_in_spain(), "Ana",
         R"(> peinado con Inés mañana a las 11
            < con Inés
            > sí)",
         "peinado 2026-10-22T11:00 ines Ana"},
        {"a_person_who_does_not_do_it_is_said", salon_in_spain(), "Ana",
         R"(> mechas con Inés mañana a las 11
            < Inés no hace *Mechas*
            < Marta
            > sí)",
         "mechas 2026-10-22T11:00 marta Ana"},
        {"an_unknown_person_is_said", salon_in_spain(), "Ana",
         R"(> peinado con Pilar mañana a las 11
            < Marta, Inés
            > sí)",
         "peinado 2026-10-22T11:00 marta Ana"},
        {"a_booking_for_a_daughter_has_her_name", salon_in_spain(), "Ana",
         R"(> peinado para mi hija Lucía mañana a las 11
            < A nombre de Lucía
            > sí)",
         "peinado 2026-10-22T11:00 marta Lucía"},
        {"a_stale_offer_is_asked_again_and_refused_with_others", salon_in_spain(), "Ana",
         R"(> peinado mañana a las 12
            + 40
            ! marta 2026-10-22T11:30 2026-10-22T13:30
            ! ines 2026-10-22T11:30 2026-10-22T13:30
            > sí
            < ya está ocupado
            <! Listo
            > la primera
            > sí)",
         "peinado 2026-10-22T10:30 marta Ana"},
        {"a_question_in_between_keeps_the_draft", salon_in_spain(), "Ana",
         R"(> mechas mañana a las 11
            > ¿cuánto cuesta?
            < desde 70 €
            < ¿Lo confirmo?
            > ¿dónde estáis?
            < Calle del Pez 3
            < ¿Lo confirmo?
            > y hay aparcamiento?
            < en la plaza
            > sí)",
         "mechas 2026-10-22T11:00 marta Ana"},
        {"a_question_alone_books_nothing", salon_in_spain(), "Ana",
         R"(> cuánto cuestan el tinte y las mechas
            < 42 €
            < desde 70 €
            <! 28 €
            > gracias
            = silent)",
         ""},
        {"one_booking_is_moved_to_another_day_at_the_same_hour", salon_in_spain(), "Ana",
         R"(@ corte_mujer 2026-10-23T12:00 marta
            > no puedo el viernes, pásamela al sábado a la misma hora
            < sábado 24 de octubre a las *12:00*
            > sí
            < Cambio hecho)",
         "corte_mujer 2026-10-24T12:00 marta Ana"},
        {"a_move_within_the_booking_itself_is_possible", salon_in_spain(), "Ana",
         R"(@ mechas 2026-10-23T11:00 marta
            > quiero cambiar mi cita del viernes a las 10:30
            < *10:30*
            > sí)",
         "mechas 2026-10-23T10:30 marta Ana"},
        {"of_several_bookings_one_is_chosen_to_move", barber_in_mexico(), "Memo",
         R"(@ corte 2026-10-23T18:00 tono
            @ corte_barba 2026-10-30T11:00 beto
            > quiero cambiar mi cita
            < 1) Corte, el viernes 23 de octubre
            > la segunda
            < viernes 30 de octubre a las 11:00
            > el sábado 31
            > a las 12
            < *12:00*
            > dale)",
         "corte 2026-10-23T18:00 tono Memo\ncorte_barba 2026-10-31T12:00 beto Memo"},
        {"a_booking_is_cancelled_after_a_yes", clinic_in_argentina(), "Belén",
         R"(@ limpieza 2026-10-26T10:00 rossi
            > che cancelá el turno del lunes
            < Limpieza dental
            < 10:00
            > sí, dale
            < sin efecto)",
         "-limpieza 2026-10-26T10:00 rossi Belén"},
        {"a_no_keeps_the_booking", clinic_in_argentina(), "Belén",
         R"(@ limpieza 2026-10-26T10:00 rossi
            > quiero cancelar
            > no
            < queda como estaba)",
         "limpieza 2026-10-26T10:00 rossi Belén"},
        {"all_bookings_are_cancelled_at_once", barber_in_mexico(), "Memo",
         R"(@ corte 2026-10-23T18:00 tono
            @ barba 2026-10-30T11:00 beto
            > cancela todo
            < Corte, el viernes 23
            < Arreglo de barba
            > sí, las dos)",
         "-corte 2026-10-23T18:00 tono Memo\n-barba 2026-10-30T11:00 beto Memo"},
        {"too_late_to_cancel_is_said_with_a_person_offered", clinic_in_argentina(), "Belén",
         R"(@ limpieza 2026-10-22T09:00 rossi
            > necesito cancelar el turno
            < 24 horas
            < «persona»
            > persona
            = hand_over:customer_asked)",
         "limpieza 2026-10-22T09:00 rossi Belén"},
        {"too_late_to_move_is_said_before_anything_is_asked", clinic_in_argentina(), "Belén",
         R"(@ limpieza 2026-10-22T09:00 rossi
            > quiero cambiar el turno al viernes
            < 24 horas)",
         "limpieza 2026-10-22T09:00 rossi Belén"},
        {"a_weekday_means_the_one_in_the_list_and_a_bare_number_beyond_it_an_hour", salon_in_spain(), "Ana",
         R"(> peinado el 2 de noviembre
            < lunes 2 de noviembre no abrimos
            > el martes
            < martes 3 de noviembre
            > 11
            < *11:00*
            > sí)",
         "peinado 2026-11-03T11:00 marta Ana"},
        {"an_hour_earlier_counts_from_the_booking", nails_in_colombia(), "Marcela",
         R"(@ manicure 2026-10-24T12:00 valentina
            > ¿me puede adelantar la cita una hora?
            < sábado 24 de octubre a las *11:00*
            > sí)",
         "manicure 2026-10-24T11:00 valentina Marcela"},
        {"own_bookings_asked_for_in_between_keep_the_draft", salon_in_spain(), "Ana",
         R"(@ mechas 2026-10-26T11:00 marta
            > peinado mañana a las 11
            > ¿cuándo es mi cita?
            < Mechas, el lunes 26 de octubre
            < ¿Lo confirmo?
            > sí)",
         "mechas 2026-10-26T11:00 marta Ana\npeinado 2026-10-22T11:00 marta Ana"},
        {"opening_hours_of_a_day_are_no_wish_for_it", salon_in_spain(), "Ana",
         R"(> ¿a qué hora abrís mañana?
            < 10:00–14:00
            <! ¿Qué te quieres hacer?)",
         ""},
        {"who_cannot_come_is_asked_whether_to_move_or_cancel", barber_in_mexico(), "Raúl",
         R"(@ corte 2026-10-23T18:00 tono
            > ya no voy a poder ir
            < 1) Cambiar
            < 2) Cancelar
            > muévela al lunes a la misma hora
            < lunes 26 de octubre a las *18:00*
            > sí)",
         "corte 2026-10-26T18:00 tono Raúl"},
        {"a_cancellation_turns_into_a_move", barber_in_mexico(), "Raúl",
         R"(@ corte 2026-10-23T18:00 tono
            > cancela mi cita
            < ¿Cancelo
            > no, mejor cámbiala al lunes a las 6
            < lunes 26 de octubre a las *18:00*
            > sí)",
         "corte 2026-10-26T18:00 tono Raúl"},
        {"own_bookings_are_told", nails_in_colombia(), "Paola",
         R"(@ manicure 2026-10-24T09:00 valentina
            > ¿a qué hora es mi cita?
            < Manicure
            < 09:00)",
         "manicure 2026-10-24T09:00 valentina Paola"},
        {"a_booking_that_does_not_exist_is_not_confirmed", nails_in_colombia(), "Paola",
         R"(> ¿sí quedó mi cita?
            < No encuentro citas
            > ah bueno, gracias
            = silent)",
         ""},
        {"usted_in_colombia", nails_in_colombia(), std::nullopt,
         R"(> buenas, me regala una cita pa manicure mañana a las 3 porfa
            < le ayudo
            < ¿A qué nombre
            > Yuliana
            < *15:00*
            > claro que sí
            < le esperamos)",
         "manicure 2026-10-22T15:00 valentina Yuliana"},
        {"vos_in_argentina", clinic_in_argentina(), "Florencia",
         R"(> hola! tenés turno p limpieza mañana a la tardecita?
            < Si preferís
            < ¿Cuál preferís?
            > a las 18
            > dale)",
         "limpieza 2026-10-22T18:00 rossi Florencia"},
        {"one_service_is_never_asked_for_in_chile", barber_in_chile(), "Pedro",
         R"(> necesito una hora para mañana a las 5
            < *Corte de pelo*
            < $12.000
            > ya)",
         "corte 2026-10-22T17:00 matias Pedro"},
        {"english_is_answered_in_english", salon_in_spain(), std::nullopt,
         R"(> Hi, men's haircut tomorrow around 6pm?
            < automatic assistant
            < What name
            > Tom
            < *18:00*
            > yes please
            < Done)",
         "corte_hombre 2026-10-22T18:00 marta Tom"},
        {"the_first_free_start", clinic_in_argentina(), "Florencia",
         R"(> dame el primer turno que tengas, consulta
            < hoy a las *11:15*
            > sí)",
         "consulta 2026-10-21T11:15 rossi Florencia"},
        {"a_week_is_answered_with_days", clinic_in_argentina(), "Gonzalo",
         R"(> consulta la semana que viene
            < 1) lunes 26 de octubre
            > el martes a las 9 y media
            < martes 27 de octubre a las *09:30*
            > sí)",
         "consulta 2026-10-27T09:30 rossi Gonzalo"},
        {"later_than_what_was_offered", salon_in_spain(), "Ana",
         R"(> peinado mañana a las 11
            > más tarde
            <! 11:00
            > la última
            > sí)",
         "peinado 2026-10-22T20:00 marta Ana"},
        {"two_hours_to_choose_from", salon_in_spain(), "Ana",
         R"(> peinado mañana a las 5 o a las 6
            < 1) 17:00
            < 2) 18:00
            > a las 6
            > sí)",
         "peinado 2026-10-22T18:00 marta Ana"},
        {"an_exact_start_is_booked_unasked_where_the_owner_allows_it", with(barber_in_chile(), auto_confirm), "Pedro",
         R"(> corte mañana a las 5
            < Listo)",
         "corte 2026-10-22T17:00 matias Pedro"},
        {"a_start_that_was_only_proposed_is_asked_even_then", with(barber_in_chile(), auto_confirm), "Pedro",
         R"(> lo antes posible
            < ¿Lo confirmo?)",
         ""},
        {"a_booking_the_owner_approves_is_told_as_pending", with(barber_in_chile(), owner_approves), "Pedro",
         R"(> corte mañana a las 5
            > sí
            < Falta que lo confirme el negocio
            <! Listo)",
         "corte 2026-10-22T17:00 matias Pedro pending"},
        {"health_goes_to_a_person", salon_in_spain(), "Ana",
         R"(> soy alérgica al amoniaco, ¿es seguro el tinte?
            = hand_over:medical)",
         ""},
        {"a_payment_goes_to_a_person", nails_in_colombia(), "Ana",
         R"(> ya pagué por Nequi
            = hand_over:payment)",
         ""},
        {"a_complaint_goes_to_a_person", salon_in_spain(), "Ana",
         R"(> quiero poner una reclamación, me habéis dejado el pelo fatal
            = hand_over:complaint)",
         ""},
        {"a_question_that_is_not_answered_is_not_asked_for_ever", salon_in_spain(), "Ana",
         R"(> un corte
            < Corte de mujer
            > a las 6
            < 1) Corte de mujer
            > a las 6
            > a las 6
            < 1) Pedir cita
            > a las 6
            = hand_over:not_understood)",
         ""},
        {"two_of_whom_one_lost_her_chair_meanwhile_get_nothing_but_other_starts", salon_in_spain(), "Ana",
         R"(> peinado para dos mañana a las 12
            < *12:00*
            ! ines 2026-10-22T11:00 2026-10-22T13:00
            > sí
            < ya está ocupado
            <! Listo
            > la primera
            < ¿Lo confirmo?
            > sí
            < Listo)",
         "peinado 2026-10-22T10:30 marta Ana\npeinado 2026-10-22T10:30 ines Ana (acompañante)"},
        {"a_party_becomes_one_again", salon_in_spain(), "Ana",
         R"(> peinado para dos mañana a las 12
            > al final voy sola
            < A nombre de Ana.
            > sí)",
         "peinado 2026-10-22T12:00 marta Ana"},
        {"a_yes_to_a_reminder_with_another_hour_is_no_yes", salon_in_spain(), "Ana",
         R"(@ peinado 2026-10-22T12:00 marta
            ~ B1
            > sí, a las 13
            < ¿Te cambio
            < *13:00*
            > sí)",
         "peinado 2026-10-22T13:00 marta Ana"},
        {"a_reminder_is_not_answered_by_a_question", salon_in_spain(), "Ana",
         R"(@ peinado 2026-10-22T12:00 marta
            ~ B1
            > ¿sí?
            < ¿Te espero)",
         "peinado 2026-10-22T12:00 marta Ana"},
        {"what_is_late_is_told_with_what_the_owner_says_of_it",
         with(barber_in_mexico(),
              [](Shop& shop) { shop.profile.facts = {{"espera", "Se guarda el lugar diez minutos."}}; }),
         "Memo",
         R"(@ corte 2026-10-21T10:30 tono
            > voy 10 min tarde
            < diez minutos
            < 10:30)",
         "corte 2026-10-21T10:30 tono Memo"},
        {"who_is_expected_tomorrow_is_not_late_today", barber_in_mexico(), "Memo",
         R"(@ corte 2026-10-22T18:00 tono
            > llego tarde
            <! anotado)",
         "corte 2026-10-22T18:00 tono Memo"},
        {"the_service_is_asked_in_words_and_then_by_numbers", salon_in_spain(), "Ana",
         R"(> quiero una cita
            < Hacemos Corte de mujer, Corte de hombre, Tinte de raíz, Mechas y Peinado. ¿Qué te quieres hacer?
            > zzz
            < 5) Peinado
            > 5
            > mañana a las 11
            > sí)",
         "peinado 2026-10-22T11:00 marta Ana"},
        {"a_number_of_the_month_means_the_one_in_the_list", clinic_in_argentina(), "Flor",
         R"(! rossi 2026-11-24T10:00 2026-11-24T11:00
            > limpieza el 24 de noviembre a las 10
            < mar 24 nov
            > el martes 24 a las 11
            < martes 24 de noviembre a las *11:00*
            > dale)",
         "limpieza 2026-11-24T11:00 rossi Flor"},
        {"an_insurance_is_no_member_of_staff", salon_in_spain(), "Ana",
         R"(> ¿trabajáis con Adeslas?
            <! Con ese nombre no trabaja nadie
            <! Marta)",
         ""},
        {"three_misunderstandings_call_a_person", salon_in_spain(), "Ana",
         R"(> xqzt
            < no te he entendido
            > wvbn
            < 1) Pedir cita
            > plmk
            = hand_over:not_understood)",
         ""},
    };
}

TEST(Conversation, a_limit_is_told) {
    Player player(salon_in_spain(), "2026-10-21T10:15", "Ana");
    player.limit = 0;
    player.say({"peinado mañana a las 11"});
    auto const answered = player.say({"sí"});
    EXPECT_NE(answered.text.find("no puedo apuntarte más"), std::string::npos) << answered.text;
    EXPECT_EQ(player.calendar(), "");
}

TEST(Conversation, what_a_limit_leaves_of_a_party_is_told_as_it_is) {
    Player player(salon_in_spain(), "2026-10-21T10:15", "Ana");
    player.limit = 1;
    player.say({"peinado para dos mañana a las 11"});
    auto const answered = player.say({"sí"});
    EXPECT_EQ(player.calendar(), "peinado 2026-10-22T11:00 marta Ana");
    ASSERT_EQ(answered.replies.size(), 1U);
    EXPECT_TRUE(answered.replies[0].confirmation);
    EXPECT_NE(answered.text.find("no puedo apuntarte más"), std::string::npos) << answered.text;
    EXPECT_EQ(answered.text.find("acompañante"), std::string::npos) << answered.text;
}

TEST(Conversation, the_confirmation_is_marked_and_names_the_row) {
    Player player(salon_in_spain(), "2026-10-21T10:15", "Ana");
    auto const asked = player.say({"peinado mañana a las 11"});
    EXPECT_FALSE(asked.replies.back().confirmation);
    auto const booked = player.say({"sí"});
    ASSERT_EQ(booked.replies.size(), 1U);
    EXPECT_TRUE(booked.replies[0].confirmation);
    EXPECT_EQ(booked.replies[0].booking, base::BookingId("B1"));
}

TEST(Conversation, what_is_not_written_is_answered_politely_or_not_at_all) {
    Player player(salon_in_spain(), "2026-10-21T10:15", "Ana");
    auto const now = at(player.shop(), "2026-10-21T10:15");
    EXPECT_NE(player.hear({{"audio", "", now}}).text.find("mensajes escritos"), std::string::npos);
    EXPECT_EQ(player.hear({{"sticker", "", now}}).end, "silent");
    EXPECT_EQ(player.hear({{"image", "", now}}).end, "hand_over:other");
    player.say({"peinado mañana a las 11"});
    EXPECT_NE(player.hear({{"image", "", now}}).text.find("mensajes escritos"), std::string::npos);
}

TEST(Conversation, the_owners_greeting_follows_the_disclosure) {
    auto shop = salon_in_spain();
    shop.profile.assistant.greeting = "¡Bienvenida al salón!";
    shop.profile.assistant.name = "Rosa";
    Player player(std::move(shop), "2026-10-21T10:15", "Ana");
    auto const text = player.say({"hola"}).text;
    EXPECT_EQ(text.find("Hola, soy Rosa, el asistente automático de Salón Rosa"), 0U) << text;
    EXPECT_NE(text.find("¡Bienvenida al salón!"), std::string::npos);
    EXPECT_EQ(player.say({"precios"}).text.find("asistente automático"), std::string::npos);
}

} // namespace
} // namespace assistant::test
