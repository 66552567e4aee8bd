// What was said, put on calendar and clock: the fields of When, and what stays in doubt.
#pragma once

#include "language/story.hpp"

namespace language {

When answer(Said const& said, Context const& context);

} // namespace language
