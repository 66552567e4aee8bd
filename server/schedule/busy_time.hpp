// What takes one chair's time, gone through once from the past to the future.
#pragma once

#include <cstddef>
#include <vector>

#include "base/time.hpp"

namespace schedule {

class BusyTime {
public:
    /// `busy` in any order, may overlap; what lies outside of `window` or is empty does not count.
    BusyTime(std::vector<base::Interval> const& busy, base::Interval const& window);

    /// True when nothing overlaps `wanted`. From call to call `wanted.from` may only grow.
    bool is_free(base::Interval const& wanted) {
        while (busy_[next_].to <= wanted.from)
            ++next_;
        return busy_[next_].from >= wanted.to;
    }
    /// How much of `day` is taken. From call to call `day.from` may only grow.
    base::Milliseconds taken_of(base::Interval const& day);

private:
    std::vector<base::Interval> busy_; ///< sorted, apart from each other; the last begins after all time
    std::size_t next_ = 0;             ///< those before end before anything still to be asked of is_free()
    std::size_t next_of_day_ = 0;      ///< the same for taken_of()
};

} // namespace schedule
