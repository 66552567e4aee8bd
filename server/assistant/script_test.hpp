// Conversations as text. In a script
//   > words of the customer
//   >> more of the same burst
//   < words that the answer must contain      <! words that it must not
//   = say | silent | hand_over:<reason>       how the turn ends (say unless stated)
//   @ service start staff [status]            a booking the customer already has
//   ~ booking                                 a reminder of it goes out
//   ! staff from to                           somebody else takes that time
//   + minutes                                 time passes
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "assistant/player_test.hpp"

namespace assistant::test {

/// Plays one script line after the other; an answer is asked for when the customer's burst ends.
class Script {
public:
    Script(Shop shop, std::optional<std::string> customer)
        : player_(std::move(shop), "2026-10-21T10:15", std::move(customer)) {}

    void play(std::string const& script) {
        std::istringstream lines(script);
        for (std::string line; std::getline(lines, line);)
            play_line(line.substr(std::min(line.size(), line.find_first_not_of(' '))));
        finish_burst();
        expect_end("say");
    }
    std::string calendar() const { return player_.calendar(); }

private:
    void play_line(std::string const& line) {
        if (line.empty()) return;
        if (line.starts_with(">> ")) return burst_.push_back(line.substr(3));
        auto const rest = line.size() > 2 ? line.substr(2) : "";
        finish_burst();
        if (line[0] == '>') {
            expect_end("say");
            return burst_.push_back(rest);
        }
        if (line.starts_with("<!")) {
            EXPECT_EQ(answered_.text.find(line.substr(3)), std::string::npos) << answered_.text;
        } else if (line[0] == '<') {
            EXPECT_NE(answered_.text.find(rest), std::string::npos)
                << "wanted: " << rest << "\nsaid: " << answered_.text;
        } else if (line[0] == '=') {
            expect_end(rest);
        } else {
            arrange(line[0], rest);
        }
    }

    void arrange(char what, std::string const& rest) {
        std::istringstream words(rest);
        std::string first, second, third, status;
        words >> first >> second >> third >> status;
        if (what == '@') give(first, second, third, status);
        if (what == '~') player_.remind(base::BookingId(first));
        if (what == '!') player_.block(first, second, third);
        if (what == '+') player_.advance(base::Minutes(std::stoi(first)));
    }

    void give(std::string const& service, std::string const& start, std::string const& staff,
              std::string const& status) {
        player_.give(service, start, staff);
        auto const id = base::BookingId("B" + std::to_string(++given_));
        if (!status.empty()) player_.set_status(id, schedule::parse_status(status).value());
    }

    void finish_burst() {
        if (burst_.empty()) return;
        answered_ = player_.say(std::exchange(burst_, {}));
        end_seen_ = false;
    }

    void expect_end(std::string const& end) {
        if (end_seen_ || answered_.end.empty()) return;
        EXPECT_EQ(answered_.end, end) << answered_.text;
        end_seen_ = true;
    }

    Player player_;
    int given_ = 0;
    std::vector<std::string> burst_;
    Answered answered_;
    bool end_seen_ = false;
};

} // namespace assistant::test
