#include "store/booking_search.hpp"

#include <array>
#include <limits>

#include "store/booking_columns.hpp"
#include "store/search_terms.hpp"

namespace store {
namespace {

constexpr auto keys = std::size_t{6};

std::string_view expression(BookingKey key) {
    switch (key) {
    case BookingKey::starts_at: return "b.starts_at";
    case BookingKey::created_at: return "b.created_at";
    case BookingKey::updated_at: return "b.updated_at";
    case BookingKey::customer_name: return "substr(b.customer_name_folded, 1, 60)";
    case BookingKey::service_name: return "substr(v.name_folded, 1, 60)";
    case BookingKey::price: return "COALESCE(b.price_minor, -1)";
    }
    return "b.starts_at";
}

constexpr auto folded_text =
    "(c.name_folded || ' ' || b.customer_name_folded || ' ' || v.name_folded || ' ' || b.notes_folded || ' ' || "
    "COALESCE(c.phone, ''))";

std::string statement(BookingOrder order) {
    auto const rank = std::string(expression(order.key));
    auto const beyond = std::string(order.descending ? " < " : " > ");
    auto const direction = std::string(order.descending ? " DESC" : "");
    return select_booking_details(
        "WHERE b.business_id = ?1 AND b.starts_at >= ?2 AND b.starts_at < ?3 "
        "AND (CAST(?4 AS TEXT) IS NULL OR ?4 LIKE '%' || b.status || '%') "
        "AND (CAST(?5 AS TEXT) IS NULL OR b.staff_id = ?5) AND (CAST(?6 AS TEXT) IS NULL OR b.service_id = ?6) "
        "AND (CAST(?7 AS TEXT) IS NULL OR b.origin = ?7) AND (CAST(?8 AS TEXT) IS NULL OR b.customer_id = ?8) "
        "AND " +
            search_condition(folded_text, 9) + " AND (CAST(?16 AS TEXT) IS NULL OR " + rank + beyond + "?15 OR (" +
            rank + " = ?15 AND b.id" + beyond + "?16)) ORDER BY " + rank + direction + ", b.id" + direction +
            " LIMIT ?17",
        ", " + rank);
}

std::string const& prepared_statement(BookingOrder order) {
    static auto const statements = [] {
        auto all = std::array<std::array<std::string, 2>, keys>();
        for (auto key = std::size_t{0}; key < keys; ++key) {
            all[key] = {statement({static_cast<BookingKey>(key), false}),
                        statement({static_cast<BookingKey>(key), true})};
        }
        return all;
    }();
    return statements.at(static_cast<std::size_t>(order.key)).at(order.descending ? 1 : 0);
}

Parameter rank_parameter(BookingSearch const& search) {
    if (!search.after) return is_text(search.order.key) ? Parameter("") : Parameter(0);
    return std::visit([](auto const& rank) { return Parameter(rank); }, search.after->rank);
}

} // namespace

std::vector<FoundBooking> search_bookings(Tx& tx, base::BusinessId const& business, BookingSearch const& search) {
    constexpr auto first = base::from_millis(std::numeric_limits<std::int64_t>::min());
    constexpr auto last = base::from_millis(std::numeric_limits<std::int64_t>::max());
    auto const& filter = search.filter;
    auto const terms = search_terms(search.text);
    auto const text_rank = is_text(search.order.key);
    return tx.all(prepared_statement(search.order),
                  {business, filter.from.value_or(first), filter.to.value_or(last), filter.statuses, filter.staff,
                   filter.service, filter.origin, filter.customer, terms.words[0], terms.words[1], terms.words[2],
                   terms.words[3], terms.words[4], terms.digits, rank_parameter(search),
                   search.after ? std::optional(search.after->id) : std::nullopt, filter.limit},
                  [&](Row const& row) {
                      return FoundBooking{booking_details(row), text_rank ? Rank(row.string(booking_details_columns))
                                                                          : Rank(row.integer(booking_details_columns))};
                  });
}

} // namespace store
