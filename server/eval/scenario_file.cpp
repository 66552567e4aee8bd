#include "eval/scenario_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <set>

#include "api/http/json.hpp"
#include "base/text.hpp"
#include "eval/file_text.hpp"

namespace eval {
namespace {

constexpr auto most = std::size_t{100};
constexpr auto most_named = std::size_t{10}; ///< faults told at once
constexpr auto a_day = std::int64_t{24} * 60;

using Texts = std::vector<std::string>;

Texts texts(Reader& in, std::string_view name) {
    return in.optional(name, as::list(any_text(), most)).value_or(Texts());
}

GivenBooking read_given_booking(Reader& in) {
    auto given = GivenBooking();
    given.id = in.required("id", as::token());
    given.service = in.required("service", as::token());
    given.starts_at = in.required("starts_at", local_time());
    given.staff = in.optional("staff", as::token());
    given.status = in.optional("status", as::one_of({"confirmed", "pending", "completed", "cancelled", "no_show"}))
                       .value_or("confirmed");
    given.phone = in.optional("phone", as::phone("ZZ"));
    return given;
}

GivenReminder read_given_reminder(Reader& in) {
    return {in.required("booking", as::token()), in.required("sent_at", local_time())};
}

BusyTime read_given_busy(Reader& in) {
    auto busy =
        BusyTime{in.required("staff", as::token()), in.required("from", local_time()), in.required("to", local_time())};
    if (busy.from >= busy.to) in.refuse("to", "empty_interval", "must be later than from");
    return busy;
}

GivenMessage read_given_message(Reader& in) {
    return {in.required("from", as::one_of({"customer", "assistant", "owner_phone"})), in.required("text", any_text()),
            in.required("sent_at", local_time())};
}

Given read_given(Reader& in) {
    auto const names = std::to_array<std::string_view>({"booking", "reminder", "busy", "message"});
    if (std::ranges::count_if(names, [&](auto name) { return in.has(name); }) != 1) {
        in.refuse("booking", "required", "must be there, or reminder, or busy, or message: one of them");
    }
    if (auto const booking = in.optional("booking", as::object(read_given_booking))) return *booking;
    if (auto const reminder = in.optional("reminder", as::object(read_given_reminder))) return *reminder;
    if (auto const busy = in.optional("busy", as::object(read_given_busy))) return *busy;
    return in.optional("message", as::object(read_given_message)).value_or(GivenMessage());
}

std::vector<Given> givens(Reader& in, std::string_view name) {
    return in.optional(name, as::list(as::object(read_given), most)).value_or(std::vector<Given>());
}

Message read_message(Reader& in) {
    using When = Message::When;
    auto message = Message();
    message.kind = in.optional("kind", as::one_of({"text", "audio", "image", "sticker", "location"})).value_or("text");
    message.text = in.optional("text", any_text()).value_or("");
    if (message.kind == "text" && message.text.empty()) in.refuse("text", "required", "is required");
    if (auto const after = in.optional("after_seconds", as::integer(0, a_day * 60)))
        message.after = base::Seconds(*after);
    message.id = in.optional("id", as::token());
    message.when =
        in.optional("when", as::one_of<When>({{"any", When::any}, {"done", When::done}})).value_or(When::next);
    message.wait = base::Minutes(in.optional("wait_minutes", as::integer(0, a_day * 400)).value_or(0));
    message.first = givens(in, "first");
    return message;
}

/// A message that is only a text may be written as one.
std::optional<Message> message_in(Field const& field) {
    if (field.is_object()) return as::object(read_message)(field);
    auto text = as::text(base::message_text)(field);
    if (!text) return std::nullopt;
    auto message = Message();
    message.text = *std::move(text);
    return message;
}

std::vector<Message> messages(Reader& in, std::string_view name) {
    return in.required(name, as::list(message_in, most));
}

Person read_person(Reader& in) {
    return {in.required("phone", as::phone("ZZ")), in.optional("name", as::text(base::name_text))};
}

StartWish read_range(Reader& in) {
    auto wish = StartWish();
    wish.range = {in.required("from", local_time()), in.required("to", local_time())};
    if (wish.range->first > wish.range->second) in.refuse("to", "empty_interval", "must not be earlier than from");
    return wish;
}

std::optional<StartWish> start_wish(Field const& field) {
    if (field.is_object()) return as::object(read_range)(field);
    auto wish = StartWish();
    if (field.is_array()) {
        wish.any_of = as::list(local_time(), most)(field).value_or(std::vector<base::LocalTime>());
        if (wish.any_of.empty()) return field.wrong("required", "must name an instant");
    } else if (auto const one = local_time()(field)) {
        wish.any_of.push_back(*one);
    }
    return wish;
}

ExpectedBooking read_expected_booking(Reader& in) {
    return {in.required("service", as::token()), in.required("starts_at", start_wish),
            in.optional("staff", one_or_more()).value_or(Texts()), in.optional("name", any_text())};
}

ExpectedMove read_expected_move(Reader& in) {
    return {in.required("booking", as::token()), in.required("starts_at", start_wish),
            in.optional("staff", one_or_more()).value_or(Texts())};
}

std::optional<int> small(Reader& in, std::string_view name) {
    auto const value = in.optional(name, as::integer(0, 10'000));
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

Expected read_expected(Reader& in) {
    auto expected = Expected();
    expected.booked = in.required("booked", as::list(as::object(read_expected_booking), most));
    expected.cancelled = texts(in, "cancelled");
    expected.moved =
        in.optional("moved", as::list(as::object(read_expected_move), most)).value_or(std::vector<ExpectedMove>());
    expected.confirmed = texts(in, "confirmed");
    expected.distinct_staff = in.optional("distinct_staff", as::boolean()).value_or(false);
    expected.escalated = in.optional("escalated", as::boolean());
    expected.silent_after = in.optional("silent_after", as::boolean()).value_or(false);
    expected.says_any = texts(in, "says_any");
    expected.says_all = in.optional("says_all", as::list(one_or_more(), most)).value_or(std::vector<Texts>());
    expected.never_says = texts(in, "never_says");
    expected.language = in.optional("language", one_or_more()).value_or(Texts());
    expected.max_model_calls = small(in, "max_model_calls");
    expected.replies_max = small(in, "replies_max");
    return expected;
}

struct Answers {
    std::map<std::string, std::string> by_question;
};

Answers read_answers(Reader& in) {
    auto answers = Answers();
    for (auto const* question : {"service", "day", "time", "name", "which", "confirm", "staff", "change"}) {
        if (auto text = in.optional(question, any_text())) answers.by_question.emplace(question, *std::move(text));
    }
    return answers;
}

struct Limits {
    std::optional<int> model_budget;
};
Limits read_limits(Reader& in) { return {small(in, "model_budget")}; }

/// "all", or which call from 1 on.
std::optional<std::optional<int>> call_number(Field const& field) {
    if (field.is_text()) {
        if (!as::one_of({"all"})(field)) return std::nullopt;
        return std::optional<std::optional<int>>(std::in_place);
    }
    auto const number = as::integer(1, 10'000)(field);
    if (!number) return std::nullopt;
    return std::optional(std::optional(static_cast<int>(*number)));
}

PlannedFault read_fault(Reader& in) {
    auto fault = PlannedFault();
    fault.target = in.required("target", as::one_of({"model", "calendar"}));
    fault.call = in.required("call", call_number);
    fault.kind =
        in.required("kind", as::one_of({"http_500", "http_429", "timeout", "bad_json", "cut_stream", "empty"}));
    return fault;
}

Scenario read_scenario(Reader& in) {
    auto scenario = Scenario();
    scenario.id = in.required("id", as::token());
    scenario.business = in.required("business", as::token());
    scenario.now = in.required("now", local_time());
    scenario.tags = in.required("tags", as::list(as::token(), most));
    scenario.customer = in.required("customer", as::object(read_person));
    scenario.others = in.optional("others", as::list(as::object(read_person), most)).value_or(std::vector<Person>());
    scenario.given = givens(in, "given");
    scenario.model_budget = in.optional("limits", as::object(read_limits)).value_or(Limits()).model_budget;
    scenario.faults =
        in.optional("faults", as::list(as::object(read_fault), most)).value_or(std::vector<PlannedFault>());
    scenario.say = messages(in, "say");
    scenario.answers = in.optional("answers", as::object(read_answers)).value_or(Answers()).by_question;
    scenario.then = in.optional("then", as::list(message_in, most)).value_or(std::vector<Message>());
    scenario.expect = in.required("expect", as::object(read_expected));
    if (in.has("tags") && scenario.tags.empty()) in.refuse("tags", "required", "must name a category");
    if (in.has("say") && scenario.say.empty()) in.refuse("say", "required", "must hold a message");
    return scenario;
}

/// Holds what a scenario names against its business and against itself.
class References {
public:
    References(Reader& in, Scenario const& scenario, Fixture const& fixture)
        : in_(in), scenario_(scenario), fixture_(fixture) {}

    void check() {
        for (auto const& given : scenario_.given)
            check(given, "given");
        for (auto const& message : scenario_.then) {
            for (auto const& given : message.first)
                check(given, "then");
        }
        for (auto const& booked : scenario_.expect.booked) {
            service(booked.service, "expect.booked");
            staff(booked.staff, "expect.booked");
        }
        for (auto const& moved : scenario_.expect.moved) {
            booking(moved.booking, "expect.moved");
            staff(moved.staff, "expect.moved");
        }
        for (auto const& id : scenario_.expect.cancelled)
            booking(id, "expect.cancelled");
        for (auto const& id : scenario_.expect.confirmed)
            booking(id, "expect.confirmed");
    }

private:
    void check(Given const& given, std::string_view field) {
        if (auto const* known = std::get_if<GivenBooking>(&given)) {
            service(known->service, field);
            if (known->staff) staff({*known->staff}, field);
            if (!bookings_.insert(known->id).second) complain(field, "has the booking twice: " + known->id);
        }
        if (auto const* reminder = std::get_if<GivenReminder>(&given)) booking(reminder->booking, field);
        if (auto const* busy = std::get_if<BusyTime>(&given)) staff({busy->staff}, field);
    }
    void service(std::string const& id, std::string_view field) {
        if (!fixture_.service(id)) complain(field, "names no service of the business: " + id);
    }
    void staff(Texts const& ids, std::string_view field) {
        for (auto const& id : ids) {
            if (!fixture_.member(id)) complain(field, "names nobody of the staff: " + id);
        }
    }
    void booking(std::string const& id, std::string_view field) {
        if (!bookings_.contains(id)) complain(field, "names no given booking: " + id);
    }
    void complain(std::string_view field, std::string what) { in_.refuse(field, "unknown_reference", std::move(what)); }

    Reader& in_;
    Scenario const& scenario_;
    Fixture const& fixture_;
    std::set<std::string> bookings_;
};

struct Line {
    std::string place; ///< file:number
    std::string text;
};

std::vector<Line> lines_of(std::filesystem::path const& file, std::string const& text) {
    auto lines = std::vector<Line>();
    auto number = 0;
    for (auto at = std::size_t{0}; at < text.size(); ++number) {
        auto const end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        if (line.ends_with('\r')) line.pop_back();
        at = end + 1;
        if (line.find_first_not_of(" \t") == line.npos) continue;
        lines.push_back({fmt::format("{}:{}", file.string(), number + 1), std::move(line)});
    }
    return lines;
}

std::optional<Scenario> read_line(Line const& line, Fixtures const& fixtures, Texts& wrong, Texts& warnings) {
    auto const json = api::http::parse_json(line.text);
    if (!json || !json->is_object()) {
        wrong.push_back(line.place + ": " + (json ? "must be a JSON object" : json.error().message));
        return std::nullopt;
    }
    auto in = Reader(json->get_object());
    auto scenario = read_scenario(in);
    if (auto const found = fixtures.find(scenario.business); found != fixtures.end()) {
        References(in, scenario, found->second).check();
    } else if (!scenario.business.empty()) {
        in.refuse("business", "unknown_reference", "names no business of the file: " + scenario.business);
    }
    auto const faults = complaints(in, line.place, warnings);
    wrong.insert(wrong.end(), faults.begin(), faults.end());
    return faults.empty() ? std::optional(std::move(scenario)) : std::nullopt;
}

base::Error bad(Texts wrong) {
    auto const more = wrong.size() > most_named ? fmt::format(" (and {} more)", wrong.size() - most_named) : "";
    wrong.resize(std::min(wrong.size(), most_named));
    return {base::Fault::invalid, "bad_scenarios", fmt::format("{}{}", fmt::join(wrong, "; "), more)};
}

} // namespace

bool StartWish::allows(base::LocalTime start) const {
    if (range) return range->first <= start && start <= range->second;
    return std::ranges::find(any_of, start) != any_of.end();
}

base::Result<std::vector<Scenario>> read_scenarios(std::filesystem::path const& file, Fixtures const& fixtures,
                                                   std::vector<std::string>& warnings) {
    TRY(auto const text, read_file(file));
    auto wrong = Texts();
    auto scenarios = std::vector<Scenario>();
    auto ids = std::set<std::string>();
    for (auto const& line : lines_of(file, text)) {
        auto scenario = read_line(line, fixtures, wrong, warnings);
        if (!scenario) continue;
        if (!ids.insert(scenario->id).second) wrong.push_back(line.place + ": id occurs twice: " + scenario->id);
        scenarios.push_back(*std::move(scenario));
    }
    if (!wrong.empty()) return base::fail(bad(std::move(wrong)));
    if (scenarios.empty()) return base::fail(bad({file.string() + ": holds no scenario"}));
    return scenarios;
}

} // namespace eval
