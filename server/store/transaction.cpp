#include "store/transaction.hpp"

#include <set>

#include "store/changes.hpp"
#include "store/measures.hpp"
#include "store/meta.hpp"

namespace store {
namespace {

thread_local bool inside_body = false;
constexpr auto bytes_of_a_ping = std::size_t{32} * 1024;

void refuse_nul(std::initializer_list<Parameter> parameters) {
    for (auto const& parameter : parameters) {
        auto const value = parameter.value();
        auto const* text = std::get_if<std::string_view>(&value);
        if (text != nullptr && text->find('\0') != std::string_view::npos) {
            throw Failure(Failure::Kind::bug, "a text with a NUL cannot be stored");
        }
    }
}

} // namespace

void OpenTx::each(std::string_view sql, std::initializer_list<Parameter> parameters,
                  std::function<void(Row const&)> const& each) {
    statement(sql, parameters, each);
}

std::int64_t OpenTx::run(std::string_view sql, std::initializer_list<Parameter> parameters) {
    return statement(sql, parameters, [](Row const&) {});
}

std::int64_t OpenTx::statement(std::string_view sql, std::initializer_list<Parameter> parameters,
                               std::function<void(Row const&)> const& each) {
    if (failure_) throw *failure_;
    if (selects_left_) take_select(sql);
    try {
        refuse_nul(parameters);
        return execute(sql, parameters, each);
    } catch (Failure const& failure) {
        failure_ = failure;
        throw;
    }
}

void OpenTx::take_select(std::string_view sql) {
    if (!sql.starts_with("SELECT") || selects_left_ == 0) {
        throw std::logic_error("a glance is one SELECT, not also: " + std::string(sql));
    }
    --*selects_left_;
}

Done OpenTx::finish(base::Instant now) {
    if (failure_) throw *failure_;
    append_changes(*this, changes_, now);
    return {std::move(changes_), std::move(actions_), std::move(tallies_)};
}

void follow_up(Done const& done, Measures const& measures, ChangeListener const& listener) {
    for (auto const& action : done.actions)
        action();
    for (auto const& tally : done.tallies)
        measures.count(tally);
    if (!listener) return;
    auto businesses = std::set<base::BusinessId>();
    for (auto const& change : done.changes)
        businesses.insert(change.business);
    for (auto const& business : businesses)
        listener(business);
}

BodyScope::BodyScope() {
    refuse_nested();
    inside_body = true;
}

BodyScope::~BodyScope() { inside_body = false; }

void BodyScope::refuse_nested() {
    if (inside_body) throw std::logic_error("a transaction inside the body of another one");
}

base::Error error_of(Failure const& failure) {
    using base::Fault;
    switch (failure.kind()) {
    case Failure::Kind::overlap: return {Fault::conflict, "slot_taken", "the time overlaps an active booking"};
    case Failure::Kind::unique: return {Fault::conflict, "already_exists", failure.what()};
    case Failure::Kind::constraint: return {Fault::broken, "constraint", failure.what()};
    case Failure::Kind::retry: return {Fault::unavailable, "busy", failure.what()};
    case Failure::Kind::unavailable: return {Fault::unavailable, "database_unavailable", failure.what()};
    case Failure::Kind::damaged:
        return {Fault::broken, "database_damaged", std::string(failure.what()) + ": restore the newest backup"};
    case Failure::Kind::bug: return {Fault::broken, "statement", failure.what()};
    }
    return {Fault::broken, "statement", failure.what()};
}

base::Result<void> record_ping(Tx& tx) {
    set_meta(tx, "ping", std::string(bytes_of_a_ping, '.'));
    return {};
}

} // namespace store
