// Customers as an owner sees them: lists, visits, counts, and the addresses and chats that hang on one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/customer.hpp"
#include "store/rank.hpp"

namespace store {

/// A visit is a booking that is confirmed or was completed; one to come may still be pending.
struct CustomerSummary {
    CustomerRow row;
    std::optional<base::Instant> last_visit_at = {};
    std::optional<base::Instant> next_visit_at = {};
};

enum class CustomerKey { name, last_visit_at, created_at };
constexpr bool is_text(CustomerKey key) { return key == CustomerKey::name; }

struct CustomerSearch {
    /// Every word has to occur in her name or phone, or all of it is a part of her phone (see BookingSearch).
    std::string text = {};
    /// Names folded, by their first 60 characters, those without a name after the others; who never came before who
    /// did.
    CustomerKey key = CustomerKey::name;
    bool descending = false;
    std::optional<Place> after = {};
    std::int64_t limit = 50;
};
struct FoundCustomer {
    CustomerSummary customer;
    Rank rank;
};
std::vector<FoundCustomer> search_customers(Tx& tx, base::BusinessId const& business, CustomerSearch const& search,
                                            base::Instant now);
std::optional<CustomerSummary> find_customer_summary(Tx& tx, base::BusinessId const& business,
                                                     base::CustomerId const& id, base::Instant now);

struct CustomerCounts {
    std::int64_t bookings = 0;
    std::int64_t upcoming = 0; ///< active, not over yet
    std::int64_t completed = 0;
    std::int64_t cancelled = 0;
    std::int64_t no_shows = 0;
};
CustomerCounts count_bookings_of(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                                 base::Instant now);

struct AddressRow {
    std::string kind;
    std::string value;
    base::Instant created_at;
};
std::vector<AddressRow> addresses_of(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer);
/// By id.
std::vector<base::ConversationId> conversations_of(Tx& tx, base::BusinessId const& business,
                                                   base::CustomerId const& customer);
/// Active bookings that are not over, by start.
std::vector<base::BookingId> bookings_to_come_of(Tx& tx, base::BusinessId const& business,
                                                 base::CustomerId const& customer, base::Instant now);
/// Whether she who has this chat asked not to be written to unasked.
bool has_opted_out(Tx& tx, base::BusinessId const& business, base::ConversationId const& conversation);

/// Everything of `from` becomes `to`'s, and `from` is gone. Answers that were remembered about her go too. Both are
/// locked to be removed.
struct Moved {
    std::vector<base::BookingId> bookings;
    std::vector<base::ConversationId> conversations;
};
Moved move_all(Tx& tx, base::BusinessId const& business, base::CustomerId const& from, base::CustomerId const& to);

/// Nothing of her is left in any table; what she booked belongs to nobody, without names, notes and the details of its
/// history. Entries of the change log about her chats become `customer.erased`. She is locked to be removed. Answers
/// her former bookings. What deleted rows leave in the files is Database::scrub()'s.
std::vector<base::BookingId> erase_all(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer);

} // namespace store
