// What an owner does with the records of her customers: enters one, corrects it, joins two that are one person, erases
// one. Each is a function of an open transaction and notes what changed.
//   not_found  not_found
//   conflict   version_conflict, already_exists (another customer has the phone)
//   invalid    same_customer, notes_too_long (merge)
#pragma once

#include <string_view>
#include <vector>

#include "base/phone.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "store/customer.hpp"

namespace customers {

/// Sets both forms of the phone; nullopt clears them.
void set_phone(store::CustomerRow& row, std::optional<base::Phone> const& phone);

/// `row` without id, version and created_at.
base::Result<store::CustomerRow> add(store::Tx& tx, base::BusinessId const& business, store::CustomerRow row,
                                     base::Instant now, base::Random& random);

/// Writes `row` (of which `before` is the present one, locked) unless nothing is different; answers it as it is then.
base::Result<store::CustomerRow> change(store::Tx& tx, base::BusinessId const& business,
                                        store::CustomerRow const& before, store::CustomerRow row);

/// A customer in the state somebody has seen her in.
struct Seen {
    base::CustomerId id;
    std::int64_t version = 1;
};
/// Everything of `other` becomes hers: bookings, chats, addresses. What she has stays (name, phone, language), what is
/// missing comes from the other; notes are joined; who opted out stays so. A phone of the other that finds no place
/// remains an address, so that messages from it and bookings for it are still hers. Limits count what she has then.
base::Result<store::CustomerRow> merge(store::Tx& tx, base::BusinessId const& business, Seen const& customer,
                                       Seen const& other, base::Instant now);

/// Takes the locks of her chats and herself: from now on nothing comes to refer to her. Before erase().
base::Result<void> lock_to_erase(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& customer);
/// Nothing of her is left in any table (store::erase_all); afterwards store::scrub_when_called() clears the files. If
/// she writes again, she is a stranger. Her bookings to come have to be cancelled before.
void erase(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& customer, base::Instant now,
           base::Random& random);

} // namespace customers
