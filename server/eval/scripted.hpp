// Assistants that follow a script instead of a customer's words: the one who knows the end state (winner.hpp), and
// those whom the judge has to find out.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "eval/answering.hpp"
#include "eval/stage.hpp"

namespace eval {

class Scripted : public Answering {
public:
    explicit Scripted(Stage& stage) : stage_(stage) {}
    /// A message that was delivered before is not heard again.
    base::Result<void> hear(std::vector<Heard> const& messages) final;
    base::Result<std::vector<std::string>> look_at_phone() final { return std::exchange(shown_, {}); }

protected:
    /// The messages that answer these.
    virtual base::Result<std::vector<std::string>> answer(std::vector<Heard> const& messages) = 0;

    Stage& stage() { return stage_; }
    /// By booking's public functions, as the customer and with all rules on; what they refuse is an error.
    base::Result<void> book(std::string const& service, base::Instant start, std::optional<std::string> const& staff,
                            std::string const& name);
    base::Result<void> move(std::string const& given, base::Instant start, std::optional<std::string> const& staff);
    base::Result<void> cancel(std::string const& given);
    base::Result<void> confirm_attendance(std::string const& given);
    /// Free starts of a service on the dates of [from, to], by start.
    base::Result<std::vector<base::Instant>> free_starts(std::string const& service, base::LocalTime from,
                                                         base::LocalTime to);
    /// Calls a person into the chat.
    base::Result<void> hand_over();

private:
    base::CustomerId customer(store::Tx& tx);

    Stage& stage_;
    std::vector<std::string> shown_;
    std::set<std::string> ids_;
};

} // namespace eval
