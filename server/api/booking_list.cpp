#include "api/booking_list.hpp"

#include <fmt/ranges.h>

#include "api/time_range.hpp"

namespace api {
namespace {

namespace as = http::as;
using store::BookingKey;
using store::BookingOrder;

constexpr auto search_text = base::TextRule{0, 100, false};
constexpr auto statuses = std::size_t{5};

template <class Id>
auto filter_id() {
    return [](http::Field const& field) -> std::optional<Id> {
        auto const text = as::token()(field);
        if (!text) return std::nullopt;
        return Id::parse(*text).value_or(Id());
    };
}

struct NamedOrder {
    std::string name;
    BookingOrder order;
};

std::optional<NamedOrder> order(http::Field const& field) {
    static auto const named = [] {
        auto all = std::vector<std::pair<std::string, NamedOrder>>();
        for (auto const& [name, key] :
             {std::pair{"starts_at", BookingKey::starts_at}, std::pair{"created_at", BookingKey::created_at},
              std::pair{"updated_at", BookingKey::updated_at}, std::pair{"customer_name", BookingKey::customer_name},
              std::pair{"service_name", BookingKey::service_name}, std::pair{"price_minor", BookingKey::price}}) {
            for (auto const* direction : {"", "-"}) {
                auto const text = std::string(direction) + name;
                all.emplace_back(text, NamedOrder{text, {key, *direction != '\0'}});
            }
        }
        return as::one_of<NamedOrder>(std::move(all));
    }();
    return named(field);
}

bool is_plain(Listing const& listing) { return listing.text.empty() && listing.order == BookingOrder(); }

BookingPage plain_page(store::Tx& tx, base::BusinessId const& business, store::BookingFilter filter,
                       std::optional<store::Place> const& after, std::int64_t limit) {
    if (after) filter.after = {base::from_millis(std::get<std::int64_t>(after->rank)), base::BookingId(after->id)};
    filter.limit = limit + 1;
    auto page = BookingPage{store::list_bookings(tx, business, filter), std::nullopt};
    if (std::ssize(page.rows) <= limit) return page;
    page.rows.pop_back();
    auto const& last = page.rows.back().row;
    page.next = store::Place{base::to_millis(last.starts_at), last.id.text()};
    return page;
}

BookingPage found_page(store::Tx& tx, base::BusinessId const& business, Listing const& listing,
                       std::optional<store::Place> const& after, std::int64_t limit) {
    auto search = store::BookingSearch{listing.filter, listing.text, listing.order, after};
    search.filter.limit = limit + 1;
    auto found = store::search_bookings(tx, business, search);
    auto page = BookingPage();
    if (std::ssize(found) > limit) {
        found.pop_back();
        page.next = store::Place{found.back().rank, found.back().booking.row.id.text()};
    }
    for (auto& one : found) {
        page.rows.push_back(std::move(one.booking));
    }
    return page;
}

} // namespace

Listing read_listing(http::Reader& in, base::Zone const& zone) {
    auto listing = Listing();
    auto& filter = listing.filter;
    filter.from = in.optional("from", day_or_instant(zone, Edge::from));
    filter.to = in.optional("to", day_or_instant(zone, Edge::to));
    auto const status = as::one_of({"pending", "confirmed", "completed", "cancelled", "no_show"});
    if (auto const wanted = in.optional("status", as::list(status, statuses))) {
        filter.statuses = fmt::format("{}", fmt::join(*wanted, ","));
    }
    filter.staff = in.optional("staff_id", filter_id<base::StaffId>());
    filter.service = in.optional("service_id", filter_id<base::ServiceId>());
    filter.customer = in.optional("customer_id", filter_id<base::CustomerId>());
    filter.origin =
        in.optional("origin", as::one_of({"assistant", "guided", "owner", "web", "google", "import", "api"}));
    listing.text = in.optional("q", as::text(search_text)).value_or("");
    auto const sort = in.optional("sort", order).value_or(NamedOrder());
    listing.order = sort.order;
    if (sort.order != BookingOrder()) listing.order_name = sort.name;
    return listing;
}

BookingPage page_of_bookings(store::Tx& tx, base::BusinessId const& business, Listing const& listing,
                             std::optional<store::Place> const& after, std::int64_t limit) {
    return is_plain(listing) ? plain_page(tx, business, listing.filter, after, limit)
                             : found_page(tx, business, listing, after, limit);
}

} // namespace api
