#include "api/paging.hpp"

#include <charconv>
#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/ids.hpp"

namespace api {
namespace {

constexpr auto largest_page = std::int64_t{200};
constexpr auto uuid_length = std::size_t{36};
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
    if (std::from_chars(key.data(), end, rank).ptr != end) return std::nullopt;
    return RankedKey{rank - rank_offset, key.substr(rank_length + 1)};
}

} // namespace

Page read_page(http::Reader& in) {
    auto page = Page();
    page.limit = static_cast<std::size_t>(in.optional("limit", http::as::integer(1, largest_page)).value_or(50));
    auto const cursor = in.optional("cursor", http::as::token());
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

std::string cursor_of(std::string_view sort_key) {
    return base::to_base64url({reinterpret_cast<std::uint8_t const*>(sort_key.data()), sort_key.size()});
}

std::string sort_key(std::int64_t rank, std::string_view id) {
    return fmt::format("{:020}/{}", rank + rank_offset, id);
}

std::string sort_key(std::string_view rank, std::string_view id) { return fmt::format("{}/{}", rank, id); }

} // namespace api
