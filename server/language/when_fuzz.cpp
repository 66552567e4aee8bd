// Any bytes as what a customer writes. Whatever is understood lies in the text, on the calendar and on the clock; what
// is in doubt has its readings in order; and reading twice gives the same.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "language/when.hpp"

namespace {

constexpr auto countries = std::to_array<std::string_view>({"ES", "MX", "CO", "AR", "CL", "XX"});
constexpr auto nows =
    std::to_array<std::string_view>({"2026-10-21T10:15", "2028-02-29T23:59", "2026-12-31T00:00", "2027-01-31T12:00"});

void insist(bool holds) {
    if (!holds) std::abort();
}

bool is_of_day(std::optional<base::TimeOfDay> time) {
    return !time || (*time >= base::TimeOfDay(0) && *time <= base::TimeOfDay(1440));
}

void check(language::When const& when, std::string_view text) {
    for (auto const& span : when.spans)
        insist(span.start <= span.end && span.end <= text.size());
    insist(std::ranges::is_sorted(when.spans, {}, &language::Span::start));
    insist(!when.date_to || (when.date && *when.date <= *when.date_to));
    insist(is_of_day(when.time) && is_of_day(when.time_to) && is_of_day(when.other_time));
    for (auto const& doubt : when.ambiguities) {
        insist(std::ranges::is_sorted(doubt.options) && doubt.options.size() <= 24);
        for (auto const& option : doubt.options)
            insist(base::parse_date(option) || base::parse_time_of_day(option) || base::parse_local_time(option) ||
                   option.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == option.npos);
    }
}

bool are_alike(language::When const& a, language::When const& b) {
    return a.date == b.date && a.date_to == b.date_to && a.time == b.time && a.time_to == b.time_to &&
           a.part_of_day == b.part_of_day && a.ambiguities.size() == b.ambiguities.size();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    auto const text = std::string_view(reinterpret_cast<char const*>(data) + 1, size - 1);
    auto const country = countries[data[0] % countries.size()];
    auto const now = *base::parse_local_time(nows[data[0] / countries.size() % nows.size()]);
    auto const when = language::read_when(text, now, country);
    check(when, text);
    insist(are_alike(when, language::read_when(text, now, country)));
    return 0;
}
