// Which pages may use what a browser sends along by itself.
#pragma once

#include "api/context.hpp"
#include "api/http/message.hpp"
#include "base/result.hpp"

namespace api {

/// refused `foreign_origin` for a page that is not this server's. Clients that are no browsers say nothing about where
/// they come from, and pass. Without PUBLIC_URL, only pages under an IP address or localhost are this server's: a name
/// in Host proves nothing, since anybody's name may be made to point here (DNS rebinding).
base::Result<void> same_origin(Context const& context, http::Request const& request);

} // namespace api
