// Bookings and chats as JSON, as contract/openapi.json has them. Instants are written in the business's zone.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>
#include <vector>

#include "api/http/json_writer.hpp"
#include "api/instant_text.hpp"
#include "base/zone.hpp"
#include "business/profile.hpp"
#include "schedule/availability.hpp"
#include "store/booking.hpp"
#include "store/conversation.hpp"

namespace api {

/// Without history. A list of them is written as text at once: it is much the quickest.
boost::json::object booking_json(store::BookingDetails const& booking, business::Profile const& profile);
void write_booking(http::JsonWriter& out, store::BookingDetails const& booking, business::Profile const& profile,
                   InstantText& instants);
boost::json::array history_json(std::vector<store::BookingEventRow> const& events, base::Zone const& zone);
boost::json::array slots_json(std::vector<schedule::Slot> const& slots, base::Zone const& zone);

boost::json::object conversation_json(store::ConversationSummary const& summary, base::Zone const& zone);
/// `steps`: what the assistant did for this message (tool_steps.hpp).
boost::json::object message_json(store::MessageRow const& row, boost::json::array steps, base::Zone const& zone);

} // namespace api
