// Mails with a link that lets somebody who forgot her password set a new one. The link has a token of 256 bits, of
// which the database keeps only a hash.
//
// Whether there is an account is looked up when the mail is made, not when it is asked for: so asking does the same
// work for every e-mail, and nobody learns from an answer or its time who has an account.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/seal.hpp"
#include "mail/mailer.hpp"
#include "store/database.hpp"
#include "store/jobs.hpp"

namespace accounts {

/// From the request on: the token dies then, and so does a mail that could not be delivered by then.
inline constexpr auto reset_time = std::chrono::minutes(30);

class PasswordResets {
public:
    static constexpr auto job_kind = "password_reset_mail";

    /// `site`: the address of the dashboard, such as "https://apunta.example", asked for when a mail is made.
    PasswordResets(store::Database& database, base::Clock const& system_clock, base::Random& random,
                   base::MasterKey key, mail::Mailer& mailer, std::function<std::string()> site);

    /// Enqueues the mail. `email` as clean_email() gives it; `language` es or en. conflict `quarantined` while a
    /// restored database sends nothing.
    base::Result<void> request(store::Tx& tx, std::string const& email, std::string const& language);
    /// Performs the job: a mail to the account, or nothing when there is none. Errors of mail::Mailer.
    base::Result<void> send(store::Job const& job, std::stop_token stop);

private:
    store::Database& database_;
    base::Clock const& clock_;
    base::Random& random_;
    base::MasterKey key_;
    mail::Mailer& mailer_;
    std::function<std::string()> site_;
};

} // namespace accounts
