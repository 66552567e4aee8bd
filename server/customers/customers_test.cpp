#include "customers/customers.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "store/business.hpp"
#include "store/testing.hpp"

namespace customers {
namespace {

auto const now = base::from_millis(1'772'438'400'000);

class Customers : public ::testing::TestWithParam<store::Engine> {
protected:
    Customers() {
        auto row = store::BusinessRow{.id = business, .name = "Salón", .created_at = now};
        auto const made = database->write([&](store::Tx& tx) -> base::Result<bool> {
            store::insert_business(tx, row);
            return true;
        });
        EXPECT_TRUE(made) << made.error().message;
    }

    store::CustomerRow recognised(Address const& address, std::optional<std::string> const& name = {}) {
        return database
            ->write([&](store::Tx& tx) -> base::Result<store::CustomerRow> {
                return recognise(tx, business, address, name, now, random);
            })
            .value();
    }
    store::CustomerRow entered(std::string const& name, std::optional<base::Phone> const& phone) {
        return database
            ->write([&](store::Tx& tx) -> base::Result<store::CustomerRow> {
                return find_or_add(tx, business, name, phone, now, random);
            })
            .value();
    }
    std::int64_t count() {
        return database
            ->read([&](store::Tx& tx) -> base::Result<std::int64_t> {
                return tx
                    .one("SELECT COUNT(*) FROM customer WHERE business_id = ?1", {business},
                         [](store::Row const& row) { return row.integer(0); })
                    .value();
            })
            .value();
    }

    store::TestDatabase database{GetParam()};
    base::SystemRandom random;
    base::BusinessId const business = base::BusinessId::make(now, random);
};

INSTANTIATE_TEST_SUITE_P(Customers, Customers, ::testing::ValuesIn(store::engines_under_test()),
                         [](auto const& engine) { return store::engine_name(engine.param); });

base::Phone phone(std::string_view e164) { return base::Phone::stored(std::string(e164)); }

TEST_P(Customers, who_writes_again_from_an_address_is_the_same) {
    auto const first = recognised({"lid", "91@lid"}, "Ana");
    auto const again = recognised({"lid", "91@lid"}, "Anita");
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(again.name, "Ana") << "a name once known is kept";
    EXPECT_FALSE(first.phone);
    EXPECT_NE(recognised({"lid", "92@lid"}).id, first.id);
    EXPECT_EQ(count(), 2);
}

TEST_P(Customers, a_name_that_comes_later_is_taken_up) {
    auto const first = recognised({"phone", "+34600111222"}, "");
    EXPECT_EQ(first.name, std::nullopt);
    EXPECT_EQ(recognised({"phone", "+34600111222"}, "Ana").name, "Ana");
    EXPECT_EQ(recognised({"phone", "+34600111222"}).version, 2);
}

TEST_P(Customers, a_number_that_the_owner_entered_is_recognised_however_it_is_written) {
    auto const check = [&](std::string_view entered_as, std::string_view writes_as) {
        auto const known = entered("Marta", phone(entered_as));
        auto const writes = recognised({"phone", std::string(writes_as)}, "martita");
        EXPECT_EQ(writes.id, known.id) << writes_as;
        EXPECT_EQ(writes.name, "Marta");
        EXPECT_EQ(writes.phone, entered_as);
    };
    check("+34600111222", "+34600111222");
    check("+525512345678", "+5215512345678");
    check("+5491123456789", "+541123456789");
    EXPECT_EQ(count(), 3);
}

TEST_P(Customers, a_number_that_wrote_is_found_when_the_owner_enters_it) {
    auto const writes = recognised({"phone", "+5215512345678"}, "Lupe");
    EXPECT_EQ(entered("Guadalupe", phone("+525512345678")).id, writes.id);
    EXPECT_EQ(entered("Guadalupe", phone("+525512345678")).name, "Lupe") << "the booking has its own name";
}

TEST_P(Customers, without_a_phone_everybody_is_somebody_new) {
    EXPECT_NE(entered("Ana", {}).id, entered("Ana", {}).id);
    EXPECT_EQ(entered("Ana", {}).name, "Ana");
}

TEST_P(Customers, opaque_digits_are_no_phone) {
    auto const owners = entered("Ana", phone("+34600111222"));
    EXPECT_NE(recognised({"lid", "+34600111222"}).id, owners.id);
}

TEST_P(Customers, she_says_her_name) {
    auto const customer = recognised({"lid", "91@lid"}, "~*~");
    auto const renamed = database->write([&](store::Tx& tx) { return rename(tx, business, customer.id, "Ana"); });
    EXPECT_TRUE(renamed);
    EXPECT_EQ(recognised({"lid", "91@lid"}).name, "Ana");
    auto const unknown = database->write(
        [&](store::Tx& tx) { return rename(tx, base::BusinessId::make(now, random), customer.id, "Eva"); });
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "not_found");
}

TEST_P(Customers, first_messages_that_come_at_once_are_one_customers) {
    auto const check = [&](Address const& address) {
        auto const before = count();
        auto ids = std::vector<base::CustomerId>(16);
        {
            auto threads = std::vector<std::jthread>();
            for (auto& id : ids)
                threads.emplace_back([&] { id = recognised(address, "Ana").id; });
        }
        EXPECT_EQ(std::set<base::CustomerId>(ids.begin(), ids.end()).size(), 1) << address.value;
        EXPECT_EQ(count() - before, 1) << address.value;
    };
    for (auto i = 0; i < 10; ++i) {
        check({"phone", "+3460011122" + std::to_string(i)});
        check({"lid", std::to_string(i) + "@lid"});
    }
}

} // namespace
} // namespace customers
