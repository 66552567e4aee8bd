// Customers and an owner at work on a running server, who insist until they are answered and remember what they were
// told: by HTTP with an Idempotency-Key, and by chat. A refusal has to be one that says when to come again.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "system/customer.hpp"
#include "system/place.hpp"
#include "system/shop.hpp"

namespace system_test {

class Load {
public:
    struct Sizes {
        int bookers = 2;
        int chats = 4;
    };
    /// `urls`: the nodes; each of the workers goes on to the next one when it is refused.
    Load(std::vector<std::string> urls, Shop const& shop, Sizes sizes);
    ~Load();
    Load(Load const&) = delete;
    Load& operator=(Load const&) = delete;

    /// Each comes to the end of what it is at.
    void stop();
    /// Waits until so many more bookings and chats than now have come to their end. False when that takes too long.
    bool goes_on(int errands, milliseconds patience);
    /// Waits until so many more requests than now were refused.
    bool is_refused(int requests, milliseconds patience);

    int bookings() const { return bookings_; }
    int chats() const { return chats_; }
    int refusals() const { return refusals_; }
    milliseconds slowest() const { return milliseconds(slowest_); }
    /// Everybody who was told of a booking has it, nobody else has one, and every message was answered once.
    void expect_all_kept(Sql const& sql);

private:
    struct Told {
        std::vector<std::string> written;
        std::size_t confirmations;
    };

    void book(int worker);
    void chat(int worker);
    Answer insist(Client& client, std::size_t& node, std::string const& method, std::string const& target,
                  json::object const* body, Fields const& fields);
    void expect_a_refusal(Answer const& answer);
    bool rises(std::atomic<int> const& count, int by, milliseconds patience) const;
    void surprise(std::string const& what);

    std::vector<std::string> urls_;
    Shop const& shop_;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> next_ = 0;
    std::atomic<int> errands_ = 0;
    std::atomic<int> bookings_ = 0;
    std::atomic<int> chats_ = 0;
    std::atomic<int> refusals_ = 0;
    std::atomic<std::int64_t> slowest_ = 0; ///< milliseconds
    std::mutex mutex_;
    int surprises_ = 0;
    std::vector<std::string> booked_; ///< ids
    std::vector<Told> told_;
    std::vector<std::thread> threads_;
};

} // namespace system_test
