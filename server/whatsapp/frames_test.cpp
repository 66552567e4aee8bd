#include "whatsapp/frames.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <sstream>

namespace whatsapp {
namespace {

namespace json = boost::json;

std::string example(std::string const& name) {
    auto file = std::ifstream(std::string(APUNTA_CONTRACT) + "/examples/" + name);
    auto text = std::ostringstream();
    text << file.rdbuf();
    return text.str();
}

TEST(Frames, AnInboundMessageIsReadAsTheContractShowsIt) {
    auto frame = parse_frame(example("inbound.json"));
    ASSERT_TRUE(frame) << frame.error().message;
    auto const& read = std::get<InboundFrame>(*frame);
    EXPECT_EQ(read.epoch, 7);
    EXPECT_EQ(read.inbound.address, (customers::Address{"phone", "+34600111222"}));
    EXPECT_EQ(read.also, (std::vector<customers::Address>{{"lid", "700800900100"}}));
    EXPECT_EQ(read.inbound.name, "Carmen");
    EXPECT_FALSE(read.inbound.from_owner);
    EXPECT_EQ(read.inbound.sent_at, base::parse_instant("2026-10-21T08:15:00Z"));
    ASSERT_EQ(read.keys.size(), 2U);
    EXPECT_EQ(read.keys[0].value, "AAEC");
    EXPECT_EQ(read.keys[1].value, std::nullopt);
}

TEST(Frames, TheOwnersOwnMessageReceiptsAndKeysAreReadToo) {
    auto echo = parse_frame(example("inbound_owner_echo.json"));
    ASSERT_TRUE(echo) << echo.error().message;
    EXPECT_TRUE(std::get<InboundFrame>(*echo).inbound.from_owner);
    auto receipt = parse_frame(example("receipt.json"));
    ASSERT_TRUE(receipt) << receipt.error().message;
    EXPECT_EQ(std::get<ReceiptFrame>(*receipt).why, "463");
    auto keys = parse_frame(example("keys_commit.json"));
    ASSERT_TRUE(keys) << keys.error().message;
    EXPECT_EQ(std::get<KeysFrame>(*keys).commit, 42);
}

TEST(Frames, AnOutboundMessageIsWrittenAsTheContractShowsIt) {
    auto message = outbox::Outbound{base::BusinessId("01a20382-54c6-7e62-a6ed-45b22a9c32e3"),
                                    base::MessageId("01a20382-6bff-743d-8238-da495ff1682a"),
                                    "whatsapp",
                                    "phone",
                                    "+34600111222",
                                    "¿A qué nombre lo apunto?",
                                    "reply"};
    EXPECT_EQ(json::parse(outbound_frame(message, base::Milliseconds(1200))), json::parse(example("outbound.json")));
}

TEST(Frames, AFrameThatIsNotWhollyUnderstoodIsRefusedWithItsPlace) {
    struct Case {
        char const* pointer;
        json::value value;
        char const* place;
    };
    auto const good = json::parse(example("inbound.json"));
    for (auto const& [pointer, value, place] : std::vector<Case>{{"/epoch", "7", "epoch"},
                                                                 {"/session", "somebody", "session"},
                                                                 {"/message/kind", "video", "message.kind"},
                                                                 {"/message/sent_at", "yesterday", "message.sent_at"},
                                                                 {"/message/id", "", "message.id"},
                                                                 {"/message/chat", "34600111222", "message.chat"},
                                                                 {"/message/from_owner", 1, "message.from_owner"},
                                                                 {"/keys", "none", "keys"},
                                                                 {"/type", "greeting", "type"}}) {
        auto bad = good;
        bad.at_pointer(pointer) = value;
        auto frame = parse_frame(json::serialize(bad));
        ASSERT_FALSE(frame) << pointer;
        EXPECT_EQ(frame.error().fields.front().field, place);
    }
    auto more = good;
    more.as_object()["extra"] = 1;
    EXPECT_EQ(parse_frame(json::serialize(more)).error().fields.front().field, "extra");
    EXPECT_FALSE(parse_frame("[]"));
    EXPECT_FALSE(parse_frame("{"));
    EXPECT_FALSE(parse_frame(""));
}

} // namespace
} // namespace whatsapp
