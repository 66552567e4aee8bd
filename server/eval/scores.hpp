// What the trials of a suite amount to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "eval/trial.hpp"

namespace eval {

struct Played {
    std::string id;
    std::vector<std::string> tags;
    std::string country;
    std::vector<Trial> trials;
    int passes() const;
};

/// pass^k by k: that k trials taken at random all pass, C(c,k)/C(n,k), averaged over the scenarios.
using PassPowers = std::map<int, double>;

struct Group {
    int scenarios = 0;
    PassPowers pass;
};

struct Scores {
    Group all;
    std::map<std::string, Group> by_category; ///< the first tag
    std::map<std::string, Group> by_tag;      ///< each tag
    std::map<std::string, Group> by_country;
    int false_confirmations = 0;
    int taken_offered = 0;
    int trials = 0;
    double turns = 0; ///< mean of a trial
    /// Of the category `plain`: the share of trials that passed with at most three turns of the customer.
    double plain_in_three = 0;
    Usage usage;
    double latency_p50_ms = 0;
    double latency_p95_ms = 0;
};

double pass_power(int trials, int passes, int k);
Scores scores_of(std::vector<Played> const& played);

} // namespace eval
