#include "system/server.hpp"

#include <csignal>

namespace system_test {
namespace {

constexpr auto longest_start = std::chrono::seconds(60);

Environment surroundings(Place const& place, Environment const& more) {
    auto all = place.environment();
    all["APUNTA_LOG_LEVEL"] = "warn";
    all["API_REQUESTS_PER_MINUTE"] = "0"; // one session asks for a whole town
    for (auto const& [name, value] : more) {
        all[name] = value;
    }
    return all;
}

} // namespace

Finished apunta(Place const& place, std::vector<std::string> words, Environment const& environment,
                std::string const& input) {
    words.insert(words.begin(), binary());
    return run(words, surroundings(place, environment), input);
}

Server::Server(Place const& place, Launch const& launch) {
    auto const folder = launch.on_second_node ? place.second_folder() : place.folder();
    auto words = std::vector<std::string>{binary(), "serve", "--port", "0", "--data", folder.string()};
    words.insert(words.end(), launch.options.begin(), launch.options.end());
    process_ = std::make_unique<Process>(words, surroundings(place, launch.environment), "");
    auto const url = process_->await_line("Apunta listens on ", longest_start);
    if (!url)
        throw NotUp(process_->await_end(std::chrono::seconds(1)), "the server did not come up: " + process_->errors());
    url_ = *url;
}

std::optional<int> Server::stop(milliseconds patience) {
    process_->send(SIGTERM);
    return process_->await_end(patience);
}

void Server::kill() {
    process_->send(SIGKILL);
    process_->await_end(longest_start);
}

} // namespace system_test
