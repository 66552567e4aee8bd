#include "api/instant_text.hpp"

#include <cstdlib>
#include <string>

namespace api {
namespace {

constexpr auto date_length = std::size_t{10};

} // namespace

std::string_view InstantText::of(base::Instant instant) {
    if (instant < span_.from || span_.to <= instant) enter(zone_.span_at(instant));
    auto const local = std::chrono::floor<base::Seconds>(instant) + span_.offset;
    auto const since_epoch = local.time_since_epoch();
    auto const date = base::Date(std::chrono::floor<std::chrono::days>(since_epoch));
    if (date != date_) write_date(date);
    auto const second = (since_epoch - date.time_since_epoch()).count();
    write_two(11, second / 3600);
    write_two(14, second / 60 % 60);
    write_two(17, second % 60);
    return {text_.data(), text_.size()};
}

void InstantText::enter(base::OffsetSpan const& span) {
    span_ = span;
    text_[10] = 'T';
    text_[13] = text_[16] = text_[22] = ':';
    auto const minutes = std::abs(span.offset.count());
    text_[19] = span.offset.count() < 0 ? '-' : '+';
    write_two(20, minutes / 60);
    write_two(23, minutes % 60);
}

void InstantText::write_date(base::Date date) {
    date_ = date;
    base::format_date(date).copy(text_.data(), date_length);
}

void InstantText::write_two(std::size_t at, std::int64_t number) {
    text_[at] = static_cast<char>('0' + number / 10 % 10);
    text_[at + 1] = static_cast<char>('0' + number % 10);
}

} // namespace api
