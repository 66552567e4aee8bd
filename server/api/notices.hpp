// Tells a customer in her chat what the owner did with her booking.
#pragma once

#include <optional>
#include <string_view>

#include "api/context.hpp"
#include "business/profile.hpp"
#include "store/booking.hpp"
#include "store/conversation.hpp"

namespace api {

/// The chat she wrote in last, locked until the end of the transaction. Taken before the locks of bookings and staff,
/// as a turn does, so that the two never wait for each other.
std::optional<store::ConversationRow> lock_chat_of(store::Tx& tx, base::BusinessId const& business,
                                                   base::CustomerId const& customer);

/// Queues the text `key` (booked, moved, cancelled) about the booking as it is written in this transaction.
void tell(Context& context, store::Tx& tx, business::Profile const& profile, store::ConversationRow chat,
          store::BookingDetails const& booking, std::string_view key);

} // namespace api
