#include "accounts/password_resets.hpp"

#include <optional>

#include "base/hash.hpp"
#include "base/ids.hpp"
#include "store/account.hpp"
#include "store/restore.hpp"
#include "wording/wording.hpp"

namespace accounts {
namespace {

constexpr auto token_bytes = std::size_t{32};

/// The payload of a job: one value a line. None of them has line breaks.
struct Wish {
    std::string token;
    std::string language;
    std::string email;
};

std::string to_text(Wish const& wish) { return wish.token + "\n" + wish.language + "\n" + wish.email; }

Wish to_wish(std::string const& text) {
    auto const first = text.find('\n');
    auto const second = text.find('\n', first + 1);
    return {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

std::string place_of(std::string const& job) { return "|job|payload|" + job; }

mail::Message letter(store::Job const& job, Wish const& wish, store::AccountRow const& account,
                     std::string const& site) {
    auto voice = wording::Voice();
    voice.language = wish.language;
    // Behind the #, which no browser sends: the token reaches no server's log on its way.
    auto const link = site + "/reset#token=" + wish.token;
    return {job.id,
            {account.name, account.email},
            wording::say(voice, "reset_mail_subject"),
            wording::say(voice, "reset_mail_text", {{"name", account.name}, {"link", link}}),
            job.created};
}

} // namespace

PasswordResets::PasswordResets(store::Database& database, base::Clock const& system_clock, base::Random& random,
                               base::MasterKey key, mail::Mailer& mailer, std::function<std::string()> site)
    : database_(database), clock_(system_clock), random_(random), key_(std::move(key)), mailer_(mailer),
      site_(std::move(site)) {}

base::Result<void> PasswordResets::request(store::Tx& tx, std::string const& email, std::string const& language) {
    if (store::quarantined_at(tx)) {
        return base::fail(base::Fault::conflict, "quarantined",
                          "this server was restored from a backup and sends nothing yet; its operator can set a new "
                          "password, or end that state");
    }
    auto const now = clock_.now();
    auto const id = base::make_uuid(now, random_);
    auto const wish = Wish{base::random_token(random_, token_bytes), language, email};
    auto const sealed = key_.seal(to_text(wish), place_of(id), random_);
    store::enqueue_job(tx, {id, std::nullopt, job_kind, id, sealed, now}, now);
    return {};
}

base::Result<void> PasswordResets::send(store::Job const& job, std::stop_token stop) {
    TRY(auto text, key_.open(job.payload, place_of(job.id)));
    auto const wish = to_wish(text);
    using Found = std::optional<store::AccountRow>;
    TRY(auto account, database_.write([&](store::Tx& tx) -> base::Result<Found> {
        auto found = store::find_account_by_email(tx, wish.email);
        // Sent again after a crash, it is the same token; when it was used meanwhile it stays used.
        if (found) store::insert_password_reset(tx, base::hash(wish.token), found->id, job.created + reset_time);
        return found;
    }));
    if (!account) return {};
    return mailer_.send(letter(job, wish, *account, site_()), std::move(stop));
}

} // namespace accounts
