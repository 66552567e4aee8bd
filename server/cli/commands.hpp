// The verbs. Each answers an exit code and says on standard error, in one sentence, why it is not 0.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace cli {

/// Where the data of a server lies: a folder, or a PostgreSQL database beside it.
struct Place {
    std::filesystem::path folder = "var";
    std::string database_url; ///< from DATABASE_URL
};

struct Serve {
    Place place;
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    bool demo = false;
    bool insecure_http = false;
    std::string now; ///< RFC 3339, or a wall-clock time read as UTC; empty = the real time
    std::int64_t breath_ms = 2500;
};
int serve(Serve const& options);

struct Chat {
    Place place;
    std::string url; ///< empty: the server of the data folder, else http://127.0.0.1:8080
    std::string phone = "+34600111222";
    std::string name;
    std::string email = "demo@example.com";
    std::string password = "apunta-demo";
};
/// A phone in the terminal. Lines from a pipe are sent one after the other, each after the answer to the one before.
int chat(Chat const& options);

struct When {
    std::string text;
    std::string now; ///< a wall-clock time of the zone; empty = the real time
    std::string timezone = "Europe/Madrid";
    std::string country = "ES";
    std::string lines; ///< a file of JSON lines instead of the text; - = standard input
};
/// Prints what is understood of a text about time, one JSON object a line. Nothing is printed unless all can be read.
int when(When const& options);

struct Eval {
    std::filesystem::path scenarios;
    std::filesystem::path businesses; ///< empty: businesses.json beside the scenarios
    std::string assistant;            ///< guided, llm
    std::string provider;             ///< of the model
    int trials = 4;
    std::filesystem::path report; ///< empty: none is written
    bool prove = false;           ///< only whether the scenarios can be won
};
/// Plays scenarios and judges the answers: progress on standard error, the table on standard output. exit_ok when all
/// were played, however they ended; with `prove` exit_failed when one cannot be won.
int evaluate(Eval const& options);

int migrate(Place const& place);
int backup(Place const& place, std::filesystem::path const& file);
int restore(Place const& place, std::filesystem::path const& file);
/// Ends the quarantine of a restored database.
int activate(Place const& place);
/// Sets a new password, read from standard input or made up and printed, and ends all sessions of the account.
int reset_password(Place const& place, std::string const& email);
/// A line each, its columns separated by tabs.
int list_accounts(Place const& place);
int end_sessions(Place const& place, std::string const& email);

/// Prints the sentence of an error and answers its exit code.
int complain(base::Error const& error);

} // namespace cli
