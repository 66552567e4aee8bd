#include "api/wire_customers.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

#include "api/booking_list.hpp"
#include "api/tool_steps.hpp"
#include "api/wire.hpp"
#include "api/wire_bookings.hpp"

namespace api {
namespace {

namespace json = boost::json;

constexpr auto newest_bookings = std::int64_t{50};
constexpr auto rows_at_once = std::int64_t{500};

json::array addresses_json(store::Tx& tx, business::Profile const& profile, base::CustomerId const& id) {
    auto list = json::array();
    for (auto const& address : store::addresses_of(tx, profile.id, id)) {
        list.push_back({{"kind", address.kind},
                        {"value", address.value},
                        {"created_at", profile.zone.format(address.created_at)}});
    }
    return list;
}

json::object counts_json(store::CustomerCounts const& counts) {
    return {{"bookings", counts.bookings},
            {"upcoming", counts.upcoming},
            {"completed", counts.completed},
            {"cancelled", counts.cancelled},
            {"no_shows", counts.no_shows}};
}

Listing newest_first(base::CustomerId const& id) {
    auto listing = Listing();
    listing.filter.customer = id;
    listing.order.descending = true;
    return listing;
}

/// All, with their history.
json::array bookings_json(store::Tx& tx, business::Profile const& profile, base::CustomerId const& id) {
    auto list = json::array();
    auto const listing = newest_first(id);
    auto after = std::optional<store::Place>();
    do {
        auto page = page_of_bookings(tx, profile.id, listing, after, rows_at_once);
        for (auto const& booking : page.rows) {
            auto one = booking_json(booking, profile);
            one["history"] = history_json(store::booking_events(tx, profile.id, booking.row.id), profile.zone);
            list.push_back(std::move(one));
        }
        after = std::move(page.next);
    } while (after);
    return list;
}

/// A whole chat, oldest message first.
json::array thread_json(store::Tx& tx, business::Profile const& profile, base::ConversationId const& chat,
                        base::Instant now) {
    auto messages = std::vector<store::MessageRow>();
    auto before = std::numeric_limits<std::int64_t>::max();
    for (auto more = true; more;) {
        auto page = store::list_messages(tx, profile.id, chat, before, rows_at_once);
        more = std::ssize(page) == rows_at_once;
        if (more) before = page.front().seq;
        messages.insert(messages.begin(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
    }
    return messages.empty() ? json::array() : messages_json(tx, profile, messages, std::nullopt, now);
}

json::array chats_json(store::Tx& tx, business::Profile const& profile, base::CustomerId const& id, base::Instant now) {
    auto list = json::array();
    for (auto const& chat : store::conversations_of(tx, profile.id, id)) {
        auto one = conversation_json(store::find_conversation_summary(tx, profile.id, chat).value(), profile.zone);
        one["messages"] = thread_json(tx, profile, chat, now);
        list.push_back(std::move(one));
    }
    return list;
}

} // namespace

json::object customer_json(store::CustomerSummary const& customer, base::Zone const& zone) {
    auto const& row = customer.row;
    auto const language = row.language.empty() ? std::nullopt : std::optional(row.language);
    return {{"id", row.id.text()},
            {"version", row.version},
            {"name", nullable(row.name)},
            {"phone", nullable(row.phone)},
            {"language", nullable(language)},
            {"notes", row.notes},
            {"opt_out", row.opt_out_at.has_value()},
            {"opt_out_at", nullable(row.opt_out_at, zone)},
            {"last_visit_at", nullable(customer.last_visit_at, zone)},
            {"next_visit_at", nullable(customer.next_visit_at, zone)},
            {"created_at", zone.format(row.created_at)}};
}

std::optional<json::object> customer_details_json(store::Tx& tx, business::Profile const& profile,
                                                  base::CustomerId const& id, base::Instant now) {
    auto const customer = store::find_customer_summary(tx, profile.id, id, now);
    if (!customer) return std::nullopt;
    auto answer = customer_json(*customer, profile.zone);
    answer["addresses"] = addresses_json(tx, profile, id);
    answer["counts"] = counts_json(store::count_bookings_of(tx, profile.id, id, now));
    auto chats = json::array();
    for (auto const& chat : store::conversations_of(tx, profile.id, id)) {
        chats.emplace_back(chat.text());
    }
    answer["conversation_ids"] = std::move(chats);
    auto bookings = json::array();
    for (auto const& booking : page_of_bookings(tx, profile.id, newest_first(id), std::nullopt, newest_bookings).rows) {
        bookings.push_back(booking_json(booking, profile));
    }
    answer["bookings"] = std::move(bookings);
    return answer;
}

std::optional<json::object> customer_export_json(store::Tx& tx, business::Profile const& profile,
                                                 base::CustomerId const& id, base::Instant now) {
    auto const customer = store::find_customer_summary(tx, profile.id, id, now);
    if (!customer) return std::nullopt;
    return json::object{{"exported_at", profile.zone.format(now)},
                        {"business", json::object{{"id", profile.id.text()}, {"name", profile.name}}},
                        {"customer", customer_json(*customer, profile.zone)},
                        {"addresses", addresses_json(tx, profile, id)},
                        {"bookings", bookings_json(tx, profile, id)},
                        {"conversations", chats_json(tx, profile, id, now)}};
}

} // namespace api
