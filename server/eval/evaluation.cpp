#include "eval/evaluation.hpp"

#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "eval/scenario_file.hpp"
#include "eval/trial.hpp"

namespace eval {
namespace {

/// Houses that stand for a second need no disk that outlives the machine: each commit would wait for it.
std::filesystem::path place_for_work() {
    auto memory = std::filesystem::path("/dev/shm");
    if (std::getenv("TMPDIR") == nullptr && ::access(memory.c_str(), W_OK | X_OK) == 0) return memory;
    return std::filesystem::temp_directory_path();
}

/// A folder of this run's own, removed with all that trials left in it.
class Workshop {
public:
    static base::Result<Workshop> open() {
        auto name = (place_for_work() / "apunta-eval.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            return base::fail(base::Fault::unavailable, "folder_not_writable", "no temporary folder can be made");
        }
        return Workshop(name);
    }
    Workshop(Workshop&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
    Workshop& operator=(Workshop&&) = delete;
    ~Workshop() {
        auto ignored = std::error_code();
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }
    std::filesystem::path house() const { return folder_ / "house"; }

private:
    explicit Workshop(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

} // namespace

base::Result<Suite> read_suite(std::filesystem::path const& scenarios, std::filesystem::path const& businesses) {
    auto suite = Suite();
    suite.name = scenarios.stem().string();
    auto const file = businesses.empty() ? scenarios.parent_path() / "businesses.json" : businesses;
    TRY(suite.fixtures, read_fixtures(file, suite.warnings));
    TRY(suite.scenarios, read_scenarios(scenarios, suite.fixtures, suite.warnings));
    return suite;
}

base::Result<std::vector<Played>> play(Suite const& suite, Answerer const& answerer, int trials,
                                       Progress const& progress) {
    TRY(auto const workshop, Workshop::open());
    auto all = std::vector<Played>();
    for (auto const& scenario : suite.scenarios) {
        auto const& fixture = suite.fixtures.at(scenario.business);
        auto played = Played{scenario.id, scenario.tags, fixture.profile.country, {}};
        for (auto n = 0; n < trials; ++n) {
            TRY(auto trial, run_trial(fixture, scenario, answerer, workshop.house()));
            played.trials.push_back(std::move(trial));
        }
        all.push_back(std::move(played));
        if (progress) progress(all.size(), suite.scenarios.size(), all.back());
    }
    return all;
}

} // namespace eval
