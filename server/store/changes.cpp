#include "store/changes.hpp"

#include <map>

namespace store {
namespace {

/// Raises the business's counter by `count`; answers the first of the new numbers.
std::int64_t take_numbers(Tx& tx, base::BusinessId const& business, std::int64_t count) {
    auto const last = tx.one("INSERT INTO change_counter (business_id, seq) VALUES (?1, ?2) "
                             "ON CONFLICT (business_id) DO UPDATE SET seq = change_counter.seq + excluded.seq "
                             "RETURNING seq",
                             {business, count}, [](Row const& row) { return row.integer(0); });
    return last.value() - count + 1;
}

} // namespace

void append_changes(Tx& tx, std::span<Change const> changes, base::Instant now) {
    auto by_business = std::map<base::BusinessId, std::vector<Change const*>>();
    for (auto const& change : changes)
        by_business[change.business].push_back(&change);
    for (auto const& [business, entries] : by_business) {
        auto seq = take_numbers(tx, business, static_cast<std::int64_t>(entries.size()));
        for (auto const* entry : entries) {
            tx.run("INSERT INTO change (business_id, seq, kind, ref, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                   {business, seq++, entry->kind, entry->ref, now});
        }
    }
}

std::vector<ChangeRow> changes_after(Tx& tx, base::BusinessId const& business, std::int64_t seq, int limit) {
    return tx.all("SELECT seq, kind, ref, at FROM change WHERE business_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
                  {business, seq, limit}, [](Row const& row) {
                      return ChangeRow{row.integer(0), row.string(1), row.string(2), row.instant(3)};
                  });
}

std::int64_t latest_seq(Tx& tx, base::BusinessId const& business) {
    return tx
        .one("SELECT seq FROM change_counter WHERE business_id = ?1", {business},
             [](Row const& row) { return row.integer(0); })
        .value_or(0);
}

std::int64_t trim_changes(Tx& tx, base::Instant before) {
    return tx.run("DELETE FROM change WHERE (business_id, seq) IN "
                  "(SELECT business_id, seq FROM change WHERE at < ?1 ORDER BY at LIMIT 10000)",
                  {before});
}

} // namespace store
