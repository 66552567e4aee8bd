#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/http/json.hpp"
#include "api/paging.hpp"
#include "api/refusals.hpp"
#include "api/routes.hpp"
#include "api/tool_steps.hpp"
#include "api/wire.hpp"
#include "api/wire_bookings.hpp"
#include "booking/shop.hpp"
#include "conversation/answering.hpp"
#include "conversation/lanes.hpp"
#include "outbox/sender.hpp"
#include "store/conversation.hpp"

namespace api {
namespace {

namespace as = http::as;
using http::Reader;
using store::ConversationRow;

constexpr auto newest = std::numeric_limits<std::int64_t>::max();

base::Result<base::ConversationId> read_id(http::Params const& params) {
    auto id = base::ConversationId::parse(params["id"]);
    if (!id) return base::fail(no_such_thing());
    return *std::move(id);
}

base::Result<boost::json::object> load(store::Tx& tx, base::BusinessId const& business,
                                       base::ConversationId const& id) {
    TRY(auto const profile, booking::load_profile(tx, business));
    auto const summary = store::find_conversation_summary(tx, business, id);
    if (!summary) return base::fail(no_such_thing());
    return conversation_json(*summary, profile.zone);
}

base::Result<http::Response> get(Context& context, Caller const& caller, http::Request const& request,
                                 http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    TRY(auto const answer, context.database.read([&](store::Tx& tx) { return load(tx, caller.business, id); }));
    return http::json(200, answer);
}

base::Result<http::Response> list(Context& context, Caller const& caller, http::Request const& request,
                                  http::Params const&) {
    auto in = Reader(request.query);
    auto const page = read_ranked_page(in);
    TRY_VOID(in.finish());
    auto before = std::optional<std::pair<base::Instant, base::ConversationId>>();
    if (page.after) before = {base::from_millis(page.after->rank), base::ConversationId(page.after->id)};
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        auto rows = store::list_conversations(tx, caller.business, before, page.limit + 1);
        auto const cut = cut_to(std::move(rows), page.limit, [](store::ConversationSummary const& last) {
            return sort_key(base::to_millis(*last.row.last_message_at), last.row.id.text());
        });
        auto items = boost::json::array();
        for (auto const& summary : cut.rows) {
            items.push_back(conversation_json(summary, profile.zone));
        }
        return http::json(200, page_json(std::move(items), cut.next_cursor));
    });
}

/// Pages go from the newest back; within a page the oldest comes first.
base::Result<http::Response> list_messages(Context& context, Caller const& caller, http::Request const& request,
                                           http::Params const& params) {
    TRY(auto const id, read_id(params));
    auto in = Reader(request.query);
    auto const page = read_ranked_page(in);
    TRY_VOID(in.finish());
    return context.database.read([&](store::Tx& tx) -> base::Result<http::Response> {
        TRY(auto const profile, booking::load_profile(tx, caller.business));
        if (!store::find_conversation(tx, caller.business, id)) return base::fail(no_such_thing());
        auto const before_seq = page.after ? page.after->rank : newest;
        auto rows = store::list_messages(tx, caller.business, id, before_seq, page.limit + 1);
        auto before = std::optional<store::MessageRow>();
        auto cursor = std::optional<std::string>();
        if (std::ssize(rows) > page.limit) {
            before = std::move(rows.front());
            rows.erase(rows.begin());
            cursor = cursor_of(sort_key(rows.front().seq, rows.front().id.text()));
        }
        return http::json(200, page_json(messages_json(tx, profile, rows, before, context.now()), cursor));
    });
}

// The owner steps in

using Step = std::function<base::Result<ConversationRow>(store::Tx&)>;

/// Takes a step, wakes the chat's lane when it has something to do, and answers the chat as it is then.
base::Result<http::Response> take(Context& context, Caller const& caller, base::ConversationId const& id,
                                  Step const& step) {
    auto const load_it = [&](store::Tx& tx) { return load(tx, caller.business, id); };
    auto answer = context.database.write([&](store::Tx& tx) -> base::Result<boost::json::object> {
        TRY(auto const row, step(tx));
        if (row.wake_at) {
            tx.after_commit([&context, business = caller.business, id, due = *row.wake_at] {
                context.lanes.wake(business, id, due);
            });
        }
        return load_it(tx);
    });
    if (answer) return http::json(200, *answer);
    if (answer.error().code == "not_found") return not_found();
    if (answer.error().code != "version_conflict") return base::fail(answer.error());
    TRY(auto const current, context.database.read(load_it));
    return version_conflict(current);
}

base::Result<http::Response> pause(Context& context, Caller const& caller, http::Request const& request,
                                   http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    TRY(auto const body, optional_object(request));
    auto in = Reader(body);
    auto const version = read_optional_version(in);
    auto const until = in.optional("until", as::instant());
    TRY_VOID(in.finish());
    return take(context, caller, id, [&](store::Tx& tx) {
        return conversation::pause(tx, caller.business, id, until, version, context.now());
    });
}

using ByVersion = base::Result<ConversationRow> (*)(store::Tx&, base::BusinessId const&, base::ConversationId const&,
                                                    std::optional<std::int64_t>, base::Instant);

template <ByVersion step>
base::Result<http::Response> step_by_version(Context& context, Caller const& caller, http::Request const& request,
                                             http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    TRY(auto const body, optional_object(request));
    auto in = Reader(body);
    auto const version = read_optional_version(in);
    TRY_VOID(in.finish());
    return take(context, caller, id,
                [&](store::Tx& tx) { return step(tx, caller.business, id, version, context.now()); });
}

/// The owner's words go out, and the chat is hers for a while.
base::Result<http::Response> write(Context& context, store::Tx& tx, base::BusinessId const& business,
                                   base::ConversationId const& id, std::string const& text) {
    TRY(auto const profile, booking::load_profile(tx, business));
    auto const message = conversation::write_as_owner(tx, business, id, text, context.both_clocks(), context.random);
    if (!message) return message.error().code == "not_found" ? not_found() : base::fail(message.error());
    auto const chat = store::find_conversation(tx, business, id);
    tx.after_commit([&context, business, id, due = chat->wake_at] {
        context.sender.wake();
        if (due) context.lanes.wake(business, id, *due);
    });
    return http::json(201, find_message_json(tx, profile, *message, context.now()).value());
}

base::Result<http::Response> write_message(Context& context, Caller const& caller, http::Request const& request,
                                           http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    TRY(auto const body, http::json_object(request));
    auto in = Reader(body);
    auto const text = in.required("text", as::text(base::message_text));
    TRY_VOID(in.finish());
    return create(context, caller, request,
                  [&](store::Tx& tx) { return write(context, tx, caller.business, id, text); });
}

base::Result<http::Response> mark_seen(Context& context, Caller const& caller, http::Request const& request,
                                       http::Params const& params) {
    TRY_VOID(expect_no_query(request));
    TRY(auto const id, read_id(params));
    auto const seen =
        context.database.write([&](store::Tx& tx) { return conversation::mark_seen(tx, caller.business, id); });
    if (!seen) return seen.error().code == "not_found" ? not_found() : base::fail(seen.error());
    return http::Response::empty();
}

} // namespace

void add_conversation_routes(http::Router& router, Context& context) {
    router.add("GET", "/api/v1/conversations", route(context, list));
    router.add("GET", "/api/v1/conversations/{id}", route(context, get));
    router.add("GET", "/api/v1/conversations/{id}/messages", route(context, list_messages));
    router.add("POST", "/api/v1/conversations/{id}/messages", route(context, write_message));
    router.add("POST", "/api/v1/conversations/{id}/pause", route(context, pause));
    router.add("POST", "/api/v1/conversations/{id}/resume", route(context, step_by_version<conversation::resume>));
    router.add("POST", "/api/v1/conversations/{id}/never", route(context, step_by_version<conversation::never>));
    router.add("POST", "/api/v1/conversations/{id}/seen", route(context, mark_seen));
}

} // namespace api
