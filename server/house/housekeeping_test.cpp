#include "house/housekeeping.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "store/business.hpp"
#include "store/changes.hpp"
#include "store/idempotency.hpp"
#include "store/testing.hpp"

namespace house {
namespace {

using namespace std::chrono_literals;

class MovableClock final : public base::Clock {
public:
    base::Instant now() const override { return now_; }
    base::Instant now_ = base::from_millis(1'800'000'000'000);
};

class HousekeepingOnBothEngines : public ::testing::TestWithParam<store::Engine> {
protected:
    template <class Body>
    void write(Body const& body) {
        auto done = database.get().write([&](store::Tx& tx) -> base::Result<void> {
            body(tx);
            return {};
        });
        ASSERT_TRUE(done) << done.error().message;
    }
    std::string kept() {
        return database.get()
            .read([&](store::Tx& tx) -> base::Result<std::string> {
                auto seen = std::string();
                for (auto const& change : store::changes_after(tx, business, 0, 10))
                    seen += change.ref + " ";
                for (auto const* key : {"early", "late"}) {
                    if (store::find_answer(tx, business, "ana", key)) seen += std::string(key) + " ";
                }
                return seen;
            })
            .value();
    }
    void write_one(std::string const& name) {
        write([&](store::Tx& tx) {
            tx.note({business, "business.updated", name});
            store::remember_answer(tx, business, "ana", name, {"hash", 201, "{}"}, clock.now());
        });
    }

    MovableClock clock;
    store::TestDatabase database{GetParam(), clock};
    base::SystemRandom random;
    base::BusinessId business = base::BusinessId::make(clock.now(), random);
};

INSTANTIATE_TEST_SUITE_P(House, HousekeepingOnBothEngines, ::testing::ValuesIn(store::engines_under_test()),
                         [](::testing::TestParamInfo<store::Engine> const& engine) {
                             return store::engine_name(engine.param);
                         });

TEST_P(HousekeepingOnBothEngines, what_is_older_than_a_day_goes_and_the_rest_stays) {
    write([&](store::Tx& tx) {
        auto row = store::BusinessRow();
        row.id = business;
        store::insert_business(tx, row);
    });
    write_one("early");
    clock.now_ += 23h;
    write_one("late");
    ASSERT_TRUE(throw_away(database.get(), clock.now() - kept_for));
    EXPECT_EQ(kept(), "early late early late ");
    clock.now_ += 2h;
    ASSERT_TRUE(throw_away(database.get(), clock.now() - kept_for));
    EXPECT_EQ(kept(), "late late ");
}

} // namespace
} // namespace house
