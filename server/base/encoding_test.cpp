#include "base/encoding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace base {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(Hex, is_read_in_either_case_and_nothing_else) {
    EXPECT_EQ(from_hex("00ffAb"), (Bytes{0x00, 0xff, 0xab}));
    EXPECT_EQ(from_hex(""), Bytes());
    for (auto const* text : {"0", "0g", "00 ff", "0x00", "00f"})
        EXPECT_EQ(from_hex(text), std::nullopt) << text;
}

TEST(Base64Url, has_no_padding_and_its_own_two_letters) {
    EXPECT_EQ(to_base64url(Bytes{0xfb, 0xff}), "-_8");
    EXPECT_EQ(from_base64url("-_8"), (Bytes{0xfb, 0xff}));
    for (auto const* text : {"-_8=", "+/8", "-_9", "-", "-_8 ", "-_8\n"}) {
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
    }
}

RC_GTEST_PROP(Encoding, is_undone_by_decoding, (Bytes const& bytes)) {
    RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
    RC_ASSERT(from_base64url(to_base64url(bytes)) == bytes);
}

} // namespace
} // namespace base
