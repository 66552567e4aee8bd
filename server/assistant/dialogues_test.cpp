// The dialogues of test/corpus/dialogues: how customers of five countries write, and what must come of it. In a file
//   # name | shop | customer (- for an unknown one)
// begins a dialogue; its lines are those of a script, and
//   . booking    is a line of the calendar at the end.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "assistant/script_test.hpp"

namespace assistant::test {
namespace {

struct Written {
    std::string name;
    std::string shop;
    std::optional<std::string> customer;
    std::string script;
    std::string calendar;
};

void PrintTo(Written const& dialogue, std::ostream* out) { *out << dialogue.name; }

Shop shop_named(std::string const& name) {
    if (name == "salon") return salon_in_spain();
    if (name == "barber_mx") return barber_in_mexico();
    if (name == "clinic") return clinic_in_argentina();
    if (name == "nails") return nails_in_colombia();
    if (name == "barber_cl") return barber_in_chile();
    throw std::invalid_argument("no such shop: " + name);
}

Written begun_by(std::string const& line) {
    std::istringstream words(line);
    std::string mark, name, shop, customer;
    words >> mark >> name >> mark >> shop >> mark >> customer;
    return {name, shop, customer == "-" ? std::nullopt : std::optional(customer), "", ""};
}

void read(std::filesystem::path const& file, std::vector<Written>& dialogues) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# ")) {
            dialogues.push_back(begun_by(line));
        } else if (line.starts_with(". ")) {
            auto& calendar = dialogues.back().calendar;
            calendar += (calendar.empty() ? "" : "\n") + line.substr(2);
        } else if (!line.empty()) {
            dialogues.back().script += line + "\n";
        }
    }
}

std::vector<Written> dialogues() {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(APUNTA_CORPUS "/dialogues"))
        files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Written> all;
    for (auto const& file : files)
        read(file, all);
    return all;
}

class Dialogues : public testing::TestWithParam<Written> {};

TEST_P(Dialogues, end_as_the_customer_meant) {
    Script script(shop_named(GetParam().shop), GetParam().customer);
    script.play(GetParam().script);
    EXPECT_EQ(script.calendar(), GetParam().calendar);
}

INSTANTIATE_TEST_SUITE_P(Assistant, Dialogues, testing::ValuesIn(dialogues()),
                         [](auto const& each) { return each.param.name; });

} // namespace
} // namespace assistant::test
