#include "accounts/accounts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <functional>

#include "store/business.hpp"
#include "store/testing.hpp"

namespace accounts {
namespace {

using namespace std::chrono_literals;

class HandClock final : public base::Clock {
public:
    base::Instant now() const override { return now_; }
    void pass(base::Milliseconds time) { now_ += time; }

private:
    base::Instant now_ = base::parse_instant("2026-10-19T08:00:00Z").value();
};

std::string code_of(base::Result<Grant> const& grant) { return grant ? "ok" : grant.error().code; }

class AccountsTest : public testing::TestWithParam<store::Engine> {
protected:
    /// A session of a new account.
    Grant sign_up(std::string const& email = "ana@example.com") {
        auto grant = database_->write([&](store::Tx& tx) -> base::Result<Grant> {
            auto business = store::BusinessRow();
            business.id = base::BusinessId::make(clock_.now(), random_);
            business.created_at = clock_.now();
            store::insert_business(tx, business);
            TRY(auto account, accounts_.add(tx, email, "Ana", "no hash"));
            store::insert_membership(tx, business.id, account.id, "owner", clock_.now());
            return accounts_.open_session(tx, account, business.id, {"test", "127.0.0.1"});
        });
        return grant.value();
    }
    bool lives(Grant const& grant) { return accounts_.authenticate(grant.access_token).has_value(); }

    HandClock clock_;
    store::TestDatabase database_{GetParam()};
    base::SystemRandom random_;
    Tokens tokens_{std::string(32, 'k')};
    Accounts accounts_{database_.get(), clock_, random_, tokens_, std::string(32, 'r')};
};

std::string name_of_engine(testing::TestParamInfo<store::Engine> const& info) { return store::engine_name(info.param); }
INSTANTIATE_TEST_SUITE_P(, AccountsTest, testing::ValuesIn(store::engines_under_test()), name_of_engine);

TEST_P(AccountsTest, GivesTheSameSuccessorWithinTenSecondsAndEndsTheFamilyAfterwards) {
    auto const first = sign_up();
    auto const second = accounts_.refresh(first.refresh_token).value();
    clock_.pass(9'999ms);
    EXPECT_EQ(accounts_.refresh(first.refresh_token).value().refresh_token, second.refresh_token);
    EXPECT_TRUE(lives(second));
    clock_.pass(1ms + reuse_grace);
    EXPECT_EQ(code_of(accounts_.refresh(first.refresh_token)), "token_reused");
    EXPECT_FALSE(lives(second)) << "the thief and the owner are both out";
    EXPECT_EQ(code_of(accounts_.refresh(second.refresh_token)), "refresh_invalid");
}

TEST_P(AccountsTest, CountsTheGraceFromTheFirstUseNotFromTheLast) {
    auto const first = sign_up();
    ASSERT_TRUE(accounts_.refresh(first.refresh_token));
    clock_.pass(6s);
    ASSERT_TRUE(accounts_.refresh(first.refresh_token));
    clock_.pass(6s);
    EXPECT_EQ(code_of(accounts_.refresh(first.refresh_token)), "token_reused");
}

TEST_P(AccountsTest, EndsOneFamilyAndLeavesTheOthers) {
    auto const phone = sign_up("ana@example.com");
    auto const stranger = sign_up("eva@example.com");
    ASSERT_TRUE(accounts_.refresh(phone.refresh_token));
    clock_.pass(reuse_grace);
    EXPECT_EQ(code_of(accounts_.refresh(phone.refresh_token)), "token_reused");
    EXPECT_TRUE(lives(stranger));
}

TEST_P(AccountsTest, EndsASessionThatIsNotUsedForTwoWeeks) {
    auto const grant = sign_up();
    clock_.pass(idle_time - 1s);
    auto const next = accounts_.refresh(grant.refresh_token).value();
    clock_.pass(idle_time);
    EXPECT_EQ(code_of(accounts_.refresh(next.refresh_token)), "refresh_invalid");
}

TEST_P(AccountsTest, EndsASessionSixtyDaysAfterTheLoginHoweverItIsUsed) {
    auto grant = sign_up();
    for (auto days = 0; days < 50; days += 10) {
        clock_.pass(std::chrono::days(10));
        grant = accounts_.refresh(grant.refresh_token).value();
    }
    EXPECT_EQ(grant.refresh_expires_at - clock_.now(), std::chrono::days(10));
    clock_.pass(std::chrono::days(10));
    EXPECT_EQ(code_of(accounts_.refresh(grant.refresh_token)), "refresh_invalid");
}

TEST_P(AccountsTest, AccessTokensLiveFifteenMinutesAndOnlyAsLongAsTheirSession) {
    auto const grant = sign_up();
    clock_.pass(access_token_time - 1s);
    EXPECT_TRUE(lives(grant));
    clock_.pass(1s);
    EXPECT_FALSE(lives(grant));
    auto const next = accounts_.refresh(grant.refresh_token).value();
    EXPECT_TRUE(lives(next));
    ASSERT_TRUE(accounts_.logout(next.refresh_token));
    EXPECT_FALSE(lives(next));
}

/// Processor time of this thread, so that what else the machine does is not measured.
std::int64_t cost_of(std::function<void()> const& act) {
    auto const now = [] {
        auto time = timespec();
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return time.tv_sec * 1'000'000'000 + time.tv_nsec;
    };
    auto const begin = now();
    act();
    return now() - begin;
}

std::int64_t median(std::vector<std::int64_t> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

TEST_P(AccountsTest, TakesAsLongToRefuseAnUnknownEmailAsAWrongPassword) {
    sign_up("ana@example.com");
    ASSERT_TRUE(accounts_.reset_password("ana@example.com", "otra frase larga"));
    auto known = std::vector<std::int64_t>();
    auto unknown = std::vector<std::int64_t>();
    for (auto i = 0; i < 11; ++i) {
        known.push_back(cost_of([&] {
            EXPECT_EQ(code_of(accounts_.login("ana@example.com", "no es la que es", {})), "wrong_credentials");
        }));
        unknown.push_back(cost_of([&] {
            EXPECT_EQ(code_of(accounts_.login("eva@example.com", "no es la que es", {})), "wrong_credentials");
        }));
    }
    auto const ratio = static_cast<double>(median(known)) / static_cast<double>(median(unknown));
    EXPECT_LT(ratio, 1.3);
    EXPECT_GT(ratio, 1 / 1.3);
}

TEST_P(AccountsTest, EndsAllSessionsWithANewPassword) {
    auto const grant = sign_up();
    ASSERT_TRUE(accounts_.reset_password("ana@example.com", "otra frase larga"));
    EXPECT_FALSE(lives(grant));
    EXPECT_EQ(code_of(accounts_.login("ana@example.com", "otra frase larga", {})), "ok");
    EXPECT_EQ(code_of(accounts_.login("ana@example.com", "una frase larga", {})), "wrong_credentials");
}

} // namespace
} // namespace accounts
