// Merging and erasing: every table that refers to a customer, or holds her words, is named here.
#include "store/people.hpp"

namespace store {
namespace {

constexpr auto her_chats = "(SELECT id FROM conversation WHERE business_id = ?1 AND customer_id = ?2)";

void run(Tx& tx, std::string const& statement, base::BusinessId const& business, base::CustomerId const& customer) {
    tx.run(statement, {business, customer});
}

/// Answers kept for requests sent twice hold whole bookings and messages.
void forget_answers(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer) {
    tx.run("DELETE FROM idempotency WHERE business_id = ?1 AND (body LIKE '%' || ?2 || '%' "
           "OR EXISTS (SELECT 1 FROM booking b WHERE b.business_id = ?1 AND b.customer_id = ?2 "
           "AND idempotency.body LIKE '%' || b.id || '%') "
           "OR EXISTS (SELECT 1 FROM conversation v WHERE v.business_id = ?1 AND v.customer_id = ?2 "
           "AND idempotency.body LIKE '%' || v.id || '%'))",
           {business, customer});
}

void forget_jobs(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer) {
    tx.run("DELETE FROM job WHERE business_id = ?1 AND (payload LIKE '%' || ?2 || '%' OR unique_key LIKE '%' || ?2 || "
           "'%' OR EXISTS (SELECT 1 FROM conversation v WHERE v.business_id = ?1 AND v.customer_id = ?2 "
           "AND (job.payload LIKE '%' || v.id || '%' OR job.unique_key LIKE '%' || v.id || '%')) "
           "OR EXISTS (SELECT 1 FROM customer_address a WHERE a.business_id = ?1 AND a.customer_id = ?2 "
           "AND (job.payload LIKE '%' || a.value || '%' OR job.unique_key LIKE '%' || a.value || '%')))",
           {business, customer});
}

/// The numbering has no gaps, so entries are rewritten rather than removed.
void rewrite_changes(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer) {
    static auto const sql = std::string("UPDATE change SET kind = 'customer.erased', ref = ?2 WHERE business_id = ?1 "
                                        "AND (ref = ?2 OR ref IN ") +
                            her_chats +
                            " OR ref IN (SELECT id FROM message WHERE business_id = ?1 AND conversation_id IN " +
                            her_chats + "))";
    run(tx, sql, business, customer);
}

/// The outbox first: whoever delivers a message at this moment holds its row, and is waited for.
void remove_chats(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer) {
    static auto const chats = std::string(her_chats);
    static auto const of_chats = " WHERE business_id = ?1 AND conversation_id IN " + chats;
    static auto const outbox = "DELETE FROM outbox" + of_chats;
    static auto const phone =
        "DELETE FROM simulator_message WHERE business_id = ?1 AND (message_id IN (SELECT id FROM message" + of_chats +
        ") OR address_value IN (SELECT address_value FROM conversation WHERE business_id = ?1 AND customer_id = ?2 "
        "AND channel = 'simulator'))";
    static auto const inbox = "DELETE FROM inbox" + of_chats;
    static auto const messages = "DELETE FROM message" + of_chats;
    static auto const entries =
        "DELETE FROM turn_entry WHERE business_id = ?1 AND turn_id IN (SELECT id FROM turn" + of_chats + ")";
    static auto const turns = "DELETE FROM turn" + of_chats;
    for (auto const* statement : {&outbox, &phone, &inbox, &messages, &entries, &turns}) {
        run(tx, *statement, business, customer);
    }
    run(tx, "DELETE FROM conversation WHERE business_id = ?1 AND customer_id = ?2", business, customer);
}

std::vector<base::BookingId> leave_bookings_to_nobody(Tx& tx, base::BusinessId const& business,
                                                      base::CustomerId const& customer) {
    insert_nobody(tx, business);
    run(tx,
        "UPDATE booking_event SET details = '{}' WHERE business_id = ?1 AND booking_id IN "
        "(SELECT id FROM booking WHERE business_id = ?1 AND customer_id = ?2)",
        business, customer);
    return tx.all("UPDATE booking SET customer_id = ?3, customer_name = '', customer_name_folded = '', notes = '', "
                  "notes_folded = '', version = version + 1 WHERE business_id = ?1 AND customer_id = ?2 RETURNING id",
                  {business, customer, nobody(business)}, [](Row const& row) { return row.id<base::BookingId>(0); });
}

} // namespace

Moved move_all(Tx& tx, base::BusinessId const& business, base::CustomerId const& from, base::CustomerId const& to) {
    forget_answers(tx, business, from);
    auto moved = Moved();
    moved.bookings = tx.all("UPDATE booking SET customer_id = ?3, version = version + 1 WHERE business_id = ?1 "
                            "AND customer_id = ?2 RETURNING id",
                            {business, from, to}, [](Row const& row) { return row.id<base::BookingId>(0); });
    moved.conversations =
        tx.all("UPDATE conversation SET customer_id = ?3, version = version + 1 WHERE business_id = ?1 "
               "AND customer_id = ?2 RETURNING id",
               {business, from, to}, [](Row const& row) { return row.id<base::ConversationId>(0); });
    tx.run("UPDATE customer_address SET customer_id = ?3 WHERE business_id = ?1 AND customer_id = ?2",
           {business, from, to});
    delete_customer(tx, business, from);
    return moved;
}

std::vector<base::BookingId> erase_all(Tx& tx, base::BusinessId const& business, base::CustomerId const& customer) {
    forget_answers(tx, business, customer);
    forget_jobs(tx, business, customer);
    rewrite_changes(tx, business, customer);
    remove_chats(tx, business, customer);
    run(tx, "DELETE FROM customer_address WHERE business_id = ?1 AND customer_id = ?2", business, customer);
    auto bookings = leave_bookings_to_nobody(tx, business, customer);
    delete_customer(tx, business, customer);
    return bookings;
}

} // namespace store
