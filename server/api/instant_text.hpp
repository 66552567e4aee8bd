// Many instants of one zone as RFC 3339 text, without a look-up in the zone table for each: the free starts of three
// months are thousands.
#pragma once

#include <array>
#include <string_view>

#include "base/zone.hpp"

namespace api {

/// As base::Zone::format; quickest when one call's instant lies near the last one's.
class InstantText {
public:
    explicit InstantText(base::Zone const& zone) : zone_(zone) {}
    /// Holds until the next call.
    std::string_view of(base::Instant instant);

private:
    void enter(base::OffsetSpan const& span);
    void write_date(base::Date date);
    void write_two(std::size_t at, std::int64_t number);

    base::Zone zone_;
    base::OffsetSpan span_ = {};
    base::Date date_ = base::Date::min();
    std::array<char, 25> text_ = {}; ///< 2026-10-22T10:00:00+02:00
};

} // namespace api
