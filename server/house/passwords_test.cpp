// New passwords over HTTP: changed, forgotten, set anew by a mailed link. The mails end in the test's hands; that they
// reach a real SMTP server is shown by system/mails_test.cpp.
#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "accounts/password_resets.hpp"
#include "base/hash.hpp"
#include "house/open_house_test.hpp"
#include "store/account.hpp"
#include "store/meta.hpp"

namespace house {
namespace {

using testing::HasSubstr;

constexpr auto old_password = "una frase larga";
constexpr auto new_password = "otra frase larga";

/// Takes every mail.
class Drawer final : public mail::Mailer {
public:
    base::Result<void> send(mail::Message const& message, std::stop_token) override {
        auto lock = std::lock_guard(mutex_);
        mails_.push_back(message);
        came_.notify_all();
        return {};
    }
    mail::Message await(std::size_t number) {
        auto lock = std::unique_lock(mutex_);
        if (!came_.wait_for(lock, std::chrono::seconds(20), [&] { return mails_.size() >= number; })) {
            throw std::runtime_error("no mail came");
        }
        return mails_[number - 1];
    }
    std::size_t count() {
        auto lock = std::lock_guard(mutex_);
        return mails_.size();
    }

private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<mail::Message> mails_;
};

std::string token_in(mail::Message const& mail) {
    auto const begin = mail.text.find("#token=") + 7;
    return mail.text.substr(begin, mail.text.find('\n', begin) - begin);
}

class NewPassword : public OpenHouse {
protected:
    NewPassword() { mailer_ = drawer; }

    int log_in(std::string_view password, std::string_view email = "ana@example.com") {
        return stranger().post("/api/v1/auth/login", json::object{{"email", email}, {"password", password}}).status;
    }
    Answer forget(std::string_view email, TestClient::Headers const& headers = {}) {
        return stranger().post("/api/v1/auth/password/forgot", json::object{{"email", email}}, headers);
    }
    Answer reset(std::string_view token, std::string_view password = new_password) {
        return stranger().post("/api/v1/auth/password/reset", json::object{{"token", token}, {"password", password}});
    }
    Answer change(TestClient& client, std::string_view current, std::string_view password = new_password) {
        return client.post("/api/v1/auth/password",
                           json::object{{"current_password", current}, {"password", password}});
    }

    std::shared_ptr<Drawer> drawer = std::make_shared<Drawer>();
};
APUNTA_ON_EACH_ENGINE(NewPassword);

TEST_P(NewPassword, NeedsThePresentOneKeepsThisSessionAndEndsTheOthers) {
    auto phone = owner();
    auto laptop = stranger();
    auto const login =
        laptop.post("/api/v1/auth/login", json::object{{"email", "ana@example.com"}, {"password", old_password}});
    laptop.use_token(login.text_at("/access_token"));
    auto const wrong = change(phone, "no es la que es");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(wrong.field(), "current_password");
    EXPECT_EQ(laptop.get("/api/v1/auth/me").status, 200);
    EXPECT_EQ(change(phone, old_password).status, 204);
    EXPECT_EQ(phone.get("/api/v1/auth/me").status, 200);
    EXPECT_EQ(laptop.get("/api/v1/auth/me").status, 401);
    EXPECT_EQ(laptop.post("/api/v1/auth/refresh").code(), "refresh_invalid");
    EXPECT_EQ(phone.post("/api/v1/auth/refresh").status, 200);
    EXPECT_EQ(log_in(old_password), 401);
    EXPECT_EQ(log_in(new_password), 200);
}

TEST_P(NewPassword, IsHeldAgainstTheSameRulesEverywhere) {
    auto client = owner();
    ASSERT_EQ(forget("ana@example.com").status, 202);
    auto const token = token_in(drawer->await(1));
    for (auto const* bad : {"corta", "Contraseña123", "ana.example.com", "ana@example.com", "1234567890"}) {
        EXPECT_EQ(change(client, old_password, bad).field(), "password") << bad;
        EXPECT_EQ(reset(token, bad).field(), "password") << bad;
        auto other = stranger();
        EXPECT_EQ(other
                      .post("/api/v1/auth/signup",
                            json::object{{"email", "ana@example.com"}, {"password", bad}, {"name", "Ana"}})
                      .field(),
                  "password")
            << bad;
    }
    EXPECT_EQ(log_in(old_password), 200);
    EXPECT_EQ(reset(token).status, 204) << "a refusal uses up nothing";
}

TEST_P(NewPassword, ComesByALinkThatWorksOnceAndEndsAllSessions) {
    auto client = owner();
    ASSERT_EQ(forget("  ANA@example.com ").status, 202);
    auto const mail = drawer->await(1);
    EXPECT_EQ(mail.to.address, "ana@example.com");
    EXPECT_THAT(mail.text, HasSubstr(house().url() + "/reset#token="));
    EXPECT_THAT(mail.text, HasSubstr("30 minutos"));
    auto const token = token_in(mail);
    EXPECT_EQ(token.size(), 43U) << "256 bits";
    EXPECT_EQ(reset(token).status, 204);
    EXPECT_EQ(client.get("/api/v1/auth/me").status, 401);
    EXPECT_EQ(client.post("/api/v1/auth/refresh").status, 401);
    EXPECT_EQ(log_in(old_password), 401);
    EXPECT_EQ(log_in(new_password), 200);
    EXPECT_EQ(reset(token, "una tercera frase").code(), "reset_token_invalid");
    EXPECT_EQ(reset("invented").code(), "reset_token_invalid");
    EXPECT_EQ(log_in(new_password), 200);
}

TEST_P(NewPassword, IsSetOnceByTwoWhoComeWithTheSameLink) {
    owner();
    ASSERT_EQ(forget("ana@example.com").status, 202);
    auto const token = token_in(drawer->await(1));
    auto statuses = std::vector<int>(4);
    {
        auto all = std::vector<std::jthread>();
        for (auto& status : statuses)
            all.emplace_back([&] { status = reset(token).status; });
    }
    EXPECT_EQ(std::ranges::count(statuses, 204), 1);
    EXPECT_EQ(std::ranges::count(statuses, 422), 3);
}

TEST_P(NewPassword, MakesOlderLinksUseless) {
    auto client = owner();
    ASSERT_EQ(forget("ana@example.com").status, 202);
    ASSERT_EQ(forget("ana@example.com").status, 202);
    auto const first = token_in(drawer->await(1));
    auto const second = token_in(drawer->await(2));
    EXPECT_NE(first, second);
    EXPECT_EQ(change(client, old_password).status, 204);
    EXPECT_EQ(reset(first).code(), "reset_token_invalid");
    EXPECT_EQ(reset(second).code(), "reset_token_invalid");
}

TEST_P(NewPassword, IsMailedInTheLanguageOfTheBrowser) {
    owner();
    ASSERT_EQ(forget("ana@example.com", {{"Accept-Language", "en-GB,en;q=0.9,es;q=0.5"}}).status, 202);
    EXPECT_THAT(drawer->await(1).subject, HasSubstr("new password"));
    ASSERT_EQ(forget("ana@example.com", {{"Accept-Language", "fr,es;q=0.5"}}).status, 202);
    EXPECT_THAT(drawer->await(2).subject, HasSubstr("Contraseña nueva"));
}

/// The structure of the answer's time: the same statements run for both, which is what the job table shows; who has an
/// account is looked up by who sends.
TEST_P(NewPassword, IsAskedForAlikeByWhoHasAnAccountAndWhoHasNone) {
    owner();
    auto const known = forget("ana@example.com");
    auto const unknown = forget("eva@example.com");
    EXPECT_EQ(known.status, 202);
    EXPECT_EQ(unknown.status, 202);
    EXPECT_EQ(known.text, unknown.text);
    auto const names = [](Answer const& answer) {
        auto all = std::vector<std::string>();
        for (auto const& header : answer.headers)
            all.push_back(header.first);
        return all;
    };
    EXPECT_EQ(names(known), names(unknown));
    // Jobs are done in order, so the third mail is the second of hers.
    ASSERT_EQ(forget("ana@example.com").status, 202);
    EXPECT_EQ(drawer->await(2).to.address, "ana@example.com");
    EXPECT_EQ(drawer->count(), 2U);
}

TEST_P(NewPassword, IsNotMailedByARestoredServer) {
    owner();
    ASSERT_TRUE(house().database().write([](store::Tx& tx) -> base::Result<void> {
        store::set_meta(tx, "quarantined_at", "1");
        return {};
    }));
    EXPECT_EQ(forget("ana@example.com").code(), "quarantined");
    EXPECT_EQ(drawer->count(), 0U);
}

class WithoutMail : public OpenHouse {};
APUNTA_ON_EACH_ENGINE(WithoutMail);

TEST_P(WithoutMail, SaysSo) {
    auto client = owner();
    auto const answer = client.post("/api/v1/auth/password/forgot", json::object{{"email", "ana@example.com"}});
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "no_mail");
    EXPECT_EQ(client.post("/api/v1/auth/password/forgot", json::object{{"email", "ana"}}).field(), "email");
}

TEST_P(WithoutMail, ALinkThatWasMailedBeforeStillWorksUntilItIsTooOld) {
    auto client = owner();
    auto const add = [&](std::string const& token, base::Milliseconds life) {
        ASSERT_TRUE(house().database().write([&](store::Tx& tx) -> base::Result<void> {
            auto const account = store::find_account_by_email(tx, "ana@example.com");
            store::insert_password_reset(tx, base::hash(token), account->id, base::SystemClock().now() + life);
            return {};
        }));
    };
    add("too-old", -base::Milliseconds(1));
    add("in-time", std::chrono::minutes(1));
    auto const reset = [&](std::string_view token) {
        return stranger().post("/api/v1/auth/password/reset",
                               json::object{{"token", token}, {"password", new_password}});
    };
    EXPECT_EQ(reset("too-old").code(), "reset_token_invalid");
    EXPECT_EQ(reset("in-time").status, 204);
}

TEST_P(WithoutMail, TheNameOfAnAccountCanBeChanged) {
    auto client = owner();
    auto const before = client.get("/api/v1/auth/me");
    auto const version = before["/account/version"].as_int64();
    auto const renamed = client.patch("/api/v1/auth/me", json::object{{"version", version}, {"name", " Ana María "}});
    EXPECT_EQ(renamed.status, 200) << renamed.text;
    EXPECT_EQ(renamed.text_at("/account/name"), "Ana María");
    EXPECT_EQ(renamed["/account/version"], version + 1);
    auto const stale = client.patch("/api/v1/auth/me", json::object{{"version", version}, {"name", "Eva"}});
    EXPECT_EQ(stale.status, 409);
    EXPECT_EQ(stale.code(), "version_conflict");
    EXPECT_EQ(stale.text_at("/current/name"), "Ana María");
    EXPECT_EQ(client.patch("/api/v1/auth/me", json::object{{"version", 1}, {"name", ""}}).field(), "name");
    EXPECT_EQ(client.patch("/api/v1/auth/me", json::object{{"version", version + 1}, {"name", nullptr}}).status, 422);
    EXPECT_EQ(client.patch("/api/v1/auth/me", json::object{{"version", version + 1}})["/account/version"], version + 1);
}

} // namespace
} // namespace house
