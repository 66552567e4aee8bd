// The engine on the reference calendars: alone, as values, and with the JSON text that an HTTP answer would carry.
#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schedule/free_starts.hpp"
#include "schedule/reference_calendar_test.hpp"

namespace schedule {
namespace {

reference::Load load_of(benchmark::State const& state) {
    return reference::load(
        {static_cast<int>(state.range(0)), static_cast<int>(state.range(1)), static_cast<int>(state.range(2))});
}

/// `2030-01-07T09:00:00+01:00` with one look-up in the zone table a day and offset instead of one a start.
class LocalText {
public:
    explicit LocalText(base::Zone const& zone) : zone_(zone) {}
    std::string_view of(base::Instant instant) {
        if (instant < from_ || to_ <= instant) turn_to(instant);
        auto const minutes = std::chrono::floor<base::Minutes>(instant - midnight_).count();
        put(11, minutes / 60);
        put(14, minutes % 60);
        return text_;
    }

private:
    void turn_to(base::Instant instant) {
        auto const span = zone_.span_at(instant);
        text_ = zone_.format(instant);
        midnight_ = std::chrono::floor<std::chrono::days>(instant + span.offset) - span.offset;
        from_ = std::max(span.from, midnight_);
        to_ = std::min(span.to, midnight_ + std::chrono::days(1));
    }
    void put(std::size_t at, std::int64_t number) {
        text_[at] = static_cast<char>('0' + number / 10);
        text_[at + 1] = static_cast<char>('0' + number % 10);
    }

    base::Zone const& zone_;
    std::string text_;
    base::Instant midnight_;
    base::Instant from_;
    base::Instant to_;
};

/// `"<id>",` for each chair.
std::vector<std::string> quoted_ids(Calendar const& calendar) {
    std::vector<std::string> ids;
    for (auto const& chair : calendar.chairs)
        ids.push_back('"' + chair.member.id.text() + "\",");
    return ids;
}

/// `json` is a buffer to be used again, as a connection has one.
std::string to_json(Calendar const& calendar, Query const& query, FreeStarts const& found, std::string json) {
    constexpr std::size_t text_of_a_start = 170;
    constexpr std::size_t text_of_an_id = 39;
    auto const ids = quoted_ids(calendar);
    LocalText starts(calendar.zone);
    LocalText ends(calendar.zone);
    json.clear();
    json.reserve(found.starts.size() * text_of_a_start + found.chairs.size() * text_of_an_id + text_of_a_start);
    json += R"({"items":[)";
    for (auto const& start : found.starts) {
        json += R"({"starts_at":")";
        json += starts.of(start.starts_at);
        json += R"(","ends_at":")";
        json += ends.of(start.starts_at + query.service.duration);
        json += R"(","staff_ids":[)";
        for (auto const position : found.free_at(start))
            json += ids[position];
        json.back() = ']';
        json += R"(,"staff_id":)";
        json += ids[start.preferred];
        json.back() = '}';
        json += ',';
    }
    if (!found.starts.empty()) json.pop_back();
    return json += "]}";
}

void engine(benchmark::State& state) {
    auto const [calendar, query] = load_of(state);
    for (auto _ : state)
        benchmark::DoNotOptimize(free_starts(calendar, query));
    state.counters["starts"] = static_cast<double>(free_starts(calendar, query).starts.size());
}

void engine_with_json(benchmark::State& state) {
    auto const [calendar, query] = load_of(state);
    std::string json;
    for (auto _ : state) {
        json = to_json(calendar, query, free_starts(calendar, query), std::move(json));
        benchmark::DoNotOptimize(json.data());
    }
    state.counters["bytes"] = static_cast<double>(json.size());
}

void engine_as_slots(benchmark::State& state) {
    auto const [calendar, query] = load_of(state);
    for (auto _ : state)
        benchmark::DoNotOptimize(availability(calendar, query));
}

void reference_sizes(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"people", "days", "busy"})->ArgsProduct({{1, 10}, {7, 30}, {0, 50, 500, 5000}});
    benchmark->Unit(benchmark::kMicrosecond);
}

BENCHMARK(engine)->Apply(reference_sizes);
BENCHMARK(engine_with_json)->Apply(reference_sizes);
BENCHMARK(engine_as_slots)->Args({10, 30, 500})->Unit(benchmark::kMicrosecond);

} // namespace
} // namespace schedule
