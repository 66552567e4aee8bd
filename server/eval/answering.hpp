// The door behind which an assistant stands: it hears what the customer writes, and its words appear on her phone.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace eval {

class Stage;

struct Heard {
    std::string text;
    std::string kind;
    std::optional<std::string> id;
    base::Instant sent_at;
};

/// What the answers have cost so far.
struct Usage {
    int model_calls = 0;
    std::int64_t tokens_in = 0;
    std::int64_t tokens_out = 0;
    std::int64_t cost_micro = 0; ///< millionths of a US dollar
    int guard_hits = 0;          ///< replies that were held back
};

class Answering {
public:
    virtual ~Answering() = default;
    /// Messages that come in together. Returns when nothing more is in the making.
    virtual base::Result<void> hear(std::vector<Heard> const& messages) = 0;
    /// What has appeared on the phone since the last look, message by message.
    virtual base::Result<std::vector<std::string>> look_at_phone() = 0;
    virtual Usage usage() const { return {}; }
};
using Answerer = std::function<std::unique_ptr<Answering>(Stage&)>;

/// The house itself, by the phone simulator: inbox, lane, turn, outbox.
Answerer the_house();

} // namespace eval
