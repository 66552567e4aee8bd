#include "api/paging.hpp"

#include <charconv>
#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"

namespace api {
namespace {

constexpr auto largest_page = std::int64_t{200};
constexpr auto uuid_length = std::size_t{36};
/// A cursor may hold a name of 60 characters.
constexpr auto longest_cursor = std::size_t{600};
/// Added to a rank so that times before 1970 are written without a sign and sort as text.
constexpr auto rank_offset = std::int64_t{1'000'000'000'000'000};

std::optional<std::string> key_of(std::string_view cursor) {
    auto const bytes = base::from_base64url(cursor);
    if (!bytes || bytes->size() <= uuid_length) return std::nullopt;
    auto key = std::string(bytes->begin(), bytes->end());
    auto const id = key.substr(key.size() - uuid_length);
    return base::is_uuid(id) ? std::optional(std::move(key)) : std::nullopt;
}

std::optional<RankedKey> ranked_key_of(std::string const& key) {
    constexpr auto rank_length = std::size_t{20};
    if (key.size() != rank_length + 1 + uuid_length || key[rank_length] != '/') return std::nullopt;
    auto rank = std::int64_t{0};
    auto const end = key.data() + rank_length;
    auto const parsed = std::from_chars(key.data(), end, rank);
    if (parsed.ec != std::errc() || parsed.ptr != end || rank < 0) return std::nullopt;
    return RankedKey{rank - rank_offset, key.substr(rank_length + 1)};
}

std::optional<store::Place> place_of(std::string_view key, std::string_view order, RankKind kind) {
    if (!order.empty()) {
        if (!key.starts_with(order) || key.substr(order.size(), 1) != ":") return std::nullopt;
        key.remove_prefix(order.size() + 1);
    }
    if (kind == RankKind::number) {
        auto ranked = ranked_key_of(std::string(key));
        return ranked ? std::optional(store::Place{ranked->rank, std::move(ranked->id)}) : std::nullopt;
    }
    if (key.size() <= uuid_length || key[key.size() - uuid_length - 1] != '/') return std::nullopt;
    auto rank = std::string(key.substr(0, key.size() - uuid_length - 1));
    if (base::to_valid_utf8(rank) != rank || rank.find('\0') != rank.npos) return std::nullopt;
    return store::Place{std::move(rank), std::string(key.substr(key.size() - uuid_length))};
}

} // namespace

Page read_page(http::Reader& in) {
    auto page = Page();
    page.limit = static_cast<std::size_t>(in.optional("limit", http::as::integer(1, largest_page)).value_or(50));
    auto const cursor = in.optional("cursor", http::as::token(longest_cursor));
    if (!cursor) return page;
    auto key = key_of(*cursor);
    if (!key) in.refuse("cursor", "format", "must be the next_cursor of an earlier page");
    page.after = std::move(key).value_or("");
    return page;
}

RankedPage read_ranked_page(http::Reader& in) {
    auto const page = read_page(in);
    auto ranked = RankedPage{static_cast<std::int64_t>(page.limit), std::nullopt};
    if (page.after.empty()) return ranked;
    ranked.after = ranked_key_of(page.after);
    if (!ranked.after) in.refuse("cursor", "format", "must be the next_cursor of an earlier page");
    return ranked;
}

SortedPage read_sorted_page(http::Reader& in, std::string_view order, RankKind kind) {
    auto const page = read_page(in);
    auto sorted = SortedPage{static_cast<std::int64_t>(page.limit), std::nullopt};
    if (page.after.empty()) return sorted;
    sorted.after = place_of(page.after, order, kind);
    if (!sorted.after) in.refuse("cursor", "format", "must be the next_cursor of an earlier page in this order");
    return sorted;
}

std::string cursor_of(std::string_view order, store::Place const& last) {
    auto const key = std::visit([&](auto const& rank) { return sort_key(rank, last.id); }, last.rank);
    return cursor_of(order.empty() ? key : fmt::format("{}:{}", order, key));
}

std::string cursor_of(std::string_view sort_key) {
    return base::to_base64url({reinterpret_cast<std::uint8_t const*>(sort_key.data()), sort_key.size()});
}

std::string sort_key(std::int64_t rank, std::string_view id) {
    return fmt::format("{:020}/{}", rank + rank_offset, id);
}

std::string sort_key(std::string_view rank, std::string_view id) { return fmt::format("{}/{}", rank, id); }

} // namespace api
