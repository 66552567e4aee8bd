#include "base/phone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace base {
namespace {

void check(std::string_view text, std::string_view region, std::string_view e164, std::string_view canonical) {
    auto const phone = Phone::parse(text, region);
    ASSERT_TRUE(phone) << text;
    EXPECT_EQ(phone->e164(), e164) << text;
    EXPECT_EQ(phone->canonical(), canonical) << text;
}

TEST(Phone, is_read_as_people_of_its_country_write_it) {
    check("600111222", "ES", "+34600111222", "+34600111222");
    check("600 11 12 22", "ES", "+34600111222", "+34600111222");
    check("+34600111222", "ES", "+34600111222", "+34600111222");
    check("34600111222", "ES", "+34600111222", "+34600111222");
    check("0034 600-111-222", "ES", "+34600111222", "+34600111222");
    check("(+34) 600.111.222", "MX", "+34600111222", "+34600111222");
    check("\xEF\xBC\x8B"
          "34600111222",
          "MX", "+34600111222", "+34600111222");
    check("55 1234 5678", "MX", "+525512345678", "+525512345678");
    check("301 2345678", "CO", "+573012345678", "+573012345678");
    check("07400 123456", "GB", "+447400123456", "+447400123456");
    check("06 1234 5678", "IT", "+390612345678", "+390612345678");
    check("+44 (0) 7400 123456", "ES", "+447400123456", "+447400123456");
}

TEST(Phone, keeps_the_digits_whatsapp_gives_and_compares_without_its_marks) {
    check("+5215512345678", "ES", "+5215512345678", "+525512345678");
    check("+52 1 55 1234 5678", "MX", "+5215512345678", "+525512345678");
    check("+525512345678", "MX", "+525512345678", "+525512345678");
    check("+5491123456789", "ES", "+5491123456789", "+541123456789");
    check("+54 11 2345 6789", "AR", "+541123456789", "+541123456789");
    check("011 15-2345-6789", "AR", "+5491123456789", "+541123456789");
}

TEST(Phone, made_up_for_a_simulator_is_accepted) {
    check("+34600000001", "ES", "+34600000001", "+34600000001");
    check("+34999999999", "ES", "+34999999999", "+34999999999");
}

TEST(Phone, that_is_none_is_refused) {
    for (auto const* text : {"", " ", "+", "hola", "12", "1234567890123456789012", "+34", "+346001112223334455",
                             "5215512345678", "600 111 222 llámame", "tel:+34600111222", "+999123456789",
                             "600111222 600111222 600111222 600111222 600111222"}) {
        auto const phone = Phone::parse(text, "ES");
        ASSERT_FALSE(phone) << text << " became " << phone->e164();
        EXPECT_EQ(phone.error().code, "invalid_phone");
    }
    EXPECT_FALSE(Phone::parse("+49341419664428879", "DE")) << "sixteen digits are not E.164";
    EXPECT_FALSE(Phone::parse("00045888159", "GB")) << "would be read as another number once stored";
    EXPECT_FALSE(Phone::parse("600111222", ""));
    EXPECT_FALSE(Phone::parse("600111222", "XX"));
    EXPECT_FALSE(Phone::parse(std::string_view("600111222\0", 10), ""));
}

TEST(Phone, stored_by_the_program_is_taken_as_it_is) {
    EXPECT_EQ(Phone::stored("+5491123456789").canonical(), "+541123456789");
    EXPECT_EQ(Phone::stored("+54911234567").canonical(), "+54911234567") << "nine digits: no mobile mark";
}

RC_GTEST_PROP(Phone, parsed_is_e164_and_parses_to_itself, ()) {
    auto const digits = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789+ ()-5421934")));
    for (auto const* region : {"ES", "MX", "AR", "GB"}) {
        auto const phone = Phone::parse(digits, region);
        if (!phone) continue;
        auto const& e164 = phone->e164();
        RC_ASSERT(e164.size() >= 4 && e164.size() <= 16 && e164[0] == '+');
        RC_ASSERT(e164.find_first_not_of("0123456789", 1) == e164.npos);
        RC_ASSERT(Phone::stored(phone->canonical()).canonical() == phone->canonical());
        auto const again = Phone::parse(e164, "US");
        RC_ASSERT(again);
        RC_ASSERT(again->canonical() == phone->canonical());
    }
}

} // namespace
} // namespace base
