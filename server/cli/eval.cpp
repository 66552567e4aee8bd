#include <fmt/core.h>
#include <fmt/ranges.h>

#include "base/log.hpp"
#include "cli/cli.hpp"
#include "cli/commands.hpp"
#include "cli/settings.hpp"
#include "eval/evaluation.hpp"
#include "eval/report.hpp"
#include "eval/winner.hpp"

namespace cli {
namespace {

void show(std::size_t done, std::size_t all, eval::Played const& last) {
    auto const passes = last.passes();
    auto const& reasons = last.trials.front().reasons;
    fmt::print(stderr, "[{}/{}] {} {}/{}{}\n", done, all, last.id, passes, last.trials.size(),
               reasons.empty() ? "" : "  " + reasons.front());
}

base::Result<void> check(Eval const& options) {
    if (options.assistant == "llm" && !options.prove) {
        return base::fail(base::Fault::unavailable, "model_unavailable",
                          "this version speaks to no model yet: --assistant guided is what can be judged");
    }
    if (!options.provider.empty()) {
        return base::fail(base::Fault::invalid, "bad_usage", "--provider belongs to --assistant llm");
    }
    return {};
}

/// Houses come and go by the hundred: what each logs about itself is not asked for.
void quieten() {
    if (environment("APUNTA_LOG_LEVEL").empty()) base::log::set_level(base::log::Level::off);
}

base::Result<void> judged(Eval const& options, eval::Suite const& suite) {
    if (!options.report.empty()) TRY_VOID(eval::prepare_folder(options.report));
    TRY(auto played, eval::play(suite, eval::the_house(), options.trials, show));
    auto report = eval::Report{options.assistant, options.provider, suite.name, std::move(played), {}};
    report.scores = eval::scores_of(report.played);
    fmt::print("{}", eval::table_of(report));
    if (!options.report.empty()) TRY_VOID(eval::write_report(report, options.report));
    return {};
}

/// True when each scenario can be won.
base::Result<bool> proven(eval::Suite const& suite) {
    TRY(auto const played, eval::play(suite, eval::the_winner(), 1, show));
    auto lost = 0;
    for (auto const& one : played) {
        if (one.passes() > 0) continue;
        ++lost;
        auto const& trial = one.trials.front();
        fmt::print("{}: {}\n", one.id, fmt::join(trial.reasons, "; "));
        fmt::print("    the last words: {}\n", trial.transcript.back().text);
    }
    fmt::print("{} of {} scenarios can be won\n", played.size() - static_cast<std::size_t>(lost), played.size());
    return lost == 0;
}

} // namespace

int evaluate(Eval const& options) {
    if (auto checked = check(options); !checked) return complain(checked.error());
    quieten();
    auto const suite = eval::read_suite(options.scenarios, options.businesses);
    if (!suite) return complain(suite.error());
    for (auto const& warning : suite->warnings)
        fmt::print(stderr, "apunta: ignored: {}\n", warning);
    if (options.prove) {
        auto const all = proven(*suite);
        if (!all) return complain(all.error());
        return *all ? exit_ok : exit_failed;
    }
    if (auto done = judged(options, *suite); !done) return complain(done.error());
    return exit_ok;
}

} // namespace cli
