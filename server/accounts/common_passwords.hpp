// The passwords that are tried first.
#pragma once

#include <string_view>

namespace accounts {

/// common_passwords.txt, as it is: words folded by base::fold(), lines of comment with `#`.
std::string_view common_passwords();

} // namespace accounts
