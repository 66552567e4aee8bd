// The sample salon of a demo: somebody's ordinary weeks, relative to the day of the first start.
#pragma once

#include "base/result.hpp"

namespace house {
class House;
}

namespace cli {

inline constexpr auto demo_email = "demo@example.com";
inline constexpr auto demo_password = "apunta-demo";

/// Does nothing when the demo's account exists already.
base::Result<void> seed_demo(house::House& house);

} // namespace cli
