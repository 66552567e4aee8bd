// Wall-clock times of some days turned into instants without a look-up in the zone table for each.
#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/time.hpp"
#include "base/zone.hpp"

namespace schedule {

class LocalDays {
public:
    /// For wall-clock times from midnight of `first` to the end of `last`, 24:00 included.
    LocalDays(base::Zone const& zone, base::Date first, base::Date last);

    struct Reading {
        base::Instant instant; ///< the first at which the clock shows the time; if none does, the first after it
        bool skipped;          ///< no clock shows it: the clocks went forward over it
    };
    Reading first_reading(base::LocalTime time) const {
        auto span = spans_.begin();
        while (as_if_utc(time) - span->offset >= span->to && std::next(span) != spans_.end())
            ++span;
        auto const instant = as_if_utc(time) - span->offset;
        return {std::max(instant, span->from), instant < span->from};
    }
    base::Instant instant_of(base::LocalTime time) const { return first_reading(time).instant; }
    base::Interval whole(base::Date date) const;

private:
    static base::Instant as_if_utc(base::LocalTime time) { return base::Instant(time.time_since_epoch()); }

    std::vector<base::OffsetSpan> spans_; ///< in order, without holes
};

} // namespace schedule
