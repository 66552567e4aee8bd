#include "language/intent.hpp"

#include <gtest/gtest.h>

#include <random>

namespace language {
namespace {

std::string described(Intents const& intents) {
    auto text = std::string();
    auto const append = [&](bool is_set, std::string_view name) {
        if (is_set) text += (text.empty() ? "" : " ") + std::string(name);
    };
    append(intents.book, "book");
    append(intents.move, "move");
    append(intents.cancel, "cancel");
    append(intents.my_bookings, "my_bookings");
    append(intents.prices, "prices");
    append(intents.hours, "hours");
    append(intents.address, "address");
    append(intents.person, "person");
    append(intents.greeting, "greeting");
    append(intents.thanks, "thanks");
    append(intents.menu, "menu");
    return text;
}

TEST(Intents, AreReadInTheWordsOfEachCountry) {
    struct Row {
        std::string_view text;
        std::string_view expected;
    };
    for (auto const& [text, expected] : std::vector<Row>{{"Hola, quería pedir cita", "book greeting"},
                                                         {"buenas, ¿tenéis hueco mañana?", "book greeting"},
                                                         {"quiero hora pa cortarme el pelo", "book"},
                                                         {"hola! tenés turno p limpieza mañana?", "book greeting"},
                                                         {"quiero sacar un turno", "book"},
                                                         {"quisiera agendar una hora", "book"},
                                                         {"me regala una cita porfa", "book"},
                                                         {"q onda hay chance de un corte hoy", "book greeting"},
                                                         {"necesito reservar", "book"},
                                                         {"I'd like to book an appointment", "book"},
                                                         {"cancela mi cita", "cancel"},
                                                         {"che cancelá el turno del lunes", "cancel"},
                                                         {"quiero anular la reserva", "cancel"},
                                                         {"ya no voy a poder ir", "cancel"},
                                                         {"no puedo ir mañana, gracias", "cancel thanks"},
                                                         {"I have to cancel", "cancel"},
                                                         {"quiero cambiar la cita", "move"},
                                                         {"cámbiala al miércoles a las 12", "move"},
                                                         {"¿me la cambia? cámbiemela al lunes", "move"},
                                                         {"¿puedo cambiarla al viernes?", "move"},
                                                         {"muévela al lunes a la misma hora", "move"},
                                                         {"no puedo el viernes, pásamela al sábado", "move"},
                                                         {"será que me corre la cita más tardecito", "move"},
                                                         {"necesito reprogramar el turno", "move"},
                                                         {"can I reschedule?", "move"},
                                                         {"quiero un cambio de look", ""},
                                                         {"¿cuándo era mi cita?", "my_bookings"},
                                                         {"¿a qué hora tengo cita?", "my_bookings"},
                                                         {"¿sí quedó mi cita?", "my_bookings"},
                                                         {"mis turnos", "my_bookings"},
                                                         {"when is my appointment?", "my_bookings"},
                                                         {"cuánto cuesta el tinte", "prices"},
                                                         {"¿qué precio tienen las mechas?", "prices"},
                                                         {"a cómo el corte", "prices"},
                                                         {"cuánto sale la limpieza?", "prices"},
                                                         {"how much is a haircut?", "prices"},
                                                         {"¿cuánto tarda el tinte?", ""},
                                                         {"¿qué horario tenéis?", "hours"},
                                                         {"a qué hora cierran hoy", "hours"},
                                                         {"¿abren los domingos?", "hours"},
                                                         {"are you open on Sunday?", "hours"},
                                                         {"mándame la ubicación", "address"},
                                                         {"¿dónde están?", "address"},
                                                         {"cómo llego", "address"},
                                                         {"quiero hablar con una persona", "person"},
                                                         {"¿puedo hablar con Marta?", "person"},
                                                         {"pásame con alguien", "person"},
                                                         {"quiero poner una reclamación", "person"},
                                                         {"soy alérgica al amoniaco, ¿es seguro el tinte?", "person"},
                                                         {"me duele mucho la muela, qué tomo?", "person"},
                                                         {"ya pagué por Nequi", "person"},
                                                         {"¿se puede pagar con tarjeta?", "person"},
                                                         {"estoy embarazada", "person"},
                                                         {"para 2 personas", ""},
                                                         {"holaaa", "greeting"},
                                                         {"buenos días", "greeting"},
                                                         {"muchas gracias!", "thanks"},
                                                         {"chau, nos vemos", "thanks"},
                                                         {"menú", "menu"},
                                                         {"volver a empezar", "menu"},
                                                         {"jajaja", ""},
                                                         {"", ""},
                                                         {"🙂", ""}}) {
        EXPECT_EQ(described(read_intents(text)), expected) << text;
    }
}

TEST(Answers, AreYesNoOrUnclear) {
    using enum Answer;
    for (auto const& [text, expected] :
         std::vector<std::pair<std::string_view, Answer>>{{"sí", yes},
                                                          {"si", yes},
                                                          {"siii", yes},
                                                          {"Sí, dale", yes},
                                                          {"vale", yes},
                                                          {"ok", yes},
                                                          {"dale", yes},
                                                          {"va", yes},
                                                          {"sale", yes},
                                                          {"de una", yes},
                                                          {"listo", yes},
                                                          {"bueno listo", yes},
                                                          {"perfecto", yes},
                                                          {"claro que sí", yes},
                                                          {"sí por favor", yes},
                                                          {"por supuesto", yes},
                                                          {"👍", yes},
                                                          {"👍🏽", yes},
                                                          {"✅", yes},
                                                          {"confirmo", yes},
                                                          {"yes please", yes},
                                                          {"sure", yes},
                                                          {"no hay problema", yes},
                                                          {"me parece bien", yes},
                                                          {"15:15 dale", yes},
                                                          {"sí, el 20 de noviembre", yes},
                                                          {"vale, con Marta, el jueves 22 a las 10:30", yes},
                                                          {"ya po", yes},
                                                          {"no", no},
                                                          {"nop", no},
                                                          {"mejor no", no},
                                                          {"no, mejor a las 12", no},
                                                          {"no gracias", no},
                                                          {"todavía no", no},
                                                          {"👎", no},
                                                          {"para nada", no},
                                                          {"nel", no},
                                                          {"no thanks", no},
                                                          {"no puedo el jueves", no},
                                                          {"no sé", unclear},
                                                          {"11 y media", unclear},
                                                          {"ya pagué por Nequi", unclear},
                                                          {"ya", yes},
                                                          {"a las 6", unclear},
                                                          {"sí pero a las 12", unclear},
                                                          {"¿cuánto sale?", unclear},
                                                          {"¿va a estar Marta ese día?", unclear},
                                                          {"la segunda", unclear},
                                                          {"", unclear},
                                                          {"hmm", unclear}}) {
        EXPECT_EQ(read_answer(text), expected) << text;
    }
}

TEST(Choices, AreNumbersAndOrdinalsButNotHoursOrQuantities) {
    constexpr auto nothing = std::optional<std::size_t>();
    for (auto const& [text, expected] :
         std::vector<std::pair<std::string_view, std::optional<std::size_t>>>{{"2", 1},
                                                                              {"el 2", 1},
                                                                              {"la 2 por favor", 1},
                                                                              {"opción 3", 2},
                                                                              {"2)", 1},
                                                                              {"la segunda", 1},
                                                                              {"el primero", 0},
                                                                              {"la última", 3},
                                                                              {"dos", 1},
                                                                              {"quiero la 3", 2},
                                                                              {"2️⃣", 1},
                                                                              {"the first one", 0},
                                                                              {"el primero que tengas", 0},
                                                                              {"número 4", 3},
                                                                              {"a las 2", nothing},
                                                                              {"a las 5 y cuarto", nothing},
                                                                              {"un cuarto para las 6", nothing},
                                                                              {"a las 6 menos cuarto", nothing},
                                                                              {"2:30", nothing},
                                                                              {"2 pm", nothing},
                                                                              {"las dos", nothing},
                                                                              {"para 2 personas", nothing},
                                                                              {"el 2 de noviembre", nothing},
                                                                              {"5", nothing},
                                                                              {"0", nothing},
                                                                              {"la 1 o la 2", nothing},
                                                                              {"primera vez", nothing},
                                                                              {"", nothing},
                                                                              {"mañana", nothing},
                                                                              {"99999999999", nothing}}) {
        EXPECT_EQ(read_choice(text, 4), expected) << text;
    }
}

std::vector<Term> salon() {
    return {{"woman", {"Corte de mujer", "corte de señora", "cortarme el pelo", "corte y peinar"}},
            {"man", {"Corte de hombre", "corte caballero", "corte de chico"}},
            {"roots", {"Tinte de raíz", "raíces", "color de raíz", "tinte"}},
            {"highlights", {"Mechas", "balayage", "reflejos"}},
            {"styling", {"Peinado", "recogido sencillo", "secar y peinar"}},
            {"nails", {"Uñas acrílicas", "acrílicas"}},
            {"both", {"Manicure y pedicure", "mani y pedi"}},
            {"hands", {"Manicure", "manos"}}};
}

std::string best_of(std::string_view text, std::vector<Term> const& terms) {
    auto const matches = match_terms(text, terms);
    if (matches.empty()) return "";
    return matches.size() > 1 && matches[0].score - matches[1].score < 0.05 ? "several" : matches[0].id;
}

TEST(Terms, AreFoundByNameSynonymAndTypo) {
    for (auto const& [text, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"corte de mujer", "woman"},
             {"quiero hora para cortarme el pelo (de mujer)", "woman"},
             {"corte mujer viernes 24 a las 10", "woman"},
             {"corte caballero", "man"},
             {"un corte de pelo para caballero", "man"},
             {"men's haircut tomorrow around 6pm?", "man"},
             {"corte de hombre y corte de mujer", "several"},
             {"corte", "several"},
             {"mechas", "highlights"},
             {"unas mechitas", "highlights"},
             {"mehcas", "highlights"},
             {"balayaje", "highlights"},
             {"tinte raiz", "roots"},
             {"tiente", "roots"},
             {"teñirme las raíces", "roots"},
             {"cuánto cuestan tinte y mechas", "several"},
             {"acrilica", "nails"},
             {"manicure", "hands"},
             {"mani y pedi", "both"},
             {"peinarme", "styling"},
             {"muchas gracias", ""},
             {"hola, quería una cita mañana", ""},
             {"¿qué fechas hay?", ""},
             {"jajaja", ""},
             {"", ""}}) {
        EXPECT_EQ(best_of(text, salon()), expected) << text;
    }
}

TEST(Terms, ForOthersAreNotNamed) { EXPECT_EQ(match_terms("corte caballero", salon()).size(), 1U); }

TEST(Terms, ArePeopleTooAndAWeekdayIsNobody) {
    auto const staff = std::vector<Term>{{"marta", {"Marta"}}, {"ines", {"Inés"}}, {"dra", {"Dra. Ferreyra"}}};
    EXPECT_EQ(best_of("con Martha el jueves", staff), "marta");
    EXPECT_EQ(best_of("mechas con ines", staff), "ines");
    EXPECT_EQ(best_of("con la doctora Ferreira", staff), "dra");
    EXPECT_EQ(best_of("el martes", staff), "");
    EXPECT_TRUE(match_terms("corte", {}).empty());
}

TEST(Names, AreToldFromOtherAnswers) {
    for (auto const& [text, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"Carmen", "Carmen"},
             {"carmen ruiz", "Carmen Ruiz"},
             {"soy Carmen Ruiz", "Carmen Ruiz"},
             {"Hola, me llamo álvaro", "Álvaro"},
             {"a nombre de mi hija Lucía", "Lucía"},
             {"es para mi hijo Leo", "Leo"},
             {"María de los Ángeles", "María de los Ángeles"},
             {"ana-belén", "Ana-Belén"},
             {"Sofía, gracias", "Sofía"},
             {"my name is Tom", "Tom"},
             {"It's Tom", "Tom"},
             {"mi nombre es José Luis Pérez de la Fuente", "José Luis Pérez de la Fuente"},
             {"¿a qué hora?", ""},
             {"¿Carmen?", ""},
             {"mañana a las 5", ""},
             {"quiero cancelar", ""},
             {"mándame la ubicación", ""},
             {"las dos", ""},
             {"el domingo", ""},
             {"a fin de mes", ""},
             {"cambiarla", ""},
             {"no", ""},
             {"sí", ""},
             {"a las 6", ""},
             {"600111222", ""},
             {"pues no lo sé todavía porque depende de mi hermana", ""},
             {"", ""},
             {"👍", ""}}) {
        EXPECT_EQ(read_name(text).value_or(""), expected) << text;
    }
}

TEST(Languages, AreToldFromCommonWords) {
    for (auto const& [text, expected] :
         std::vector<std::pair<std::string_view, std::string_view>>{{"Hola, quería cita", "es"},
                                                                    {"¿mechas?", "es"},
                                                                    {"sí", "es"},
                                                                    {"men's haircut tomorrow around 6pm?", "en"},
                                                                    {"yes", "en"},
                                                                    {"Hi, how much is it?", "en"},
                                                                    {"voldria hora per demà a les 10", "ca"},
                                                                    {"divendres a les 5 de la tarda", "ca"},
                                                                    {"d'acord", "ca"},
                                                                    {"quero marcar um corte para amanhã", "pt"},
                                                                    {"sim, obrigada", "pt"},
                                                                    {"¿cuánto tarda el tinte?", "es"},
                                                                    {"me da una cita para mañana", "es"},
                                                                    {"no, a las 5 de la tarde", "es"},
                                                                    {"ok", ""},
                                                                    {"👍", ""},
                                                                    {"10", ""},
                                                                    {"no", ""}}) {
        EXPECT_EQ(read_language(text), expected) << text;
    }
}

TEST(Languages, OfTheNeighboursAreReadInSpanish) {
    for (auto const& [text, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"Voldria hora per demà a les 10", "querria cita para manana a las 10"},
             {"demà al matí, sisplau", "manana por la manana, por favor"},
             {"dilluns a les 5 de la tarda", "lunes a las 5 de la tarde"},
             {"d'acord", "de acuerdo"},
             {"Quero marcar para segunda-feira às 17:30", "quiero reservar para lunes a las 17:30"},
             {"amanhã de manhã, obrigada", "manana por la manana, gracias"},
             {"Hola, quería cita mañana", "Hola, quería cita mañana"},
             {"men's haircut tomorrow", "men's haircut tomorrow"},
             {"", ""}}) {
        EXPECT_EQ(in_spanish(text), expected) << text;
    }
}

TEST(Topics, AreToldByTheirPhrases) {
    using enum Topic;
    for (auto const& [text, topic] :
         std::vector<std::pair<std::string_view, Topic>>{{"llego 15 min tarde", late},
                                                         {"voy con retraso, perdón", late},
                                                         {"se me hizo tarde, llego en 10 minutos", late},
                                                         {"running 10 minutes late", late},
                                                         {"ya estoy aquí", arrived},
                                                         {"estoy afuera", arrived},
                                                         {"allí estaré", attends},
                                                         {"cuenta conmigo", attends},
                                                         {"lo de siempre", usual},
                                                         {"lo mismo que la última vez", usual},
                                                         {"con la de siempre", usual_person},
                                                         {"con quien sea", anyone},
                                                         {"al final voy sola", alone},
                                                         {"las dos a la vez", together},
                                                         {"una detrás de otra", in_a_row},
                                                         {"ya no voy a poder ir", absence},
                                                         {"mejor lo dejo", gives_up},
                                                         {"a la misma hora", same_hour},
                                                         {"todas", all_of_them},
                                                         {"¿cuánto se tarda?", duration},
                                                         {"soy alérgica", health},
                                                         {"me duele mucho", pain},
                                                         {"ya pagué", payment},
                                                         {"quiero poner una queja", complaint}}) {
        EXPECT_TRUE(read_topics(text).has(topic)) << text;
    }
}

TEST(Topics, AreNotHeardInOtherWords) {
    using enum Topic;
    for (auto const& [text, topic] :
         std::vector<std::pair<std::string_view, Topic>>{{"mañana por la tarde", late},
                                                         {"¿cómo llego?", late},
                                                         {"más tarde mejor", late},
                                                         {"no llego a las 5", late},
                                                         {"hay que pagar por adelantado", move},
                                                         {"hay que pagar por adelantado", forward},
                                                         {"mañana a las dos", all_of_them},
                                                         {"quiero cita", usual},
                                                         {"¿aceptáis tarjeta?", payment},
                                                         {"¿cuánto tarda el tinte?", price}}) {
        EXPECT_FALSE(read_topics(text).has(topic)) << text;
    }
}

TEST(Families, HaveOneWordForAThing) {
    EXPECT_EQ(family_of("parking"), family_of("aparcamiento"));
    EXPECT_EQ(family_of("tarjeta"), family_of("pago"));
    EXPECT_EQ(family_of("mechas"), family_of("highlights"));
    EXPECT_NE(family_of("pago"), family_of("peinado"));
}

TEST(Readers, SurviveAnyBytes) {
    auto random = std::mt19937(11);
    auto const terms = salon();
    for (auto round = 0; round < 20; ++round) {
        auto text = std::string(round < 10 ? 10'000 : random() % 40, ' ');
        for (auto& byte : text)
            byte = static_cast<char>(random());
        read_intents(text);
        read_answer(text);
        read_name(text);
        read_language(text);
        in_spanish(text);
        read_topics(text);
        match_terms(text, terms);
        auto const choice = read_choice(text, 3);
        EXPECT_LT(choice.value_or(0), 3U);
    }
}

} // namespace
} // namespace language
