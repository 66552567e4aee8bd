#include "cli/cli.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/log.hpp"
#include "cli/commands.hpp"
#include "cli/settings.hpp"

namespace cli {
namespace {

bool set_log_level() {
    static auto const levels = std::map<std::string, base::log::Level>{
        {"", base::log::Level::info},     {"debug", base::log::Level::debug}, {"info", base::log::Level::info},
        {"warn", base::log::Level::warn}, {"error", base::log::Level::error}, {"off", base::log::Level::off}};
    auto found = levels.find(environment("APUNTA_LOG_LEVEL"));
    if (found == levels.end()) return false;
    base::log::set_level(found->second);
    return true;
}

void add_place(CLI::App& verb, Place& place) {
    verb.add_option("--data", place.folder, "Data folder")->capture_default_str();
}

CLI::App* add_serve(CLI::App& app, Serve& options) {
    auto* verb = app.add_subcommand("serve", "Run the server");
    add_place(*verb, options.place);
    verb->add_option("--port", options.port, "Port; 0 takes a free one")->capture_default_str();
    verb->add_option("--host", options.host, "Address to listen on")->capture_default_str();
    verb->add_flag("--demo", options.demo, "With a sample salon, a phone simulator and a clock that can be moved");
    verb->add_flag("--insecure-http", options.insecure_http,
                   "Allow a host that is not loopback without https in front");
    verb->add_option("--now", options.now, "Begin at this time, such as 2026-10-21T10:15:00+02:00");
    verb->add_option("--breath", options.breath_ms, "Milliseconds a chat must be quiet before it is answered")
        ->check(CLI::Range(0, 60'000))
        ->capture_default_str();
    return verb;
}

CLI::App* add_chat(CLI::App& app, Chat& options) {
    auto* verb = app.add_subcommand("chat", "Write to a business as a customer, from this terminal");
    add_place(*verb, options.place);
    verb->add_option("--url", options.url, "Address of the server; else the one of the data folder");
    verb->add_option("--as", options.phone, "Phone number to write from")->capture_default_str();
    verb->add_option("--name", options.name, "Name the phone shows");
    verb->add_option("--email", options.email, "Account of the business")->capture_default_str();
    verb->add_option("--password", options.password, "Its password");
    return verb;
}

CLI::App* add_when(CLI::App& app, When& options) {
    auto* verb = app.add_subcommand("when", "Read a time as customers write it, and print it as JSON");
    verb->add_option("text", options.text, "What was written, such as \"mañana a las 5 y cuarto\"");
    verb->add_option("--now", options.now,
                     "Wall clock when it was written, such as 2026-10-21T10:15; else the real time");
    verb->add_option("--timezone", options.timezone, "Zone of that clock")->capture_default_str();
    verb->add_option("--country", options.country, "Whose Spanish: ES, MX, CO, AR, CL")->capture_default_str();
    verb->add_option("--lines", options.lines,
                     "Instead of a text a file (- for standard input) of JSON objects, one a line, with text and, "
                     "where it differs, now, timezone, country; an id is repeated in the answer");
    return verb;
}

CLI::App* add_eval(CLI::App& app, Eval& options) {
    auto* verb = app.add_subcommand("eval", "Play scenarios of customers against the assistant and judge how they end");
    verb->add_option("--scenarios", options.scenarios, "File with a scenario a line")->required();
    verb->add_option("--businesses", options.businesses, "File with their businesses; else businesses.json beside it");
    auto* assistant = verb->add_option("--assistant", options.assistant, "Who answers: guided or llm");
    assistant->check(CLI::IsMember({"guided", "llm"}));
    verb->add_option("--provider", options.provider, "Provider of the model");
    verb->add_option("--trials", options.trials, "Times each scenario is played")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    verb->add_option("--report", options.report, "Folder for report.json and report.md");
    auto* prove = verb->add_flag("--prove", options.prove, "Only try whether each scenario can be won at all");
    prove->excludes(assistant);
    return verb;
}

} // namespace

int exit_code(base::Error const& error) {
    static auto const codes = std::map<std::string, int, std::less<>>{{"already_running", exit_running},
                                                                      {"port_taken", exit_unavailable},
                                                                      {"cannot_listen", exit_unavailable},
                                                                      {"database_unavailable", exit_unavailable},
                                                                      {"server_unreachable", exit_unavailable},
                                                                      {"folder_not_writable", exit_cannot_create},
                                                                      {"file_exists", exit_cannot_create},
                                                                      {"target_not_empty", exit_cannot_create},
                                                                      {"database_damaged", exit_damaged},
                                                                      {"bad_scenarios", exit_damaged},
                                                                      {"no_such_file", exit_no_input},
                                                                      {"model_unavailable", exit_unavailable},
                                                                      {"not_a_backup", exit_damaged},
                                                                      {"database_newer", exit_config},
                                                                      {"migration_needed", exit_config},
                                                                      {"database_foreign", exit_config},
                                                                      {"wrong_master_key", exit_config},
                                                                      {"master_key_missing", exit_config},
                                                                      {"master_key", exit_config},
                                                                      {"master_key_permissions", exit_config},
                                                                      {"insecure_http", exit_config},
                                                                      {"bad_host", exit_config},
                                                                      {"bad_setting", exit_config},
                                                                      {"tzdata_missing", exit_no_system_file},
                                                                      {"bad_usage", exit_usage}};
    auto found = codes.find(error.code);
    return found == codes.end() ? exit_failed : found->second;
}

int complain(base::Error const& error) {
    auto sentence = error.message; // a database's own words may come in several lines
    std::ranges::replace(sentence, '\n', ' ');
    fmt::print(stderr, "apunta: {}\n", sentence);
    return exit_code(error);
}

int run(int argc, char** argv) {
    auto app = CLI::App("Apunta answers a salon's WhatsApp and books real appointments.", "apunta");
    app.require_subcommand(1);
    auto server = Serve();
    auto phone = Chat();
    auto words = When();
    auto place = Place();
    auto file = std::filesystem::path();
    auto email = std::string();
    auto activate_it = false;

    auto* serve_verb = add_serve(app, server);
    auto* chat_verb = add_chat(app, phone);
    auto* when_verb = add_when(app, words);
    auto evaluation = Eval();
    auto* eval_verb = add_eval(app, evaluation);
    auto* migrate_verb = app.add_subcommand("migrate", "Bring the database to this program's schema");
    add_place(*migrate_verb, place);
    auto* backup_verb = app.add_subcommand("backup", "Write a consistent copy of the database, while the server runs");
    add_place(*backup_verb, place);
    backup_verb->add_option("file", file, "File to write; must not exist")->required();
    auto* restore_verb =
        app.add_subcommand("restore", "Fill an empty data folder from a backup; it starts quarantined");
    add_place(*restore_verb, place);
    restore_verb->add_option("file", file, "Backup to read");
    restore_verb->add_flag("--activate", activate_it, "End the quarantine: messages are sent again");
    auto* account_verb = app.add_subcommand("account", "Accounts");
    account_verb->require_subcommand(1);
    auto* reset_verb = account_verb->add_subcommand("reset-password", "Set a new password and end all sessions");
    add_place(*reset_verb, place);
    reset_verb->add_option("email", email, "E-mail of the account")->required();
    auto* list_verb = account_verb->add_subcommand("list", "All accounts: e-mail, name, sign-up, businesses, sessions");
    add_place(*list_verb, place);
    auto* end_verb = account_verb->add_subcommand("end-sessions", "Sign an account out everywhere");
    add_place(*end_verb, place);
    end_verb->add_option("email", email, "E-mail of the account")->required();
    auto* version_verb = app.add_subcommand("version", "Print the version");

    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? exit_ok : exit_usage;
    }
    if (!set_log_level()) {
        return complain(
            {base::Fault::invalid, "bad_usage", "APUNTA_LOG_LEVEL must be debug, info, warn, error or off"});
    }
    for (auto* one : {&server.place, &phone.place, &place})
        one->database_url = environment("DATABASE_URL");

    if (*serve_verb) return serve(server);
    if (*chat_verb) return chat(phone);
    if (*when_verb) return when(words);
    if (*eval_verb) {
        if (evaluation.assistant.empty() && !evaluation.prove) {
            return complain({base::Fault::invalid, "bad_usage", "eval needs --assistant guided or llm"});
        }
        return evaluate(evaluation);
    }
    if (*migrate_verb) return migrate(place);
    if (*backup_verb) return backup(place, file);
    if (*reset_verb) return reset_password(place, email);
    if (*list_verb) return list_accounts(place);
    if (*end_verb) return end_sessions(place, email);
    if (*version_verb) {
        fmt::print("apunta {}\n", APUNTA_VERSION);
        return exit_ok;
    }
    if (!file.empty()) {
        if (auto code = restore(place, file); code != exit_ok) return code;
    } else if (!activate_it) {
        return complain({base::Fault::invalid, "bad_usage", "restore needs a file, or --activate, or both"});
    }
    return activate_it ? activate(place) : exit_ok;
}

} // namespace cli
