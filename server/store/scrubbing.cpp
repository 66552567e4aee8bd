#include "store/scrubbing.hpp"

#include "store/meta.hpp"

namespace store {
namespace {

constexpr auto call_key = "scrub_call";

using Call = std::optional<std::string>;

} // namespace

void call_for_scrubbing(Tx& tx, std::string_view call) { set_meta(tx, call_key, call); }

base::Result<void> scrub_when_called(Database& database) {
    TRY(auto const call, database.read([](Tx& tx) -> base::Result<Call> { return meta(tx, call_key); }));
    if (!call) return {};
    TRY_VOID(database.scrub());
    // A later call stays: what it is about may not have been there yet.
    return database.write([&](Tx& tx) -> base::Result<void> {
        if (meta(tx, call_key) == call) remove_meta(tx, call_key);
        return {};
    });
}

} // namespace store
