#include "api/http/head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api::http {
namespace {

int status_of_head(std::string const& bytes) {
    auto const limits = Limits();
    auto const end = find_head_end(bytes, 0, limits);
    if (!end) return end.error().status;
    if (*end == 0) return 0;
    auto const head = parse_head(std::string_view(bytes).substr(0, *end), limits);
    return head ? 200 : head.error().status;
}

/// The head of a plain GET with `fields` after its host.
std::string get(std::string const& fields) { return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"; }

struct Case {
    char const* what;
    std::string bytes;
    int status;
};

void check(std::vector<Case> const& cases) {
    for (auto const& c : cases) {
        EXPECT_EQ(status_of_head(c.bytes), c.status) << c.what;
    }
}

TEST(Head, RequestLineIsReadStrictly) {
    check({
        {"plain", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"port in host", "GET / HTTP/1.1\r\nHost: a:8080\r\n\r\n", 200},
        {"IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200},
        {"HTTP/1.0 without host", "GET / HTTP/1.0\r\n\r\n", 200},
        {"query and escapes", "GET /a%20b?q=a+b&x=%C3%B1 HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"not yet whole", "GET / HTTP/1.1\r\nHost: a\r\n", 0},
        {"blank line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"TLS hello", std::string("\x16\x03\x01\x02", 4), 400},
        {"bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
        {"one bare line feed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
        {"bare carriage return", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400},
        {"no version", "GET /\r\nHost: a\r\n\r\n", 400},
        {"three blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"blank in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"tab in target", "GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"NUL in target", std::string("GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 30), 400},
        {"UTF-8 in target", "GET /\xc3\xb1 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"absolute form", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"authority form", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"asterisk form", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"broken escape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"cut escape", "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"escaped NUL", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"escaped NUL in query", "GET /?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"parameter twice", "GET /?a=1&a=2 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"parameter twice, escaped", "GET /?a=1&%61=2 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"dot segments", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"escaped dot segments", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"last segment a dot", "GET /a/. HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"dots in a name", "GET /bookings..csv HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"long target", "GET /" + std::string(4096, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        {"longest target", "GET /" + std::string(4095, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"endless target", "GET /" + std::string(9000, 'a'), 414},
        {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 501},
        {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
        {"lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
        {"lower-case method", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        {"unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        {"trace", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {"connect", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {"odd method", "GE{T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    });
}

TEST(Head, FieldsAreReadStrictly) {
    check({
        {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two hosts", get("Host: b\r\n"), 400},
        {"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
        {"odd host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"folded line", get("X: a\r\n b\r\n"), 400},
        {"folded line with a tab", get("X: a\r\n\tb\r\n"), 400},
        {"blank before colon", get("X : a\r\n"), 400},
        {"no colon", get("X\r\n"), 400},
        {"no name", get(": a\r\n"), 400},
        {"odd name", get("X(y): a\r\n"), 400},
        {"NUL in value", get(std::string("X: a\0b\r\n", 8)), 400},
        {"control in value", get("X: a\x01\r\n"), 400},
        {"delete in value", get("X: a\x7f\r\n"), 400},
        {"tab in value", get("X: a\tb\r\n"), 200},
        {"UTF-8 in value", get("X: \xc3\xb1\r\n"), 200},
        {"list twice", get("Accept: a\r\nAccept: b\r\n"), 200},
        {"authorization twice", get("Authorization: a\r\nauthorization: b\r\n"), 400},
        {"too many",
         [] {
             auto fields = std::string();
             for (auto i = 0; i < 100; ++i) {
                 fields += "X" + std::to_string(i) + ": a\r\n";
             }
             return get(fields);
         }(),
         431},
        {"too large", get("X: " + std::string(8200, 'a') + "\r\n"), 431},
        {"too large, never ending", "GET / HTTP/1.1\r\nX: " + std::string(8200, 'a'), 431},
    });
}

TEST(Head, FramingHasOneMeaning) {
    check({
        {"length", get("Content-Length: 5\r\n"), 200},
        {"chunked", get("Transfer-Encoding: chunked\r\n"), 200},
        {"chunked in capitals", get("Transfer-Encoding: CHUNKED\r\n"), 200},
        {"length and chunked", get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
        {"chunked and length", get("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
        {"gzip and length", get("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"), 400},
        {"xchunked", get("Transfer-Encoding: xchunked\r\n"), 400},
        {"chunked, identity", get("Transfer-Encoding: chunked, identity\r\n"), 400},
        {"gzip, chunked", get("Transfer-Encoding: gzip, chunked\r\n"), 400},
        {"chunked twice", get("Transfer-Encoding: chunked, chunked\r\n"), 400},
        {"coding in two fields", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
        {"empty coding", get("Transfer-Encoding:\r\n"), 400},
        {"quoted coding", get("Transfer-Encoding: \"chunked\"\r\n"), 400},
        {"HTTP/1.0 with a coding", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"equal lengths", get("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
        {"two lengths", get("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
        {"list of lengths", get("Content-Length: 5, 5\r\n"), 400},
        {"signed length", get("Content-Length: +5\r\n"), 400},
        {"negative length", get("Content-Length: -5\r\n"), 400},
        {"hexadecimal length", get("Content-Length: 0x5\r\n"), 400},
        {"empty length", get("Content-Length: \r\n"), 400},
        {"large length", get("Content-Length: 1048577\r\n"), 413},
        {"largest length", get("Content-Length: 1048576\r\n"), 200},
        {"overflowing length", get("Content-Length: 99999999999999999999999\r\n"), 413},
        {"expectation", get("Content-Length: 5\r\nExpect: 100-continue\r\n"), 200},
        {"other expectation", get("Expect: tea\r\n"), 417},
    });
}

TEST(Head, UpgradeIsRecognisedOnlyWhenWellFormed) {
    auto const key = std::string("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    auto const upgrade = std::string("Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n");
    check({
        {"good", get(upgrade + key + "Sec-WebSocket-Version: 13\r\n"), 200},
        {"no key", get(upgrade + "Sec-WebSocket-Version: 13\r\n"), 400},
        {"short key", get(upgrade + "Sec-WebSocket-Key: YQ==\r\nSec-WebSocket-Version: 13\r\n"), 400},
        {"old version", get(upgrade + key + "Sec-WebSocket-Version: 8\r\n"), 426},
        {"with a body", get(upgrade + key + "Sec-WebSocket-Version: 13\r\nContent-Length: 5\r\n"), 400},
        {"other protocol is ignored", get("Connection: Upgrade\r\nUpgrade: h2c\r\n"), 200},
    });
    auto const good = get(upgrade + key + "Sec-WebSocket-Version: 13\r\n");
    EXPECT_TRUE(parse_head(good, Limits())->upgrades);
    EXPECT_FALSE(parse_head(get("Upgrade: websocket\r\n"), Limits())->upgrades);
}

TEST(Head, GivesWhatTheRoutesNeed) {
    auto const head =
        parse_head("POST /a%20b/c?from=2026-10-22&q=a+b%2B HTTP/1.1\r\nhOST: x\r\nCookie: a=1\r\ncookie: b=2\r\n"
                   "Accept:  x \r\nAccept: y\r\nContent-Length: 3\r\nConnection: Close\r\n\r\n",
                   Limits());
    ASSERT_TRUE(head);
    auto const& request = head->request;
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/a%20b/c");
    EXPECT_EQ(request.target, "/a%20b/c?from=2026-10-22&q=a+b%2B");
    EXPECT_THAT(request.query, testing::ElementsAre(testing::Pair("from", "2026-10-22"), testing::Pair("q", "a b+")));
    EXPECT_EQ(request.headers["host"], "x");
    EXPECT_EQ(request.headers["cookie"], "a=1; b=2");
    EXPECT_EQ(request.headers["accept"], "x, y");
    EXPECT_EQ(request.headers["absent"], "");
    EXPECT_EQ(head->length, 3u);
    EXPECT_FALSE(head->keep_alive);
}

} // namespace
} // namespace api::http
