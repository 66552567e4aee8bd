// The place of a trial: a house of its own, in it one business and what the scenario gives, and a clock that stands
// still. What is in the database is read here, never out of words.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "eval/fixture.hpp"
#include "eval/scenario.hpp"
#include "house/house.hpp"
#include "store/booking.hpp"

namespace eval {

/// A row of the database under the file's ids.
struct StagedBooking {
    std::string given; ///< its id in the scenario; empty: it came during the trial
    std::string service;
    std::string staff;
    base::LocalTime starts_at;
    store::BookingRow row;
    bool is_own = false; ///< the customer's of the scenario
    bool is_active() const;
};

class Stage {
public:
    /// `folder` must not exist; it is removed at the end. The same scenario makes the same stage, with the same ids.
    /// invalid `bad_scenarios` when a given booking has no place.
    static base::Result<std::unique_ptr<Stage>> open(Fixture const& fixture, Scenario const& scenario,
                                                     std::filesystem::path const& folder);
    ~Stage();
    Stage(Stage const&) = delete;
    Stage& operator=(Stage const&) = delete;

    Fixture const& fixture() const { return fixture_; }
    Scenario const& scenario() const { return scenario_; }
    house::House& house() { return *house_; }
    base::BusinessId const& business() const { return business_; }
    base::ServiceId const& service(std::string const& id) const { return services_.at(id); }
    base::StaffId const& staff(std::string const& id) const { return staff_.at(id); }
    base::BookingId const& booking(std::string const& given) const { return bookings_.at(given); }

    base::Instant now() const { return house_->business_clock().now(); }
    base::LocalTime local_now() const { return fixture_.profile.zone.to_local(now()); }
    /// Time goes by; every timer on the way fires when it is due.
    void pass(base::Milliseconds time);
    /// Takes effect now.
    base::Result<void> give(std::vector<Given> const& givens);

    /// By start, then in the order in which they were made.
    base::Result<std::vector<StagedBooking>> all_bookings();
    /// Whether a person was called to the customer's chat and has it.
    base::Result<bool> is_handed_over();

private:
    friend class Furnishing;
    Stage(Fixture const& fixture, Scenario const& scenario, std::filesystem::path folder);

    Fixture const& fixture_;
    Scenario const& scenario_;
    std::filesystem::path folder_;
    std::unique_ptr<house::House> house_;
    base::BusinessId business_;
    std::map<std::string, base::ServiceId> services_;
    std::map<std::string, base::StaffId> staff_;
    std::map<std::string, base::BookingId> bookings_;
};

} // namespace eval
