// Lists in pages: `limit`, and a `cursor` that says after which row to go on. To clients a cursor is opaque; inside it
// is the sort key of the last row seen, so that rows added or removed meanwhile shift nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/reader.hpp"
#include "store/rank.hpp"

namespace api {

struct Page {
    std::size_t limit = 50; ///< 1 to 200
    std::string after;      ///< a sort key; empty: from the beginning
};
/// A broken cursor is noted as `format` on `cursor`.
Page read_page(http::Reader& in);
std::string cursor_of(std::string_view sort_key);

/// Keys compare as text in the order of the list; `id` makes them unique.
std::string sort_key(std::int64_t rank, std::string_view id);
std::string sort_key(std::string_view rank, std::string_view id);

template <class Row>
struct Slice {
    std::vector<Row> rows;
    std::optional<std::string> next_cursor;
};

/// One page of a list that is short enough to be read whole. `key`: Row → sort key, rising along `rows`.
template <class Row, class Key>
Slice<Row> slice(std::vector<Row> const& rows, Page const& page, Key const& key) {
    auto const first = std::ranges::find_if(rows, [&](Row const& row) { return key(row) > page.after; });
    auto const left = static_cast<std::size_t>(rows.end() - first);
    auto const last = first + static_cast<std::ptrdiff_t>(std::min(page.limit, left));
    auto cut = Slice<Row>{{first, last}, std::nullopt};
    if (left > page.limit) cut.next_cursor = cursor_of(key(cut.rows.back()));
    return cut;
}

/// A page of a list that the database cuts: the parts of a sort_key whose rank is a number.
struct RankedKey {
    std::int64_t rank;
    std::string id;
};
struct RankedPage {
    std::int64_t limit;
    std::optional<RankedKey> after;
};
/// As read_page; a cursor of a list with another kind of rank is broken too.
RankedPage read_ranked_page(http::Reader& in);

/// A page of a list that comes in several orders. `order` names the present one and marks its cursors: one of another
/// order is broken too. Empty: the order a list has by itself.
struct SortedPage {
    std::int64_t limit;
    std::optional<store::Place> after;
};
enum class RankKind { number, text };
SortedPage read_sorted_page(http::Reader& in, std::string_view order, RankKind kind);
std::string cursor_of(std::string_view order, store::Place const& last);

/// The first `limit` of `rows`, which are one more if there is another page.
template <class Row, class Key>
Slice<Row> cut_to(std::vector<Row> rows, std::int64_t limit, Key const& key) {
    auto cut = Slice<Row>{std::move(rows), std::nullopt};
    if (std::ssize(cut.rows) <= limit) return cut;
    cut.rows.resize(static_cast<std::size_t>(limit));
    cut.next_cursor = cursor_of(key(cut.rows.back()));
    return cut;
}

} // namespace api
