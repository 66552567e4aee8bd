// Who the customers are: a person with a name, perhaps a phone, and the addresses she writes from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/phone.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "store/customer.hpp"
#include "store/database.hpp"

namespace customers {

/// An address of a channel: opaque text, compared and never parsed. kind: "phone" (E.164), "lid".
struct Address {
    std::string kind;
    std::string value;
    bool operator==(Address const&) const = default;
};

/// The customer who writes from `address`; made when nobody does. A phone address is also matched with customers whom
/// the owner entered by number (compared in canonical form). `name` is kept only while none is known.
store::CustomerRow recognise(store::Tx& tx, base::BusinessId const& business, Address const& address,
                             std::optional<std::string> const& name, base::Instant now, base::Random& random);

/// The customer with this phone, or a new one; without a phone always a new one. A name given for a known phone does
/// not rename her: the booking carries its own name.
store::CustomerRow find_or_add(store::Tx& tx, base::BusinessId const& business, std::string const& name,
                               std::optional<base::Phone> const& phone, base::Instant now, base::Random& random);

/// Sets her name when she says it. not_found for an unknown id.
base::Result<void> rename(store::Tx& tx, base::BusinessId const& business, base::CustomerId const& customer,
                          std::string const& name);

} // namespace customers
