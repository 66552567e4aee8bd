#include "store/meta.hpp"

namespace store {

std::optional<std::string> meta(Tx& tx, std::string_view key) {
    return tx.one("SELECT value FROM meta WHERE key = ?1", {key}, [](Row const& row) { return row.string(0); });
}

void set_meta(Tx& tx, std::string_view key, std::string_view value) {
    tx.run("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
           {key, value});
}

void remove_meta(Tx& tx, std::string_view key) { tx.run("DELETE FROM meta WHERE key = ?1", {key}); }

} // namespace store
