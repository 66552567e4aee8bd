// Who is calling, as far as an address tells: the peer of the socket, or whom a trusted proxy in front names.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.hpp"
#include "base/result.hpp"

namespace api {

/// An IPv4 address counts as ::ffff:a.b.c.d.
class Address {
public:
    /// nullopt for anything but an IPv4 or IPv6 address.
    static std::optional<Address> parse(std::string_view text);
    std::string text() const;
    /// What one subscriber has at least: an IPv4 address, the /64 of an IPv6 one.
    std::string subscriber() const;
    /// He and his neighbours: the /24 of an IPv4 address, the /64 of an IPv6 one.
    std::string network() const;
    bool is_loopback() const;
    /// `bits`: 0–128.
    bool shares(Address const& other, int bits) const;
    bool is_v4() const;

private:
    std::array<std::uint8_t, 16> bytes_{};
};

/// The value of TRUSTED_PROXIES: addresses or CIDRs such as "10.0.0.0/8, fd00::/8, 192.0.2.7".
class Networks {
public:
    /// invalid `bad_trusted_proxies`
    static base::Result<Networks> parse(std::string_view text);
    bool contains(Address const& address) const;

private:
    struct Network {
        Address address;
        int bits;
    };
    std::vector<Network> all_;
};

struct Client {
    std::string address;          ///< as text
    std::string subscriber;       ///< for counting
    std::string network;          ///< for counting what must not be spread over neighbours
    bool is_this_machine = false; ///< a program beside the server, not somebody behind a proxy
};

/// A proxy is trusted when it is on loopback or in `proxies`; what it forwards is read from the end, over all trusted
/// hops to the first that is not. A hop that is no address ends the reading at the one before.
Client client_of(http::Request const& request, Networks const& proxies);

} // namespace api
