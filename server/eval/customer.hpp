// The simulated customer: a small deterministic machine that reads replies as a person does and does the first of these
// that applies.
//   1. Stop after 20 messages of its own, when nothing came back, or when the chat was handed to a person and `then`
//      has no `any` line left.
//   2. The next line of `then` is an `any` line: say it.
//   3. Asked to confirm: `confirm`, if every start that is stated is a wanted one; else rule 6.
//   4. Given a list: `which`; else the wanted start if it is in the list; else rule 6.
//   5. Asked for something: that answer, each at most twice; else rule 6.
//   6. Refused, offered something else, or asked what no rule covers: the next plain line of `then`; none left: "no
//      entiendo", and the second time stop.
//   7. Asked nothing: the next `done` line of `then`; none left: stop.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/fixture.hpp"
#include "eval/reply.hpp"
#include "eval/scenario.hpp"

namespace eval {

struct Said {
    Message message;
    int rule;
};

class Customer {
public:
    Customer(Scenario const& scenario, Fixture const& fixture);

    /// What she writes after a reply; nullopt: she stops. `reply` is empty when nothing came back.
    std::optional<Said> answer(std::string_view reply, bool handed_over, base::Date today);

private:
    std::optional<Said> confirm(Reply const& reply);
    std::optional<Said> choose(Reply const& reply);
    std::optional<Said> tell(Reply const& reply);
    std::optional<Said> go_on();
    std::optional<Said> line(Message::When when, int rule);
    std::optional<Said> words(std::string const& text, int rule);
    std::optional<std::string> answer_to(std::string_view question) const;
    bool is_wanted(Moment const& moment) const;
    /// The wanted start that this may be, the earliest.
    std::optional<base::LocalTime> wanted_start(Moment const& moment) const;
    bool has_any_line() const;

    Scenario const& scenario_;
    Signboard signboard_;
    std::vector<StartWish> wanted_;
    std::vector<Message> lines_; ///< of `then` that are left
    std::map<Question, int> told_;
    int sent_;
    int at_a_loss_ = 0;
};

} // namespace eval
