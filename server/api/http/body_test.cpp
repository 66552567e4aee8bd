#include "api/http/body.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace api::http {
namespace {

Head chunked() {
    auto head = Head();
    head.framing = Framing::chunked;
    return head;
}

struct Outcome {
    int status; ///< 200 complete, 0 more to come, otherwise that of the refusal
    std::string body;
    std::string rest;
    bool operator==(Outcome const&) const = default;
};

void PrintTo(Outcome const& outcome, std::ostream* out) {
    *out << outcome.status << " [" << outcome.body << "] [" << outcome.rest << "]";
}

Outcome read(std::string bytes, std::size_t step) {
    auto const limits = Limits{.body_bytes = 100};
    auto reader = BodyReader(chunked(), limits);
    auto in = std::string();
    while (!bytes.empty() && !reader.complete()) {
        in += bytes.substr(0, step);
        bytes.erase(0, step);
        if (auto const taken = reader.take(in); !taken) return {taken.error().status, {}, {}};
    }
    if (!reader.complete()) return {0, {}, {}};
    return {200, reader.release(), in + bytes};
}

/// Whatever way the bytes arrive in, the outcome is the same.
void check(std::string const& bytes, Outcome const& expected) {
    for (auto const step : {std::size_t{1}, std::size_t{3}, std::size_t{100'000}}) {
        EXPECT_EQ(read(bytes, step), expected) << bytes << " in steps of " << step;
    }
}

TEST(Body, ChunksAreJoined) {
    check("5\r\nhello\r\n0\r\n\r\n", {200, "hello", ""});
    check("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\nGET /", {200, "hello world", "GET /"});
    check("A\r\n0123456789\r\n0\r\n\r\n", {200, "0123456789", ""});
    check("5;name=value\r\nhello\r\n0\r\n\r\n", {200, "hello", ""});
    check("0\r\nTrailer: dropped\r\n\r\nX", {200, "", "X"});
    check("5\r\nhel", {0, "", ""});
}

TEST(Body, OddChunksAreRefused) {
    check("5\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("5x\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("0\r\nA: b\n\r\n", {400, "", ""});
    check("5\r\nhelloX\r\n0\r\n\r\n", {400, "", ""});
    check("5\r\nhello\n0\r\n\r\n", {400, "", ""});
    check("+5\r\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("-5\r\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("0x5\r\nhello\r\n0\r\n\r\n", {400, "", ""});
    check(" 5\r\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("5 \r\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("\r\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("100000000000000005\r\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("5;a\rb\r\nhello\r\n0\r\n\r\n", {400, "", ""});
    check("5;" + std::string(2000, 'a'), {400, "", ""});
    check("65\r\n", {413, "", ""});
    check("40\r\n" + std::string(64, 'a') + "\r\n40\r\n", {413, "", ""});
}

TEST(Body, EndlessTrailersAreRefused) {
    auto bytes = std::string("0\r\n");
    for (auto i = 0; i < 1000; ++i) {
        bytes += "Name: a value\r\n";
    }
    EXPECT_EQ(read(bytes, 100).status, 431);
}

RC_GTEST_PROP(Body, HasTheLengthAnnounced, (std::string const& content, std::string const& next)) {
    auto const limits = Limits();
    auto head = Head();
    head.framing = content.empty() ? Framing::none : Framing::length;
    head.length = content.size();
    auto reader = BodyReader(head, limits);
    auto in = content + next;
    RC_ASSERT(reader.take(in));
    RC_ASSERT(reader.complete());
    RC_ASSERT(reader.release() == content);
    RC_ASSERT(in == next);
}

} // namespace
} // namespace api::http
