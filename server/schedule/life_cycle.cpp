#include "schedule/life_cycle.hpp"

#include <string>

#include "business/enum_text.hpp"

namespace schedule {
namespace {

constexpr business::EnumNames<5> statuses{"pending", "confirmed", "completed", "cancelled", "no_show"};

bool may_follow(Action action, Status status);
base::Result<void> check_owner_only(Action action, Actor actor);
base::Result<void> check_started(Action action, base::Instant starts_at, base::Instant now);
base::Result<void> check_notice(Actor actor, base::Instant starts_at, base::Instant now, base::Minutes cancel_notice);
Status status_after(Action action, Status status);
bool is_afterwards(Action action) { return action == Action::complete || action == Action::mark_no_show; }

} // namespace

std::string_view to_text(Status status) { return business::name_of(statuses, status); }
std::optional<Status> parse_status(std::string_view text) { return business::named<Status>(statuses, text); }

base::Result<Status> apply(Action action, Actor actor, Status status, base::Instant starts_at, base::Instant now,
                           base::Minutes cancel_notice) {
    if (!may_follow(action, status)) {
        return base::fail(base::Fault::conflict, "wrong_status",
                          "The booking is " + std::string(to_text(status)) + ", which does not allow this step.");
    }
    TRY_VOID(check_owner_only(action, actor));
    TRY_VOID(check_started(action, starts_at, now));
    TRY_VOID(check_notice(actor, starts_at, now, cancel_notice));
    return status_after(action, status);
}

namespace {

bool may_follow(Action action, Status status) {
    switch (action) {
    case Action::confirm: return status == Status::pending;
    case Action::cancel:
    case Action::reschedule: return is_active(status);
    case Action::complete: return is_active(status) || status == Status::no_show;
    case Action::mark_no_show: return is_active(status) || status == Status::completed;
    }
    return false;
}

base::Result<void> check_owner_only(Action action, Actor actor) {
    auto const customers_too = action == Action::cancel || action == Action::reschedule;
    if (actor == Actor::owner || customers_too) return {};
    return base::fail(base::Fault::refused, "owner_only", "Only the owner may take this step.");
}

base::Result<void> check_started(Action action, base::Instant starts_at, base::Instant now) {
    if (!is_afterwards(action) || starts_at <= now) return {};
    return base::fail(base::Fault::conflict, "not_started", "The booking has not started yet.");
}

base::Result<void> check_notice(Actor actor, base::Instant starts_at, base::Instant now, base::Minutes cancel_notice) {
    auto const in_time = now < starts_at && cancel_notice <= starts_at - now;
    if (actor == Actor::owner || in_time) return {};
    return base::fail(base::Fault::refused, "too_late",
                      "It is too late for the customer to cancel or move the booking.");
}

Status status_after(Action action, Status status) {
    switch (action) {
    case Action::confirm: return Status::confirmed;
    case Action::cancel: return Status::cancelled;
    case Action::reschedule: return status;
    case Action::complete: return Status::completed;
    case Action::mark_no_show: return Status::no_show;
    }
    return status;
}

} // namespace
} // namespace schedule
