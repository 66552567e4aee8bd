#include "eval/stage.hpp"

#include <algorithm>

#include "eval/furnishing.hpp"
#include "eval/seeded_random.hpp"
#include "schedule/life_cycle.hpp"
#include "store/conversation.hpp"
#include "store/customer.hpp"
#include "whatsapp/simulator.hpp"

namespace eval {
namespace {

constexpr auto most_bookings = std::int64_t{10'000};

template <class Id>
std::string name_in(std::map<std::string, Id> const& names, Id const& id) {
    auto const found = std::ranges::find(names, id, [](auto const& each) { return each.second; });
    return found == names.end() ? std::string() : found->first;
}

} // namespace

bool StagedBooking::is_active() const { return schedule::is_active(schedule::parse_status(row.status).value()); }

Stage::Stage(Fixture const& fixture, Scenario const& scenario, std::filesystem::path folder)
    : fixture_(fixture), scenario_(scenario), folder_(std::move(folder)) {}

Stage::~Stage() {
    house_.reset();
    auto ignored = std::error_code();
    std::filesystem::remove_all(folder_, ignored);
}

base::Result<std::unique_ptr<Stage>> Stage::open(Fixture const& fixture, Scenario const& scenario,
                                                 std::filesystem::path const& folder) {
    auto stage = std::unique_ptr<Stage>(new Stage(fixture, scenario, folder));
    auto config = house::Config();
    config.folder = folder;
    config.port = 0;
    config.version = "eval";
    config.now = fixture.profile.zone.to_instant(scenario.now);
    config.clock_stands = true;
    config.breath = base::Milliseconds(0);
    config.lane_threads = 1;
    config.random = std::make_shared<SeededRandom>(scenario.id);
    TRY(stage->house_, house::House::open(config));
    TRY_VOID(stage->house_->database().write([&](store::Tx& tx) { return Furnishing(tx, *stage).found(); }));
    TRY_VOID(stage->give(scenario.given));
    return stage;
}

void Stage::pass(base::Milliseconds time) { house_->advance_clock(now() + time); }

base::Result<void> Stage::give(std::vector<Given> const& givens) {
    if (givens.empty()) return {};
    return house_->database().write([&](store::Tx& tx) -> base::Result<void> {
        auto furnishing = Furnishing(tx, *this);
        for (auto const& given : givens)
            TRY_VOID(furnishing.add(given));
        return {};
    });
}

base::Result<std::vector<StagedBooking>> Stage::all_bookings() {
    using All = std::vector<StagedBooking>;
    return house_->database().read([&](store::Tx& tx) -> base::Result<All> {
        auto const customer = store::find_customer_by_phone(tx, business_, scenario_.customer.phone.canonical());
        auto all = All();
        for (auto const& details : store::list_bookings(tx, business_, {.limit = most_bookings})) {
            auto const& row = details.row;
            all.push_back({name_in(bookings_, row.id), name_in(services_, row.service), name_in(staff_, row.staff),
                           fixture_.profile.zone.to_local(row.starts_at), row,
                           customer && row.customer == customer->id});
        }
        return all;
    });
}

base::Result<bool> Stage::is_handed_over() {
    return house_->database().read([&](store::Tx& tx) -> base::Result<bool> {
        auto const chat = store::find_conversation_by_address(tx, business_, whatsapp::simulator_channel, "phone",
                                                              scenario_.customer.phone.e164());
        return chat && chat->answering == "waiting_for_owner";
    });
}

} // namespace eval
