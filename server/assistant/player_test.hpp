// A customer, a shop and a calendar in memory: runs a conversation through next() with the tools answered from plain
// data.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/next.hpp"
#include "schedule/availability.hpp"

namespace assistant::test {

base::Instant at(Shop const& shop, std::string_view local_time);

/// A hair salon in Madrid: split shifts, closed on Sundays; Marta and Inés, of whom only Marta does Mechas.
Shop salon_in_spain();
/// A barber's in Mexico City, open through the day; Toño and Beto.
Shop barber_in_mexico();
/// A dental clinic in Buenos Aires, vos, one dentist, a day's notice for changes.
Shop clinic_in_argentina();
/// A nail studio in Medellín, usted.
Shop nails_in_colombia();
/// A barber's in Santiago.
Shop barber_in_chile();

/// What a customer was told in one turn, and how the turn ended.
struct Answered {
    std::string text; ///< all replies, separated by empty lines
    std::string end;  ///< say, hand_over:<reason>, silent
    std::size_t tools = 0;
    std::vector<BookingView> written; ///< the rows of bookings made, moved and cancelled
    std::vector<Reply> replies;
};

class Player {
public:
    Player(Shop shop, std::string_view now, std::optional<std::string> customer_name);

    /// An active booking of this customer (B1, B2 …) or of somebody else.
    void give(std::string_view service, std::string_view local_start, std::string_view staff);
    void block(std::string_view staff, std::string_view local_from, std::string_view local_to);
    void advance(base::Minutes by) { now_ += by; }
    base::Instant now() const { return now_; }
    /// She was written to before.
    void met() { customer_.new_chat = false; }
    void set_status(base::BookingId const& id, schedule::Status status) { find(id)->status = status; }
    /// A reminder of this booking was the last thing she was sent.
    void remind(base::BookingId const& id) { reminder_ = id; }
    bool attends(base::BookingId const& id) const { return std::ranges::find(attended_, id) != attended_.end(); }
    /// One turn: the lines are a burst.
    Answered say(std::vector<std::string> const& lines);
    Answered hear(std::vector<Said> const& said);

    /// "corte_mujer 2026-10-22T10:00 marta Carmen", one a line, those that hold no chair with a minus in front; with
    /// "pending" and "attends" behind.
    std::string calendar() const;
    Shop& shop() { return shop_; }
    Dialogue const& dialogue() const { return dialogue_; }
    std::size_t limit = 100; ///< bookings the customer may have

private:
    schedule::Calendar chairs() const;
    ToolAnswer answer(ToolCall const& call);
    ToolAnswer answer(FindAvailability const& call);
    ToolAnswer answer(CheckStart const& call);
    ToolAnswer answer(ListBookings const& call);
    ToolAnswer answer(CreateBooking const& call);
    ToolAnswer answer(MoveBooking const& call);
    ToolAnswer answer(CancelBooking const& call);
    ToolAnswer answer(NoteBooking const& call);
    std::vector<business::Service> company_of(Company const& company) const;
    schedule::Query query(base::ServiceId const& service, std::optional<base::StaffId> const& staff) const;
    std::vector<FreeStart> nearest(schedule::Query const& query, base::Instant wanted,
                                   Company const& company = {}) const;
    BookingView* find(base::BookingId const& id);

    Shop shop_;
    Customer customer_;
    Dialogue dialogue_;
    base::Instant now_;
    std::vector<BookingView> bookings_;
    std::vector<base::BookingId> attended_;
    std::optional<base::BookingId> reminder_;
    std::vector<std::pair<base::StaffId, base::Interval>> blocks_;
};

} // namespace assistant::test
