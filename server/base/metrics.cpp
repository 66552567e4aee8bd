#include "base/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>
#include <mutex>

namespace base {
namespace {

constexpr auto most_combinations = std::size_t{100};

prometheus::Labels to_labels(Labels const& labels) { return {labels.begin(), labels.end()}; }

std::string joined(std::initializer_list<std::string_view> values) {
    auto key = std::string();
    for (auto const value : values)
        key.append(value).push_back('\n');
    return key;
}

} // namespace

struct Metrics::State {
    prometheus::Registry registry;
};

struct Counters::Family {
    std::shared_ptr<Metrics::State> owner;
    prometheus::Family<prometheus::Counter>* family;
    std::vector<std::string> names;
    std::mutex mutex = {};
    std::map<std::string, prometheus::Counter*> known = {};

    prometheus::Counter& resolve(std::initializer_list<std::string_view> values) {
        auto const lock = std::lock_guard(mutex);
        auto const full = known.size() >= most_combinations;
        auto& counter = known[full && !known.contains(joined(values)) ? std::string() : joined(values)];
        if (counter == nullptr) counter = &family->Add(full ? others() : labels(values));
        return *counter;
    }

private:
    prometheus::Labels labels(std::initializer_list<std::string_view> values) const {
        auto made = prometheus::Labels();
        auto value = values.begin();
        for (auto const& name : names)
            made[name] = value == values.end() ? "" : std::string(*value++);
        return made;
    }
    prometheus::Labels others() const {
        auto made = prometheus::Labels();
        for (auto const& name : names)
            made[name] = "other";
        return made;
    }
};

void Counter::add(double amount) const {
    if (counter_ != nullptr) counter_->Increment(amount);
}

void Gauge::set(double value) const {
    if (gauge_ != nullptr) gauge_->Set(value);
}

void Histogram::observe(double value) const {
    if (histogram_ != nullptr) histogram_->Observe(value);
}

void Counters::add(std::initializer_list<std::string_view> values) const {
    if (family_) family_->resolve(values).Increment();
}

Metrics::Metrics() : state_(std::make_shared<State>()) {}

Counter Metrics::counter(std::string const& name, std::string const& help, Labels const& labels) const {
    auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry);
    return Counter(family.Add(to_labels(labels)));
}

Counters Metrics::counters(std::string const& name, std::string const& help,
                           std::vector<std::string> label_names) const {
    auto made = Counters();
    auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry);
    made.family_ = std::make_shared<Counters::Family>(state_, &family, std::move(label_names));
    return made;
}

Gauge Metrics::gauge(std::string const& name, std::string const& help, Labels const& labels) const {
    auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry);
    return Gauge(family.Add(to_labels(labels)));
}

Histogram Metrics::histogram(std::string const& name, std::string const& help, std::span<double const> bounds,
                             Labels const& labels) const {
    auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry);
    auto const buckets = prometheus::Histogram::BucketBoundaries(bounds.begin(), bounds.end());
    return Histogram(family.Add(to_labels(labels), buckets));
}

std::string Metrics::text() const { return prometheus::TextSerializer().Serialize(state_->registry.Collect()); }

std::span<double const> seconds_buckets() {
    static constexpr auto bounds = std::array{0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0};
    return bounds;
}

} // namespace base
