// One turn of a chat: the messages that wait are answered, or there is a reason why not. Everything that follows from
// them (bookings, journal, replies, the state of the dialogue) is one transaction, so a crash leaves all or nothing,
// and the same turn is simply taken again.
#pragma once

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "outbox/outbox.hpp"
#include "store/database.hpp"

namespace conversation {

/// When the lane wants to be woken again; absent = it rests.
using NextWake = std::optional<base::Instant>;

base::Result<NextWake> take_turn(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& id,
                                 outbox::Now now, base::Random& random);

/// After several failures to take a turn (a bug, damaged data): the waiting messages are handed to the owner with a
/// notice.
base::Result<NextWake> give_up_turn(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& id,
                                    outbox::Now now, base::Random& random);

} // namespace conversation
