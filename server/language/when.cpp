#include "language/when.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "language/answer.hpp"
#include "language/when_rules.hpp"

namespace language {

namespace {

constexpr auto code_names = std::to_array<std::string_view>(
    {"which_week", "weekday_date_mismatch", "am_pm", "several", "invalid_date", "invalid_time", "past"});
constexpr auto part_names =
    std::to_array<std::string_view>({"", "asap", "first", "early", "morning", "mid_morning", "late_morning", "midday",
                                     "after_lunch", "afternoon", "evening", "night", "after_work", "last", "any"});
constexpr auto span_names = std::to_array<std::string_view>({"day", "hour", "part"});

class Reader {
public:
    Reader(std::vector<Symbol> const& symbols, Context const& context)
        : at_(symbols), context_(context), story_(context.today()) {}

    Said read() {
        while (!at_.at_end()) {
            start_ = at_.place();
            auto mention = read_mention();
            if (mention) {
                std::visit([&](auto& found) { hear(found); }, *mention);
            } else {
                story_.pass(at_.peek());
                at_.skip();
            }
        }
        return std::move(story_).finish();
    }
    std::vector<Span> const& spans() const { return spans_; }

private:
    std::optional<Mention> read_mention() {
        context_.after_hour = at_.place() == hour_end_ + 1;
        context_.after_day_number = at_.place() == number_end_ + 1 || at_.place() == number_end_ + 2;
        for (auto const rules : when_rules()) {
            for (auto const& rule : rules) {
                if (auto found = attempt(at_, [&](Reading& here) { return rule.read(here, context_); })) return found;
            }
        }
        return std::nullopt;
    }

    void hear(DayMention& day) {
        note_span(Span::Kind::day);
        if (day.bare_number != 0 || day.month) number_end_ = at_.place();
        story_.hear(std::move(day));
    }
    void hear(HourMention& hour) {
        note_span(Span::Kind::hour);
        hour_end_ = at_.place();
        story_.hear(hour);
    }
    void hear(PartMention& part) {
        note_span(Span::Kind::part);
        story_.hear(part);
    }
    void hear(ShiftMention& shift) { story_.hear(shift); }
    void hear(Turn& turn) { story_.hear(turn, at_); }
    void hear(Aside& aside) { story_.hear(aside); }

    void note_span(Span::Kind kind) {
        auto first = at_;
        first.move_to(start_);
        spans_.push_back({first.peek().start, at_.peek(-1).end, kind});
    }

    static constexpr std::size_t never = static_cast<std::size_t>(-3);

    Reading at_;
    Context context_;
    Story story_;
    std::vector<Span> spans_;
    std::size_t start_ = 0;
    std::size_t hour_end_ = never;
    std::size_t number_end_ = never;
};

} // namespace

std::vector<std::span<Rule const>> const& when_rules() {
    static auto const rules = std::vector{aside_rules(), date_rules(),      stretch_rules(), hour_rules(),
                                          part_rules(),  named_day_rules(), weekday_rules(), turn_rules()};
    return rules;
}

Ambiguity const* When::find(Ambiguity::Code code) const {
    auto const found = std::ranges::find(ambiguities, code, &Ambiguity::code);
    return found == ambiguities.end() ? nullptr : &*found;
}

std::string_view name_of(Ambiguity::Code code) { return code_names.at(static_cast<std::size_t>(code)); }
std::string_view name_of(Span::Kind kind) { return span_names.at(static_cast<std::size_t>(kind)); }
std::string_view name_of(PartOfDay part) { return part_names.at(static_cast<std::size_t>(part)); }

When read_when(std::string_view text, base::LocalTime now, std::string_view country) {
    auto const context = Context{now, country};
    auto const symbols = read_symbols(text, country);
    auto reader = Reader(symbols, context);
    auto const said = reader.read();
    auto when = answer(said, context);
    when.spans = reader.spans();
    return when;
}

} // namespace language
