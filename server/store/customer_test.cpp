#include "store/customer.hpp"

#include "store/test_rows.hpp"

namespace store {
namespace {

base::BusinessId const salon("b1");

class CustomerRows : public OnEachEngine {
protected:
    void SetUp() override {
        ASSERT_EQ(code_of(write(*database,
                                [](Tx& tx) {
                                    add_business(tx, "b1");
                                    add_business(tx, "b2");
                                    EXPECT_TRUE(insert_customer(tx, salon, dora()));
                                })),
                  "ok");
    }
    static CustomerRow dora() {
        return {.id = base::CustomerId("dora"),
                .name = "Dórá",
                .phone = "+5215512345678",
                .phone_canonical = "+525512345678",
                .language = "es",
                .notes = "n",
                .created_at = base::from_millis(7)};
    }
    static void expect_equal(CustomerRow const& a, CustomerRow const& b) {
        EXPECT_EQ(a.id, b.id);
        EXPECT_EQ(a.version, b.version);
        EXPECT_EQ(a.name, b.name);
        EXPECT_EQ(a.phone, b.phone);
        EXPECT_EQ(a.phone_canonical, b.phone_canonical);
        EXPECT_EQ(a.language, b.language);
        EXPECT_EQ(a.notes, b.notes);
        EXPECT_EQ(a.opt_out_at, b.opt_out_at);
        EXPECT_EQ(a.created_at, b.created_at);
    }

    TestDatabase place = TestDatabase(GetParam());
    Database* database = &place.get();
};

TEST_P(CustomerRows, are_found_by_id_and_by_phone_in_their_business) {
    expect_equal(read(*database, [](Tx& tx) { return find_customer(tx, salon, base::CustomerId("dora")); }).value(),
                 dora());
    expect_equal(read(*database, [](Tx& tx) { return find_customer_by_phone(tx, salon, "+525512345678"); }).value(),
                 dora());
    EXPECT_FALSE(
        read(*database, [](Tx& tx) { return find_customer_by_phone(tx, base::BusinessId("b2"), "+525512345678"); }));
}

TEST_P(CustomerRows, an_update_writes_every_field_and_the_name_for_searching) {
    auto changed = dora();
    changed.name = "Íñigo";
    changed.phone.reset();
    changed.phone_canonical.reset();
    changed.language = "en";
    changed.notes = "";
    changed.opt_out_at = base::from_millis(9);
    ASSERT_EQ(code_of(write(*database,
                            [&](Tx& tx) {
                                expect_equal(lock_customer(tx, salon, changed.id).value(), dora());
                                update_customer(tx, salon, changed);
                            })),
              "ok");
    changed.version = 2;
    expect_equal(read(*database, [](Tx& tx) { return find_customer(tx, salon, base::CustomerId("dora")); }).value(),
                 changed);
    EXPECT_EQ(number(*database, "SELECT COUNT(*) FROM customer WHERE name_folded = 'inigo'"), 1);
}

TEST_P(CustomerRows, one_phone_is_one_customer_and_none_is_anybodys) {
    auto second = dora();
    second.id = base::CustomerId("eva");
    auto without = CustomerRow{.id = base::CustomerId("fe")};
    auto also_without = CustomerRow{.id = base::CustomerId("gala")};
    EXPECT_EQ(code_of(write(*database,
                            [&](Tx& tx) {
                                EXPECT_FALSE(insert_customer(tx, salon, second));
                                EXPECT_TRUE(insert_customer(tx, base::BusinessId("b2"), second));
                                EXPECT_TRUE(insert_customer(tx, salon, without));
                                EXPECT_TRUE(insert_customer(tx, salon, also_without));
                            })),
              "ok");
    EXPECT_FALSE(read(*database, [](Tx& tx) { return find_customer(tx, salon, base::CustomerId("eva")); }));
}

TEST_P(CustomerRows, an_address_leads_to_one_customer) {
    auto const now = base::from_millis(1);
    auto const carla = base::CustomerId("carla");
    EXPECT_EQ(
        code_of(write(*database,
                      [&](Tx& tx) {
                          EXPECT_TRUE(insert_customer_address(tx, salon, carla, "lid", "1", now));
                          EXPECT_FALSE(insert_customer_address(tx, salon, base::CustomerId("dora"), "lid", "1", now));
                          EXPECT_TRUE(insert_customer_address(tx, salon, base::CustomerId("dora"), "phone", "1", now));
                      })),
        "ok");
    EXPECT_EQ(read(*database, [](Tx& tx) { return find_customer_by_address(tx, salon, "lid", "1"); })->id, carla);
    EXPECT_EQ(read(*database, [](Tx& tx) { return find_customer_by_address(tx, salon, "phone", "1"); })->id.text(),
              "dora");
    EXPECT_FALSE(
        read(*database, [](Tx& tx) { return find_customer_by_address(tx, base::BusinessId("b2"), "lid", "1"); }));
}

TEST_P(CustomerRows, who_has_addresses_or_bookings_cannot_be_deleted_by_mistake) {
    ASSERT_EQ(code_of(write(*database,
                            [](Tx& tx) {
                                insert_customer_address(tx, salon, base::CustomerId("carla"), "lid", "1",
                                                        base::from_millis(1));
                                delete_customer(tx, salon, base::CustomerId("dora"));
                            })),
              "ok");
    EXPECT_EQ(code_of(write(*database, [](Tx& tx) { delete_customer(tx, salon, base::CustomerId("carla")); })),
              "constraint");
}

APUNTA_ON_EACH_ENGINE(CustomerRows);

} // namespace
} // namespace store
