#include "eval/scores.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace eval {
namespace {

constexpr auto highest_power = 4;
constexpr auto few_turns = 3;

Group group_of(std::vector<Played const*> const& members) {
    auto group = Group();
    group.scenarios = static_cast<int>(members.size());
    auto sums = PassPowers();
    for (auto const* one : members) {
        auto const trials = static_cast<int>(one->trials.size());
        for (auto k = 1; k <= std::min(highest_power, trials); ++k)
            sums[k] += pass_power(trials, one->passes(), k);
    }
    for (auto const& [k, sum] : sums)
        group.pass[k] = sum / group.scenarios;
    return group;
}

std::map<std::string, Group> grouped(std::vector<Played> const& played,
                                     std::function<std::vector<std::string>(Played const&)> const& names) {
    auto members = std::map<std::string, std::vector<Played const*>>();
    for (auto const& one : played) {
        for (auto const& name : names(one))
            members[name].push_back(&one);
    }
    auto groups = std::map<std::string, Group>();
    for (auto const& [name, all] : members)
        groups[name] = group_of(all);
    return groups;
}

double percentile(std::vector<double> const& ascending, double share) {
    if (ascending.empty()) return 0;
    auto const rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(ascending.size())));
    return ascending[std::max<std::size_t>(rank, 1) - 1];
}

double share_of_plain_in_three(std::vector<Played> const& played) {
    auto all = 0;
    auto quick = 0;
    for (auto const& one : played) {
        if (one.tags.front() != "plain") continue;
        for (auto const& trial : one.trials) {
            ++all;
            if (trial.passed && trial.turns <= few_turns) ++quick;
        }
    }
    return all == 0 ? 0 : static_cast<double>(quick) / all;
}

} // namespace

int Played::passes() const {
    return static_cast<int>(std::ranges::count_if(trials, [](auto const& trial) { return trial.passed; }));
}

double pass_power(int trials, int passes, int k) {
    auto power = 1.0;
    for (auto i = 0; i < k; ++i)
        power *= static_cast<double>(std::max(0, passes - i)) / (trials - i);
    return power;
}

Scores scores_of(std::vector<Played> const& played) {
    auto scores = Scores();
    auto all = std::vector<Played const*>();
    auto latencies = std::vector<double>();
    for (auto const& one : played) {
        all.push_back(&one);
        for (auto const& trial : one.trials) {
            ++scores.trials;
            scores.false_confirmations += trial.false_confirmations;
            scores.taken_offered += trial.taken_offered;
            scores.turns += trial.turns;
            scores.usage.model_calls += trial.usage.model_calls;
            scores.usage.tokens_in += trial.usage.tokens_in;
            scores.usage.tokens_out += trial.usage.tokens_out;
            scores.usage.cost_micro += trial.usage.cost_micro;
            scores.usage.guard_hits += trial.usage.guard_hits;
            latencies.insert(latencies.end(), trial.latency_ms.begin(), trial.latency_ms.end());
        }
    }
    if (scores.trials > 0) scores.turns /= scores.trials;
    scores.all = group_of(all);
    scores.by_category = grouped(played, [](Played const& one) { return std::vector{one.tags.front()}; });
    scores.by_tag = grouped(played, [](Played const& one) { return one.tags; });
    scores.by_country = grouped(played, [](Played const& one) { return std::vector{one.country}; });
    scores.plain_in_three = share_of_plain_in_three(played);
    std::ranges::sort(latencies);
    scores.latency_p50_ms = percentile(latencies, 0.5);
    scores.latency_p95_ms = percentile(latencies, 0.95);
    return scores;
}

} // namespace eval
