#include "eval/file_text.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "base/time.hpp"

namespace eval {
namespace {

constexpr auto most_texts = std::size_t{50};

} // namespace

base::Result<std::string> read_file(std::filesystem::path const& file) {
    auto in = std::ifstream(file, std::ios::binary);
    auto text = std::ostringstream();
    if (!std::filesystem::is_regular_file(file) || !in || !(text << in.rdbuf())) {
        return base::fail(base::Fault::not_found, "no_such_file", fmt::format("{} cannot be read", file.string()));
    }
    return text.str();
}

std::vector<std::string> complaints(Reader& in, std::string_view place, std::vector<std::string>& warnings) {
    auto found = std::vector<std::string>();
    auto const done = in.finish();
    if (done) return found;
    for (auto const& field : done.error().fields) {
        auto line = fmt::format("{}: {} {}", place, field.field, field.message);
        (field.code == "unknown" ? warnings : found).push_back(std::move(line));
    }
    return found;
}

std::function<std::optional<base::LocalTime>(Field const&)> local_time() {
    return [](Field const& field) -> std::optional<base::LocalTime> {
        auto const text = field.text();
        if (!text) return std::nullopt;
        if (auto time = base::parse_local_time(*text)) return time;
        return field.wrong("format", "must be a wall-clock time such as 2026-10-21T10:15");
    };
}

std::function<std::optional<std::vector<std::string>>(Field const&)> one_or_more() {
    return [](Field const& field) -> std::optional<std::vector<std::string>> {
        if (field.is_array()) return as::list(any_text(), most_texts)(field);
        auto text = any_text()(field);
        if (!text) return std::nullopt;
        return std::vector{*std::move(text)};
    };
}

as::TextKind any_text() { return as::text({0, base::message_text.max, true}); }

} // namespace eval
