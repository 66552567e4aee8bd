#include "eval/winner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>

#include "eval/scripted.hpp"

namespace eval {
namespace {

constexpr auto weekdays =
    std::to_array<std::string_view>({"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"});
constexpr auto days_in_english =
    std::to_array<std::string_view>({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"});

constexpr auto most_refusals = 3;

/// "jueves 22/10/2026 a las 10:00"
std::string in_words(base::LocalTime start, bool english) {
    auto const date = std::chrono::year_month_day(base::date_of(start));
    auto const weekday = base::iso_weekday(base::date_of(start)) - 1;
    return fmt::format("{} {}/{}/{} {} {}", english ? days_in_english[weekday] : weekdays[weekday],
                       unsigned(date.day()), unsigned(date.month()), int(date.year()), english ? "at" : "a las",
                       base::format_time_of_day(base::time_of_day(start)));
}

class Winner final : public Scripted {
public:
    using Scripted::Scripted;

private:
    using Texts = std::vector<std::string>;
    /// What is still to be done: a booking, a move, a cancellation. Doing it answers the words that tell of it.
    struct Step {
        std::function<base::Result<base::LocalTime>()> find; ///< its start, as long as it can be had
        std::function<base::Result<void>(base::LocalTime)> act;
        std::string what;
        std::string done;
    };

    base::Result<Texts> answer(std::vector<Heard> const& heard) override {
        auto const& expect = stage().scenario().expect;
        if (handed_over_ || expect.replies_max == 0) return Texts();
        if (!opened_) {
            opened_ = true;
            plan();
            if (!stage().scenario().customer.name && !expect.booked.empty()) {
                asked_name_ = true;
                return Texts{say_all() + (english() ? "What is your name?" : "¿A qué nombre lo apunto?")};
            }
            return next(say_all());
        }
        if (asked_name_ && name_.empty()) {
            name_ = heard.front().text;
            return next("");
        }
        if (!asked_) return next("");
        asked_ = false;
        return act();
    }

    bool english() const {
        auto const& languages = scenario().expect.language;
        return !languages.empty() && languages.front() == "en";
    }
    Scenario const& scenario() const { return const_cast<Winner*>(this)->stage().scenario(); }

    /// The texts that have to occur, each in a line of its own.
    std::string say_all() {
        auto text = std::string();
        auto const& expect = scenario().expect;
        if (!expect.says_any.empty()) text += expect.says_any.front() + ".\n";
        for (auto const& each : expect.says_all)
            text += each.empty() ? "" : each.front() + ".\n";
        return text;
    }

    void plan() {
        auto const& expect = scenario().expect;
        for (auto const& id : expect.confirmed)
            steps_.push_back({{}, [this, id](auto) { return confirm_attendance(id); }, "", ""});
        for (auto const& id : expect.cancelled) {
            auto const start = given_start(id);
            steps_.push_back({[start]() -> base::Result<base::LocalTime> { return start; },
                              [this, id](auto) { return cancel(id); }, english() ? "Cancel" : "Cancelar",
                              english() ? "Your appointment is cancelled" : "Tu cita queda cancelada"});
        }
        for (auto const& moved : expect.moved) {
            steps_.push_back({[this, moved] { return first_free(service_of(moved.booking), moved.starts_at); },
                              [this, moved](auto start) {
                                  return at_some_staff(moved.staff, [&](auto const& staff) {
                                      return move(moved.booking, instant(start), staff);
                                  });
                              },
                              english() ? "Move to" : "Pasar a",
                              english() ? "Moved your appointment to" : "He cambiado tu cita a"});
        }
        for (auto const& booked : expect.booked) {
            steps_.push_back({[this, booked] { return first_free(booked.service, booked.starts_at); },
                              [this, booked](auto start) {
                                  return at_some_staff(booked.staff, [&](auto const& staff) {
                                      return book(booked.service, instant(start), staff, name_for(booked));
                                  });
                              },
                              stage().fixture().service(booked.service)->name,
                              english() ? "You are booked" : "Tu cita queda reservada"});
        }
    }

    /// Asks to confirm the next steps, or ends.
    base::Result<Texts> next(std::string text) {
        while (!steps_.empty() && !steps_.front().find) {
            TRY_VOID(steps_.front().act({}));
            steps_.pop_front();
        }
        if (steps_.empty()) return end(std::move(text));
        for (auto const& step : steps_) {
            auto const start = step.find();
            if (!start) return Texts{text + refusal(start.error())};
            text += fmt::format("{}, {}.\n", step.what, in_words(*start, english()));
        }
        asked_ = true;
        return Texts{text + (english() ? "Shall I confirm it?" : "¿Lo confirmo?")};
    }

    base::Result<Texts> act() {
        auto text = std::string();
        while (!steps_.empty()) {
            auto const& step = steps_.front();
            auto const start = step.find();
            if (!start) break;
            if (auto done = step.act(*start); !done) {
                // Taken meanwhile: the next one that is free is asked for. Refused again and again: it cannot be won.
                if (++refusals_ < most_refusals) break;
                steps_.clear();
                return Texts{text + refusal(done.error())};
            }
            text += fmt::format("{}: {}.\n", step.done, in_words(*start, english()));
            steps_.pop_front();
        }
        if (!steps_.empty()) return next(std::move(text));
        return end(std::move(text));
    }

    base::Result<Texts> end(std::string text) {
        if (text.empty()) text = english() ? "Thank you for your message." : "Gracias por el mensaje.";
        if (scenario().expect.escalated == true) {
            handed_over_ = true;
            TRY_VOID(hand_over());
            text += english() ? "\nA person of the team will answer you here."
                              : "\nUna persona del equipo responde por este chat.";
        }
        return Texts{std::move(text)};
    }

    base::Result<base::LocalTime> first_free(std::string const& service, StartWish const& wish) {
        auto const from = wish.range ? wish.range->first : std::ranges::min(wish.any_of);
        auto const to = wish.range ? wish.range->second : std::ranges::max(wish.any_of);
        TRY(auto const free, free_starts(service, from, to));
        for (auto const start : free) {
            if (auto const local = zone().to_local(start); wish.allows(local)) return local;
        }
        // A move may begin where its own booking still stands; booking's rules have the last word.
        if (!wish.any_of.empty()) return wish.any_of.front();
        return base::fail(base::Fault::conflict, "slot_taken", "no wanted start is free");
    }

    template <class Act>
    static base::Result<void> at_some_staff(std::vector<std::string> const& staff, Act const& act) {
        if (staff.empty()) return act(std::optional<std::string>());
        auto result = base::Result<void>();
        for (auto const& member : staff) {
            result = act(std::optional(member));
            if (result) break;
        }
        return result;
    }

    base::Zone const& zone() { return stage().fixture().profile.zone; }
    base::Instant instant(base::LocalTime start) { return zone().to_instant(start); }
    GivenBooking const& given(std::string const& id) {
        for (auto const& each : scenario().given) {
            auto const* booking = std::get_if<GivenBooking>(&each);
            if (booking != nullptr && booking->id == id) return *booking;
        }
        throw std::logic_error("a scenario that was read names a booking that is not given");
    }
    base::LocalTime given_start(std::string const& id) { return given(id).starts_at; }
    std::string service_of(std::string const& id) { return given(id).service; }
    std::string name_for(ExpectedBooking const& booked) {
        return booked.name ? *booked.name : !name_.empty() ? name_ : scenario().customer.name.value_or("");
    }

    std::string refusal(base::Error const& error) const {
        return fmt::format("{} ({}).", english() ? "That cannot be done" : "No se puede hacer", error.code);
    }

    std::deque<Step> steps_;
    std::string name_;
    int refusals_ = 0;
    bool opened_ = false;
    bool asked_name_ = false;
    bool asked_ = false;
    bool handed_over_ = false;
};

} // namespace

Answerer the_winner() {
    return [](Stage& stage) { return std::make_unique<Winner>(stage); };
}

} // namespace eval
