// Somebody who books by chat: reads what her phone shows and answers it, until she has her booking or is refused.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "system/http.hpp"

namespace system_test {

/// How her requests travel. Whatever comes back other than 200 or 202 ends the dialogue with an exception.
using Wire = std::function<Answer(std::string const& method, std::string const& target, json::object const* body)>;

struct Wish {
    std::string name;
    std::string start; ///< as the API writes it
};

enum class Opening { at_once, by_menu, in_pieces };
enum class Ending { booked, refused, lost };

struct Heard {
    std::string id;
    std::string text;
    std::string reason;
};

class Customer {
public:
    Customer(Wire wire, std::string phone, Wish wish);

    /// `refused`: her start is taken. `lost`: nobody answers, or with words she does not know.
    Ending book(Opening opening);

    std::string const& phone() const { return phone_; }
    /// The ids of all she wrote.
    std::vector<std::string> const& written() const { return written_; }
    /// Everything her phone showed, in the order in which it came.
    std::vector<Heard> const& heard() const { return heard_; }
    std::string const& transcript() const { return transcript_; }

private:
    void write(std::string const& text);
    /// What came since the last time; returns when nothing is in the making.
    std::vector<Heard> listen();
    Answer look(bool patiently);

    Wire wire_;
    std::string phone_;
    Wish wish_;
    std::vector<std::string> written_;
    std::vector<Heard> heard_;
    std::string transcript_;
};

} // namespace system_test
