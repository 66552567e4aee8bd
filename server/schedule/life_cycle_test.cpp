#include "schedule/life_cycle.hpp"

#include <gtest/gtest.h>
#include <string>

namespace schedule {
namespace {

using base::Minutes;

constexpr auto start = base::from_millis(1'800'000'000'000);
constexpr auto notice = Minutes(120);

std::string after(Action action, Actor actor, Status status, base::Instant now, Minutes cancel_notice = notice) {
    auto const result = apply(action, actor, status, start, now, cancel_notice);
    return result ? std::string(to_text(*result)) : result.error().code;
}

TEST(LifeCycle, lets_each_step_follow_only_certain_states) {
    struct {
        Action action;
        char const* from_pending;
        char const* from_confirmed;
        char const* from_completed;
        char const* from_cancelled;
        char const* from_no_show;
    } const table[] = {
        {Action::confirm, "confirmed", "wrong_status", "wrong_status", "wrong_status", "wrong_status"},
        {Action::cancel, "cancelled", "cancelled", "wrong_status", "wrong_status", "wrong_status"},
        {Action::reschedule, "pending", "confirmed", "wrong_status", "wrong_status", "wrong_status"},
        {Action::complete, "completed", "completed", "wrong_status", "wrong_status", "completed"},
        {Action::mark_no_show, "no_show", "no_show", "no_show", "wrong_status", "wrong_status"},
    };
    for (auto const& row : table) {
        SCOPED_TRACE(row.from_pending);
        auto const from = [&](Status status) { return after(row.action, Actor::owner, status, start + Minutes(60)); };
        EXPECT_EQ(from(Status::pending), row.from_pending);
        EXPECT_EQ(from(Status::confirmed), row.from_confirmed);
        EXPECT_EQ(from(Status::completed), row.from_completed);
        EXPECT_EQ(from(Status::cancelled), row.from_cancelled);
        EXPECT_EQ(from(Status::no_show), row.from_no_show);
    }
}

TEST(LifeCycle, holds_the_customer_to_the_notice_and_the_owner_to_nothing) {
    for (auto const action : {Action::cancel, Action::reschedule}) {
        auto const in_time = action == Action::cancel ? "cancelled" : "confirmed";
        auto const by = [&](Actor actor, base::Instant now, Minutes cancel_notice = notice) {
            return after(action, actor, Status::confirmed, now, cancel_notice);
        };
        EXPECT_EQ(by(Actor::customer, start - notice), in_time);
        EXPECT_EQ(by(Actor::customer, start - notice + base::Milliseconds(1)), "too_late");
        EXPECT_EQ(by(Actor::customer, start - base::Milliseconds(1), Minutes(0)), in_time);
        EXPECT_EQ(by(Actor::customer, start, Minutes(0)), "too_late");
        EXPECT_EQ(by(Actor::owner, start + Minutes(1)), in_time);
    }
}

TEST(LifeCycle, knows_what_came_of_a_booking_only_once_it_has_started) {
    for (auto const action : {Action::complete, Action::mark_no_show}) {
        EXPECT_EQ(after(action, Actor::owner, Status::confirmed, start - base::Milliseconds(1)), "not_started");
        EXPECT_NE(after(action, Actor::owner, Status::confirmed, start), "not_started");
    }
}

TEST(LifeCycle, leaves_confirming_and_closing_to_the_owner) {
    for (auto const action : {Action::confirm, Action::complete, Action::mark_no_show}) {
        EXPECT_EQ(after(action, Actor::customer, Status::pending, start), "owner_only");
    }
}

TEST(LifeCycle, reads_back_every_status_it_writes) {
    for (auto const status :
         {Status::pending, Status::confirmed, Status::completed, Status::cancelled, Status::no_show}) {
        EXPECT_EQ(parse_status(to_text(status)), status);
    }
    EXPECT_EQ(to_text(Status::no_show), "no_show");
    EXPECT_EQ(parse_status("Confirmed"), std::nullopt);
}

} // namespace
} // namespace schedule
