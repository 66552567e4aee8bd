#include "customers/customers.hpp"

namespace customers {
namespace {

using store::CustomerRow;

/// Who is found has to stay until the end of the transaction: somebody may be erasing or merging her at this moment.
std::optional<CustomerRow> held(store::Tx& tx, base::BusinessId const& business,
                                std::optional<CustomerRow> const& found) {
    return found ? store::hold_customer(tx, business, found->id) : std::nullopt;
}

std::optional<base::Phone> phone_in(Address const& address) {
    if (address.kind != "phone") return std::nullopt;
    return base::Phone::stored(address.value);
}

struct Found {
    CustomerRow row;
    bool added; ///< by this transaction
};
Found find_or_insert(store::Tx& tx, base::BusinessId const& business, std::optional<std::string> const& name,
                     std::optional<base::Phone> const& phone, base::Instant now, base::Random& random);
CustomerRow with_address(store::Tx& tx, base::BusinessId const& business, Found const& customer, Address const& address,
                         base::Instant now);
CustomerRow with_name(store::Tx& tx, base::BusinessId const& business, CustomerRow customer,
                      std::optional<std::string> const& name);

} // namespace

CustomerRow recognise(store::Tx& tx, base::BusinessId const& business, Address const& address,
                      std::optional<std::string> const& name, base::Instant now, base::Random& random) {
    auto known = held(tx, business, store::find_customer_by_address(tx, business, address.kind, address.value));
    if (known) return with_name(tx, business, *std::move(known), name);
    auto customer = find_or_insert(tx, business, name, phone_in(address), now, random);
    return with_name(tx, business, with_address(tx, business, customer, address, now), name);
}

CustomerRow find_or_add(store::Tx& tx, base::BusinessId const& business, std::string const& name,
                        std::optional<base::Phone> const& phone, base::Instant now, base::Random& random) {
    return with_name(tx, business, find_or_insert(tx, business, name, phone, now, random).row, name);
}

base::Result<void> rename(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                          std::string const& name) {
    auto row = store::lock_customer(tx, business, customer);
    if (!row) return base::fail(base::Fault::not_found, "not_found", "There is no such customer.");
    if (row->name == name) return {};
    row->name = name;
    store::update_customer(tx, business, *row);
    tx.note({business, "customer.updated", customer.text()});
    return {};
}

namespace {

/// Whose number it is; else who writes from it, which is how a number is known that was given up in a merge.
std::optional<CustomerRow> find_by_number(store::Tx& tx, base::BusinessId const& business, base::Phone const& phone) {
    auto owner = held(tx, business, store::find_customer_by_phone(tx, business, phone.canonical()));
    if (owner) return owner;
    return held(tx, business, store::find_customer_by_address(tx, business, "phone", phone.e164()));
}

Found find_or_insert(store::Tx& tx, base::BusinessId const& business, std::optional<std::string> const& name,
                     std::optional<base::Phone> const& phone, base::Instant now, base::Random& random) {
    auto const canonical = phone ? std::optional(phone->canonical()) : std::nullopt;
    if (canonical) {
        if (auto known = find_by_number(tx, business, *phone)) return {*std::move(known), false};
    }
    auto const added = CustomerRow{.id = base::CustomerId::make(now, random),
                                   .name = name == "" ? std::nullopt : name,
                                   .phone = phone ? std::optional(phone->e164()) : std::nullopt,
                                   .phone_canonical = canonical,
                                   .language = {},
                                   .notes = {},
                                   .opt_out_at = {},
                                   .created_at = now};
    if (store::insert_customer(tx, business, added)) {
        tx.note({business, "customer.created", added.id.text()});
        return {added, true};
    }
    return {store::find_customer_by_phone(tx, business, canonical.value()).value(), false};
}

/// Two first messages from one address may come at once; the second transaction finds the address taken after it made
/// its own customer, and takes that one back.
CustomerRow with_address(store::Tx& tx, base::BusinessId const& business, Found const& customer, Address const& address,
                         base::Instant now) {
    auto const& [row, added] = customer;
    if (store::insert_customer_address(tx, business, row.id, address.kind, address.value, now)) return row;
    auto first = store::find_customer_by_address(tx, business, address.kind, address.value).value();
    if (added && first.id != row.id) store::delete_customer(tx, business, row.id);
    return first;
}

CustomerRow with_name(store::Tx& tx, base::BusinessId const& business, CustomerRow customer,
                      std::optional<std::string> const& name) {
    if (customer.name || name.value_or("").empty()) return customer;
    auto present = store::lock_customer(tx, business, customer.id).value();
    if (present.name) return present;
    present.name = name;
    store::update_customer(tx, business, present);
    tx.note({business, "customer.updated", present.id.text()});
    ++present.version;
    return present;
}

} // namespace
} // namespace customers
