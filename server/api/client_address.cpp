#include "api/client_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <fmt/format.h>

namespace api {
namespace {

constexpr auto v4_prefix = std::size_t{12};
constexpr auto v4_bits = 96;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::optional<int> number(std::string_view text) {
    auto value = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

tl::unexpected<base::Error> bad_network(std::string_view text) {
    return base::fail(base::Fault::invalid, "bad_trusted_proxies",
                      fmt::format("`{}` is neither an IP address nor a network such as 10.0.0.0/8", text));
}

} // namespace

std::optional<Address> Address::parse(std::string_view text) {
    auto address = Address();
    auto const name = std::string(text);
    if (::inet_pton(AF_INET6, name.c_str(), address.bytes_.data()) == 1) return address;
    address.bytes_ = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (::inet_pton(AF_INET, name.c_str(), address.bytes_.data() + v4_prefix) == 1) return address;
    return std::nullopt;
}

bool Address::is_v4() const {
    constexpr auto prefix = std::array<std::uint8_t, v4_prefix>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::equal(prefix.begin(), prefix.end(), bytes_.begin());
}

std::string Address::text() const {
    auto buffer = std::array<char, INET6_ADDRSTRLEN>();
    auto const* const bytes = is_v4() ? bytes_.data() + v4_prefix : bytes_.data();
    ::inet_ntop(is_v4() ? AF_INET : AF_INET6, bytes, buffer.data(), buffer.size());
    return buffer.data();
}

std::string Address::subscriber() const { return is_v4() ? text() : network(); }

std::string Address::network() const {
    auto start = *this;
    auto const kept = is_v4() ? bytes_.size() - 1 : bytes_.size() / 2;
    std::fill(start.bytes_.begin() + static_cast<std::ptrdiff_t>(kept), start.bytes_.end(), std::uint8_t{0});
    return start.text();
}

bool Address::is_loopback() const { return is_v4() ? bytes_[v4_prefix] == 127 : text() == "::1"; }

bool Address::shares(Address const& other, int bits) const {
    for (auto i = std::size_t{0}; i < bytes_.size(); ++i, bits -= 8) {
        if (bits <= 0) return true;
        auto const mask = bits >= 8 ? 0xffU : 0xffU << static_cast<unsigned>(8 - bits) & 0xffU;
        if (((bytes_[i] ^ other.bytes_[i]) & mask) != 0) return false;
    }
    return true;
}

base::Result<Networks> Networks::parse(std::string_view text) {
    auto networks = Networks();
    if (text.empty()) return networks;
    for (auto more = true; more;) {
        auto const end = text.find(',');
        auto const one = trimmed(text.substr(0, end));
        more = end != text.npos;
        if (more) text.remove_prefix(end + 1);
        auto const slash = std::min(one.find('/'), one.size());
        auto const address = Address::parse(one.substr(0, slash));
        if (!address) return bad_network(one);
        auto const most = address->is_v4() ? 32 : 128;
        auto const bits = slash == one.size() ? std::optional(most) : number(one.substr(slash + 1));
        if (!bits || *bits > most) return bad_network(one);
        networks.all_.push_back({*address, address->is_v4() ? v4_bits + *bits : *bits});
    }
    return networks;
}

bool Networks::contains(Address const& address) const {
    return std::ranges::any_of(all_, [&](Network const& one) { return address.shares(one.address, one.bits); });
}

Client client_of(http::Request const& request, Networks const& proxies) {
    auto const peer = Address::parse(request.remote_address);
    if (!peer) return {request.remote_address, request.remote_address, request.remote_address, false};
    auto client = *peer;
    auto hops = request.headers["x-forwarded-for"];
    while (!hops.empty() && (client.is_loopback() || proxies.contains(client))) {
        auto const comma = hops.rfind(',');
        auto const hop = Address::parse(trimmed(comma == hops.npos ? hops : hops.substr(comma + 1)));
        if (!hop) break;
        client = *hop;
        hops = comma == hops.npos ? std::string_view() : hops.substr(0, comma);
    }
    auto const is_direct = request.headers["x-forwarded-for"].empty();
    return {client.text(), client.subscriber(), client.network(), is_direct && client.is_loopback()};
}

} // namespace api
