#include "base/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/time.hpp"

namespace base::log {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class Log : public testing::Test {
protected:
    void TearDown() override { set_level(Level::info); }

    /// What `write` puts on standard error.
    template <class Write>
    std::string written_by(Write write) {
        testing::internal::CaptureStderr();
        write();
        return testing::internal::GetCapturedStderr();
    }
};

TEST_F(Log, writes_one_json_line_per_event) {
    auto const line = written_by([] { info("booking_made", {{"booking", "b1"}, {"minutes", 45}}); });
    EXPECT_THAT(line, EndsWith(R"(,"level":"info","event":"booking_made","booking":"b1","minutes":45})"
                               "\n"));
    EXPECT_EQ(line.substr(0, 7), R"({"at":")");
    EXPECT_TRUE(parse_instant(line.substr(7, 24))) << line;
}

TEST_F(Log, escapes_whatever_a_field_holds) {
    auto const nasty = std::string("a\"b\\c\n\x01\x1f{}%v\0d", 14);
    auto const line = written_by([&] { warn("x", {{"k\"", nasty}, {"bytes", "\xff\xc3"}, {"name", "Peña 😀"}}); });
    EXPECT_THAT(line, HasSubstr(R"("k\"":"a\"b\\c\u000a\u0001\u001f{}%v\u0000d")"));
    EXPECT_THAT(line, HasSubstr("\"bytes\":\"\uFFFD\uFFFD\""));
    EXPECT_THAT(line, HasSubstr(R"("name":"Peña 😀")"));
    EXPECT_EQ(std::ranges::count(line, '\n'), 1);
}

TEST_F(Log, leaves_out_what_is_below_its_level) {
    EXPECT_EQ(written_by([] { debug("quiet"); }), "");
    set_level(Level::debug);
    EXPECT_THAT(written_by([] { debug("loud"); }), HasSubstr(R"("level":"debug","event":"loud"})"));
    set_level(Level::error);
    EXPECT_EQ(written_by([] { warn("quiet"); }), "");
    EXPECT_THAT(written_by([] { error("loud"); }), HasSubstr(R"("level":"error")"));
    set_level(Level::off);
    EXPECT_EQ(written_by([] { error("quiet"); }), "");
}

} // namespace
} // namespace base::log
