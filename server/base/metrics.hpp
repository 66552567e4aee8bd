// What an operator watches, for Prometheus to read. Rooms resolve the metrics they count once and keep the handles: a
// count is an addition then, without a look-up. Labels are the program's own words and few; never an id, never anything
// about a person. prometheus-cpp is included in metrics.cpp alone.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
} // namespace prometheus

namespace base {

/// The handles are as cheap as pointers, may be used from any thread, and must not outlive their Metrics. One that was
/// never resolved counts nothing.
class Counter {
public:
    Counter() = default;
    void add(double amount = 1) const; ///< amount ≥ 0

private:
    friend class Metrics;
    friend class Counters;
    explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
    prometheus::Counter* counter_ = nullptr;
};

class Gauge {
public:
    Gauge() = default;
    void set(double value) const;

private:
    friend class Metrics;
    explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
    prometheus::Gauge* gauge_ = nullptr;
};

class Histogram {
public:
    Histogram() = default;
    void observe(double value) const;

private:
    friend class Metrics;
    explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
    prometheus::Histogram* histogram_ = nullptr;
};

/// Counters of one name that differ in their labels, resolved when they first count: for what happens less often than
/// a transaction. From the 100th combination on they are counted under `other`, whatever calls come.
class Counters {
public:
    Counters() = default;
    /// One value per label of the family.
    void add(std::initializer_list<std::string_view> values) const;

private:
    friend class Metrics;
    struct Family;
    std::shared_ptr<Family> family_;
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Copies are the same metrics. Thread-safe.
class Metrics {
public:
    Metrics();

    /// The same name and labels give the same metric. A name that Prometheus does not allow, or that is of another
    /// type already, is a bug: std::invalid_argument.
    Counter counter(std::string const& name, std::string const& help, Labels const& labels = {}) const;
    Counters counters(std::string const& name, std::string const& help, std::vector<std::string> label_names) const;
    Gauge gauge(std::string const& name, std::string const& help, Labels const& labels = {}) const;
    /// `bounds`: the upper ends of its buckets, ascending.
    Histogram histogram(std::string const& name, std::string const& help, std::span<double const> bounds,
                        Labels const& labels = {}) const;

    /// In Prometheus' text format, version 0.0.4.
    std::string text() const;

private:
    friend class Counters;
    struct State;
    std::shared_ptr<State> state_;
};

/// Seconds, from what a request should take to what nobody waits for.
std::span<double const> seconds_buckets();

/// Memory, descriptors, processor time and start of this process, under the names that Prometheus' own libraries use.
class ProcessMetrics {
public:
    explicit ProcessMetrics(Metrics const& metrics);
    void refresh() const;

private:
    Gauge resident_bytes_;
    Gauge open_descriptors_;
    Gauge most_descriptors_;
    Gauge cpu_seconds_;
    Gauge started_at_;
};

} // namespace base
