#include "customers/records.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "store/conversation.hpp"
#include "store/people.hpp"
#include "store/scrubbing.hpp"

namespace customers {
namespace {

using store::CustomerRow;

base::Error unknown() { return {base::Fault::not_found, "not_found", "There is no such customer."}; }

base::Error phone_taken() {
    return {base::Fault::conflict, "already_exists", "Another customer has this phone number."};
}

base::Result<void> expect_free(store::Tx& tx, base::BusinessId const& business, CustomerRow const& row) {
    if (!row.phone_canonical) return {};
    auto const owner = store::find_customer_by_phone(tx, business, *row.phone_canonical);
    if (owner && owner->id != row.id) return base::fail(phone_taken());
    return {};
}

bool is_same(CustomerRow const& a, CustomerRow const& b) {
    return a.name == b.name && a.phone == b.phone && a.language == b.language && a.notes == b.notes &&
           a.opt_out_at == b.opt_out_at;
}

/// Chats are locked before their customer, as a turn does.
void lock_chats(store::Tx& tx, base::BusinessId const& business, std::vector<base::CustomerId> const& customers) {
    auto chats = std::vector<base::ConversationId>();
    for (auto const& customer : customers) {
        auto const hers = store::conversations_of(tx, business, customer);
        chats.insert(chats.end(), hers.begin(), hers.end());
    }
    std::ranges::sort(chats);
    for (auto const& chat : chats) {
        store::lock_conversation(tx, business, chat);
    }
}

base::Result<CustomerRow> lock(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& id) {
    auto row = store::lock_customer_to_remove(tx, business, id);
    if (!row) return base::fail(unknown());
    return *std::move(row);
}

base::Result<void> expect_version(CustomerRow const& row, Seen const& seen) {
    if (row.version == seen.version) return {};
    return base::fail(base::Fault::conflict, "version_conflict", "The customer was changed meanwhile.");
}

base::Result<std::string> joined_notes(std::string const& hers, std::string const& others) {
    if (others.empty() || hers == others) return hers;
    if (hers.empty()) return others;
    auto notes = hers + "\n" + others;
    if (base::length_in_code_points(notes) <= base::notes_text.max) return notes;
    return base::fail(base::Fault::invalid, "notes_too_long",
                      "The notes of both together are longer than 2000 characters: shorten one of them first.");
}

std::optional<base::Instant> earlier(std::optional<base::Instant> const& a, std::optional<base::Instant> const& b) {
    if (!a || !b) return a ? a : b;
    return std::min(*a, *b);
}

base::Result<CustomerRow> joined(CustomerRow row, CustomerRow const& other) {
    TRY(row.notes, joined_notes(row.notes, other.notes));
    if (!row.name) row.name = other.name;
    if (row.language.empty()) row.language = other.language;
    if (!row.phone) {
        row.phone = other.phone;
        row.phone_canonical = other.phone_canonical;
    }
    row.opt_out_at = earlier(row.opt_out_at, other.opt_out_at);
    return row;
}

void note_moved(store::Tx& tx, base::BusinessId const& business, store::Moved const& moved) {
    for (auto const& booking : moved.bookings) {
        tx.note({business, "booking.updated", booking.text()});
    }
    for (auto const& chat : moved.conversations) {
        tx.note({business, "conversation.updated", chat.text()});
    }
}

} // namespace

void set_phone(CustomerRow& row, std::optional<base::Phone> const& phone) {
    row.phone = phone ? std::optional(phone->e164()) : std::nullopt;
    row.phone_canonical = phone ? std::optional(phone->canonical()) : std::nullopt;
}

base::Result<CustomerRow> add(store::Tx& tx, base::BusinessId const& business, CustomerRow row, base::Instant now,
                              base::Random& random) {
    row.id = base::CustomerId::make(now, random);
    row.version = 1;
    row.created_at = now;
    if (!store::insert_customer(tx, business, row)) return base::fail(phone_taken());
    tx.note({business, "customer.created", row.id.text()});
    return row;
}

base::Result<CustomerRow> change(store::Tx& tx, base::BusinessId const& business, CustomerRow const& before,
                                 CustomerRow row) {
    if (is_same(before, row)) return before;
    TRY_VOID(expect_free(tx, business, row));
    store::update_customer(tx, business, row);
    ++row.version;
    tx.note({business, "customer.updated", row.id.text()});
    return row;
}

base::Result<CustomerRow> merge(store::Tx& tx, base::BusinessId const& business, Seen const& customer,
                                Seen const& other, base::Instant now) {
    if (!store::find_customer(tx, business, customer.id)) return base::fail(unknown());
    if (customer.id == other.id) {
        return base::fail(base::Fault::invalid, "same_customer", "A customer cannot be merged with herself.");
    }
    lock_chats(tx, business, {customer.id, other.id});
    // Two merges of the same two, in either direction, take their locks in one order.
    TRY(auto first, lock(tx, business, std::min(customer.id, other.id)));
    TRY(auto second, lock(tx, business, std::max(customer.id, other.id)));
    auto& row = first.id == customer.id ? first : second;
    auto& gone = first.id == customer.id ? second : first;
    TRY_VOID(expect_version(row, customer));
    TRY_VOID(expect_version(gone, other));
    TRY(auto whole, joined(row, gone));
    note_moved(tx, business, store::move_all(tx, business, gone.id, row.id));
    if (gone.phone && gone.phone != whole.phone) {
        store::insert_customer_address(tx, business, row.id, "phone", *gone.phone, now);
    }
    store::update_customer(tx, business, whole);
    ++whole.version;
    tx.note({business, "customer.updated", whole.id.text()});
    tx.note({business, "customer.merged", gone.id.text()});
    return whole;
}

base::Result<void> lock_to_erase(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& customer) {
    lock_chats(tx, business, {customer});
    TRY_VOID(lock(tx, business, customer));
    return {};
}

void erase(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& customer, base::Instant now,
           base::Random& random) {
    for (auto const& booking : store::erase_all(tx, business, customer)) {
        tx.note({business, "booking.updated", booking.text()});
    }
    tx.note({business, "customer.erased", customer.text()});
    store::call_for_scrubbing(tx, base::make_uuid(now, random));
}

} // namespace customers
