#include "eval/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <fstream>

namespace eval {
namespace {

namespace json = boost::json;

/// Four figures are more than the trials can bear.
double rounded(double value) { return std::round(value * 10'000) / 10'000; }

json::object powers(PassPowers const& pass) {
    auto object = json::object();
    for (auto const& [k, power] : pass)
        object[std::to_string(k)] = rounded(power);
    return object;
}

json::object groups(std::map<std::string, Group> const& all) {
    auto object = json::object();
    for (auto const& [name, group] : all)
        object[name] = json::object{{"scenarios", group.scenarios}, {"pass", powers(group.pass)}};
    return object;
}

json::array texts(std::vector<std::string> const& all) {
    auto array = json::array();
    for (auto const& text : all)
        array.emplace_back(text);
    return array;
}

json::object trial_json(Trial const& trial) {
    auto latencies = json::array();
    for (auto const latency : trial.latency_ms)
        latencies.emplace_back(rounded(latency));
    auto transcript = json::array();
    for (auto const& line : trial.transcript)
        transcript.push_back(json::object{{"who", line.who}, {"text", line.text}, {"at", line.at}});
    return {{"passed", trial.passed},
            {"reasons", texts(trial.reasons)},
            {"notes", texts(trial.notes)},
            {"false_confirmations", trial.false_confirmations},
            {"taken_offered", trial.taken_offered},
            {"turns", trial.turns},
            {"model_calls", trial.usage.model_calls},
            {"tokens_in", trial.usage.tokens_in},
            {"tokens_out", trial.usage.tokens_out},
            {"cost_micro", trial.usage.cost_micro},
            {"guard_hits", trial.usage.guard_hits},
            {"latency_ms", latencies},
            {"transcript", transcript}};
}

json::object scenario_json(Played const& played) {
    auto trials = json::array();
    for (auto const& trial : played.trials)
        trials.push_back(trial_json(trial));
    return {{"id", played.id}, {"tags", texts(played.tags)}, {"country", played.country}, {"trials", trials}};
}

std::string percent(double share) { return fmt::format("{:.1f} %", share * 100); }

std::string row(std::string_view name, Group const& group) {
    auto line = fmt::format("| {:<16} | {:>9} |", name, group.scenarios);
    for (auto const& [k, power] : group.pass)
        line += fmt::format(" {:>7} |", percent(power));
    return line + "\n";
}

std::string rows(std::string_view title, Group const& whole, std::map<std::string, Group> const& all) {
    auto head = fmt::format("| {:<16} | {:>9} |", title, "scenarios");
    auto rule = fmt::format("|{:-<18}|{:->10}:|", "", "");
    for (auto const& [k, power] : whole.pass) {
        head += fmt::format(" {:>7} |", fmt::format("pass^{}", k));
        rule += fmt::format("{:->8}:|", "");
    }
    auto text = head + "\n" + rule + "\n";
    for (auto const& [name, group] : all)
        text += row(name, group);
    return text;
}

std::string figures(Report const& report) {
    auto const& scores = report.scores;
    auto text = fmt::format(
        "false confirmations {} · taken starts offered {} · turns {:.2f} · plain ones won in three turns {}\n",
        scores.false_confirmations, scores.taken_offered, scores.turns, percent(scores.plain_in_three));
    text += fmt::format("model calls {} · tokens {} in, {} out · cost {:.4f} USD · guard hits {} · latency p50 {:.0f} "
                        "ms, p95 {:.0f} ms\n",
                        scores.usage.model_calls, scores.usage.tokens_in, scores.usage.tokens_out,
                        static_cast<double>(scores.usage.cost_micro) / 1'000'000, scores.usage.guard_hits,
                        scores.latency_p50_ms, scores.latency_p95_ms);
    return text;
}

std::string quoted(std::string const& text) {
    auto lines = std::string("> ");
    for (auto const c : text)
        lines += c == '\n' ? std::string("  \n> ") : std::string(1, c);
    return lines;
}

std::string heading(Played const& played) {
    return fmt::format("### {} ({}, {}) — {} of {} trials passed\n\n", played.id, fmt::join(played.tags, ", "),
                       played.country, played.passes(), played.trials.size());
}

bool same_outcome(Trial const& a, Trial const& b) { return a.transcript == b.transcript && a.reasons == b.reasons; }

/// Trials that went alike are told once.
std::string failures_of(Played const& played) {
    auto text = heading(played);
    auto told = std::vector<Trial const*>();
    for (auto const& trial : played.trials) {
        if (trial.passed || std::ranges::any_of(told, [&](auto const* known) { return same_outcome(*known, trial); }))
            continue;
        told.push_back(&trial);
        for (auto const& reason : trial.reasons)
            text += "- **" + reason + "**\n";
        for (auto const& note : trial.notes)
            text += "- " + note + "\n";
        text += "\n";
        for (auto const& line : trial.transcript)
            text += fmt::format("*{}* {}\n\n{}\n\n", line.who, line.at, quoted(line.text));
    }
    return text;
}

base::Error not_writable(std::filesystem::path const& place) {
    return {base::Fault::unavailable, "folder_not_writable", fmt::format("{} cannot be written", place.string())};
}

/// Under another name first, so that a report is never half one.
base::Result<void> write_whole(std::filesystem::path const& file, std::string const& text) {
    auto const draft = std::filesystem::path(file.string() + ".tmp");
    {
        auto out = std::ofstream(draft, std::ios::binary | std::ios::trunc);
        if (!out.write(text.data(), static_cast<std::streamsize>(text.size())) || !out.flush())
            return base::fail(not_writable(file));
    }
    auto error = std::error_code();
    std::filesystem::rename(draft, file, error);
    if (error) return base::fail(not_writable(file));
    return {};
}

} // namespace

std::string table_of(Report const& report) {
    auto const& scores = report.scores;
    return rows("category", scores.all, scores.by_category) + "\n" + rows("country", scores.all, scores.by_country) +
           "\n" +
           rows("all", scores.all,
                {{report.assistant + (report.provider.empty() ? "" : " " + report.provider), scores.all}}) +
           "\n" + figures(report);
}

std::string json_of(Report const& report) {
    auto const& scores = report.scores;
    auto scenarios = json::array();
    for (auto const& played : report.played)
        scenarios.push_back(scenario_json(played));
    auto const provider = report.provider.empty() ? json::value() : json::value(report.provider);
    return json::serialize(json::object{{"assistant", report.assistant},
                                        {"provider", provider},
                                        {"suite", report.suite},
                                        {"scenarios", scenarios},
                                        {"pass", powers(scores.all.pass)},
                                        {"by_tag", groups(scores.by_tag)},
                                        {"by_category", groups(scores.by_category)},
                                        {"by_country", groups(scores.by_country)},
                                        {"false_confirmations", scores.false_confirmations},
                                        {"taken_offered", scores.taken_offered},
                                        {"turns", rounded(scores.turns)},
                                        {"plain_in_three", rounded(scores.plain_in_three)},
                                        {"model_calls", scores.usage.model_calls},
                                        {"tokens_in", scores.usage.tokens_in},
                                        {"tokens_out", scores.usage.tokens_out},
                                        {"cost_micro", scores.usage.cost_micro},
                                        {"guard_hits", scores.usage.guard_hits},
                                        {"latency_p50_ms", rounded(scores.latency_p50_ms)},
                                        {"latency_p95_ms", rounded(scores.latency_p95_ms)}}) +
           "\n";
}

std::string markdown_of(Report const& report) {
    auto text = fmt::format("# {}: {}{}\n\n{}\n", report.suite, report.assistant,
                            report.provider.empty() ? "" : " (" + report.provider + ")", table_of(report));
    auto failed = std::string();
    auto passed = std::string();
    for (auto const& played : report.played) {
        auto const all = played.passes() == static_cast<int>(played.trials.size());
        if (!all) failed += failures_of(played);
        if (all)
            passed += fmt::format("- {} ({}), {} turns\n", played.id, fmt::join(played.tags, ", "),
                                  played.trials.front().turns);
    }
    if (!failed.empty()) text += "\n## Failed\n\n" + failed;
    if (!passed.empty()) text += "\n## Passed\n\n" + passed;
    return text;
}

base::Result<void> prepare_folder(std::filesystem::path const& folder) {
    auto error = std::error_code();
    std::filesystem::create_directories(folder, error);
    if (error) return base::fail(not_writable(folder));
    auto const probe = folder / "report.json.tmp";
    auto const writable = std::ofstream(probe).good();
    std::filesystem::remove(probe, error);
    if (!writable) return base::fail(not_writable(folder));
    return {};
}

base::Result<void> write_report(Report const& report, std::filesystem::path const& folder) {
    TRY_VOID(prepare_folder(folder));
    TRY_VOID(write_whole(folder / "report.json", json_of(report)));
    return write_whole(folder / "report.md", markdown_of(report));
}

} // namespace eval
