// The list of bookings: what is asked for, and its pages, the same for JSON and for the spreadsheet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/http/reader.hpp"
#include "api/paging.hpp"
#include "base/zone.hpp"
#include "store/booking_search.hpp"

namespace api {

struct Listing {
    store::BookingFilter filter = {};
    std::string text = {}; ///< q; empty: any
    store::BookingOrder order = {};
    std::string order_name = {}; ///< as given; empty: by start
};
/// from, to, status (several by comma), staff_id, service_id, customer_id, origin, q, sort. An id that nothing can have
/// matches nothing.
Listing read_listing(http::Reader& in, base::Zone const& zone);
inline RankKind rank_kind(Listing const& listing) {
    return store::is_text(listing.order.key) ? RankKind::text : RankKind::number;
}

struct BookingPage {
    std::vector<store::BookingDetails> rows;
    std::optional<store::Place> next; ///< where the next page begins; nullopt: that was all
};
BookingPage page_of_bookings(store::Tx& tx, base::BusinessId const& business, Listing const& listing,
                             std::optional<store::Place> const& after, std::int64_t limit);

} // namespace api
