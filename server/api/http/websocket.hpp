// WebSocket for a room that knows nothing of sockets: text messages in order, both ways.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "api/http/message.hpp"
#include "base/result.hpp"

namespace api::http {

/// One open connection. Both functions may be called from any thread, never block, and do nothing once it is closed.
class Socket {
public:
    virtual ~Socket() = default;
    /// Queues one text message (UTF-8). More than Limits::socket_queue_bytes unsent closes the socket with 1013.
    virtual void send(std::string text) = 0;
    /// `code` as in RFC 6455 §7.4, `reason` at most 123 bytes. What was queued before still goes out.
    virtual void close(int code, std::string reason) = 0;
};

/// How an accepted WebSocket is served. The callbacks run on the worker pool, one after the other, so they may block:
/// on_open first, then each message, on_close exactly once and last. The next message is read when on_message returned.
struct WebSocketAccept {
    std::string subprotocol; ///< one of those the client offered, or empty
    std::function<void(std::shared_ptr<Socket>)> on_open;
    std::function<void(std::string)> on_message;
    std::function<void(int code)> on_close; ///< 1006 when the peer vanished without a close frame
};

/// Decides, on the worker pool, about a well-formed upgrade request; an Error becomes a problem+json answer.
using Upgrade = std::function<base::Result<WebSocketAccept>(Request const&)>;

} // namespace api::http
