#include "store/measures.hpp"

#include <array>

namespace store {
namespace {

constexpr auto batch_buckets = std::array{1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0};
constexpr auto reply_buckets = std::array{0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0, 600.0};

std::string text_of(Engine engine) { return engine == Engine::sqlite ? "sqlite" : "postgres"; }

base::Labels label(Engine engine) { return {{"engine", text_of(engine)}}; }

} // namespace

Measures::Measures(base::Metrics const& metrics, Engine engine)
    : metrics_(metrics), engine_(text_of(engine)),
      writes_(metrics.histogram("apunta_database_write_seconds", "From asking for a write to its durable commit.",
                                base::seconds_buckets(), label(engine))),
      batch_(metrics.histogram("apunta_database_commit_units", "Writes that shared one commit (SQLite).", batch_buckets,
                               label(engine))),
      pool_waits_(metrics.histogram("apunta_database_pool_wait_seconds",
                                    "Waits for a connection, of those that found none free.", base::seconds_buckets(),
                                    label(engine))),
      retries_(metrics.counter("apunta_database_retries_total",
                               "Transactions repeated after a serialization failure, a deadlock or a lost connection.",
                               label(engine))),
      errors_(metrics.counters("apunta_database_errors_total", "Transactions that failed, by error code.",
                               {"engine", "code"})),
      bookings_(metrics.counters("apunta_booking_changes_total", "Changes of bookings, by action and origin.",
                                 {"action", "origin"})),
      turns_(metrics.counters("apunta_turns_total", "Ends of turns of a chat, by outcome and reason.",
                              {"outcome", "reason"})),
      replies_(metrics.histogram("apunta_reply_seconds",
                                 "Business time from a customer's first waiting message to the turn that answers it.",
                                 reply_buckets)),
      outbox_(
          metrics.counters("apunta_outbox_messages_total",
                           "Messages to customers by new state; the reason is that of the message or of the failure.",
                           {"state", "reason"})) {}

void Measures::count(Tally const& tally) const {
    switch (tally.what) {
    case Tally::What::booking: return bookings_.add({tally.first, tally.second});
    case Tally::What::outbox: return outbox_.add({tally.first, tally.second});
    case Tally::What::turn: break;
    }
    turns_.add({tally.first, tally.second});
    if (tally.took) replies_.observe(std::chrono::duration<double>(*tally.took).count());
}

void Measures::count(base::Error const& error) const {
    if (error.fault != base::Fault::unavailable && error.fault != base::Fault::broken) return;
    errors_.add({engine_, error.code});
}

void Measures::wrote_in(std::chrono::steady_clock::duration time) const {
    writes_.observe(std::chrono::duration<double>(time).count());
}

} // namespace store
