// The suite that lies with the tests, and scenarios written in a test.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "eval/evaluation.hpp"
#include "eval/trial.hpp"

namespace eval {

inline std::filesystem::path corpus() { return std::filesystem::path(APUNTA_CORPUS) / "scenarios"; }

inline Suite const& dev_suite() {
    static auto const suite = read_suite(corpus() / "dev.jsonl", {}).value();
    return suite;
}

/// Scenarios of our own, in all the businesses.
inline Suite const& own_suite() {
    static auto const suite = read_suite(corpus() / "own.jsonl", {}).value();
    return suite;
}

/// Removed with all that is in it.
class Folder {
public:
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "apunta-eval-test.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    std::filesystem::path const& path() const { return path_; }
    std::filesystem::path write(std::string const& name, std::string const& text) const {
        std::ofstream(path_ / name) << text;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

/// Scenarios by their lines, in the businesses of the corpus.
inline base::Result<Suite> suite_of(std::string const& lines) {
    auto const folder = Folder();
    return read_suite(folder.write("own.jsonl", lines), corpus() / "businesses.json");
}

inline Played const& played_of(std::vector<Played> const& all, std::string const& id) {
    return *std::ranges::find(all, id, &Played::id);
}
inline bool has_reason(Trial const& trial, std::string const& beginning) {
    return std::ranges::any_of(trial.reasons, [&](auto const& reason) { return reason.starts_with(beginning); });
}

} // namespace eval
