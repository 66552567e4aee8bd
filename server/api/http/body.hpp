// Takes the body of a request apart as its bytes arrive.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/http/head.hpp"

namespace api::http {

class BodyReader {
public:
    BodyReader(Head const& head, Limits const& limits);

    /// Takes what belongs to the body off the front of `bytes`; what is left then is the next request. Chunk extensions
    /// and trailers are dropped, after a strict reading: a bare line feed, an odd size or a long line is refused.
    tl::expected<void, Refusal> take(std::string& bytes);
    bool complete() const { return state_ == State::complete; }
    std::size_t received() const { return body_.size(); }
    std::string release() { return std::move(body_); }

private:
    using Progress = tl::expected<bool, Refusal>; ///< false: more bytes are needed
    enum class State { data, chunk_size, chunk_data, chunk_end, trailer, complete };
    Progress step(std::string_view& bytes);
    Progress take_data(std::string_view& bytes, State next);
    Progress take_line(std::string_view& bytes);
    Progress read_line(std::string_view line);
    Progress begin_chunk(std::string_view line);

    Limits const& limits_;
    State state_;
    std::size_t left_; ///< bytes missing from the body or the chunk
    std::size_t trailer_bytes_ = 0;
    std::string body_;
};

} // namespace api::http
