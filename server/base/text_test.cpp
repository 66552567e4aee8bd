#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace base {
namespace {

constexpr auto any_text = TextRule{0, 100'000, true};

void check_clean(std::string_view text, std::string_view expected, TextRule rule = any_text) {
    auto const clean = clean_text(text, rule);
    ASSERT_TRUE(clean) << text;
    EXPECT_EQ(*clean, expected);
}

void check_refused(std::string_view text, std::string_view code, TextRule rule = any_text) {
    auto const clean = clean_text(text, rule);
    ASSERT_FALSE(clean) << text;
    EXPECT_EQ(clean.error().code, code) << text;
    EXPECT_EQ(clean.error().fault, Fault::invalid);
}

std::string repeated(std::string_view text, int times) {
    auto result = std::string();
    for (auto i = 0; i < times; ++i)
        result += text;
    return result;
}

TEST(CleanText, refuses_what_is_not_utf8) {
    check_refused("\xff", "invalid_utf8");
    check_refused("ma\xf1"
                  "ana",
                  "invalid_utf8");                             // Latin-1
    check_refused("\xc0\x80", "invalid_utf8");                 // an overlong NUL
    check_refused("\xc0\xaf", "invalid_utf8");                 // an overlong slash
    check_refused("\xe0\x80\xaf", "invalid_utf8");             // the same in three bytes
    check_refused("\xed\xa0\x80", "invalid_utf8");             // a lone surrogate
    check_refused("\xed\xa0\xbd\xed\xb8\x80", "invalid_utf8"); // a pair of surrogates (CESU-8)
    check_refused("\xf4\x90\x80\x80", "invalid_utf8");         // beyond U+10FFFF
    check_refused("hola \xf0\x9f\x98", "invalid_utf8");        // cut in the middle
    check_refused("\x80", "invalid_utf8");
}

TEST(CleanText, refuses_nul) {
    check_refused(std::string_view("a\0b", 3), "nul");
    check_refused(std::string_view("\0", 1), "nul");
    check_refused(std::string_view("a\0\xff", 3), "invalid_utf8");
}

TEST(CleanText, composes) {
    check_clean("Jose\u0301", "José");
    check_clean("man\u0303ana", "mañana");
    check_clean("\u212B", "Å");
    check_clean("Nguye\u0302\u0303n", "Nguyễn");
}

TEST(CleanText, removes_what_cannot_be_seen) {
    check_clean("a\x01"
                "b\x1b[31mc\x7f",
                "ab[31mc");
    check_clean("factura\u202Efdp.exe\u202C", "facturafdp.exe");
    check_clean("\u2066a\u2067b\u2068c\u2069\u200E\u200F\u061C", "abc");
    check_clean("\uFEFFAna\u200B \u2060Mar\u00ADía\u200C", "Ana María");
    check_clean("a\U000E0041\U000E0042b", "ab");
    check_clean("\u3164\u115F\uFFA0", "");
    check_clean("a\uFFF9b\uFFFAc\uFFFB\uFDD0\uFFFF", "abc");
}

TEST(CleanText, keeps_emoji_whole) {
    for (auto const* emoji : {"👩‍👩‍👧‍👦", "❤️", "👩🏽‍❤️‍💋‍👨🏿", "1️⃣",
                              "🏳️‍🌈", "🇪🇸", "👍🏽", "☎︎"}) {
        check_clean(emoji, emoji);
        check_clean(std::string(emoji) + " vale " + emoji, std::string(emoji) + " vale " + emoji);
    }
}

TEST(CleanText, keeps_at_most_four_marks_on_a_letter) {
    check_clean("x" + repeated("\u0336", 50) + "y", "x" + repeated("\u0336", 4) + "y");
    check_clean("x" + repeated("\u0336\u200D", 50), "x\u0336\u200D\u0336");
    check_clean("a" + repeated("\u200D", 50) + "b", "a" + repeated("\u200D", 4) + "b");
}

TEST(CleanText, bears_a_million_marks_out_of_order) {
    check_clean("q" + repeated("\u0301\u0316", 500'000), "q\u0316\u0316\u0301\u0301");
}

TEST(CleanText, keeps_line_breaks_only_where_they_are_wanted) {
    check_clean("hola\r\nadiós\rfin\u2028ya\n\nsí", "hola\nadiós\nfin\nya\n\nsí");
    check_clean("hola\r\nadiós\tya", "hola adiós ya", {0, 100, false});
    check_clean("a\tb", "a b");
}

TEST(CleanText, trims_white_space_of_every_kind) {
    check_clean(" \t\n\u00A0\u3000 Ana  María \u2003\u200B \r\n", "Ana  María");
    check_clean(" \u200D\uFE0F\u200D ", "");
    check_clean("\uFE0Fa\u200D", "a");
    check_clean("", "");
}

TEST(CleanText, counts_code_points_after_cleaning) {
    auto const rule = TextRule{2, 3, false};
    check_clean(" ñña ", "ñña", rule);
    check_clean("n\u0303n\u0303n\u0303", "ñññ", rule);
    check_clean("😀😀😀", "😀😀😀", rule);
    check_refused("😀", "too_short", rule);
    check_refused("a\u200B\u202E", "too_short", rule);
    check_refused("ññññ", "too_long", rule);
    check_refused("   ", "too_short", name_text);
    check_refused("\u2066\u2069\u200D\uFE0F\u3164", "too_short", name_text);
    check_clean("", "", notes_text);
}

TEST(Fold, compares_as_people_do) {
    EXPECT_EQ(fold("  MAÑANA   a las\n10 "), "manana a las 10");
    EXPECT_EQ(fold("Jose\u0301"), fold("JOSÉ"));
    EXPECT_EQ(fold("Pingüino"), "pinguino");
    EXPECT_EQ(fold("Straße"), fold("STRASSE"));
    EXPECT_EQ(fold("ﬁn ①②"), "fin 12");
    EXPECT_EQ(fold("１０：３０"), "10:30");
    EXPECT_EQ(fold("1º A"), "1o a");
    EXPECT_EQ(fold("\u200Ba\u00ADb"), "ab");
    EXPECT_EQ(fold("\xff"), "\uFFFD");
    EXPECT_EQ(fold(""), "");
}

TEST(ToValidUtf8, marks_each_broken_sequence) {
    EXPECT_EQ(to_valid_utf8("niño 😀"), "niño 😀");
    EXPECT_EQ(to_valid_utf8("a\xff"
                            "b\xf0\x9f\x98"),
              "a\uFFFDb\uFFFD");
    EXPECT_EQ(to_valid_utf8("\xed\xa0\x80").find('\xed'), std::string::npos);
}

TEST(Truncate, cuts_between_code_points) {
    EXPECT_EQ(truncate("niño", 3), "niñ");
    EXPECT_EQ(truncate("😀😀", 1), "😀");
    EXPECT_EQ(truncate("niño", 4), "niño");
    EXPECT_EQ(truncate("niño", 0), "");
    EXPECT_EQ(length_in_code_points("niño 😀"), 6U);
}

/// Letters, marks, joiners, controls, spaces and emoji, mixed as no person would.
rc::Gen<std::string> strange_text() {
    auto const pieces = rc::gen::elementOf(std::vector<std::string>{
        "a",      "ñ",      "n",      "\u0303", "\u0301", "\u0316", "\u0344",     "\u0958", "\u200D",
        "\uFE0F", "\u202E", " ",      "\n",     "\r",     "\t",     "\u2028",     "😀",     "❤",
        "\u3164", "\u1100", "\u1161", "\u11A8", "\uFB2C", "\u2126", "\U0001D15E", "\x7f"});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(pieces), [](auto const& chosen) {
        auto text = std::string();
        for (auto const& piece : chosen)
            text += piece;
        return text;
    });
}

RC_GTEST_PROP(CleanText, leaves_clean_text_as_it_is, ()) {
    auto const text = *strange_text();
    for (auto const lines : {true, false}) {
        auto const rule = TextRule{0, 100'000, lines};
        auto const once = clean_text(text, rule).value();
        RC_ASSERT(clean_text(once, rule).value() == once);
    }
}

RC_GTEST_PROP(Fold, of_folded_text_changes_nothing, ()) {
    auto const once = fold(*strange_text());
    RC_ASSERT(fold(once) == once);
}

RC_GTEST_PROP(Text, of_any_bytes_is_refused_or_valid, (std::string const& bytes)) {
    auto const clean = clean_text(bytes, any_text);
    if (clean) RC_ASSERT(to_valid_utf8(*clean) == *clean);
    if (!clean) RC_ASSERT(clean.error().code == "invalid_utf8" || clean.error().code == "nul");
    auto const valid = to_valid_utf8(bytes);
    RC_ASSERT(to_valid_utf8(valid) == valid);
    RC_ASSERT(to_valid_utf8(fold(bytes)) == fold(bytes));
}

} // namespace
} // namespace base
