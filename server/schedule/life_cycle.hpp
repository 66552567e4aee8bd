// The life of a booking: which step may follow which.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace schedule {

enum class Status { pending, confirmed, completed, cancelled, no_show };
enum class Action { confirm, cancel, reschedule, complete, mark_no_show };
/// Who acts: the customer (through the assistant) keeps cancel_notice, the owner does not.
enum class Actor { customer, owner };

std::string_view to_text(Status);
std::optional<Status> parse_status(std::string_view);
/// pending and confirmed bookings hold the chair.
constexpr bool is_active(Status status) { return status == Status::pending || status == Status::confirmed; }

/// The status after `action`, or conflict `wrong_status`; for customers within cancel_notice of the start (or after it)
/// refused `too_late`. complete and mark_no_show only after the start (conflict `not_started`); they and confirm only
/// by the owner (refused `owner_only`). reschedule keeps the status; a new start is the scheduler's matter. From
/// cancelled, nothing; completed and no_show can be turned into each other.
base::Result<Status> apply(Action action, Actor actor, Status status, base::Instant starts_at, base::Instant now,
                           base::Minutes cancel_notice);

} // namespace schedule
