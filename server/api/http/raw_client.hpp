// For tests: the client that can send what no decent client would, under the name of this room.
#pragma once

#include <corpus/raw_client.hpp>

namespace api::http {

using corpus::RawAnswer;
using corpus::RawClient;

} // namespace api::http
