#include <fmt/core.h>
#include <unistd.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>
#include <string>

#include "cli/cli.hpp"
#include "cli/commands.hpp"
#include "cli/http_client.hpp"
#include "house/data_folder.hpp"

namespace cli {
namespace {

constexpr auto longest_wait = 25; // seconds
constexpr auto default_url = "http://127.0.0.1:8080";
constexpr auto help =
    "Write as the customer. /owner TEXT answers from the owner's phone, /clock MINUTES moves the clock, /quit ends.\n";

/// The phone in the terminal: what it sent and the last message it has seen.
class Terminal {
public:
    Terminal(HttpClient& client, Chat const& options) : client_(client), options_(options) {}

    /// Messages from before are not shown again.
    base::Result<void> catch_up() {
        while (true) {
            TRY(auto answer, client_.get(screen_target(0)));
            auto const& items = answer.at("items").as_array();
            if (items.empty()) return {};
            last_ = items.back().at("id").as_string().c_str();
        }
    }

    base::Result<void> handle(std::string const& line) {
        if (line.starts_with("/owner ")) return owner_writes(line.substr(7));
        if (line.starts_with("/clock ")) return move_clock(line.substr(7));
        auto message = boost::json::object{{"from", options_.phone}, {"text", line}};
        if (!options_.name.empty()) message["name"] = options_.name;
        TRY_VOID(client_.post("/api/v1/simulator/messages", message));
        return show_replies(longest_wait);
    }

private:
    base::Result<void> owner_writes(std::string const& text) {
        auto message = boost::json::object{{"to", options_.phone}, {"text", text}};
        TRY_VOID(client_.post("/api/v1/simulator/owner-messages", message));
        return {};
    }

    base::Result<void> move_clock(std::string const& text) {
        auto minutes = std::strtoll(text.c_str(), nullptr, 10);
        TRY(auto answer, client_.post("/api/v1/simulator/clock", {{"advance_minutes", minutes}}));
        fmt::print("  It is now {}\n", answer.at("now").as_string().c_str());
        return show_replies(0); // the clock stands only when all work is done
    }

    /// Prints what arrives until nothing is in the making.
    base::Result<void> show_replies(int wait) {
        while (true) {
            TRY(auto answer, client_.get(screen_target(wait)));
            for (auto const& item : answer.at("items").as_array()) {
                last_ = item.at("id").as_string().c_str();
                print(item.at("text").as_string().c_str());
            }
            if (answer.at("idle").as_bool()) return {};
        }
    }

    static void print(std::string const& text) {
        auto start = std::size_t{0};
        while (start <= text.size()) {
            auto end = std::min(text.find('\n', start), text.size());
            fmt::print("  {}\n", text.substr(start, end - start));
            start = end + 1;
        }
        std::fflush(stdout);
    }

    std::string screen_target(int wait) const {
        auto target =
            fmt::format("/api/v1/simulator/messages?customer={}&wait={}", client_.escape(options_.phone), wait);
        return last_.empty() ? target : target + "&after=" + last_;
    }

    HttpClient& client_;
    Chat const& options_;
    std::string last_;
};

std::string address(Chat const& options) {
    if (!options.url.empty()) return options.url;
    return house::running_at(options.place.folder).value_or(default_url);
}

base::Result<void> talk(Chat const& options) {
    auto client = HttpClient(address(options));
    TRY(auto session, client.post("/api/v1/auth/login", {{"email", options.email}, {"password", options.password}}));
    client.use_token(session.at("access_token").as_string().c_str());
    auto terminal = Terminal(client, options);
    TRY_VOID(terminal.catch_up());
    auto interactive = ::isatty(STDIN_FILENO) == 1;
    if (interactive) {
        fmt::print("Chat with {} as {}. {}", session.at("business").at("name").as_string().c_str(), options.phone,
                   help);
    }
    auto line = std::string();
    while (true) {
        if (interactive) fmt::print("> ");
        std::fflush(stdout);
        if (!std::getline(std::cin, line) || line == "/quit") return {};
        if (line.empty()) continue;
        if (!interactive) fmt::print("> {}\n", line);
        TRY_VOID(terminal.handle(line));
    }
}

} // namespace

int chat(Chat const& options) {
    auto talked = talk(options);
    if (talked) return exit_ok;
    if (talked.error().code == "no_simulator") {
        return complain({base::Fault::conflict, "no_simulator",
                         "this business has no phone simulator: start the server with --demo"});
    }
    return complain(talked.error());
}

} // namespace cli
