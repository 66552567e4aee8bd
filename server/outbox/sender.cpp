#include "outbox/sender.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/crash_point.hpp"
#include "base/log.hpp"
#include "outbox/outbox.hpp"
#include "store/people.hpp"
#include "store/restore.hpp"

namespace outbox {
namespace {

constexpr auto batch_size = 200;
constexpr auto claim_time = std::chrono::seconds(30);
constexpr auto max_attempts = 10;
constexpr auto idle_look = std::chrono::seconds(1); // rows that another node queued, or whose retry is due

base::Milliseconds backoff(std::int64_t attempt) {
    return std::chrono::seconds(std::min<std::int64_t>(60, std::int64_t{1} << std::min<std::int64_t>(attempt, 6)));
}

/// Why a due row is not sent after all; empty: send it.
std::string_view refusal(store::Tx& tx, store::OutboxRow const& row, base::Instant business_now) {
    if (row.expires_at && *row.expires_at <= business_now) return "expired";
    if (row.attempts >= max_attempts) return "gave_up";
    if (row.unasked && store::has_opted_out(tx, row.business, row.conversation)) return "opted_out";
    if (!row.proactive) return "";
    auto channel = store::find_channel(tx, row.business);
    if (!channel || !channel->daily_limit) return "";
    auto sent = store::count_proactive_since(tx, row.business, business_now - std::chrono::hours(24));
    return sent >= *channel->daily_limit ? "daily_limit" : "";
}

Outbound outbound(store::OutboxRow const& row) {
    return {row.business,      row.message, row.channel, row.address_kind,
            row.address_value, row.text,    row.reason,  row.attempts + 1};
}

} // namespace

void receipt(store::Tx& tx, base::BusinessId const& business, base::MessageId const& message, std::string_view state,
             std::string_view why, base::Instant at) {
    store::mark_outbox(tx, business, message, state, why, at);
    tx.note({business, "message.updated", message.text()});
    tell(tx, business, message, state, why);
}

Sender::Sender(store::Database& database, Messenger& messenger, base::Clock const& business_clock,
               base::Clock const& system_clock)
    : database_(database), messenger_(messenger), business_clock_(business_clock), system_clock_(system_clock) {}

Sender::~Sender() { stop(); }

void Sender::start() {
    if (database_.engine() == store::Engine::sqlite) {
        auto released = database_.write([&](store::Tx& tx) -> base::Result<void> {
            store::release_sending(tx, system_clock_.now());
            return {};
        });
        if (!released) base::log::error("outbox.release_failed", {{"code", released.error().code}});
    }
    thread_ = std::thread([this] { run(); });
}

void Sender::stop() {
    {
        auto lock = std::lock_guard(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Sender::wake() {
    {
        auto lock = std::lock_guard(mutex_);
        woken_ = true;
        resting_ = false;
    }
    changed_.notify_all();
}

base::Result<void> Sender::clock_set_back(base::Instant now) {
    TRY_VOID(database_.write([&](store::Tx& tx) -> base::Result<void> {
        store::send_those_ahead_of(tx, now);
        return {};
    }));
    wake();
    return {};
}

void Sender::rest() {
    wake();
    auto lock = std::unique_lock(mutex_);
    changed_.wait(lock, [&] { return resting_ || stopping_; });
}

void Sender::run() {
    while (true) {
        {
            auto lock = std::unique_lock(mutex_);
            if (stopping_) return;
            woken_ = false;
        }
        auto busy = false;
        try {
            busy = send_batch();
        } catch (std::exception const& bug) {
            base::log::error("outbox.bug", {{"what", bug.what()}});
        }
        if (busy) continue;
        auto lock = std::unique_lock(mutex_);
        if (!woken_) {
            resting_ = true;
            changed_.notify_all();
        }
        changed_.wait_for(lock, idle_look, [&] { return woken_ || stopping_; });
        resting_ = false;
    }
}

/// True when there may be more to send.
bool Sender::send_batch() {
    if (owed_ && !settle_owed()) return false;
    auto batch = claim();
    if (batch.empty()) return false;
    base::crash_point("outbox.claimed");
    auto deliveries = messenger_.send(batch);
    base::crash_point("outbox.delivered");
    if (!settle(batch, deliveries)) {
        owed_ = Owed{std::move(batch), std::move(deliveries), std::chrono::steady_clock::now() + claim_time};
        return false;
    }
    base::crash_point("outbox.settled");
    return true;
}

std::vector<Outbound> Sender::claim() {
    // A look costs no write, so an idle server leaves the disk alone.
    auto next = database_.read(
        [](store::Tx& tx) -> base::Result<std::optional<base::Instant>> { return store::next_outbox_due(tx); });
    if (next && (!*next || **next > system_clock_.now())) return {};
    auto claimed = database_.write([&](store::Tx& tx) -> base::Result<std::vector<Outbound>> {
        auto batch = std::vector<Outbound>();
        if (store::quarantined_at(tx)) return batch;
        auto now = system_clock_.now();
        for (auto const& row : store::due_outbox(tx, now, batch_size)) {
            if (auto why = refusal(tx, row, business_clock_.now()); !why.empty()) {
                receipt(tx, row.business, row.message, why == "gave_up" ? "failed" : "suppressed", why,
                        business_clock_.now());
                continue;
            }
            store::mark_sending(tx, row.business, row.message, now + claim_time);
            batch.push_back(outbound(row));
        }
        return batch;
    });
    if (claimed) return *std::move(claimed);
    base::log::warn("outbox.claim_failed", {{"code", claimed.error().code}});
    return {};
}

/// True when nothing is owed any more. Once the claim has run out the rows are due again, here or elsewhere.
bool Sender::settle_owed() {
    auto const is_late = std::chrono::steady_clock::now() >= owed_->until;
    if (!is_late && !settle(owed_->batch, owed_->deliveries)) return false;
    owed_.reset();
    return true;
}

bool Sender::settle(std::vector<Outbound> const& batch, std::vector<Delivery> const& deliveries) {
    auto settled = database_.write([&](store::Tx& tx) -> base::Result<void> {
        for (auto i = std::size_t{0}; i < batch.size(); ++i) {
            auto const& message = batch[i];
            switch (deliveries.at(i)) {
            case Delivery::sent: receipt(tx, message.business, message.id, "sent", "", business_clock_.now()); break;
            case Delivery::never:
                receipt(tx, message.business, message.id, "failed", "refused_by_channel", business_clock_.now());
                break;
            case Delivery::later:
                store::mark_queued(tx, message.business, message.id, system_clock_.now() + backoff(message.attempt),
                                   "link_down");
                break;
            }
        }
        return {};
    });
    if (!settled) base::log::warn("outbox.settle_failed", {{"code", settled.error().code}});
    return settled.has_value();
}

} // namespace outbox
