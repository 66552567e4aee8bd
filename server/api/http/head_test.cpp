#include "api/http/head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace api::http {
namespace {

/// The head of a plain GET with `fields` after its host.
std::string get(std::string const& fields) { return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"; }

// What is refused stands in test/corpus/http.txt; corpus_test.cpp sends it.

TEST(Head, EndsAtTheEmptyLine) {
    auto const head = get("X: y\r\n");
    for (auto size = std::size_t{0}; size < head.size(); ++size) {
        EXPECT_EQ(find_head_end(std::string_view(head).substr(0, size), 0, Limits()), 0u) << size;
    }
    EXPECT_EQ(find_head_end(head + "POST /", 0, Limits()), head.size());
    EXPECT_EQ(find_head_end(head, head.size() - 1, Limits()), head.size());
}

TEST(Head, AsksForAWebSocketOnlyWhenAllOfItIsThere) {
    auto const key = std::string("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n");
    auto const connection = std::string("Connection: keep-alive, Upgrade\r\n");
    EXPECT_TRUE(parse_head(get(connection + "Upgrade: WebSocket\r\n" + key), Limits())->upgrades);
    EXPECT_FALSE(parse_head(get("Upgrade: websocket\r\n" + key), Limits())->upgrades);
    EXPECT_FALSE(parse_head(get(connection + key), Limits())->upgrades);
    EXPECT_FALSE(parse_head(get(connection + "Upgrade: h2c\r\n" + key), Limits())->upgrades);
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
