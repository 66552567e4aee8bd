// The part of migration 2 that SQL cannot do: folding is the program's (base::fold), so that both engines agree on it.
#include <string>
#include <vector>

#include "base/text.hpp"
#include "store/transaction.hpp"

namespace store {
namespace {

constexpr auto rows_at_once = std::size_t{500};

struct Unfolded {
    std::string business;
    std::string id;
    std::string customer_name;
    std::string notes;
};

std::vector<Unfolded> rows_after(OpenTx& tx, std::string const& business, std::string const& id) {
    return tx.all("SELECT business_id, id, customer_name, notes FROM booking WHERE (business_id, id) > (?1, ?2) "
                  "ORDER BY business_id, id LIMIT ?3",
                  {business, id, static_cast<std::int64_t>(rows_at_once)},
                  [](Row const& row) { return Unfolded{row.string(0), row.string(1), row.string(2), row.string(3)}; });
}

} // namespace

void migrate_0002(OpenTx& tx) {
    auto rows = rows_after(tx, "", "");
    while (!rows.empty()) {
        for (auto const& row : rows) {
            tx.run("UPDATE booking SET customer_name_folded = ?3, notes_folded = ?4 "
                   "WHERE business_id = ?1 AND id = ?2",
                   {row.business, row.id, base::fold(row.customer_name), base::fold(row.notes)});
        }
        rows = rows_after(tx, rows.back().business, rows.back().id);
    }
}

} // namespace store
