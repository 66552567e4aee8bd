// Any bytes as a cursor. Whatever is accepted is a place in a list, and has one cursor.
#include <cstdint>
#include <cstdlib>

#include "api/paging.hpp"
#include "base/ids.hpp"

namespace {

void insist(bool holds) {
    if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const query = api::http::Query{{"cursor", std::string(reinterpret_cast<char const*>(data), size)}};
    auto in = api::http::Reader(query);
    auto const page = api::read_page(in);
    if (in.finish()) insist(!page.after.empty() && api::cursor_of(page.after) == query.at("cursor"));
    auto ranked_in = api::http::Reader(query);
    auto const ranked = api::read_ranked_page(ranked_in);
    if (!ranked_in.finish()) return 0;
    insist(ranked.after && base::is_uuid(ranked.after->id));
    insist(api::cursor_of(api::sort_key(ranked.after->rank, ranked.after->id)) == query.at("cursor"));
    return 0;
}
