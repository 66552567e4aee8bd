#include "base/ids.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.hpp"

namespace base {
namespace {

class Constant final : public Random {
public:
    explicit Constant(std::uint8_t byte) : byte_(byte) {}
    void fill(std::span<std::uint8_t> bytes) override { std::ranges::fill(bytes, byte_); }

private:
    std::uint8_t byte_;
};

TEST(Uuid, has_the_bits_of_rfc_9562) {
    // The timestamp of the example in RFC 9562, appendix A.6.
    auto ones = Constant(0xff);
    auto zeros = Constant(0x00);
    EXPECT_EQ(make_uuid(from_millis(0x017F22E279B0), ones), "017f22e2-79b0-7fff-bfff-ffffffffffff");
    EXPECT_EQ(make_uuid(from_millis(0x017F22E279B0), zeros), "017f22e2-79b0-7000-8000-000000000000");
    EXPECT_EQ(make_uuid(from_millis(-5), zeros), "00000000-0000-7000-8000-000000000000");
}

TEST(Uuid, is_lower_case_text_of_the_one_form) {
    EXPECT_TRUE(is_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
    for (auto const* text : {"", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e279b07cc398c4dc0c0c07398f",
                             "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                             "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
                             "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}", "017f22e2-79b0-7cc3-98c4-dc0c0c0739-f"}) {
        EXPECT_FALSE(is_uuid(text)) << text;
        EXPECT_FALSE(BookingId::parse(text)) << text;
    }
}

TEST(Uuid, differs_each_time_within_one_millisecond) {
    auto random = SystemRandom();
    auto ids = std::set<std::string>();
    for (auto i = 0; i < 1000; ++i)
        ids.insert(make_uuid(from_millis(1), random));
    EXPECT_EQ(ids.size(), 1000U);
}

RC_GTEST_PROP(Uuid, sorts_by_time_of_creation, ()) {
    auto random = SystemRandom();
    auto const first = *rc::gen::inRange<std::int64_t>(0, 1LL << 47);
    auto const later = first + *rc::gen::inRange<std::int64_t>(1, 1LL << 40);
    auto const one = BookingId::make(from_millis(first), random);
    auto const other = BookingId::make(from_millis(later), random);
    RC_ASSERT(one < other);
    RC_ASSERT(BookingId::parse(one.text()) == one);
}

TEST(RandomToken, is_base64url_of_as_many_bytes) {
    auto ones = Constant(0xff);
    EXPECT_EQ(random_token(ones, 3), "____");
    EXPECT_EQ(random_token(ones, 32).size(), 43U);
    EXPECT_EQ(random_token(ones, 0), "");
    auto random = SystemRandom();
    EXPECT_NE(random_token(random, 32), random_token(random, 32));
}

} // namespace
} // namespace base
