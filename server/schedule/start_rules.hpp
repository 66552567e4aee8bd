// The rules a start must keep, asked date by date and forward in time, so that busy time is passed over only once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "schedule/busy_time.hpp"
#include "schedule/free_starts.hpp"
#include "schedule/local_days.hpp"

namespace schedule {

/// A start as the clock on the wall shows it and as an instant.
struct Candidate {
    base::TimeOfDay at;
    base::Instant starts_at;
    bool on_grid;
};

class StartRules {
public:
    /// For starts on the dates `first` to `last`. Calendar and query must outlive this.
    StartRules(Calendar const& calendar, Query const& query, base::Date first, base::Date last, Overrides overrides);

    /// Dates may only go forward, and so may the starts of a date.
    void turn_to(base::Date date);
    LocalDays const& clock() const { return clock_; }
    /// Outside of these hours of the date every start is refused.
    business::DayHours const& promising() const { return promising_; }

    /// The first rule that refuses it. Without a refusal free() and preferred() tell who could take it.
    std::optional<Refusal> ask(Candidate const& candidate);
    std::span<ChairPosition const> free() const { return std::span(free_).first(free_count_); }
    ChairPosition preferred() const { return preferred_; }

private:
    struct OpenSpan {
        business::OpenInterval wall;
        base::Interval instants;
    };
    struct AbleChair {
        ChairPosition position;
        business::StaffMember const* member;
        BusyTime busy;
        bool has_own_hours;         ///< else she works whenever the business is open
        std::vector<OpenSpan> open; ///< of the present date, if she has her own hours
        std::int64_t rank = 0;      ///< on the present date, less is preferred
    };

    /// In the order of their positions.
    std::vector<AbleChair> able_chairs(base::Date first, base::Date last) const;
    bool has_own_hours(business::StaffMember const& member) const;
    std::vector<OpenSpan> spans(base::Date date, business::DayHours const& hours) const;
    bool fits(std::vector<OpenSpan> const& open, Candidate const& candidate) const;
    std::optional<Refusal> ask_time(Candidate const& candidate) const;
    std::optional<Refusal> ask_chairs(Candidate const& candidate);

    Calendar const& calendar_;
    Query const& query_;
    Overrides const overrides_;
    LocalDays const clock_;
    base::Instant const earliest_;
    base::Date const last_date_;
    std::vector<business::HoursException> const exceptions_; ///< those of the dates in question
    std::vector<AbleChair> able_;

    bool too_far_ = false;
    std::vector<OpenSpan> open_;
    business::DayHours promising_;
    std::vector<ChairPosition> free_; ///< only the first free_count_ count
    std::size_t free_count_ = 0;
    ChairPosition preferred_ = 0;
};

} // namespace schedule
