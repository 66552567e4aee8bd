#include "eval/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "eval/sentences.hpp"
#include "eval/tongue.hpp"

namespace eval {
namespace {

using Rows = std::vector<StagedBooking>;
using Reasons = std::vector<std::string>;

std::string in_short(StagedBooking const& row) {
    auto const id = row.given.empty() ? std::string() : row.given + " ";
    return fmt::format("{}{} {} with {}{}", id, row.service, base::format_local_time(row.starts_at), row.staff,
                       row.row.status == "confirmed" ? "" : " " + row.row.status);
}

std::string in_short(StartWish const& wish) {
    if (wish.range) {
        return fmt::format("{} to {}", base::format_local_time(wish.range->first),
                           base::format_local_time(wish.range->second));
    }
    auto texts = std::vector<std::string>();
    for (auto const start : wish.any_of)
        texts.push_back(base::format_local_time(start));
    return fmt::format("{}", fmt::join(texts, " or "));
}

bool is_one_of(std::string const& text, std::vector<std::string> const& allowed) {
    return allowed.empty() || std::ranges::find(allowed, text) != allowed.end();
}

bool fits(StagedBooking const& row, ExpectedBooking const& expected) {
    auto const named =
        !expected.name || base::fold(row.row.customer_name).find(base::fold(*expected.name)) != std::string::npos;
    return row.service == expected.service && expected.starts_at.allows(row.starts_at) &&
           is_one_of(row.staff, expected.staff) && named;
}

/// Pairs each expected row with one that was added, whichever way fits; answers those without a partner.
std::vector<std::size_t> without_partner(std::vector<ExpectedBooking> const& expected, Rows const& added,
                                         std::vector<bool>& taken) {
    auto partner = std::vector<int>(added.size(), -1);
    auto const place = [&](auto const& self, std::size_t which, std::vector<bool>& seen) -> bool {
        for (auto row = std::size_t{0}; row < added.size(); ++row) {
            if (seen[row] || !fits(added[row], expected[which])) continue;
            seen[row] = true;
            if (partner[row] >= 0 && !self(self, static_cast<std::size_t>(partner[row]), seen)) continue;
            partner[row] = static_cast<int>(which);
            return true;
        }
        return false;
    };
    auto alone = std::vector<std::size_t>();
    for (auto which = std::size_t{0}; which < expected.size(); ++which) {
        auto seen = std::vector<bool>(added.size(), false);
        if (!place(place, which, seen)) alone.push_back(which);
    }
    for (auto row = std::size_t{0}; row < added.size(); ++row)
        taken[row] = partner[row] >= 0;
    return alone;
}

class Judging {
public:
    Judging(Scenario const& scenario, Fixture const& fixture, Evidence const& evidence)
        : expect_(scenario.expect), fixture_(fixture), evidence_(evidence) {}

    Reasons reasons() {
        check_added();
        for (auto const& row : evidence_.before)
            check_given(row);
        check_escalation();
        check_words();
        check_language();
        check_counts();
        return std::move(reasons_);
    }

private:
    void complain(std::string reason) { reasons_.push_back(std::move(reason)); }

    void check_added() {
        auto added = Rows();
        std::ranges::copy_if(evidence_.after, std::back_inserter(added),
                             [&](auto const& row) { return row.given.empty() && row.is_active(); });
        auto taken = std::vector<bool>(added.size(), false);
        for (auto const which : without_partner(expect_.booked, added, taken)) {
            auto const& missing = expect_.booked[which];
            auto const staff = missing.staff.empty() ? "" : fmt::format(" with {}", fmt::join(missing.staff, " or "));
            auto const name = missing.name ? " for " + *missing.name : std::string();
            complain(fmt::format("booked: {} at {}{}{} is missing", missing.service, in_short(missing.starts_at), staff,
                                 name));
        }
        for (auto row = std::size_t{0}; row < added.size(); ++row) {
            if (!taken[row]) complain("booked: nobody wanted " + in_short(added[row]));
        }
        auto staff = std::set<std::string>();
        for (auto const& row : added) {
            if (expect_.distinct_staff && !staff.insert(row.staff).second)
                complain("distinct_staff: " + row.staff + " has two of the bookings");
        }
    }

    void check_given(StagedBooking const& before) {
        auto const found = std::ranges::find(evidence_.after, before.given, &StagedBooking::given);
        if (found == evidence_.after.end()) return complain("given: " + before.given + " is gone");
        auto const& after = *found;
        auto const contains = [&](auto const& ids) { return std::ranges::find(ids, before.given) != ids.end(); };
        auto const moved = std::ranges::find(expect_.moved, before.given, &ExpectedMove::booking);
        if (moved != expect_.moved.end()) {
            auto const there = moved->starts_at.allows(after.starts_at) && is_one_of(after.staff, moved->staff);
            if (!there || !after.is_active())
                complain(fmt::format("moved: {} should be at {}, but is {}", before.given, in_short(moved->starts_at),
                                     in_short(after)));
            return;
        }
        if (contains(expect_.cancelled)) {
            if (after.row.status != "cancelled") complain("cancelled: not so " + in_short(after));
            return;
        }
        auto same = before.row;
        same.version = after.row.version;
        same.updated_at = after.row.updated_at;
        same.attendance_confirmed_at = after.row.attendance_confirmed_at;
        if (same != after.row) complain(fmt::format("given: {} became {}", in_short(before), in_short(after)));
        auto const confirmed = after.row.attendance_confirmed_at.has_value();
        if (confirmed != (contains(expect_.confirmed) || before.row.attendance_confirmed_at.has_value())) {
            complain(fmt::format("confirmed: the customer's answer is {} on {}", confirmed ? "recorded" : "missing",
                                 before.given));
        }
    }

    void check_escalation() {
        if (expect_.escalated && *expect_.escalated != evidence_.escalated) {
            complain(evidence_.escalated ? "escalated: a person was called" : "escalated: no person was called");
        }
        if (expect_.silent_after && evidence_.replies_after_hand_over > 0) {
            complain(fmt::format("silent_after: {} messages after the hand-over", evidence_.replies_after_hand_over));
        }
    }

    bool is_said(std::string const& text) const {
        auto const wanted = comparable(text);
        return std::ranges::any_of(
            evidence_.replies, [&](auto const& reply) { return comparable(reply).find(wanted) != std::string::npos; });
    }
    bool one_is_said(Reasons const& texts) const {
        return std::ranges::any_of(texts, [&](auto const& text) { return is_said(text); });
    }
    void check_words() {
        if (!expect_.says_any.empty() && !one_is_said(expect_.says_any)) {
            complain(fmt::format("says_any: none of \"{}\" is said", fmt::join(expect_.says_any, "\", \"")));
        }
        for (auto const& texts : expect_.says_all) {
            if (!one_is_said(texts))
                complain(fmt::format("says_all: \"{}\" is not said", fmt::join(texts, "\" or \"")));
        }
        for (auto const& text : expect_.never_says) {
            if (is_said(text)) complain(fmt::format("never_says: \"{}\" is said", text));
        }
    }

    void check_language() {
        if (expect_.language.empty()) return;
        auto names = std::vector<std::string>{fixture_.profile.name, fixture_.profile.address};
        for (auto const& service : fixture_.services)
            names.push_back(service.name);
        for (auto const& member : fixture_.staff)
            names.push_back(member.name);
        std::ranges::sort(names, [](auto const& a, auto const& b) { return a.size() > b.size(); });
        auto wrong = std::set<std::string>();
        for (auto const& reply : evidence_.replies) {
            auto const language = language_of(reply, names);
            if (language && !is_one_of(*language, expect_.language)) wrong.insert(*language);
        }
        for (auto const& language : wrong)
            complain(
                fmt::format("language: a reply is in {}, not in {}", language, fmt::join(expect_.language, " or ")));
    }

    void check_counts() {
        if (expect_.max_model_calls && evidence_.model_calls > *expect_.max_model_calls) {
            complain(
                fmt::format("max_model_calls: {} calls, {} allowed", evidence_.model_calls, *expect_.max_model_calls));
        }
        if (expect_.replies_max && evidence_.first_replies > static_cast<std::size_t>(*expect_.replies_max)) {
            complain(
                fmt::format("replies_max: {} messages, {} allowed", evidence_.first_replies, *expect_.replies_max));
        }
        if (evidence_.false_confirmations > 0)
            complain(fmt::format("false_confirmation: {} times", evidence_.false_confirmations));
    }

    Expected const& expect_;
    Fixture const& fixture_;
    Evidence const& evidence_;
    Reasons reasons_;
};

bool has_start(Rows const& rows, Moment const& moment, std::function<bool(StagedBooking const&)> const& counts) {
    return std::ranges::any_of(
        rows, [&](auto const& row) { return row.is_own && counts(row) && moment.may_be(row.starts_at); });
}
bool is_active(StagedBooking const& row) { return row.is_active(); }
bool is_cancelled(StagedBooking const& row) { return row.row.status == "cancelled"; }

/// A start without its date or hour is held against the rows only where the claim has no whole one.
std::vector<Moment> whole_ones(std::vector<Moment> const& starts) {
    auto whole = std::vector<Moment>();
    std::ranges::copy_if(starts, std::back_inserter(whole), [](auto const& each) { return each.date && each.time; });
    return whole.empty() ? starts : whole;
}

std::string in_short(Moment const& moment) {
    auto const date = moment.date ? base::format_date(*moment.date) : std::string("some day");
    return moment.time ? date + "T" + base::format_time_of_day(*moment.time) : date;
}

/// One sentence, or empty when the rows bear the claim out.
std::string doubt(Claim const& claim, Rows const& before, Rows const& after) {
    auto const starts = whole_ones(claim.starts);
    auto const cancelled = claim.kind == Claim::Kind::cancelled;
    auto const holds_now = [&](Moment const& moment) {
        return has_start(after, moment, cancelled ? is_cancelled : is_active);
    };
    auto const was_there = [&](Moment const& moment) {
        return has_start(before, moment, [](auto const&) { return true; });
    };
    if (starts.empty()) {
        auto const any = std::ranges::any_of(
            after, [&](auto const& row) { return row.is_own && (cancelled ? is_cancelled(row) : row.is_active()); });
        return any         ? ""
               : cancelled ? "states a cancellation, and nothing is cancelled"
                           : "states a booking, and there is none";
    }
    auto borne_out = 0;
    for (auto const& start : starts) {
        if (holds_now(start)) {
            ++borne_out;
        } else if (claim.kind != Claim::Kind::moved || !was_there(start)) {
            return fmt::format("states {} at {}, which is not so", cancelled ? "a cancellation" : "a booking",
                               in_short(start));
        }
    }
    return borne_out > 0 ? "" : "states a move, and nothing was moved";
}

} // namespace

std::vector<std::string> judge(Scenario const& scenario, Fixture const& fixture, Evidence const& evidence) {
    return Judging(scenario, fixture, evidence).reasons();
}

std::vector<std::string> false_claims(std::vector<Claim> const& claims, Rows const& before, Rows const& after) {
    auto wrong = std::vector<std::string>();
    for (auto const& claim : claims) {
        if (auto sentence = doubt(claim, before, after); !sentence.empty()) wrong.push_back(std::move(sentence));
    }
    return wrong;
}

} // namespace eval
