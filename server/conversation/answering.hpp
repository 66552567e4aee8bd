// Who answers a chat: the assistant, the owner, nobody for a while, or never the assistant again.
#pragma once

#include <optional>
#include <string>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "outbox/outbox.hpp"
#include "store/conversation.hpp"
#include "store/database.hpp"

namespace conversation {

/// The owner has the chat until this long after her last message.
inline constexpr auto owner_silence = std::chrono::minutes(20);
/// A customer who wants a person waits this many opening hours before the assistant says that it can still book.
inline constexpr auto waiting_patience = std::chrono::hours(2);

/// The owner wrote from her own phone or the panel: the assistant's unsent words are dropped, waiting messages are
/// hers.
void owner_wrote(store::Tx& tx, base::BusinessId const& business, store::ConversationRow& conversation,
                 base::Instant now);

/// The panel's buttons, which may be pressed twice. `until` absent = until resumed. All answer the conversation as it
/// is then; not_found for an unknown one, conflict version_conflict for a stale `version`.
base::Result<store::ConversationRow> pause(store::Tx& tx, base::BusinessId const& business,
                                           base::ConversationId const& id, std::optional<base::Instant> until,
                                           std::optional<std::int64_t> version, base::Instant now);
/// Back to the assistant, also from never; messages that came meanwhile stay the owner's.
base::Result<store::ConversationRow> resume(store::Tx& tx, base::BusinessId const& business,
                                            base::ConversationId const& id, std::optional<std::int64_t> version,
                                            base::Instant now);
base::Result<store::ConversationRow> never(store::Tx& tx, base::BusinessId const& business,
                                           base::ConversationId const& id, std::optional<std::int64_t> version,
                                           base::Instant now);
/// The owner writes from the panel; conflict `no_channel` when the business has nothing to send through.
base::Result<base::MessageId> write_as_owner(store::Tx& tx, base::BusinessId const& business,
                                             base::ConversationId const& id, std::string const& text, outbox::Now now,
                                             base::Random& random);
/// She has seen the chat.
base::Result<void> mark_seen(store::Tx& tx, base::BusinessId const& business, base::ConversationId const& id);

} // namespace conversation
