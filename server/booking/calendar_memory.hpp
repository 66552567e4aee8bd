// Calendars that were loaded before. Whoever asks for free starts asks again soon, for the next week or for another
// service, and reading a month of bookings row by row costs ten times what the search in it does.
//
// What is remembered cannot be out of date. Each write that changes a business's calendar appends to its change log, in
// its own transaction; a calendar is kept with the number at which the log stood when it was read, and counts only
// while the database says, for each question anew, that the log still stands there. So it holds for other nodes' writes
// too.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "business/profile.hpp"
#include "business/services.hpp"
#include "schedule/availability.hpp"
#include "store/database.hpp"

namespace booking {

/// A business with all it has for sale, archived services excepted.
struct Shop {
    business::Profile profile;
    std::vector<business::Service> services;
};

/// Both of the same moment.
struct ShopCalendar {
    std::shared_ptr<Shop const> shop;
    std::shared_ptr<schedule::Calendar const> calendar;
};

/// Thread-safe.
class CalendarMemory {
public:
    explicit CalendarMemory(store::Database& database) : database_(database) {}

    /// Which stretch of time is asked for may depend on the business's zone. Its error is the answer then.
    using Window = std::function<base::Result<base::Interval>(business::Profile const&)>;
    /// As load_calendar() would load it now. not_found as there.
    base::Result<ShopCalendar> at_present(base::BusinessId const& business, Window const& window);

private:
    struct Dates {
        base::Date first;
        base::Date last;
        auto operator<=>(Dates const&) const = default;
    };
    /// A business at one number of its change log.
    struct Known {
        std::int64_t seq = 0;
        std::shared_ptr<Shop const> shop;
        std::map<Dates, std::shared_ptr<schedule::Calendar const>> calendars = {};
    };
    static Dates dates_of(business::Profile const& profile, base::Interval const& window);

    std::shared_ptr<Shop const> known_shop(base::BusinessId const& business, std::int64_t seq) const;
    std::shared_ptr<schedule::Calendar const> known_calendar(base::BusinessId const& business, std::int64_t seq,
                                                             Dates const& dates) const;
    base::Result<ShopCalendar> load(store::Tx& tx, base::BusinessId const& business, Window const& window);
    void remember(base::BusinessId const& business, std::int64_t seq, Dates const& dates, ShopCalendar const& loaded);

    store::Database& database_;
    mutable std::mutex mutex_;
    std::map<base::BusinessId, Known> known_;
    std::size_t weight_ = 0; ///< of all that is known
};

} // namespace booking
