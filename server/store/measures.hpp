// What the databases and their transactions count. Inside this room only.
#pragma once

#include <chrono>

#include "base/metrics.hpp"
#include "store/database.hpp"

namespace store {

class Measures {
public:
    Measures(base::Metrics const& metrics, Engine engine);

    /// After the commit.
    void count(Tally const& tally) const;
    /// Counts what is wrong with the database or with us; a refusal is neither.
    void count(base::Error const& error) const;
    void retried() const { retries_.add(); }
    void committed_together(std::size_t units) const { batch_.observe(static_cast<double>(units)); }
    void wrote_in(std::chrono::steady_clock::duration time) const;
    base::Histogram const& pool_waits() const { return pool_waits_; }

private:
    base::Metrics metrics_; ///< keeps alive what the handles count in
    std::string engine_;
    base::Histogram writes_;
    base::Histogram batch_;
    base::Histogram pool_waits_;
    base::Counter retries_;
    base::Counters errors_;
    base::Counters bookings_;
    base::Counters turns_;
    base::Histogram replies_;
    base::Counters outbox_;
};

/// Counts how it failed.
template <class Step>
base::Result<void> counted(Measures const& measures, Step const& step) {
    auto result = step();
    if (!result) measures.count(result.error());
    return result;
}

/// Times a write from asking to durable, too.
template <class Write>
base::Result<void> measured(Measures const& measures, Write const& write) {
    auto const started = std::chrono::steady_clock::now();
    auto result = counted(measures, write);
    measures.wrote_in(std::chrono::steady_clock::now() - started);
    return result;
}

} // namespace store
