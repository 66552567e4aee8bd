#include "store/depths.hpp"

namespace store {
namespace {

std::int64_t count(Tx& tx, std::string_view sql) {
    return tx.one(sql, {}, [](Row const& row) { return row.integer(0); }).value();
}

} // namespace

Depths depths(Tx& tx) {
    auto found = Depths();
    found.inbox = count(tx, "SELECT count(*) FROM inbox i WHERE i.outcome IS NULL");
    found.outbox = count(tx, "SELECT count(*) FROM outbox o WHERE o.state IN ('queued', 'sending')");
    found.channels =
        tx.all("SELECT w.kind, w.state, count(*) FROM whatsapp_session w "
               "JOIN business b ON b.id = w.business_id WHERE b.sandbox_of_id IS NULL "
               "GROUP BY w.kind, w.state",
               {}, [](Row const& row) { return Depths::Channels{row.string(0), row.string(1), row.integer(2)}; });
    found.jobs = tx.all("SELECT j.kind, count(*) - count(j.failed_at), count(j.failed_at) FROM job j GROUP BY j.kind",
                        {}, [](Row const& row) { return Depths::Jobs{row.string(0), row.integer(1), row.integer(2)}; });
    return found;
}

} // namespace store
