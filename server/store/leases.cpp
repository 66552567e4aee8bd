#include "store/leases.hpp"

namespace store {

std::optional<Lease> acquire_lease(Tx& tx, std::string_view name, std::string_view holder, base::Instant now,
                                   base::Milliseconds length) {
    return tx.one("INSERT INTO lease (name, holder, epoch, until_at) VALUES (?1, ?2, 1, ?3) "
                  "ON CONFLICT (name) DO UPDATE "
                  "SET holder = excluded.holder, epoch = lease.epoch + 1, until_at = excluded.until_at "
                  "WHERE lease.until_at <= ?4 OR lease.until_at > ?5 OR lease.holder = excluded.holder "
                  "RETURNING epoch",
                  {name, holder, now + length, now, now + 2 * length}, [&](Row const& row) {
                      return Lease{std::string(name), std::string(holder), row.integer(0), now + length};
                  });
}

std::optional<Lease> renew_lease(Tx& tx, Lease const& lease, base::Instant now, base::Milliseconds length) {
    auto const renewed = tx.run("UPDATE lease SET until_at = ?4 "
                                "WHERE name = ?1 AND holder = ?2 AND epoch = ?3 AND until_at > ?5",
                                {lease.name, lease.holder, lease.epoch, now + length, now});
    if (renewed == 0) return std::nullopt;
    return Lease{lease.name, lease.holder, lease.epoch, now + length};
}

std::optional<Lease> renew_own_lease(Tx& tx, std::string_view name, std::string_view holder, base::Instant now,
                                     base::Milliseconds length) {
    return tx.one("UPDATE lease SET until_at = ?3 WHERE name = ?1 AND holder = ?2 AND until_at > ?4 RETURNING epoch",
                  {name, holder, now + length, now}, [&](Row const& row) {
                      return Lease{std::string(name), std::string(holder), row.integer(0), now + length};
                  });
}

void release_lease(Tx& tx, Lease const& lease) {
    // The row stays, so that epochs go on rising.
    tx.run("UPDATE lease SET until_at = 0 WHERE name = ?1 AND holder = ?2 AND epoch = ?3",
           {lease.name, lease.holder, lease.epoch});
}

bool holds_lease(Tx& tx, Lease const& lease, base::Instant now) {
    // The first locks nothing, which SQLite's only writer does not need and a read cannot do.
    auto const* sql = tx.engine() == Engine::sqlite
                          ? "SELECT 1 FROM lease WHERE name = ?1 AND holder = ?2 AND epoch = ?3 AND until_at > ?4"
                          : "SELECT 1 FROM lease WHERE name = ?1 AND holder = ?2 AND epoch = ?3 AND until_at > ?4 "
                            "FOR SHARE";
    return tx.one(sql, {lease.name, lease.holder, lease.epoch, now}, [](Row const&) { return true; }).has_value();
}

} // namespace store
