#include "eval/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "booking/booking.hpp"
#include "booking/shop.hpp"
#include "eval/customer.hpp"
#include "eval/judge.hpp"
#include "eval/stage.hpp"
#include "schedule/availability.hpp"

namespace eval {
namespace {

/// The longest breath of a lane: messages of a burst that are nearer to each other come in together.
constexpr auto longest_breath = base::Seconds(8);
constexpr auto usual_gap = base::Seconds(1);

std::string joined(std::vector<std::string> const& texts) { return fmt::format("{}", fmt::join(texts, "\n\n")); }

class Playing {
public:
    Playing(Stage& stage, Answering& answering)
        : stage_(stage), answering_(answering), scenario_(stage.scenario()), customer_(scenario_, stage.fixture()) {}

    base::Result<Trial> play() {
        TRY(evidence_.before, stage_.all_bookings());
        rows_ = evidence_.before;
        write_down_history();
        auto say = std::optional(scenario_.say);
        while (say) {
            TRY(auto const reply, deliver(*say));
            auto const said = customer_.answer(reply, handed_over_, base::date_of(stage_.local_now()));
            say = said ? std::optional(std::vector{said->message}) : std::nullopt;
        }
        evidence_.after = rows_;
        evidence_.model_calls = answering_.usage().model_calls;
        evidence_.false_confirmations = trial_.false_confirmations;
        trial_.usage = answering_.usage();
        trial_.reasons = judge(scenario_, stage_.fixture(), evidence_);
        trial_.passed = trial_.reasons.empty();
        return std::move(trial_);
    }

private:
    void write_down_history() {
        for (auto const& given : scenario_.given) {
            auto const* message = std::get_if<GivenMessage>(&given);
            if (message != nullptr)
                trial_.transcript.push_back(
                    {message->from, message->text, base::format_local_time(message->sent_at) + ":00"});
        }
    }
    void write_down(std::string who, std::string text) {
        auto const second = std::chrono::floor<base::Seconds>(stage_.now().time_since_epoch()).count() % 60;
        trial_.transcript.push_back({std::move(who), std::move(text),
                                     fmt::format("{}:{:02}", base::format_local_time(stage_.local_now()), second)});
    }

    /// The customer's turn: her messages, and all that appears on her phone until the assistant rests.
    base::Result<std::string> deliver(std::vector<Message> const& burst) {
        ++trial_.turns;
        replies_.clear();
        auto const begun = std::chrono::steady_clock::now();
        waited_ = {};
        auto together = std::vector<Heard>();
        for (auto at = std::size_t{0}; at < burst.size(); ++at) {
            auto const& message = burst[at];
            auto const gap = at == 0 ? message.after.value_or(base::Seconds(0)) : message.after.value_or(usual_gap);
            auto const repeated = message.id && !ids_.insert(*message.id).second;
            auto const apart =
                gap > longest_breath || repeated || message.wait > base::Minutes(0) || !message.first.empty();
            if (apart) TRY_VOID(hand_in(together));
            TRY_VOID(let_pass(message, gap));
            write_down("customer",
                       message.kind == "text" ? message.text : fmt::format("[{}] {}", message.kind, message.text));
            together.push_back({message.text, message.kind, message.id, stage_.now()});
            if (repeated) TRY_VOID(hand_in(together));
        }
        TRY_VOID(hand_in(together));
        auto const took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun - waited_);
        trial_.latency_ms.push_back(took.count());
        return end_turn();
    }

    base::Result<void> let_pass(Message const& message, base::Milliseconds gap) {
        auto const begun = std::chrono::steady_clock::now();
        if (auto const time = gap + message.wait; time > base::Milliseconds(0)) stage_.pass(time);
        if (message.wait > base::Minutes(0)) {
            write_down("system", fmt::format("{} minutes pass", message.wait.count()));
            TRY_VOID(collect());
        }
        if (!message.first.empty()) write_down("system", "meanwhile the calendar changes");
        TRY_VOID(stage_.give(message.first));
        waited_ += std::chrono::steady_clock::now() - begun;
        if (message.first.empty()) return {};
        // What was given now is given: a booking of somebody else's is not the assistant's doing.
        TRY(auto rows, stage_.all_bookings());
        for (auto const& row : rows) {
            auto const known =
                std::ranges::find(evidence_.before, row.given, &StagedBooking::given) != evidence_.before.end();
            if (!row.given.empty() && !known) evidence_.before.push_back(row);
        }
        rows_ = std::move(rows);
        return {};
    }

    base::Result<void> hand_in(std::vector<Heard>& together) {
        if (together.empty()) return {};
        TRY_VOID(answering_.hear(std::exchange(together, {})));
        return collect();
    }

    base::Result<void> collect() {
        TRY(auto const texts, answering_.look_at_phone());
        for (auto const& text : texts) {
            write_down("assistant", text);
            replies_.push_back(text);
            evidence_.replies.push_back(text);
        }
        if (trial_.turns == 1) evidence_.first_replies += texts.size();
        return {};
    }

    base::Result<std::string> end_turn() {
        auto text = joined(replies_);
        if (handed_over_) evidence_.replies_after_hand_over += replies_.size();
        TRY(auto after, stage_.all_bookings());
        TRY(handed_over_, stage_.is_handed_over());
        evidence_.escalated = evidence_.escalated || handed_over_;
        auto const reply = read_reply(text, {}, base::date_of(stage_.local_now()));
        for (auto const& untrue : false_claims(reply.claims, rows_, after)) {
            ++trial_.false_confirmations;
            trial_.notes.push_back(fmt::format("turn {}: {}", trial_.turns, untrue));
        }
        rows_ = std::move(after);
        TRY_VOID(check_offers(reply));
        return text;
    }

    /// Whoever offers what nobody can have makes the customer choose in vain.
    base::Result<void> check_offers(Reply const& reply) {
        if (!reply.claims.empty() || reply.asks_to_confirm) return {};
        for (auto const& moment : reply.stated) {
            if (!moment.date || !moment.time) continue;
            TRY(auto const possible, is_possible(moment));
            if (possible) continue;
            ++trial_.taken_offered;
            trial_.notes.push_back(fmt::format("turn {}: offers {} {}, which is free for no service", trial_.turns,
                                               base::format_date(*moment.date),
                                               base::format_time_of_day(*moment.time)));
        }
        return {};
    }

    base::Result<bool> is_possible(Moment const& moment) {
        auto const own =
            std::ranges::any_of(rows_, [&](auto const& row) { return row.is_own && moment.may_be(row.starts_at); });
        if (own) return true;
        return stage_.house().database().read([&](store::Tx& tx) -> base::Result<bool> {
            auto const& zone = stage_.fixture().profile.zone;
            auto const from = zone.to_instant(base::LocalTime(*moment.date));
            auto const to = zone.to_instant(base::LocalTime(*moment.date + std::chrono::days(1)));
            TRY(auto const calendar, booking::load_calendar(tx, stage_.business(), from, to));
            for (auto const& service : booking::load_services(tx, stage_.business(), booking::Services::bookable)) {
                for (auto const& slot :
                     schedule::availability(calendar, {service, from, to, std::nullopt, stage_.now()})) {
                    if (moment.may_be(zone.to_local(slot.starts_at))) return true;
                }
            }
            return false;
        });
    }

    Stage& stage_;
    Answering& answering_;
    Scenario const& scenario_;
    Customer customer_;
    Evidence evidence_;
    Trial trial_;
    std::vector<StagedBooking> rows_;
    std::vector<std::string> replies_; ///< of this turn
    std::set<std::string> ids_;
    std::chrono::steady_clock::duration waited_{};
    bool handed_over_ = false;
};

} // namespace

base::Result<Trial> run_trial(Fixture const& fixture, Scenario const& scenario, Answerer const& answerer,
                              std::filesystem::path const& folder) {
    TRY(auto stage, Stage::open(fixture, scenario, folder));
    auto const answering = answerer(*stage);
    return Playing(*stage, *answering).play();
}

} // namespace eval
