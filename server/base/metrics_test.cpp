#include "base/metrics.hpp"

#include <gmock/gmock.h>

#include <array>

namespace base {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto bounds = std::array{0.1, 1.0};

TEST(Metrics, are_read_as_prometheus_writes_them) {
    auto metrics = Metrics();
    metrics.counter("a_total", "What a is.", {{"kind", "x"}}).add();
    metrics.counter("a_total", "What a is.", {{"kind", "x"}}).add(2);
    metrics.gauge("b", "What b is.").set(7);
    metrics.histogram("c_seconds", "What c is.", bounds).observe(0.5);
    auto const text = metrics.text();
    EXPECT_THAT(text, HasSubstr("# HELP a_total What a is.\n# TYPE a_total counter\na_total{kind=\"x\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("# TYPE b gauge\nb 7\n"));
    EXPECT_THAT(text, HasSubstr("c_seconds_bucket{le=\"0.1\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("c_seconds_bucket{le=\"1\"} 1\n"));
}

TEST(Metrics, of_two_houses_are_their_own) {
    auto one = Metrics();
    auto other = Metrics();
    one.counter("a_total", "a").add();
    EXPECT_THAT(other.text(), Not(HasSubstr("a_total")));
}

TEST(Metrics, that_were_never_resolved_count_nothing) {
    Counter().add();
    Gauge().set(1);
    Histogram().observe(1);
    Counters().add({"x"});
}

TEST(Metrics, keep_their_number_of_labels_bounded) {
    auto metrics = Metrics();
    auto const counters = metrics.counters("a_total", "a", {"code", "who"});
    for (auto i = 0; i < 500; ++i)
        counters.add({std::to_string(i), "me"});
    counters.add({"5", "me"});
    auto const text = metrics.text();
    EXPECT_THAT(text, HasSubstr("a_total{code=\"5\",who=\"me\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("a_total{code=\"other\",who=\"other\"} 400\n"));
}

TEST(Metrics, tell_of_the_process) {
    auto metrics = Metrics();
    ProcessMetrics(metrics).refresh();
    auto const text = metrics.text();
    EXPECT_THAT(text, Not(HasSubstr("process_resident_memory_bytes 0\n")));
    EXPECT_THAT(text, Not(HasSubstr("process_open_fds 0\n")));
    EXPECT_THAT(text, HasSubstr("process_start_time_seconds"));
}

} // namespace
} // namespace base
