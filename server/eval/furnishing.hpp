// Puts a business and what a scenario gives into the database of a stage.
#pragma once

#include "eval/stage.hpp"
#include "store/database.hpp"

namespace eval {

/// Lives for one transaction.
class Furnishing {
public:
    Furnishing(store::Tx& tx, Stage& stage);
    /// The business, active, with a simulator for a phone; and the customers who are known by name.
    base::Result<void> found();
    base::Result<void> add(Given const& given);

private:
    base::Result<void> add_business();
    void add_staff();
    void add_services();
    base::Result<void> add(GivenBooking const& given);
    base::Result<void> add(GivenReminder const& given);
    base::Result<void> add(BusyTime const& busy);
    base::Result<void> add(GivenMessage const& given);
    /// The first in the file's order who does it and is free; nullopt when nobody is.
    std::optional<std::string> free_member(GivenBooking const& given, base::Interval occupied);
    base::CustomerId customer_with(base::Phone const& phone);
    base::Instant instant(base::LocalTime time) const;

    store::Tx& tx_;
    Stage& stage_;
    base::Random& random_;
};

} // namespace eval
