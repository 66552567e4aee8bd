#include "store/people.hpp"

#include <array>

#include "store/search_terms.hpp"

namespace store {
namespace {

constexpr auto summary_columns = 11;

/// ?2 is now.
constexpr auto last_visit = "(SELECT MAX(b.starts_at) FROM booking b WHERE b.business_id = c.business_id "
                            "AND b.customer_id = c.id AND b.starts_at <= ?2 "
                            "AND b.status IN ('confirmed', 'completed'))";
constexpr auto next_visit = "(SELECT MIN(b.starts_at) FROM booking b WHERE b.business_id = c.business_id "
                            "AND b.customer_id = c.id AND b.starts_at > ?2 AND b.status IN ('pending', 'confirmed'))";

std::string select_summary(std::string const& tail, std::string const& more = "") {
    return std::string("SELECT c.id, c.version, c.name, c.phone, c.phone_canonical, c.language, c.notes, c.opt_out_at, "
                       "c.created_at, ") +
           last_visit + ", " + next_visit + more + " FROM customer c " + tail;
}

CustomerSummary summary(Row const& row) {
    return {.row = {.id = row.id<base::CustomerId>(0),
                    .version = row.integer(1),
                    .name = row.optional_string(2),
                    .phone = row.optional_string(3),
                    .phone_canonical = row.optional_string(4),
                    .language = row.string(5),
                    .notes = row.string(6),
                    .opt_out_at = row.optional_instant(7),
                    .created_at = row.instant(8)},
            .last_visit_at = row.optional_instant(9),
            .next_visit_at = row.optional_instant(10)};
}

std::string expression(CustomerKey key) {
    switch (key) {
    case CustomerKey::name:
        return "(CASE WHEN c.name_folded = '' THEN '1' ELSE '0' || substr(c.name_folded, 1, 60) END)";
    case CustomerKey::last_visit_at: return std::string("COALESCE(") + last_visit + ", -100000000000000)";
    case CustomerKey::created_at: return "c.created_at";
    }
    return "c.created_at";
}

std::string statement(CustomerKey key, bool descending) {
    auto const rank = expression(key);
    auto const beyond = std::string(descending ? " < " : " > ");
    auto const direction = std::string(descending ? " DESC" : "");
    return select_summary("WHERE c.business_id = ?1 AND c.id <> c.business_id AND " +
                              search_condition("(c.name_folded || ' ' || COALESCE(c.phone, ''))", 3) +
                              " AND (CAST(?10 AS TEXT) IS NULL OR " + rank + beyond + "?9 OR (" + rank +
                              " = ?9 AND c.id" + beyond + "?10)) ORDER BY " + rank + direction + ", c.id" + direction +
                              " LIMIT ?11",
                          ", " + rank);
}

std::string const& prepared_statement(CustomerKey key, bool descending) {
    constexpr auto keys = std::size_t{3};
    static auto const statements = [] {
        auto all = std::array<std::array<std::string, 2>, keys>();
        for (auto i = std::size_t{0}; i < keys; ++i) {
            all[i] = {statement(static_cast<CustomerKey>(i), false), statement(static_cast<CustomerKey>(i), true)};
        }
        return all;
    }();
    return statements.at(static_cast<std::size_t>(key)).at(descending ? 1 : 0);
}

Parameter rank_parameter(CustomerSearch const& search) {
    if (!search.after) return is_text(search.key) ? Parameter("") : Parameter(0);
    return std::visit([](auto const& rank) { return Parameter(rank); }, search.after->rank);
}

} // namespace

std::vector<FoundCustomer> search_customers(Tx& tx, base::BusinessId const& business, CustomerSearch const& search,
                                            base::Instant now) {
    auto const terms = search_terms(search.text);
    auto const text_rank = is_text(search.key);
    return tx.all(prepared_statement(search.key, search.descending),
                  {business, now, terms.words[0], terms.words[1], terms.words[2], terms.words[3], terms.words[4],
                   terms.digits, rank_parameter(search), search.after ? std::optional(search.after->id) : std::nullopt,
                   search.limit},
                  [&](Row const& row) {
                      return FoundCustomer{summary(row), text_rank ? Rank(row.string(summary_columns))
                                                                   : Rank(row.integer(summary_columns))};
                  });
}

std::optional<CustomerSummary> find_customer_summary(Tx& tx, base::BusinessId const& business,
                                                     base::CustomerId const& id, base::Instant now) {
    static auto const sql = select_summary("WHERE c.business_id = ?1 AND c.id = ?3 AND c.id <> c.business_id");
    return tx.one(sql, {business, now, id}, summary);
}

CustomerCounts count_bookings_of(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                                 base::Instant now) {
    return tx
        .one("SELECT COUNT(*), "
             "COALESCE(SUM(CASE WHEN status IN ('pending', 'confirmed') AND ends_at > ?3 THEN 1 ELSE 0 END), 0), "
             "COALESCE(SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END), 0), "
             "COALESCE(SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END), 0), "
             "COALESCE(SUM(CASE WHEN status = 'no_show' THEN 1 ELSE 0 END), 0) "
             "FROM booking WHERE business_id = ?1 AND customer_id = ?2",
             {business, customer, now},
             [](Row const& row) {
                 return CustomerCounts{row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
             })
        .value();
}

std::vector<AddressRow> addresses_of(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer) {
    return tx.all("SELECT kind, value, created_at FROM customer_address WHERE business_id = ?1 AND customer_id = ?2 "
                  "ORDER BY created_at, kind, value",
                  {business, customer},
                  [](Row const& row) { return AddressRow{row.string(0), row.string(1), row.instant(2)}; });
}

std::vector<base::ConversationId> conversations_of(Tx& tx, base::BusinessId const& business,
                                                   base::CustomerId const& customer) {
    return tx.all("SELECT id FROM conversation WHERE business_id = ?1 AND customer_id = ?2 ORDER BY id",
                  {business, customer}, [](Row const& row) { return row.id<base::ConversationId>(0); });
}

std::vector<base::BookingId> bookings_to_come_of(Tx& tx, base::BusinessId const& business,
                                                 base::CustomerId const& customer, base::Instant now) {
    return tx.all("SELECT id FROM booking WHERE business_id = ?1 AND customer_id = ?2 AND ends_at > ?3 "
                  "AND status IN ('pending', 'confirmed') ORDER BY starts_at, id",
                  {business, customer, now}, [](Row const& row) { return row.id<base::BookingId>(0); });
}

bool has_opted_out(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation) {
    return tx
        .one("SELECT 1 FROM conversation v JOIN customer c ON c.business_id = v.business_id AND c.id = v.customer_id "
             "WHERE v.business_id = ?1 AND v.id = ?2 AND c.opt_out_at IS NOT NULL",
             {business, conversation}, [](Row const&) { return true; })
        .has_value();
}

} // namespace store
