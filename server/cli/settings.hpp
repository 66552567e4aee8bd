// What a server reads from its environment, checked before anything is opened. See deploy/env.example.
#pragma once

#include "base/result.hpp"
#include "house/house.hpp"

namespace cli {

/// The value of a variable; empty when it is not set.
std::string environment(char const* name);

/// Puts PUBLIC_URL, SMTP_URL, MAIL_FROM, TRUSTED_PROXIES and API_REQUESTS_PER_MINUTE into `config`. invalid
/// `bad_setting`, in a sentence that names the variable and holds no secret.
base::Result<house::Config> with_environment(house::Config config);

} // namespace cli
