// Frames of the link to a bridge (contract/link.md) as values. Parsed strictly: a member missing, of the wrong type or
// unknown refuses the frame, with its path in the error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "conversation/inbox.hpp"
#include "outbox/sender.hpp"

namespace whatsapp {

/// A change of a session's Signal keys; without a value the key is deleted.
struct KeyChange {
    std::string name;
    std::optional<std::string> value; ///< base64
};

struct InboundFrame {
    std::int64_t epoch = 0;
    conversation::Inbound inbound;
    std::vector<customers::Address> also; ///< other addresses of the same person
    std::vector<KeyChange> keys;
};
struct ReceiptFrame {
    std::int64_t epoch = 0;
    base::BusinessId business;
    base::MessageId message;
    std::string state; ///< sent, delivered, read, failed
    std::string why;
    base::Instant at;
};
struct KeysFrame {
    std::int64_t epoch = 0;
    base::BusinessId business;
    std::int64_t commit = 0;
    std::vector<KeyChange> keys;
};
using BridgeFrame = std::variant<InboundFrame, ReceiptFrame, KeysFrame>;

/// A frame from the bridge. invalid `bad_frame` naming the member.
base::Result<BridgeFrame> parse_frame(std::string_view text);
/// The `outbound` frame of a message.
std::string outbound_frame(outbox::Outbound const& message, base::Milliseconds pace);

} // namespace whatsapp
