#include "booking/calendar_memory.hpp"

#include "booking/booking.hpp"
#include "booking/shop.hpp"
#include "store/changes.hpp"

namespace booking {
namespace {

/// In busy intervals of 16 bytes: some five megabytes with all around them.
constexpr auto most_weight = std::size_t{200'000};
constexpr auto weight_of_a_calendar = std::size_t{50};

std::size_t weight_of(schedule::Calendar const& calendar) {
    auto weight = weight_of_a_calendar;
    for (auto const& chair : calendar.chairs)
        weight += chair.busy.size();
    return weight;
}

} // namespace

base::Result<ShopCalendar> CalendarMemory::at_present(base::BusinessId const& business, Window const& window) {
    TRY(auto const seq,
        database_.glance([&](store::Tx& tx) -> base::Result<std::int64_t> { return store::latest_seq(tx, business); }));
    if (auto const shop = known_shop(business, seq)) {
        TRY(auto const wanted, window(shop->profile));
        if (auto calendar = known_calendar(business, seq, dates_of(shop->profile, wanted))) {
            return ShopCalendar{shop, std::move(calendar)};
        }
    }
    return database_.read([&](store::Tx& tx) { return load(tx, business, window); });
}

CalendarMemory::Dates CalendarMemory::dates_of(business::Profile const& profile, base::Interval const& window) {
    return {base::date_of(profile.zone.to_local(window.from)), base::date_of(profile.zone.to_local(window.to))};
}

std::shared_ptr<Shop const> CalendarMemory::known_shop(base::BusinessId const& business, std::int64_t seq) const {
    auto const lock = std::scoped_lock(mutex_);
    auto const found = known_.find(business);
    return found != known_.end() && found->second.seq == seq ? found->second.shop : nullptr;
}

std::shared_ptr<schedule::Calendar const> CalendarMemory::known_calendar(base::BusinessId const& business,
                                                                         std::int64_t seq, Dates const& dates) const {
    auto const lock = std::scoped_lock(mutex_);
    auto const found = known_.find(business);
    if (found == known_.end() || found->second.seq != seq) return nullptr;
    auto const calendar = found->second.calendars.find(dates);
    return calendar == found->second.calendars.end() ? nullptr : calendar->second;
}

base::Result<ShopCalendar> CalendarMemory::load(store::Tx& tx, base::BusinessId const& business, Window const& window) {
    auto const seq = store::latest_seq(tx, business);
    TRY(auto profile, load_profile(tx, business));
    TRY(auto const wanted, window(profile));
    TRY(auto calendar, load_calendar(tx, business, wanted.from, wanted.to));
    auto const dates = dates_of(profile, wanted);
    auto services = load_services(tx, business, Services::unarchived);
    auto loaded = ShopCalendar{std::make_shared<Shop>(std::move(profile), std::move(services)),
                               std::make_shared<schedule::Calendar>(std::move(calendar))};
    remember(business, seq, dates, loaded);
    return loaded;
}

/// When there is too much, what other businesses had is forgotten.
void CalendarMemory::remember(base::BusinessId const& business, std::int64_t seq, Dates const& dates,
                              ShopCalendar const& loaded) {
    auto const lock = std::scoped_lock(mutex_);
    auto const weight = weight_of(*loaded.calendar);
    if (weight_ + weight > most_weight) {
        known_.clear();
        weight_ = 0;
    }
    auto& known = known_[business];
    if (known.seq > seq) return; // somebody else has read a later state meanwhile
    if (known.seq < seq || !known.shop) {
        for (auto const& [_, calendar] : known.calendars)
            weight_ -= weight_of(*calendar);
        known = {seq, loaded.shop};
    }
    if (known.calendars.try_emplace(dates, loaded.calendar).second) weight_ += weight;
}

} // namespace booking
