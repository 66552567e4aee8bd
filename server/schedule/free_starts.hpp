// The answer of availability() in a compact form: staff as positions in Calendar::chairs, so that a month of starts
// takes two allocations instead of thousands. For answers that are written out as text at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/time.hpp"
#include "schedule/availability.hpp"

namespace schedule {

using ChairPosition = std::uint32_t; ///< index into Calendar::chairs

struct FreeStart {
    base::Instant starts_at;
    ChairPosition preferred;
    std::uint32_t first; ///< the free chairs are FreeStarts::chairs[first, first + count)
    std::uint32_t count;
};

struct FreeStarts {
    std::vector<FreeStart> starts; ///< in order
    std::vector<ChairPosition> chairs;
    std::span<ChairPosition const> free_at(FreeStart const& start) const {
        return std::span(chairs).subspan(start.first, start.count);
    }
};

/// Same starts, staff, preference and trace as availability().
FreeStarts free_starts(Calendar const& calendar, Query const& query, Trace* trace = nullptr);

} // namespace schedule
