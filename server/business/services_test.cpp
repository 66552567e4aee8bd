#include "business/services.hpp"

#include <gtest/gtest.h>

namespace business {
namespace {

using base::Minutes;

TEST(Performs, tells_everybody_from_nobody_and_leaves_out_what_is_inactive) {
    auto const ana = StaffMember{base::StaffId("ana"), "Ana", "", true, {}};
    auto const gone = StaffMember{base::StaffId("ana"), "Ana", "", false, {}};
    Service service;
    EXPECT_TRUE(performs(ana, service));
    EXPECT_FALSE(performs(gone, service));
    service.staff = {base::StaffId("eva"), base::StaffId("ana")};
    EXPECT_TRUE(performs(ana, service));
    service.active = false;
    EXPECT_FALSE(performs(ana, service));
    service.active = true;
    service.staff->pop_back();
    EXPECT_FALSE(performs(ana, service));
    service.staff->clear();
    EXPECT_FALSE(performs(ana, service));
}

TEST(OccupiedBy, takes_the_chair_for_the_buffers_too) {
    Service service;
    service.duration = Minutes(45);
    service.buffer_before = Minutes(5);
    service.buffer_after = Minutes(10);
    auto const start = base::from_millis(1'800'000'000'000);
    EXPECT_EQ(occupied_by(service, start), (base::Interval{start - Minutes(5), start + Minutes(55)}));
}

TEST(PriceKind, keeps_its_names_on_the_wire) {
    EXPECT_EQ(to_text(PriceKind::fixed), "fixed");
    EXPECT_EQ(to_text(PriceKind::from), "from");
    EXPECT_EQ(to_text(PriceKind::ask), "ask");
    EXPECT_EQ(parse_price_kind("from"), PriceKind::from);
    EXPECT_EQ(parse_price_kind("free"), std::nullopt);
}

} // namespace
} // namespace business
