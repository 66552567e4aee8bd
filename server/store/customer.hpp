// Rows of customers and their addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace store {

struct CustomerRow {
    base::CustomerId id = {};
    std::int64_t version = 1;
    std::optional<std::string> name = {};
    std::optional<std::string> phone = {}; ///< E.164
    std::optional<std::string> phone_canonical = {};
    std::string language = {};
    std::string notes = {};
    std::optional<base::Instant> opt_out_at = {};
    base::Instant created_at = {};
};

/// Bookings whose customer was erased belong to nobody: to a customer row without name, phone and address that has the
/// id of the business itself. No function here finds it by its id or lists it.
base::CustomerId nobody(base::BusinessId const& business);
void insert_nobody(Tx& tx, base::BusinessId const& business);

std::optional<CustomerRow> find_customer(Tx& tx, base::BusinessId const& business, base::CustomerId const& id);
/// Keeps her from being merged or erased until the end of the transaction, so that rows may come to refer to her.
std::optional<CustomerRow> hold_customer(Tx& tx, base::BusinessId const& business, base::CustomerId const& id);
/// Before she is merged or erased: waits for those who hold her.
std::optional<CustomerRow> lock_customer_to_remove(Tx& tx, base::BusinessId const& business,
                                                   base::CustomerId const& id);
/// Takes the row's lock until the end of the transaction (PostgreSQL; SQLite has one writer anyway).
std::optional<CustomerRow> lock_customer(Tx& tx, base::BusinessId const& business, base::CustomerId const& id);
std::optional<CustomerRow> find_customer_by_phone(Tx& tx, base::BusinessId const& business, std::string_view canonical);
std::optional<CustomerRow> find_customer_by_address(Tx& tx, base::BusinessId const& business, std::string_view kind,
                                                    std::string_view value);
/// False, and nothing written, when another customer has the phone; on PostgreSQL after waiting for a transaction that
/// is about to add her.
bool insert_customer(Tx& tx, base::BusinessId const& business, CustomerRow const& row);
/// Writes name, phone, language, notes, opt_out_at and raises the version.
void update_customer(Tx& tx, base::BusinessId const& business, CustomerRow const& row);
/// Only for a customer nothing refers to yet.
void delete_customer(Tx& tx, base::BusinessId const& business, base::CustomerId const& id);
/// False, and nothing written, when the address is known already.
bool insert_customer_address(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                             std::string_view kind, std::string_view value, base::Instant now);

} // namespace store
