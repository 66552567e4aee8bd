#include "api/client_address.hpp"

#include <gtest/gtest.h>

namespace api {
namespace {

Client client(std::string peer, std::string forwarded_for = {}, std::string_view trusted = {}) {
    auto request = http::Request();
    request.remote_address = std::move(peer);
    if (!forwarded_for.empty()) request.headers.add("x-forwarded-for", std::move(forwarded_for));
    return client_of(request, Networks::parse(trusted).value());
}

TEST(ClientAddress, IsThePeerWhateverAStrangerSays) {
    EXPECT_EQ(client("203.0.113.9").address, "203.0.113.9");
    EXPECT_EQ(client("203.0.113.9", "10.0.0.1").address, "203.0.113.9");
    EXPECT_EQ(client("2001:DB8::1").address, "2001:db8::1");
    EXPECT_EQ(client("::ffff:203.0.113.9").address, "203.0.113.9");
}

TEST(ClientAddress, IsTheLastHopThatNoTrustedProxyStandsBehind) {
    EXPECT_EQ(client("127.0.0.1", "203.0.113.9").address, "203.0.113.9");
    EXPECT_EQ(client("::1", "203.0.113.9").address, "203.0.113.9");
    EXPECT_EQ(client("127.0.0.1", "6.6.6.6, 203.0.113.9").address, "203.0.113.9")
        << "the first is the client's own word";
    EXPECT_EQ(client("10.1.2.3", "203.0.113.9").address, "10.1.2.3");
    EXPECT_EQ(client("10.1.2.3", "203.0.113.9", "10.0.0.0/8").address, "203.0.113.9");
    EXPECT_EQ(client("10.1.2.3", "6.6.6.6, 203.0.113.9, 10.9.9.9", "10.0.0.0/8").address, "203.0.113.9");
    EXPECT_EQ(client("10.1.2.3", "10.9.9.9", "10.0.0.0/8").address, "10.9.9.9");
    EXPECT_EQ(client("fd00::7", "2001:db8::9", "fd00::/8").address, "2001:db8::9");
}

TEST(ClientAddress, EndsAtAHopThatIsNoAddress) {
    EXPECT_EQ(client("127.0.0.1", "203.0.113.9, unknown").address, "127.0.0.1");
    EXPECT_EQ(client("10.1.2.3", "unknown, 10.9.9.9", "10.0.0.0/8").address, "10.9.9.9");
    EXPECT_EQ(client("127.0.0.1", ",").address, "127.0.0.1");
}

TEST(ClientAddress, IsThisMachineOnlyWithoutAProxyBetween) {
    EXPECT_TRUE(client("127.0.0.1").is_this_machine);
    EXPECT_TRUE(client("::1").is_this_machine);
    EXPECT_FALSE(client("127.0.0.1", "203.0.113.9").is_this_machine);
    EXPECT_FALSE(client("127.0.0.1", "127.0.0.1").is_this_machine);
    EXPECT_FALSE(client("127.0.0.1", "unknown").is_this_machine);
    EXPECT_FALSE(client("203.0.113.9").is_this_machine);
}

TEST(ClientAddress, CountsNeighboursAsOne) {
    EXPECT_EQ(client("203.0.113.9").network, client("203.0.113.250").network);
    EXPECT_NE(client("203.0.113.9").subscriber, client("203.0.113.250").subscriber);
    EXPECT_EQ(client("2001:db8:1:2::7").subscriber, client("2001:db8:1:2:ffff::").subscriber);
    EXPECT_NE(client("203.0.113.9").network, client("203.0.114.9").network);
    EXPECT_EQ(client("2001:db8:1:2::7").network, client("2001:db8:1:2:ffff::").network);
    EXPECT_NE(client("2001:db8:1:2::7").network, client("2001:db8:1:3::7").network);
}

TEST(TrustedProxies, AreAddressesAndNetworks) {
    auto const networks = Networks::parse("10.0.0.0/8, 192.0.2.7,fd00::/12").value();
    auto const holds = [&](std::string_view text) { return networks.contains(*Address::parse(text)); };
    for (auto const* in : {"10.0.0.0", "10.255.255.255", "192.0.2.7", "fd0f::1", "::ffff:10.1.1.1"}) {
        EXPECT_TRUE(holds(in)) << in;
    }
    for (auto const* out : {"11.0.0.0", "9.255.255.255", "192.0.2.6", "fd10::1", "::10.0.0.1"}) {
        EXPECT_FALSE(holds(out)) << out;
    }
    EXPECT_TRUE(Networks::parse("0.0.0.0/0").value().contains(*Address::parse("203.0.113.9")));
    EXPECT_FALSE(Networks::parse("0.0.0.0/0").value().contains(*Address::parse("2001:db8::1")));
    EXPECT_TRUE(Networks::parse("::/0").value().contains(*Address::parse("2001:db8::1")));
    for (auto const* bad : {"10.0.0.0/33", "10.0.0/8", "proxy", "10.0.0.0/8,", "10.0.0.0/-1", "10.0.0.0/", "::/129",
                            " ", "10.0.0.0/8;10.0.0.1"}) {
        EXPECT_FALSE(Networks::parse(bad)) << bad;
    }
}

} // namespace
} // namespace api
