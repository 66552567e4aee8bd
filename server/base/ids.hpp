// Typed ids: UUIDv7 text (RFC 9562), lower case. An id that does not parse is an unknown id, never a separate error.
#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace base {

class Random;

/// True for 36 lower-case characters in the 8-4-4-4-12 form.
bool is_uuid(std::string_view text);
/// A UUIDv7: 48 bits of `now` in milliseconds, 74 random bits. Sorts by time of creation.
std::string make_uuid(Instant now, Random& random);

template <class Tag>
class Id {
public:
    Id() = default;
    /// For text this program wrote itself: a row, a token. Text from outside goes through parse().
    explicit Id(std::string text) : text_(std::move(text)) {}
    static std::optional<Id> parse(std::string_view text) {
        return is_uuid(text) ? std::optional(Id(std::string(text))) : std::nullopt;
    }
    static Id make(Instant now, Random& random) { return Id(make_uuid(now, random)); }

    std::string const& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(Id const&) const = default;

private:
    std::string text_;
};

using AccountId = Id<struct AccountTag>;
using SessionId = Id<struct SessionTag>;
using BusinessId = Id<struct BusinessTag>;
using StaffId = Id<struct StaffTag>;
using ServiceId = Id<struct ServiceTag>;
using CustomerId = Id<struct CustomerTag>;
using BookingId = Id<struct BookingTag>;
using BlockId = Id<struct BlockTag>;
using ExceptionId = Id<struct ExceptionTag>;
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;
using TurnId = Id<struct TurnTag>;
using OfferId = Id<struct OfferTag>;

} // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
    std::size_t operator()(base::Id<Tag> const& id) const noexcept { return std::hash<std::string>()(id.text()); }
};
