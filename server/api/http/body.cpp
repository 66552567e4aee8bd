#include "api/http/body.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace api::http {

namespace {

constexpr std::size_t longest_line = 1024;

tl::unexpected<Refusal> refuse(std::string_view detail) {
    return tl::unexpected(Refusal{400, "malformed", std::string(detail), {}});
}

bool has_control(std::string_view line) {
    return std::ranges::any_of(line, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; });
}

bool looks_like_a_field(std::string_view line) {
    auto const colon = line.find(':');
    return colon != line.npos && colon > 0 && line.substr(0, colon).find_first_of(" \t") == line.npos;
}

/// What a body of that framing begins with.
template <class State>
State first_state(Framing framing) {
    switch (framing) {
    case Framing::length: return State::data;
    case Framing::chunked: return State::chunk_size;
    case Framing::none: break;
    }
    return State::complete;
}

} // namespace

BodyReader::BodyReader(Head const& head, Limits const& limits)
    : limits_(limits), state_(first_state<State>(head.framing)), left_(head.length) {}

tl::expected<void, Refusal> BodyReader::take(std::string& bytes) {
    auto rest = std::string_view(bytes);
    while (!complete()) {
        auto const progress = step(rest);
        if (!progress) return tl::unexpected(progress.error());
        if (!*progress) break;
    }
    bytes.erase(0, bytes.size() - rest.size());
    return {};
}

BodyReader::Progress BodyReader::step(std::string_view& bytes) {
    switch (state_) {
    case State::data: return take_data(bytes, State::complete);
    case State::chunk_data: return take_data(bytes, State::chunk_end);
    case State::chunk_size:
    case State::chunk_end:
    case State::trailer: return take_line(bytes);
    case State::complete: break;
    }
    return false;
}

BodyReader::Progress BodyReader::take_data(std::string_view& bytes, State next) {
    auto const part = bytes.substr(0, left_);
    body_ += part;
    bytes.remove_prefix(part.size());
    left_ -= part.size();
    if (left_ > 0) return false;
    state_ = next;
    return true;
}

BodyReader::Progress BodyReader::take_line(std::string_view& bytes) {
    auto const feed = bytes.find('\n');
    if (std::min(feed, bytes.size()) > longest_line) return refuse("A line between chunks is too long.");
    if (feed == bytes.npos) return false;
    if (feed == 0 || bytes[feed - 1] != '\r') return refuse("A line ends without a carriage return.");
    auto const line = bytes.substr(0, feed - 1);
    if (has_control(line)) return refuse("A line between chunks contains a control character.");
    bytes.remove_prefix(feed + 1);
    return read_line(line);
}

BodyReader::Progress BodyReader::read_line(std::string_view line) {
    if (state_ == State::chunk_size) return begin_chunk(line);
    if (state_ == State::chunk_end) {
        if (!line.empty()) return refuse("A chunk is longer than its size.");
        state_ = State::chunk_size;
        return true;
    }
    trailer_bytes_ += line.size();
    if (trailer_bytes_ > limits_.head_bytes) {
        return tl::unexpected(Refusal{431, "head_too_large", "The trailer fields are too large.", {}});
    }
    if (line.empty()) {
        state_ = State::complete;
    } else if (!looks_like_a_field(line)) {
        return refuse("A trailer field has no proper name.");
    }
    return true;
}

BodyReader::Progress BodyReader::begin_chunk(std::string_view line) {
    auto const digits = line.substr(0, line.find(';'));
    auto const parsed = std::from_chars(digits.data(), digits.data() + digits.size(), left_, 16);
    auto const whole = parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size();
    if (!whole || digits.size() > 8) return refuse("The size of a chunk is malformed.");
    if (left_ > limits_.body_bytes - body_.size()) {
        return tl::unexpected(Refusal{413, "too_large", "The body is too large.", {}});
    }
    state_ = left_ == 0 ? State::trailer : State::chunk_data;
    return true;
}

} // namespace api::http
