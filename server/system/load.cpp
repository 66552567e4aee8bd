#include "system/load.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace system_test {
namespace {

using std::chrono::steady_clock;

constexpr auto pause_after_refusal = milliseconds(20);
/// A dialogue takes several steps for each booking that is made at once.
constexpr auto pause_between_bookings = milliseconds(30);

/// The n-th start that nobody else of this load wants.
std::string const& start_of(Shop const& shop, int n) { return shop.starts.at(static_cast<std::size_t>(n)); }

bool is_passing(std::string const& code) {
    return code == "database_unavailable" || code == "busy" || code == "outcome_unknown";
}

} // namespace

Load::Load(std::vector<std::string> urls, Shop const& shop, Sizes sizes) : urls_(std::move(urls)), shop_(shop) {
    auto const guarded = [this](void (Load::*work)(int), int worker) {
        try {
            (this->*work)(worker);
        } catch (std::exception const& error) {
            surprise(error.what());
        }
    };
    for (auto i = 0; i < sizes.bookers; ++i) {
        threads_.emplace_back(guarded, &Load::book, i);
    }
    for (auto i = 0; i < sizes.chats; ++i) {
        threads_.emplace_back(guarded, &Load::chat, i);
    }
}

Load::~Load() { stop(); }

void Load::stop() {
    stopping_ = true;
    for (auto& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

bool Load::goes_on(int errands, milliseconds patience) { return rises(errands_, errands, patience); }
bool Load::is_refused(int requests, milliseconds patience) { return rises(refusals_, requests, patience); }

bool Load::rises(std::atomic<int> const& count, int by, milliseconds patience) const {
    auto const deadline = steady_clock::now() + patience;
    for (auto const before = count.load(); count < before + by;) {
        if (steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(milliseconds(5));
    }
    return true;
}

void Load::book(int worker) {
    auto client = Client(urls_.front(), shop_.session);
    auto node = static_cast<std::size_t>(worker);
    while (!stopping_) {
        auto const n = next_++;
        auto const wish = json::object{{"service_id", shop_.service},
                                       {"starts_at", start_of(shop_, n)},
                                       {"staff_id", shop_.staff.at(static_cast<std::size_t>(n) % 2)},
                                       {"customer", {{"name", "Eva"}, {"phone", phone_number(n)}}},
                                       {"notify", false}};
        auto const answer =
            insist(client, node, "POST", "/api/v1/bookings", &wish, {"Idempotency-Key: load-" + std::to_string(n)});
        if (answer.status != 201) {
            surprise("a booking was answered " + std::to_string(answer.status) + " " + answer.text);
            continue;
        }
        auto lock = std::unique_lock(mutex_);
        booked_.push_back(answer.at("/id"));
        ++bookings_;
        ++errands_;
        lock.unlock();
        std::this_thread::sleep_for(pause_between_bookings);
    }
}

void Load::chat(int worker) {
    auto client = Client(urls_.front(), shop_.session);
    auto node = static_cast<std::size_t>(worker);
    auto const wire = [&](std::string const& method, std::string const& target, json::object const* body) {
        return insist(client, node, method, target, body, {});
    };
    while (!stopping_) {
        auto const n = next_++;
        auto customer = Customer(wire, phone_number(n), {"Ana Ruiz", start_of(shop_, n)});
        if (customer.book(static_cast<Opening>(n % 3)) != Ending::booked) {
            surprise("a chat led nowhere:\n" + customer.transcript());
        }
        auto const confirmations = std::ranges::count(customer.heard(), "confirmation", &Heard::reason);
        auto const lock = std::lock_guard(mutex_);
        told_.push_back({customer.written(), static_cast<std::size_t>(confirmations)});
        ++chats_;
        ++errands_;
    }
}

Answer Load::insist(Client& client, std::size_t& node, std::string const& method, std::string const& target,
                    json::object const* body, Fields const& fields) {
    for (;;) {
        client.go_to(urls_[node % urls_.size()]);
        auto const asked = steady_clock::now();
        auto answer = client.send(method, target, body, fields);
        auto const took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - asked).count();
        if (target.find("wait=") == std::string::npos) slowest_ = std::max(slowest_.load(), std::int64_t{took});
        if (answer.status != 503 && answer.status != 0) return answer;
        expect_a_refusal(answer);
        ++refusals_;
        ++node;
        std::this_thread::sleep_for(pause_after_refusal);
    }
}

void Load::expect_a_refusal(Answer const& answer) {
    if (answer.status == 503 && is_passing(answer.code()) && !answer.retry_after.empty()) return;
    surprise("a refusal that is none: " + std::to_string(answer.status) + " " + answer.text + ", Retry-After '" +
             answer.retry_after + "'");
}

void Load::surprise(std::string const& what) {
    auto const lock = std::lock_guard(mutex_);
    if (++surprises_ <= 5) ADD_FAILURE() << what;
}

void Load::expect_all_kept(Sql const& sql) {
    auto const mine = "business_id = (SELECT business_id FROM service WHERE id = '" + shop_.service + "')";
    auto kept = std::set<std::string>();
    for (auto const& row :
         sql.rows("SELECT id FROM booking WHERE origin <> 'guided' AND status = 'confirmed' AND " + mine)) {
        kept.insert(row.at(0));
    }
    EXPECT_EQ(kept, std::set<std::string>(booked_.begin(), booked_.end()));
    EXPECT_EQ(kept.size(), booked_.size()) << "one booking was answered to two";

    auto written = std::multiset<std::string>();
    auto confirmed = std::size_t{0};
    for (auto const& told : told_) {
        written.insert(told.written.begin(), told.written.end());
        confirmed += told.confirmations;
    }
    auto stored = std::multiset<std::string>();
    for (auto const& row : sql.rows("SELECT external_id FROM inbox WHERE " + mine)) {
        stored.insert(row.at(0));
    }
    EXPECT_EQ(stored, written);
    EXPECT_EQ(confirmed, told_.size());
    auto const none = [&](std::string const& count) { EXPECT_EQ(sql.number(count), 0) << count; };
    none("SELECT count(*) - " + std::to_string(confirmed) +
         " FROM booking WHERE origin = 'guided' AND status = 'confirmed' AND " + mine);
    none("SELECT count(*) FROM inbox WHERE (outcome IS NULL OR outcome <> 'answered') AND " + mine);
    none("SELECT count(*) FROM outbox WHERE state <> 'sent' AND " + mine);
    none("SELECT (SELECT count(*) FROM outbox WHERE " + mine + ") - (SELECT count(*) FROM simulator_message WHERE " +
         mine + ")");
    none("SELECT count(*) FROM (SELECT 1 FROM message WHERE direction = 'out' AND " + mine +
         " GROUP BY turn_id, text HAVING count(*) > 1) doubled");
}

} // namespace system_test
