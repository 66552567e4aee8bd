// Random businesses for the property tests, drawn so that rules meet at their edges: busy time that touches, windows
// around changes of the clocks, notice and horizon that fall into the window.
#pragma once

#include <string>
#include <vector>

#include "schedule/availability.hpp"
#include "schedule/oracle_test.hpp"

namespace schedule::oracle {

struct Case {
    Calendar calendar;
    Query query;
};

/// The days around which windows are laid: changes of the clocks, the last bookable date, ordinary days.
struct Place {
    std::string zone_name;
    ZoneTable table;
    std::vector<std::int64_t> days_of_change;
    static Place of(std::string const& zone_name, int first_year, int last_year);
};

/// Inside a rapidcheck property only.
Case draw_case(Place const& place);
Overrides draw_overrides();
/// An instant in the query's window on a half minute, mostly on a round one.
base::Instant draw_start(Query const& query);

/// A case or an answer in words, for the report of a failure.
std::string describe(Case const& drawn);
std::string describe(base::Zone const& zone, Answer const& answer);

} // namespace schedule::oracle
