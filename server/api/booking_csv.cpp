#include "api/booking_csv.hpp"

#include <array>
#include <fmt/format.h>

#include "base/money.hpp"

namespace api {
namespace {

struct Term {
    std::string_view key;
    std::string_view es;
    std::string_view en;
};

constexpr auto columns = std::to_array<Term>({{"date", "Fecha", "Date"},
                                              {"from", "Desde", "From"},
                                              {"to", "Hasta", "To"},
                                              {"customer_name", "Para quién", "For"},
                                              {"customer", "Cliente", "Customer"},
                                              {"phone", "Teléfono", "Phone"},
                                              {"service", "Servicio", "Service"},
                                              {"staff", "Con", "With"},
                                              {"status", "Estado", "Status"},
                                              {"origin", "Origen", "Origin"},
                                              {"price", "Precio", "Price"},
                                              {"currency", "Moneda", "Currency"},
                                              {"notes", "Notas", "Notes"},
                                              {"created", "Creada", "Created"},
                                              {"id", "Id", "Id"}});
constexpr auto terms = std::to_array<Term>({{"pending", "Por confirmar", "Pending"},
                                            {"confirmed", "Confirmada", "Confirmed"},
                                            {"completed", "Hecha", "Completed"},
                                            {"cancelled", "Cancelada", "Cancelled"},
                                            {"no_show", "No vino", "No-show"},
                                            {"assistant", "Asistente", "Assistant"},
                                            {"guided", "Asistente", "Assistant"},
                                            {"owner", "Negocio", "Business"},
                                            {"web", "Web", "Web"},
                                            {"google", "Google", "Google"},
                                            {"import", "Importada", "Imported"},
                                            {"api", "API", "API"}});

std::string_view in(Term const& term, Language language) { return language == Language::en ? term.en : term.es; }

std::string_view translated(std::string_view key, Language language) {
    for (auto const& term : terms) {
        if (term.key == key) return in(term, language);
    }
    return key;
}

std::string decimal(std::int64_t minor, std::string_view currency) {
    auto const digits = base::minor_digits(currency);
    auto unit = std::int64_t{1};
    for (auto i = 0; i < digits; ++i) {
        unit *= 10;
    }
    return digits == 0 ? std::to_string(minor) : fmt::format("{}.{:0{}}", minor / unit, minor % unit, digits);
}

} // namespace

void write_header(Csv& out, Language language) {
    for (auto const& column : columns) {
        out.cell(in(column, language));
    }
    out.end_row();
}

void write_row(Csv& out, store::BookingDetails const& booking, business::Profile const& profile, Language language,
               InstantText& instants) {
    constexpr auto date = std::size_t{10}; // 2026-10-22T10:00:00+02:00
    constexpr auto time = std::size_t{5};
    auto const& row = booking.row;
    auto const starts = std::string(instants.of(row.starts_at));
    out.cell(starts.substr(0, date)).cell(starts.substr(date + 1, time));
    out.cell(instants.of(row.ends_at).substr(date + 1, time));
    out.cell(row.customer_name).cell(booking.customer_known_name.value_or(""));
    out.cell(booking.customer_phone.value_or("")).cell(booking.service_name).cell(booking.staff_name);
    out.cell(translated(row.status, language)).cell(translated(row.origin, language));
    out.cell(row.price_minor ? decimal(*row.price_minor, profile.currency) : "").cell(profile.currency);
    auto const created = std::string(instants.of(row.created_at));
    out.cell(row.notes).cell(created.substr(0, date) + " " + created.substr(date + 1, time)).cell(row.id.text());
    out.end_row();
}

} // namespace api
