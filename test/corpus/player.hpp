// Plays a case of a corpus on a connection, and says what went otherwise than it should.
#pragma once

#include <corpus/cases.hpp>
#include <corpus/raw_client.hpp>

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace corpus {

struct Frame {
    int first = -1; ///< flags and opcode; -1 when the connection ended
    std::string payload = {};
};

/// A frame as a line of the corpus describes it: `*241 89` (so many of them), `81 [len=7e0005] hello` (the length as
/// these bytes), `89 [mask=00000000] x`, `89 [unmasked] x`.
std::string frames_of(std::string_view line, Words const& words = no_words);
/// Throws when it is masked or its length is not in the shortest form: a server may send neither.
Frame receive_frame(RawClient& client);

class Player {
public:
    using Look = std::function<void(RawAnswer const&)>;

    /// `look` sees every answer but 100 and 101.
    Player(RawClient& client, Words words, Look look)
        : client_(client), words_(std::move(words)), look_(std::move(look)) {}

    std::vector<std::string> play(Case const& played) {
        for (auto const& step : played.steps) {
            switch (step.kind) {
            case Step::Kind::bytes: pending_ += unfold(step.text, words_); break;
            case Step::Kind::frame: pending_ += frames_of(step.text, words_); break;
            case Step::Kind::answer: expect_answer(step.expected); break;
            case Step::Kind::reply: expect_reply(step.text); break;
            }
        }
        finish();
        return complaints_;
    }
    /// From here on the connection carries frames.
    void assume_upgraded() { upgraded_ = true; }

private:
    void complain(std::string what) { complaints_.push_back(std::move(what)); }

    void send() {
        client_.send(pending_); // what the server no longer takes it has already answered
        pending_.clear();
    }

    void expect_answer(Expected const& expected) {
        send();
        auto const answer = client_.receive(expected.bodyless);
        if (answer.status != expected.status) {
            return complain("answered " + std::to_string(answer.status) + " " + answer.body);
        }
        upgraded_ = answer.status == 101;
        ended_ = expected.closes;
        if (answer.status >= 200) look_(answer);
        if (!expected.code.empty() && answer.body.find("\"code\":\"" + expected.code + '"') == std::string::npos) {
            complain("the code is another: " + answer.body);
        }
        if (answer.status >= 200 && holds(answer.head, "Connection: close") != expected.closes) {
            complain("Connection: close is not as it should be");
        }
        for (auto const& field : expected.fields) {
            if (!holds(answer.head, field)) complain("there is no " + field + " in " + answer.head);
        }
        for (auto const& name : expected.absent) {
            if (lower(answer.head).find("\r\n" + lower(name) + ":") != std::string::npos)
                complain("there is a " + name);
        }
    }

    static std::string lower(std::string text) {
        std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    }
    static bool holds(std::string const& head, std::string const& field) {
        return head.find("\r\n" + field + "\r\n") != std::string::npos;
    }

    void expect_reply(std::string const& line) {
        send();
        auto const closes = line.starts_with("close");
        auto frame = receive_frame(client_);
        while (closes && frame.first == 0x8a) {
            frame = receive_frame(client_);
        }
        auto const wanted = closes ? close_frame(line) : data_frame(line);
        if (frame.first != wanted.first || frame.payload.substr(0, closes ? 2 : std::string::npos) != wanted.payload) {
            complain("the frame was " + described(frame));
        }
        ended_ = closes;
    }

    static std::string described(Frame const& frame) {
        auto const is_close = frame.first == 0x88 && frame.payload.size() > 1;
        auto const code =
            is_close ? static_cast<unsigned char>(frame.payload[0]) << 8 | static_cast<unsigned char>(frame.payload[1])
                     : 0;
        return is_close ? "close " + std::to_string(code) : std::to_string(frame.first) + " [" + frame.payload + "]";
    }
    Frame data_frame(std::string const& line) {
        auto const payload = line.size() > 3 ? unfold(line.substr(3), words_) : std::string();
        return {std::stoi(line.substr(0, 2), nullptr, 16), payload};
    }
    /// Of its payload, the code: reasons are for people.
    static Frame close_frame(std::string const& line) {
        if (line.size() < 7) return {0x88, {}};
        auto const code = std::stoi(line.substr(6));
        return {0x88, {static_cast<char>(code >> 8), static_cast<char>(code & 0xff)}};
    }

    /// It closes, or it still serves.
    void finish() {
        send();
        if (!complaints_.empty()) return;
        if (ended_) {
            if (upgraded_) client_.end();
            if (!client_.closed()) complain("it stays open");
        } else if (upgraded_) {
            client_.send(frames_of("89 still there?"));
            if (receive_frame(client_).payload != "still there?") complain("a ping is no longer answered");
        } else {
            client_.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
            if (client_.receive().status != 200) complain("it serves no further request");
        }
    }

    RawClient& client_;
    Words words_;
    Look look_;
    std::vector<std::string> complaints_;
    std::string pending_;
    bool upgraded_ = false;
    bool ended_ = false;
};

namespace detail {

inline std::string from_hex(std::string_view text) {
    auto bytes = std::string();
    for (auto at = std::size_t{0}; at + 1 < text.size(); at += 2) {
        bytes += static_cast<char>(std::stoi(std::string(text.substr(at, 2)), nullptr, 16));
    }
    return bytes;
}

inline std::string number(std::uint64_t value, int bytes) {
    auto big_endian = std::string();
    for (auto shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        big_endian += static_cast<char>(value >> shift & 0xff);
    }
    return big_endian;
}

inline std::string shortest_length(std::size_t length) {
    if (length < 126) return number(length, 1);
    return length < 65536 ? number(126, 1) + number(length, 2) : number(127, 1) + number(length, 8);
}

inline std::uint64_t value_of(std::string const& big_endian) {
    auto value = std::uint64_t{0};
    for (auto const c : big_endian) {
        value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
}

} // namespace detail

inline std::string frames_of(std::string_view line, Words const& words) {
    auto count = 1;
    auto const skip = [&](std::size_t size) { line.remove_prefix(std::min(size, line.size())); };
    if (line.starts_with('*')) {
        count = std::stoi(std::string(line.substr(1)));
        skip(line.find(' ') + 1);
    }
    auto frame = detail::from_hex(line.substr(0, 2));
    skip(3);
    auto mask = std::string("\x37\xfa\x21\x3d");
    auto length = std::string();
    while (line.starts_with('[')) {
        auto const oddity = line.substr(1, line.find(']') - 1);
        if (oddity.starts_with("len=")) length = detail::from_hex(oddity.substr(4));
        if (oddity.starts_with("mask=")) mask = detail::from_hex(oddity.substr(5));
        if (oddity == "unmasked") mask.clear();
        skip(line.find(']') + 2);
    }
    auto payload = unfold(line, words);
    if (length.empty()) length = detail::shortest_length(payload.size());
    if (!mask.empty()) length[0] = static_cast<char>(length[0] | 0x80);
    for (auto i = std::size_t{0}; i < payload.size() && !mask.empty(); ++i) {
        payload[i] = static_cast<char>(payload[i] ^ mask[i % 4]);
    }
    frame += length + mask + payload;
    auto frames = std::string();
    for (; count > 0; --count) {
        frames += frame;
    }
    return frames;
}

inline Frame receive_frame(RawClient& client) {
    auto const start = client.bytes(2);
    if (!start) return {};
    auto const code = static_cast<unsigned char>((*start)[1]);
    auto length = std::uint64_t{code};
    if (code == 126) length = detail::value_of(client.bytes(2).value_or(""));
    if (code == 127) length = detail::value_of(client.bytes(8).value_or(""));
    auto const too_long = (code == 126 && length < 126) || (code == 127 && length < 65536);
    if ((code & 0x80) != 0 || too_long) throw std::runtime_error("the server sent a frame that is masked or overlong");
    return {static_cast<unsigned char>((*start)[0]), client.bytes(length).value_or("")};
}

} // namespace corpus
