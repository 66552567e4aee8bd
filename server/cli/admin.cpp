#include <fmt/core.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <memory>

#include "accounts/accounts.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/zone.hpp"
#include "cli/cli.hpp"
#include "cli/commands.hpp"
#include "house/data_folder.hpp"
#include "store/account.hpp"
#include "store/database.hpp"
#include "store/restore.hpp"

namespace cli {
namespace {

constexpr auto password_bytes = std::size_t{12};

store::OpenOptions open_options(Place const& place) {
    auto options = store::OpenOptions();
    options.folder = place.folder;
    options.postgres = place.database_url;
    options.connections = 2;
    return options;
}

/// A database that must be there: a mistyped folder is not silently made into an empty one.
base::Result<std::unique_ptr<store::Database>> open_existing(Place const& place, base::Clock const& clock) {
    if (place.database_url.empty() && !std::filesystem::exists(place.folder / "apunta.db")) {
        return base::fail(base::Fault::unavailable, "database_unavailable",
                          fmt::format("there is no database in the folder {}", place.folder.string()));
    }
    return store::Database::open(open_options(place), clock);
}

base::Result<std::string> new_password() {
    auto password = std::string();
    if (::isatty(STDIN_FILENO) != 1 && std::getline(std::cin, password)) return password;
    auto random = base::SystemRandom();
    password = base::random_token(random, password_bytes);
    fmt::print("New password: {}\n", password);
    return password;
}

base::Result<void> migrated(Place const& place) {
    auto clock = base::SystemClock();
    TRY(auto folder, house::DataFolder::open(place.folder));
    TRY(auto database, store::Database::open(open_options(place), clock));
    return database->ping();
}

base::Result<void> backed_up(Place const& place, std::filesystem::path const& file) {
    auto clock = base::SystemClock();
    TRY(auto database, open_existing(place, clock));
    return database->backup(file);
}

base::Result<void> restored(Place const& place, std::filesystem::path const& file) {
    auto clock = base::SystemClock();
    TRY(auto folder, house::DataFolder::open(place.folder));
    return store::restore(file, open_options(place), clock);
}

base::Result<void> activated(Place const& place) {
    auto clock = base::SystemClock();
    TRY(auto database, open_existing(place, clock));
    return database->write([](store::Tx& tx) -> base::Result<void> {
        store::activate(tx);
        return {};
    });
}

/// What `act` does with the accounts of a database.
template <class Act>
base::Result<void> with_accounts(Place const& place, Act const& act) {
    auto clock = base::SystemClock();
    auto random = base::SystemRandom();
    TRY(auto database, open_existing(place, clock));
    // No tokens are issued here, so any key will do.
    auto tokens = accounts::Tokens(base::random_token(random, 32));
    auto accounts = accounts::Accounts(*database, clock, random, tokens, base::random_token(random, 24));
    return act(*database, accounts);
}

base::Result<void> password_reset(Place const& place, std::string const& email) {
    TRY(auto cleaned, accounts::clean_email(email));
    TRY(auto password, new_password());
    return with_accounts(place, [&](store::Database&, accounts::Accounts& accounts) {
        return accounts.reset_password(cleaned, password);
    });
}

base::Result<void> sessions_ended(Place const& place, std::string const& email) {
    TRY(auto cleaned, accounts::clean_email(email));
    return with_accounts(
        place, [&](store::Database&, accounts::Accounts& accounts) { return accounts.end_sessions(cleaned); });
}

base::Result<void> accounts_listed(Place const& place) {
    return with_accounts(place, [&](store::Database& database, accounts::Accounts&) -> base::Result<void> {
        using Summaries = std::vector<store::AccountSummary>;
        auto const now = base::SystemClock().now();
        TRY(auto all,
            database.read([&](store::Tx& tx) -> base::Result<Summaries> { return store::account_summaries(tx, now); }));
        auto const utc = base::Zone();
        for (auto const& one : all) {
            fmt::print("{}\t{}\t{}\t{}\t{}\n", one.email, one.name, utc.format(one.created_at), one.businesses,
                       one.live_sessions);
        }
        return {};
    });
}

int report(base::Result<void> const& done, std::string const& sentence) {
    if (!done) return complain(done.error());
    fmt::print("{}\n", sentence);
    return exit_ok;
}

} // namespace

int migrate(Place const& place) { return report(migrated(place), "The database has this program's schema."); }

int backup(Place const& place, std::filesystem::path const& file) {
    return report(backed_up(place, file), fmt::format("Backup written to {}", file.string()));
}

int restore(Place const& place, std::filesystem::path const& file) {
    return report(
        restored(place, file),
        "Restored. It needs the master key of the server that was backed up: copy that server's master.key into "
        "the data folder, or set APUNTA_MASTER_KEY.\n"
        "The server starts quarantined: it sends and answers nothing until `apunta restore --activate`.");
}

int activate(Place const& place) { return report(activated(place), "Active: messages are answered and sent again."); }

int reset_password(Place const& place, std::string const& email) {
    return report(password_reset(place, email), "The password is set; all sessions of the account have ended.");
}

int end_sessions(Place const& place, std::string const& email) {
    return report(sessions_ended(place, email), "All sessions of the account have ended.");
}

int list_accounts(Place const& place) {
    if (auto listed = accounts_listed(place); !listed) return complain(listed.error());
    return exit_ok;
}

} // namespace cli
