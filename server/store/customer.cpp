#include "store/customer.hpp"

#include "base/text.hpp"

namespace store {
namespace {

std::string select_customer(std::string_view tail) {
    return "SELECT c.id, c.version, c.name, c.phone, c.phone_canonical, c.language, c.notes, c.opt_out_at, "
           "c.created_at "
           "FROM customer c " +
           std::string(tail);
}

CustomerRow customer(Row const& row) {
    return {.id = row.id<base::CustomerId>(0),
            .version = row.integer(1),
            .name = row.optional_string(2),
            .phone = row.optional_string(3),
            .phone_canonical = row.optional_string(4),
            .language = row.string(5),
            .notes = row.string(6),
            .opt_out_at = row.optional_instant(7),
            .created_at = row.instant(8)};
}

constexpr auto by_id = "WHERE c.business_id = ?1 AND c.id = ?2 AND c.id <> c.business_id";

std::string folded_name(CustomerRow const& row) { return base::fold(row.name.value_or("")); }

} // namespace

base::CustomerId nobody(base::BusinessId const& business) { return base::CustomerId(business.text()); }

void insert_nobody(Tx& tx, base::BusinessId const& business) {
    tx.run("INSERT INTO customer (business_id, id, created_at) VALUES (?1, ?1, 0) "
           "ON CONFLICT (business_id, id) DO NOTHING",
           {business});
}

std::optional<CustomerRow> find_customer(Tx& tx, base::BusinessId const& business, base::CustomerId const& id) {
    static auto const sql = select_customer(by_id);
    return tx.one(sql, {business, id}, customer);
}

std::optional<CustomerRow> hold_customer(Tx& tx, base::BusinessId const& business, base::CustomerId const& id) {
    static auto const sql = select_customer(std::string(by_id) + " FOR KEY SHARE");
    if (tx.engine() == Engine::sqlite) return find_customer(tx, business, id);
    return tx.one(sql, {business, id}, customer);
}

std::optional<CustomerRow> lock_customer_to_remove(Tx& tx, base::BusinessId const& business,
                                                   base::CustomerId const& id) {
    static auto const sql = select_customer(std::string(by_id) + " FOR UPDATE");
    if (tx.engine() == Engine::sqlite) return find_customer(tx, business, id);
    return tx.one(sql, {business, id}, customer);
}

std::optional<CustomerRow> lock_customer(Tx& tx, base::BusinessId const& business, base::CustomerId const& id) {
    // NO KEY: rows that only refer to her (messages, chats) may be written meanwhile.
    static auto const sql = select_customer(std::string(by_id) + " FOR NO KEY UPDATE");
    if (tx.engine() == Engine::sqlite) return find_customer(tx, business, id);
    return tx.one(sql, {business, id}, customer);
}

std::optional<CustomerRow> find_customer_by_phone(Tx& tx, base::BusinessId const& business,
                                                  std::string_view canonical) {
    static auto const sql = select_customer("WHERE c.business_id = ?1 AND c.phone_canonical = ?2");
    return tx.one(sql, {business, canonical}, customer);
}

std::optional<CustomerRow> find_customer_by_address(Tx& tx, base::BusinessId const& business, std::string_view kind,
                                                    std::string_view value) {
    static auto const sql =
        select_customer("JOIN customer_address a ON a.business_id = c.business_id AND a.customer_id = c.id "
                        "WHERE a.business_id = ?1 AND a.kind = ?2 AND a.value = ?3");
    return tx.one(sql, {business, kind, value}, customer);
}

bool insert_customer(Tx& tx, base::BusinessId const& business, CustomerRow const& row) {
    return tx.run(
               "INSERT INTO customer (business_id, id, version, name, name_folded, phone, phone_canonical, language, "
               "notes, opt_out_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
               "ON CONFLICT (business_id, phone_canonical) WHERE phone_canonical IS NOT NULL DO NOTHING",
               {business, row.id, row.version, row.name, folded_name(row), row.phone, row.phone_canonical, row.language,
                row.notes, row.opt_out_at, row.created_at}) == 1;
}

void update_customer(Tx& tx, base::BusinessId const& business, CustomerRow const& row) {
    tx.run("UPDATE customer SET version = version + 1, name = ?3, name_folded = ?4, phone = ?5, phone_canonical = ?6, "
           "language = ?7, notes = ?8, opt_out_at = ?9 WHERE business_id = ?1 AND id = ?2",
           {business, row.id, row.name, folded_name(row), row.phone, row.phone_canonical, row.language, row.notes,
            row.opt_out_at});
}

void delete_customer(Tx& tx, base::BusinessId const& business, base::CustomerId const& id) {
    tx.run("DELETE FROM customer WHERE business_id = ?1 AND id = ?2", {business, id});
}

bool insert_customer_address(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                             std::string_view kind, std::string_view value, base::Instant now) {
    return tx.run("INSERT INTO customer_address (business_id, kind, value, customer_id, created_at) "
                  "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (business_id, kind, value) DO NOTHING",
                  {business, kind, value, customer, now}) == 1;
}

} // namespace store
