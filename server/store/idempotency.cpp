#include "store/idempotency.hpp"

namespace store {

std::optional<RememberedAnswer> find_answer(Tx& tx, base::BusinessId const& business, std::string_view actor,
                                            std::string_view key) {
    return tx.one("SELECT request_hash, status, body FROM idempotency "
                  "WHERE business_id = ?1 AND actor = ?2 AND key = ?3",
                  {business, actor, key},
                  [](Row const& row) { return RememberedAnswer{row.string(0), row.integer(1), row.string(2)}; });
}

void remember_answer(Tx& tx, base::BusinessId const& business, std::string_view actor, std::string_view key,
                     RememberedAnswer const& answer, base::Instant now) {
    tx.run("INSERT INTO idempotency (business_id, actor, key, request_hash, status, body, created_at) "
           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
           {business, actor, key, answer.request_hash, answer.status, answer.body, now});
}

std::int64_t trim_answers(Tx& tx, base::Instant before) {
    return tx.run("DELETE FROM idempotency WHERE (business_id, actor, key) IN (SELECT business_id, actor, key "
                  "FROM idempotency WHERE created_at < ?1 ORDER BY created_at LIMIT 10000)",
                  {before});
}

} // namespace store
