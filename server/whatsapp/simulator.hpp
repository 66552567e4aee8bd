// A WhatsApp without WhatsApp: phones of customers and of the owner that write and receive at the same doors as the
// bridge. No pacing and no budget; everything else (inbox, lanes, outbox, receipts) is the real thing.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/phone.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "conversation/inbox.hpp"
#include "outbox/sender.hpp"
#include "store/database.hpp"
#include "store/outbox.hpp"

namespace conversation {
class Lanes;
}

namespace whatsapp {

inline constexpr auto simulator_channel = "simulator";

/// What a customer writes. `id` names the message for repeated delivery; absent: a new one.
struct CustomerMessage {
    base::Phone from;
    std::optional<std::string> name;
    std::string kind = "text";
    std::string text;
    std::optional<std::string> id;
    std::optional<base::Instant> sent_at = {}; ///< absent: now, by the business's clock
};

/// What a phone has received, and whether an answer is in the making.
struct PhoneScreen {
    std::vector<store::SimulatorMessageRow> items;
    bool idle = true;
};

class Simulator final : public outbox::Messenger {
public:
    struct Doors {
        store::Database& database;
        base::Clock const& business_clock;
        base::Clock const& system_clock;
        base::Random& random;
        conversation::Breath breath;
    };
    explicit Simulator(Doors const& doors) : doors_(doors) {}

    /// The lanes are built after the simulator, which is their way out.
    void connect(conversation::Lanes& lanes) { lanes_ = &lanes; }

    /// conflict `no_simulator` when the business's channel is not a simulator.
    base::Result<base::MessageId> customer_writes(base::BusinessId const& business, CustomerMessage const& message);
    /// What comes in at one go, as after a time without a connection: stored together, so that one turn answers it.
    /// Everything or nothing.
    base::Result<std::vector<base::MessageId>> customer_writes(base::BusinessId const& business,
                                                               std::vector<CustomerMessage> const& messages);
    base::Result<base::MessageId> owner_writes(base::BusinessId const& business, base::Phone const& to,
                                               std::string const& text);
    /// Messages after `after`; waits up to `patience` for one to arrive, or for the work in hand to end without one.
    /// What has arrived is shown when nothing more is in the making, or a second later. A chat at rest is waited for
    /// all the time: the next message may be a reminder.
    base::Result<PhoneScreen> screen(base::BusinessId const& business, base::Phone const& customer,
                                     std::optional<base::MessageId> const& after, base::Milliseconds patience);

    std::vector<outbox::Delivery> send(std::vector<outbox::Outbound> const& messages) override;

    /// Something changed in this business: screens look again.
    void changed(base::BusinessId const& business);
    /// Ends all waiting, for good.
    void stop();

private:
    conversation::Inbound inbound(base::BusinessId const& business, CustomerMessage const& message);
    base::Result<std::vector<base::MessageId>> receive(std::vector<conversation::Inbound> const& all);
    base::Result<PhoneScreen> look(base::BusinessId const& business, base::Phone const& customer,
                                   std::optional<base::MessageId> const& after);

    Doors doors_;
    conversation::Lanes* lanes_ = nullptr;
    std::mutex mutex_;
    std::condition_variable news_;
    std::map<base::BusinessId, std::uint64_t> generations_;
    bool stopping_ = false;
};

} // namespace whatsapp
