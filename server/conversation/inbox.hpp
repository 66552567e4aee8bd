// The door by which messages come in: stored once, then answered exactly once.
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "customers/customers.hpp"
#include "outbox/outbox.hpp"
#include "store/database.hpp"

namespace conversation {

/// A message as a channel hands it over. Text is cleaned already (base::message_text).
struct Inbound {
    base::BusinessId business;
    std::string channel;             ///< simulator, whatsapp
    customers::Address address;      ///< the customer's, also when the owner writes to her
    std::string external_id;         ///< chosen by the sender; names the message together with chat and direction
    bool from_owner = false;         ///< written by the owner on her own phone
    std::optional<std::string> name; ///< what the customer calls herself in the channel: untrusted
    std::string kind = "text";       ///< text, audio, image, sticker, location, other
    std::string text;
    base::Instant sent_at;
};

/// How long a chat must be quiet before it is answered, so that a burst is one question.
struct Breath {
    base::Milliseconds quiet{2500};
    base::Milliseconds after_fragment{5000}; ///< after a short piece without an end
    base::Milliseconds longest{8000};        ///< since the first message that waits
};
/// All three scaled so that `quiet` is as given; 0 = answer at once.
Breath breath_of(base::Milliseconds quiet);

struct Received {
    base::MessageId message;
    base::ConversationId conversation;
    bool repeated = false; ///< it had come before: nothing was stored
};

/// Stores the message, opens the chat if it is new, and sets when its lane wakes. A message of the owner silences the
/// assistant in that chat. Everything or nothing, so an acknowledgement after the commit is honest.
Received receive(store::Tx& tx, Inbound const& inbound, Breath const& breath, outbox::Now now, base::Random& random);

} // namespace conversation
