// Which pages may use what a browser sends along by itself.
#pragma once

#include "api/context.hpp"
#include "api/http/message.hpp"
#include "base/result.hpp"

namespace api {

/// refused `foreign_origin` for a page that is not this server's. Clients that are no browsers send no Origin.
base::Result<void> same_origin(Context const& context, http::Request const& request);

} // namespace api
