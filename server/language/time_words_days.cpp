#include <array>

#include "language/time_words.hpp"

namespace language {

namespace {

constexpr auto words = std::to_array<TimeWord>({
    {"lunes", Sym::weekday, 1}, {"lun", Sym::weekday, 1}, {"monday", Sym::weekday, 1}, {"mon", Sym::weekday, 1},
    {"martes", Sym::weekday, 2}, {"mart", Sym::weekday, 2}, {"tuesday", Sym::weekday, 2}, {"tue", Sym::weekday, 2},
    {"tues", Sym::weekday, 2}, {"miercoles", Sym::weekday, 3}, {"mie", Sym::weekday, 3}, {"mier", Sym::weekday, 3},
    {"mierc", Sym::weekday, 3}, {"miercole", Sym::weekday, 3}, {"wednesday", Sym::weekday, 3},
    {"wed", Sym::weekday, 3}, {"weds", Sym::weekday, 3}, {"jueves", Sym::weekday, 4}, {"jue", Sym::weekday, 4},
    {"juev", Sym::weekday, 4}, {"thursday", Sym::weekday, 4}, {"thu", Sym::weekday, 4}, {"thur", Sym::weekday, 4},
    {"thurs", Sym::weekday, 4}, {"viernes", Sym::weekday, 5}, {"vie", Sym::weekday, 5}, {"vier", Sym::weekday, 5},
    {"viern", Sym::weekday, 5}, {"friday", Sym::weekday, 5}, {"fri", Sym::weekday, 5}, {"sabado", Sym::weekday, 6},
    {"sab", Sym::weekday, 6}, {"sabad", Sym::weekday, 6}, {"saturday", Sym::weekday, 6}, {"sat", Sym::weekday, 6},
    {"domingo", Sym::weekday, 7}, {"dom", Sym::weekday, 7}, {"doming", Sym::weekday, 7}, {"sunday", Sym::weekday, 7},
    {"sun", Sym::weekday, 7},
    // Catalan
    {"dilluns", Sym::weekday, 1}, {"dimarts", Sym::weekday, 2}, {"dimecres", Sym::weekday, 3},
    {"dijous", Sym::weekday, 4}, {"divendres", Sym::weekday, 5}, {"dissabte", Sym::weekday, 6},
    {"diumenge", Sym::weekday, 7},

    {"enero", Sym::month, 1}, {"ene", Sym::month, 1}, {"january", Sym::month, 1}, {"jan", Sym::month, 1},
    {"febrero", Sym::month, 2}, {"feb", Sym::month, 2}, {"february", Sym::month, 2}, {"marzo", Sym::month, 3},
    {"mzo", Sym::month, 3}, {"march", Sym::month, 3}, {"abril", Sym::month, 4}, {"abr", Sym::month, 4},
    {"april", Sym::month, 4}, {"apr", Sym::month, 4}, {"mayo", Sym::month, 5}, {"may", Sym::month, 5},
    {"junio", Sym::month, 6}, {"jun", Sym::month, 6}, {"june", Sym::month, 6}, {"julio", Sym::month, 7},
    {"jul", Sym::month, 7}, {"july", Sym::month, 7}, {"agosto", Sym::month, 8}, {"ago", Sym::month, 8},
    {"agos", Sym::month, 8}, {"agto", Sym::month, 8}, {"august", Sym::month, 8}, {"aug", Sym::month, 8},
    {"septiembre", Sym::month, 9}, {"setiembre", Sym::month, 9}, {"sep", Sym::month, 9}, {"sept", Sym::month, 9},
    {"set", Sym::month, 9}, {"september", Sym::month, 9}, {"octubre", Sym::month, 10}, {"oct", Sym::month, 10},
    {"october", Sym::month, 10}, {"noviembre", Sym::month, 11}, {"nov", Sym::month, 11}, {"november", Sym::month, 11},
    {"diciembre", Sym::month, 12}, {"dic", Sym::month, 12}, {"december", Sym::month, 12}, {"dec", Sym::month, 12},
    {"mar", Sym::mar},

    {"hoy", Sym::relative, 0}, {"hoy mismo", Sym::relative, 0}, {"el dia de hoy", Sym::relative, 0}, {"dia de hoy", Sym::relative, 0},
    {"today", Sym::relative, 0}, {"avui", Sym::relative, 0}, {"hoje", Sym::relative, 0},
    {"tomorrow", Sym::relative, 1}, {"el dia de manana", Sym::relative, 1}, {"dia de manana", Sym::relative, 1},
    {"manana mismo", Sym::relative, 1},
    {"dema", Sym::relative, 1}, {"amanha", Sym::relative, 1},
    {"pasado manana", Sym::relative, 2}, {"despues de manana", Sym::relative, 2}, {"pasao manana", Sym::relative, 2},
    {"pasadomanana", Sym::relative, 2}, {"the day after tomorrow", Sym::relative, 2},
    {"day after tomorrow", Sym::relative, 2}, {"dema passat", Sym::relative, 2},
    {"traspasado", Sym::relative, 3}, {"pasado pasado", Sym::relative, 3}, {"ayer", Sym::relative, -1}, {"yesterday", Sym::relative, -1},
    {"anteayer", Sym::relative, -2}, {"antier", Sym::relative, -2}, {"antes de ayer", Sym::relative, -2},
    {"antes ayer", Sym::relative, -2}, {"ante ayer", Sym::relative, -2}, {"antesdeayer", Sym::relative, -2},
    {"the day before yesterday", Sym::relative, -2},
    {"manana", Sym::manana}, {"pasado", Sym::pasado}, {"pasao", Sym::pasado},
    {"pasada", Sym::past}, {"anterior", Sym::past}, {"last", Sym::past},

    {"dia", Sym::day}, {"dias", Sym::day}, {"day", Sym::day}, {"days", Sym::day}, {"dias habiles", Sym::day},
    {"semana", Sym::week}, {"semanas", Sym::week}, {"sem", Sym::week}, {"semanitas", Sym::week}, {"week", Sym::week}, {"weeks", Sym::week},
    {"mes", Sym::month_unit}, {"meses", Sym::month_unit}, {"month", Sym::month_unit}, {"months", Sym::month_unit},
    {"hora", Sym::hour_unit}, {"horas", Sym::hour_unit}, {"horita", Sym::hour_unit}, {"horitas", Sym::hour_unit},
    {"hour", Sym::hour_unit}, {"hours", Sym::hour_unit},
    {"minuto", Sym::minute}, {"minutos", Sym::minute}, {"minutitos", Sym::minute}, {"min", Sym::minute},
    {"mins", Sym::minute}, {"minute", Sym::minute}, {"minutes", Sym::minute},
    {"un par de", Sym::couple}, {"par de", Sym::couple}, {"a couple of", Sym::couple}, {"couple of", Sym::couple},

    {"que viene", Sym::next}, {"que vienen", Sym::next}, {"que biene", Sym::next}, {"qviene", Sym::next}, {"queviene", Sym::next},
    {"que entra", Sym::next}, {"proximo", Sym::next}, {"proxima", Sym::next},
    {"proxim", Sym::next}, {"siguiente", Sym::next}, {"entrante", Sym::next}, {"venidero", Sym::next}, {"next", Sym::next},
    {"otro", Sym::other}, {"otra", Sym::other},
    {"subsiguiente", Sym::after_next}, {"que le sigue", Sym::after_next}, {"after next", Sym::after_next},
    {"de despues", Sym::after_next}, {"de mas alla", Sym::after_next},
    {"este", Sym::this_}, {"esta", Sym::this_}, {"ese", Sym::this_}, {"esa", Sym::this_}, {"this", Sym::this_}, {"mismo", Sym::one_more},
    {"misma", Sym::one_more},

    {"esta semana", Sym::this_week}, {"esta misma semana", Sym::this_week}, {"la presente semana", Sym::this_week},
    {"this week", Sym::this_week},
    {"la semana que viene", Sym::next_week}, {"semana que viene", Sym::next_week},
    {"esta semana que viene", Sym::next_week}, {"la semana que entra", Sym::next_week}, {"semana que entra", Sym::next_week},
    {"la proxima semana", Sym::next_week}, {"proxima semana", Sym::next_week}, {"esta proxima semana", Sym::next_week},
    {"la semana proxima", Sym::next_week}, {"semana proxima", Sym::next_week}, {"la otra semana", Sym::next_week},
    {"otra semana", Sym::next_week}, {"la semana siguiente", Sym::next_week}, {"semana siguiente", Sym::next_week},
    {"la siguiente semana", Sym::next_week}, {"siguiente semana", Sym::next_week},
    {"la semana entrante", Sym::next_week}, {"semana entrante", Sym::next_week}, {"next week", Sym::next_week}, {"the week after next", Sym::next_week, 1}, {"week after next", Sym::next_week, 1},
    {"la semana subsiguiente", Sym::next_week, 1}, {"semana subsiguiente", Sym::next_week, 1},
    {"la setmana que ve", Sym::next_week},
    {"la semana pasada", Sym::past_week}, {"semana pasada", Sym::past_week}, {"la pasada semana", Sym::past_week},
    {"last week", Sym::past_week},
    {"fin de semana", Sym::weekend}, {"a fin de semana", Sym::weekend}, {"fines de semana", Sym::weekend}, {"fin de", Sym::month_end}, {"finde", Sym::weekend},
    {"finde semana", Sym::weekend}, {"findesemana", Sym::weekend}, {"fds", Sym::weekend}, {"weekend", Sym::weekend},
    {"cap de setmana", Sym::weekend}, {"entre semana", Sym::workdays}, {"during the week", Sym::workdays},
    {"dia de semana", Sym::workdays}, {"quincena", Sym::fortnight},
    {"este mes", Sym::this_month}, {"del corriente", Sym::this_month}, {"de los corrientes", Sym::this_month},
    {"this month", Sym::this_month}, {"the month", Sym::this_month},
    {"el mes que viene", Sym::next_month}, {"mes que viene", Sym::next_month}, {"el mes que entra", Sym::next_month},
    {"mes que entra", Sym::next_month}, {"el proximo mes", Sym::next_month}, {"proximo mes", Sym::next_month},
    {"el mes proximo", Sym::next_month}, {"mes proximo", Sym::next_month}, {"el mes entrante", Sym::next_month},
    {"mes entrante", Sym::next_month}, {"el otro mes", Sym::next_month}, {"el mes siguiente", Sym::next_month}, {"next month", Sym::next_month},
    {"a principios de", Sym::month_start}, {"principios de", Sym::month_start}, {"principio de", Sym::month_start},
    {"a principio de", Sym::month_start}, {"a comienzos de", Sym::month_start}, {"comienzos de", Sym::month_start}, {"a inicios de", Sym::month_start},
    {"inicios de", Sym::month_start}, {"inicio de", Sym::month_start}, {"a primeros de", Sym::month_start},
    {"primeros de", Sym::month_start}, {"the beginning of", Sym::month_start}, {"beginning of", Sym::month_start},
    {"the start of", Sym::month_start},
    {"a mediados de", Sym::month_middle}, {"mediados de", Sym::month_middle}, {"mediado de", Sym::month_middle}, {"the middle of", Sym::month_middle},
    {"middle of", Sym::month_middle}, {"mid", Sym::month_middle},
    {"a fin de", Sym::month_end}, {"a fines de", Sym::month_end}, {"fines de", Sym::month_end},
    {"a final de", Sym::month_end}, {"a finales de", Sym::month_end}, {"final de", Sym::month_end},
    {"finales de", Sym::month_end}, {"a ultimos de", Sym::month_end}, {"ultimos de", Sym::month_end},
    {"the end of", Sym::month_end}, {"end of", Sym::month_end},

    {"primer", Sym::ordinal, 1}, {"primero", Sym::ordinal, 1}, {"primera", Sym::ordinal, 1}, {"first", Sym::ordinal, 1},
    {"1er", Sym::ordinal, 1}, {"segundo", Sym::ordinal, 2}, {"segunda", Sym::ordinal, 2}, {"second", Sym::ordinal, 2},
    {"tercer", Sym::ordinal, 3}, {"tercero", Sym::ordinal, 3}, {"third", Sym::ordinal, 3}, {"fourth", Sym::ordinal, 4},
    {"ultimo", Sym::ordinal, 5}, {"ultima", Sym::ordinal, 5},

    {"festivo", Sym::holiday}, {"feriado", Sym::holiday}, {"dia festivo", Sym::holiday}, {"dia feriado", Sym::holiday},
    {"puente", Sym::bridge}, {"fin de semana largo", Sym::bridge}, {"finde largo", Sym::bridge}, {"fin de semana puente", Sym::bridge},
});

} // namespace

std::span<TimeWord const> words_of_days() { return words; }

} // namespace language
