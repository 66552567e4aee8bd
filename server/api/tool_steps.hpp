// What the assistant did for an answer, each step in one short line for the owner, in the business's language:
// "Miró huecos de Corte de mujer el jueves 22 de octubre".
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "business/profile.hpp"
#include "store/conversation.hpp"
#include "store/database.hpp"

namespace api {

/// Rows that follow each other in one chat, each as JSON with its steps. The steps of a turn are shown with its first
/// message; `before`, the row in front of them if there is one, tells whether that is among them.
boost::json::array messages_json(store::Tx& tx, business::Profile const& profile,
                                 std::vector<store::MessageRow> const& rows,
                                 std::optional<store::MessageRow> const& before, base::Instant now);
/// One message by itself; nullopt for an unknown one.
std::optional<boost::json::object> find_message_json(store::Tx& tx, business::Profile const& profile,
                                                     base::MessageId const& id, base::Instant now);

} // namespace api
