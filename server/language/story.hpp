// What of a message counts, in the order it was said: alternatives are kept side by side, a correction replaces what it
// corrects, and what was refused is dropped.
#pragma once

#include <optional>
#include <vector>

#include "language/when_rules.hpp"

namespace language {

/// The mentions that count. More than one of a kind: they are offered as alternatives, of which the first twelve are
/// kept.
struct Said {
    std::vector<DayMention> days;
    std::vector<HourMention> hours;
    std::vector<PartMention> parts;
    std::optional<ShiftMention> shift;
};

class Story {
public:
    explicit Story(base::Date today) : today_(today) {}

    void hear(Aside) {}
    void hear(DayMention day);
    void hear(HourMention hour);
    void hear(PartMention part);
    void hear(ShiftMention shift) { said_.shift = shift; }
    /// `next` is what follows it.
    void hear(Turn turn, Reading const& next);
    /// A symbol that no rule reads.
    void pass(Symbol const& symbol);

    Said finish() &&;

private:
    /// Mentions that one refusal takes back together.
    struct Clause {
        std::optional<DayMention> day;
        bool hour = false;
        bool part = false;
        bool is_empty() const { return !day && !hour && !part; }
    };

    void hear_no(Reading const& next);
    void hear_successor();
    void refuse_clause();
    void start_clause();
    bool refuses(bool same_kind_was_refused);
    bool take_joint();
    void add(DayMention day);
    std::optional<DayMention> refined(DayMention const& day, bool is_second) const;

    base::Date today_;
    Said said_;
    std::optional<DayMention> stretch_;     ///< the days within which a weekday named beside them lies
    std::vector<DayMention> listed_;        ///< what stood before the last day with but commas between
    std::vector<HourMention> listed_hours_; ///< the same for hours
    Clause clause_;
    Clause refused_;
    bool is_refusing_ = false;    ///< up to the end of the clause nothing counts
    bool was_bare_no_ = false;    ///< "no el viernes": perhaps an answer, and Friday is meant
    bool refused_before_ = false; ///< the refusal took back what stood before it
    bool is_dropped_ = false;     ///< "a las 11, no": unless something takes its place
    bool or_ = false;
    bool and_ = false;
    bool replaces_ = false;      ///< after a correction
    bool is_adjacent_ = false;   ///< no other words since the last mention
    bool is_after_hour_ = false; ///< the last mention was one
    bool is_after_sign_ = true;
};

/// Two parts of the day said together are one: "por la mañana temprano".
PartOfDay combined(PartOfDay before, PartOfDay after);

} // namespace language
