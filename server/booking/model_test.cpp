// Random days at the salon, told to the database and to a model of a page and a pencil: both must end the same.
// APUNTA_SEED=<n> repeats a run.
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <sstream>

#include "booking/salon_test.hpp"

namespace booking {
namespace {

using Modelled = OnBothEngines;
INSTANTIATE_TEST_SUITE_P(Booking, Modelled, ::testing::ValuesIn(store::engines_under_test()), engine_of);

enum class Verb { book, move, cancel, complete, mark_no_show, confirm, wait };

struct Command {
    Verb verb;
    int which;       ///< of the bookings made so far
    int service;     ///< 0 to 2
    int quarter;     ///< start, in quarters of an hour from 8:00
    int staff;       ///< 0 anyone (or as before), 1 Ana, 2 Bea
    int new_service; ///< of a move: 0 to 2 another, above: as before
};

std::ostream& operator<<(std::ostream& out, Command const& command) {
    return out << "{verb " << static_cast<int>(command.verb) << " which " << command.which << " service "
               << command.service << " quarter " << command.quarter << " staff " << command.staff << " new_service "
               << command.new_service << "}";
}

rc::Gen<Command> any_command() {
    using rc::gen::element;
    using rc::gen::inRange;
    return rc::gen::construct<Command>(element(Verb::book, Verb::book, Verb::book, Verb::move, Verb::move, Verb::cancel,
                                               Verb::complete, Verb::mark_no_show, Verb::confirm, Verb::wait),
                                       inRange(0, 20), inRange(0, 3), inRange(0, 52), inRange(0, 3), inRange(0, 9));
}

/// Minutes of the day throughout; one day.
struct Entry {
    base::BookingId id;
    std::string status;
    int staff; ///< 1 Ana, 2 Bea
    int service;
    int start;
    bool operator==(Entry const&) const = default;
};

struct Kind {
    int before, minutes, after;
    std::vector<int> staff;
};
Kind const kinds[] = {{0, 30, 0, {1, 2}}, {10, 60, 20, {1}}, {0, 30, 0, {2}}};

class Page {
public:
    std::vector<Entry> entries;
    int now = 8 * 60;

    /// Who could take it, or why nobody can; `staff` 0 is anyone.
    std::string verdict(int service, int start, int staff, Entry const* moved) const {
        auto const& kind = kinds[service];
        if (staff != 0 && std::count(kind.staff.begin(), kind.staff.end(), staff) == 0) return "not_performed";
        auto const end = start + kind.minutes;
        auto const open = (9 * 60 <= start && end <= 14 * 60) || (16 * 60 <= start && end <= 20 * 60);
        if (!open) return "outside_hours";
        return free(service, start, staff, moved).empty() ? "slot_taken" : "booked";
    }
    std::vector<int> free(int service, int start, int staff, Entry const* moved) const {
        auto found = std::vector<int>();
        for (auto const candidate : kinds[service].staff) {
            if (staff != 0 && staff != candidate) continue;
            auto const clashes = std::any_of(entries.begin(), entries.end(), [&](Entry const& entry) {
                return &entry != moved && entry.staff == candidate && active(entry) &&
                       start - kinds[service].before <
                           entry.start + kinds[entry.service].minutes + kinds[entry.service].after &&
                       entry.start - kinds[entry.service].before <
                           start + kinds[service].minutes + kinds[service].after;
            });
            if (!clashes) found.push_back(candidate);
        }
        return found;
    }
    static bool active(Entry const& entry) { return entry.status == "confirmed"; }
};

class Day {
public:
    explicit Day(store::Database& database) : salon_(database) {}

    void tell(Command const& command) {
        if (command.verb == Verb::book) return book(command);
        if (command.verb == Verb::wait) return wait();
        if (page_.entries.empty()) return;
        auto& entry = page_.entries[static_cast<std::size_t>(command.which) % page_.entries.size()];
        if (command.verb == Verb::move) return move(entry, command);
        act(entry, command.verb);
    }

    void compare() {
        auto rows = std::vector<Entry>();
        for (auto const& row : salon_.bookings())
            rows.push_back(entry_of(row));
        auto const by_id = [](Entry const& a, Entry const& b) { return a.id < b.id; };
        std::sort(rows.begin(), rows.end(), by_id);
        std::sort(page_.entries.begin(), page_.entries.end(), by_id);
        RC_ASSERT(rows == page_.entries);
        RC_ASSERT(salon_.overlaps() == 0);
    }

private:
    void book(Command const& command) {
        auto const start = 8 * 60 + 15 * command.quarter;
        auto const expected = page_.verdict(command.service, start, command.staff, nullptr);
        auto const free = page_.free(command.service, start, command.staff, nullptr);
        auto const result = salon_.book(salon_.lucia,
                                        {.service = service_id(command.service),
                                         .starts_at = instant(start),
                                         .staff = staff_id(command.staff),
                                         .overrides = soon_},
                                        salon_.owner());
        RC_ASSERT(outcome(result) == expected);
        if (!result) return;
        page_.entries.push_back(entry_of(*result));
        RC_ASSERT(std::count(free.begin(), free.end(), page_.entries.back().staff) == 1);
    }

    void move(Entry& entry, Command const& command) {
        auto const service = command.new_service < 3 ? command.new_service : entry.service;
        auto const staff = command.staff == 0 ? entry.staff : command.staff;
        auto const start = 8 * 60 + 15 * command.quarter;
        auto moved = Entry{entry.id, entry.status, staff, service, start};
        auto const expected = moved == entry         ? "booked"
                              : !Page::active(entry) ? "wrong_status"
                                                     : page_.verdict(service, start, staff, &entry);
        auto const result = salon_.change(entry.id,
                                          {.starts_at = instant(start),
                                           .staff = staff_id(command.staff),
                                           .service = service_id(service),
                                           .overrides = soon_},
                                          salon_.owner());
        RC_ASSERT(outcome(result) == expected);
        if (result) entry = moved;
    }

    void act(Entry& entry, Verb verb) {
        auto const afterwards = verb == Verb::complete || verb == Verb::mark_no_show;
        auto const possible = verb == Verb::confirm        ? false
                              : verb == Verb::complete     ? Page::active(entry) || entry.status == "no_show"
                              : verb == Verb::mark_no_show ? Page::active(entry) || entry.status == "completed"
                                                           : Page::active(entry);
        auto const expected = !possible                               ? "wrong_status"
                              : afterwards && page_.now < entry.start ? "not_started"
                                                                      : "booked";
        RC_ASSERT(outcome(salon_.act(entry.id, action(verb), salon_.owner())) == expected);
        if (std::string_view(expected) != "booked") return;
        entry.status = verb == Verb::complete ? "completed" : verb == Verb::cancel ? "cancelled" : "no_show";
    }

    void wait() {
        page_.now += 60;
        salon_.now += 1h;
    }

    static schedule::Action action(Verb verb) {
        if (verb == Verb::complete) return schedule::Action::complete;
        if (verb == Verb::mark_no_show) return schedule::Action::mark_no_show;
        return verb == Verb::confirm ? schedule::Action::confirm : schedule::Action::cancel;
    }
    static base::Instant instant(int minutes) { return at("2026-03-02T00:00") + base::Minutes(minutes); }
    base::ServiceId service_id(int service) const {
        return service == 0 ? salon_.cut : service == 1 ? salon_.colour : salon_.advice;
    }
    std::optional<base::StaffId> staff_id(int staff) const {
        if (staff == 0) return {};
        return staff == 1 ? salon_.ana : salon_.bea;
    }
    Entry entry_of(store::BookingRow const& row) const {
        auto const minutes = std::chrono::floor<base::Minutes>(row.starts_at - instant(0));
        return {row.id, row.status, row.staff == salon_.ana ? 1 : 2,
                row.service == salon_.cut      ? 0
                : row.service == salon_.colour ? 1
                                               : 2,
                static_cast<int>(minutes.count())};
    }

    schedule::Overrides const soon_{.too_soon = true};
    Salon salon_;
    Page page_;
};

std::uint64_t seed() {
    auto const* given = std::getenv("APUNTA_SEED");
    return given ? std::strtoull(given, nullptr, 10) : 20'260'302;
}

TEST_P(Modelled, any_order_of_bookings_moves_and_steps_ends_as_on_paper) {
    auto params = rc::detail::TestParams();
    params.seed = seed();
    params.maxSuccess = 60;
    params.maxSize = 80;
    auto const result = rc::detail::checkTestable(
        [&] {
            auto const commands = *rc::gen::container<std::vector<Command>>(any_command());
            auto day = Day(database.get());
            for (auto const& command : commands)
                day.tell(command);
            day.compare();
        },
        rc::detail::TestMetadata{"paper", "paper"}, params);
    auto report = std::ostringstream();
    rc::detail::printResultMessage(result, report);
    EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << report.str() << "\nAPUNTA_SEED=" << seed();
}

} // namespace
} // namespace booking
