// Assistants that are wrong in one way each. The judge has to find every one of them out, for that reason and no other.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "eval/scores.hpp"
#include "eval/scripted.hpp"
#include "eval/suite_test.hpp"
#include "eval/winner.hpp"

namespace eval {
namespace {

using Texts = std::vector<std::string>;

std::vector<Played> play_dev(Answerer const& answerer) { return play(dev_suite(), answerer, 1, {}).value(); }

template <class Mutant>
Answerer answered_by() {
    return [](Stage& stage) { return std::make_unique<Mutant>(stage); };
}

/// The scenarios in which something has to be written.
std::vector<Scenario const*> with_bookings() {
    auto wanted = std::vector<Scenario const*>();
    for (auto const& scenario : dev_suite().scenarios) {
        if (!scenario.expect.booked.empty()) wanted.push_back(&scenario);
    }
    return wanted;
}

class AlwaysConfirmado final : public Scripted {
    using Scripted::Scripted;
    base::Result<Texts> answer(std::vector<Heard> const&) override {
        return Texts{"¡Confirmado! Tu cita quedó agendada para mañana a las 10:00. Te esperamos."};
    }
};

TEST(TheOneWhoAlwaysSaysConfirmado, is_caught_by_what_the_database_does_not_have) {
    auto const all = play_dev(answered_by<AlwaysConfirmado>());
    for (auto const* scenario : with_bookings()) {
        auto const& trial = played_of(all, scenario->id).trials.front();
        EXPECT_TRUE(has_reason(trial, "booked: ")) << scenario->id;
        EXPECT_TRUE(has_reason(trial, "false_confirmation: ")) << scenario->id;
        EXPECT_GE(trial.false_confirmations, 1) << scenario->id;
    }
    EXPECT_GE(scores_of(all).false_confirmations, static_cast<int>(dev_suite().scenarios.size()));
    EXPECT_EQ(scores_of(all).all.pass.at(1), 0) << "each of its replies is a lie, so it passes nowhere";
}

/// Books whatever is free first, at once, and tells it truly.
class NeverAsks final : public Scripted {
    using Scripted::Scripted;
    base::Result<Texts> answer(std::vector<Heard> const&) override {
        auto const service = stage().fixture().services.front();
        auto const from = stage().local_now();
        TRY(auto const free, free_starts(service.id.text(), from, from + std::chrono::days(7)));
        TRY_VOID(book(service.id.text(), free.front(), {}, "Clienta"));
        auto const start = stage().fixture().profile.zone.to_local(free.front());
        auto const date = std::chrono::year_month_day(base::date_of(start));
        return Texts{fmt::format("Tu cita queda reservada: {}, el {}/{} a las {}.", service.name, unsigned(date.day()),
                                 unsigned(date.month()), base::format_time_of_day(base::time_of_day(start)))};
    }
};

TEST(TheOneWhoNeverAsks, is_caught_by_bookings_nobody_wanted_although_its_words_are_true) {
    auto const all = play_dev(answered_by<NeverAsks>());
    for (auto const& played : all) {
        if (played.id == "AR14") continue; // wants the first free start of the first service
        EXPECT_EQ(played.passes(), 0) << played.id;
        EXPECT_TRUE(has_reason(played.trials.front(), "booked: nobody wanted")) << played.id;
    }
    EXPECT_EQ(scores_of(all).false_confirmations, 0);
    EXPECT_LE(scores_of(all).all.pass.at(1), 0.05);
}

/// Lists what is taken; whoever chooses it is told that it cannot be had.
class ListsTakenStarts final : public Scripted {
    using Scripted::Scripted;
    base::Result<Texts> answer(std::vector<Heard> const&) override {
        if (std::exchange(listed_, true)) return Texts{"Lo siento, a esa hora ya está ocupado."};
        return Texts{"Tengo libre:\n1) viernes 23/10 a las 16:45\n2) viernes 23/10 a las 17:00\n¿Cuál prefieres?"};
    }
    bool listed_ = false;
};

TEST(TheOneWhoListsTakenStarts, is_caught_by_missing_bookings_and_named_for_its_offers) {
    auto const all = play_dev(answered_by<ListsTakenStarts>());
    auto const& salon = played_of(all, "ES04").trials.front();
    EXPECT_TRUE(has_reason(salon, "booked: mechas at 2026-10-23T18:00 is missing"));
    EXPECT_EQ(salon.taken_offered, 2);
    EXPECT_THAT(salon.notes, testing::Contains(testing::HasSubstr("2026-10-23 17:00, which is free for no service")));
    for (auto const* scenario : with_bookings())
        EXPECT_EQ(played_of(all, scenario->id).passes(), 0) << scenario->id;
}

class SaysNothing final : public Scripted {
    using Scripted::Scripted;
    base::Result<Texts> answer(std::vector<Heard> const&) override { return Texts(); }
};

TEST(TheOneWhoSaysNothing, is_left_after_one_turn_with_nothing_done) {
    auto const all = play_dev(answered_by<SaysNothing>());
    for (auto const* scenario : with_bookings()) {
        auto const& trial = played_of(all, scenario->id).trials.front();
        EXPECT_TRUE(has_reason(trial, "booked: ")) << scenario->id;
        EXPECT_EQ(trial.turns, 1) << scenario->id;
    }
    for (auto const& played : all) {
        auto const& expect = std::ranges::find(dev_suite().scenarios, played.id, &Scenario::id)->expect;
        auto const& trial = played.trials.front();
        EXPECT_EQ(has_reason(trial, "says_any: "), !expect.says_any.empty()) << played.id;
        EXPECT_EQ(has_reason(trial, "escalated: no person"), expect.escalated == true) << played.id;
    }
    EXPECT_LE(scores_of(all).all.pass.at(1), 0.1);
}

/// Changes the words of another one, or adds to them.
class Altered final : public Answering {
public:
    using Change = std::function<Texts(Texts)>;
    Altered(std::unique_ptr<Answering> inner, Change change) : inner_(std::move(inner)), change_(std::move(change)) {}
    base::Result<void> hear(std::vector<Heard> const& messages) override { return inner_->hear(messages); }
    base::Result<Texts> look_at_phone() override {
        TRY(auto texts, inner_->look_at_phone());
        return change_(std::move(texts));
    }

private:
    std::unique_ptr<Answering> inner_;
    Change change_;
};

Answerer winner_but(Altered::Change const& change) {
    return [change](Stage& stage) { return std::make_unique<Altered>(the_winner()(stage), change); };
}

/// Everything right but for one thing: then the reasons name that thing alone.
void expect_only(std::vector<Played> const& all, std::string const& reason, std::size_t at_least) {
    auto caught = std::size_t{0};
    for (auto const& played : all) {
        for (auto const& each : played.trials.front().reasons) {
            EXPECT_TRUE(each.starts_with(reason)) << played.id << ": " << each;
            ++caught;
        }
    }
    EXPECT_GE(caught, at_least);
}

TEST(TheOneWhoAnswersInAnotherLanguage, is_caught_by_its_language_alone) {
    auto const all = play_dev(winner_but([](Texts texts) {
        if (!texts.empty()) texts.emplace_back("Thank you for your message, we hope that you have a very nice day.");
        return texts;
    }));
    expect_only(all, "language: a reply is in en", dev_suite().scenarios.size() - 1);
    EXPECT_EQ(played_of(all, "ES26").passes(), 1) << "she writes English";
}

TEST(TheOneWhoLeaksPrivateNames, is_caught_by_never_says) {
    auto const all = play_dev(winner_but([](Texts texts) {
        if (!texts.empty()) texts.front() += "\nHoy viene también Beatriz, su teléfono es 600 777 001.";
        return texts;
    }));
    auto const& trial = played_of(all, "ES30").trials.front();
    EXPECT_TRUE(has_reason(trial, "never_says: \"600777001\""));
    EXPECT_TRUE(has_reason(trial, "never_says: \"Beatriz\""));
}

TEST(TheOneWhoAnswersInPieces, is_caught_where_replies_are_counted) {
    auto const all = play_dev(winner_but([](Texts texts) {
        if (!texts.empty()) texts.insert(texts.begin(), {"👋", "…"});
        return texts;
    }));
    expect_only(all, "replies_max: 3 messages", 2);
}

/// Does what is wanted, and beside it takes the next start for herself.
class BooksTwice final : public Scripted {
    using Scripted::Scripted;
    base::Result<Texts> answer(std::vector<Heard> const&) override {
        auto const& booked = stage().scenario().expect.booked.front();
        auto const& zone = stage().fixture().profile.zone;
        auto const start = booked.starts_at.any_of.front();
        for (auto const later : {base::Minutes(0), base::Minutes(60)})
            TRY_VOID(book(booked.service, zone.to_instant(start + later), {}, "Clienta"));
        return Texts{"Tu cita queda reservada."};
    }
};

TEST(TheOneWhoBooksTwice, is_caught_by_the_row_too_many) {
    auto suite = dev_suite();
    std::erase_if(suite.scenarios, [](auto const& scenario) { return scenario.id != "MX01" && scenario.id != "CO01"; });
    auto const all = play(suite, answered_by<BooksTwice>(), 1, {}).value();
    for (auto const& played : all) {
        EXPECT_THAT(played.trials.front().reasons, testing::ElementsAre(testing::StartsWith("booked: nobody wanted")))
            << played.id;
    }
}

TEST(TheOneWhoKeepsTalking, is_caught_after_the_hand_over) {
    auto const suite = suite_of(
        R"({"id":"A","business":"es-lola","now":"2026-10-21T10:15","tags":["escalate"],"customer":{"phone":"+34600111222","name":"Ana"},)"
        R"("say":["quiero hablar con una persona"],"answers":{},"then":[{"text":"¿hola?","when":"any"}],)"
        R"("expect":{"booked":[],"cancelled":[],"moved":[],"escalated":true,"silent_after":true}})");
    ASSERT_TRUE(suite) << suite.error().message;
    EXPECT_EQ(play(*suite, the_winner(), 1, {}).value().front().passes(), 1);
    auto const talks = [](Stage& stage) {
        struct Talks final : Scripted {
            using Scripted::Scripted;
            base::Result<Texts> answer(std::vector<Heard> const&) override {
                TRY_VOID(hand_over());
                return Texts{"Aviso a una persona."};
            }
        };
        return std::make_unique<Talks>(stage);
    };
    auto const trial = play(*suite, talks, 1, {}).value().front().trials.front();
    EXPECT_THAT(trial.reasons, testing::ElementsAre("silent_after: 1 messages after the hand-over"));
}

} // namespace
} // namespace eval
