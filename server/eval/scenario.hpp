// A scenario: a customer with a goal, a frozen moment, and the end state that must hold. All times are wall-clock times
// of the business.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/phone.hpp"
#include "base/time.hpp"

namespace eval {

/// Somebody's time that is taken without a booking.
struct BusyTime {
    std::string staff;
    base::LocalTime from;
    base::LocalTime to;
    std::string title = {};
};
struct GivenBooking {
    std::string id;
    std::string service;
    base::LocalTime starts_at;
    std::optional<std::string> staff = {}; ///< absent: the first able and free one
    std::string status = "confirmed";
    std::optional<base::Phone> phone = {}; ///< absent: the customer's own
};
struct GivenReminder {
    std::string booking;
    base::LocalTime sent_at;
};
struct GivenMessage {
    std::string from; ///< customer, assistant, owner_phone
    std::string text;
    base::LocalTime sent_at;
};
using Given = std::variant<GivenBooking, GivenReminder, BusyTime, GivenMessage>;

struct Message {
    enum class When { next, any, done }; ///< see the rules in customer.hpp
    std::string text;
    std::string kind = "text";
    std::optional<base::Seconds> after = {}; ///< since the message before, in a burst
    std::optional<std::string> id = {};      ///< twice the same: one message delivered twice
    When when = When::next;
    base::Minutes wait{0};         ///< passes before it is sent
    std::vector<Given> first = {}; ///< takes effect before it is sent
};

struct Person {
    base::Phone phone;
    std::optional<std::string> name; ///< absent: the business does not know it yet
};

/// One instant, a list of allowed ones, or any from the first to the last, both included.
struct StartWish {
    std::vector<base::LocalTime> any_of = {};
    std::optional<std::pair<base::LocalTime, base::LocalTime>> range = {};
    bool allows(base::LocalTime start) const;
};
struct ExpectedBooking {
    std::string service;
    StartWish starts_at;
    std::vector<std::string> staff = {}; ///< any of these; empty: anybody
    std::optional<std::string> name = {};
};
struct ExpectedMove {
    std::string booking;
    StartWish starts_at;
    std::vector<std::string> staff = {};
};
struct Expected {
    std::vector<ExpectedBooking> booked;
    std::vector<std::string> cancelled;
    std::vector<ExpectedMove> moved;
    std::vector<std::string> confirmed;
    bool distinct_staff = false;
    std::optional<bool> escalated; ///< absent: either is right
    bool silent_after = false;
    std::vector<std::string> says_any;
    std::vector<std::vector<std::string>> says_all; ///< of each one
    std::vector<std::string> never_says;
    std::vector<std::string> language; ///< empty: any
    std::optional<int> max_model_calls;
    std::optional<int> replies_max;
};

/// Something outside that fails: what stands at that door applies it.
struct PlannedFault {
    std::string target;      ///< model, calendar
    std::optional<int> call; ///< from 1; absent: all
    std::string kind;        ///< http_500, http_429, timeout, bad_json, cut_stream, empty
};

struct Scenario {
    std::string id;
    std::string business;
    base::LocalTime now;
    std::vector<std::string> tags; ///< the first is the category
    Person customer;
    std::vector<Person> others;
    std::vector<Given> given;
    std::optional<int> model_budget;
    std::vector<PlannedFault> faults;
    std::vector<Message> say;
    std::map<std::string, std::string> answers; ///< by what is asked: service, day, time, name, which, …
    std::vector<Message> then;
    Expected expect;
};

} // namespace eval
