// Any bytes as JSON. Whatever is accepted holds nothing that databases or readers stumble over, and means the same when
// it is written out and read again.
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "api/http/json.hpp"
#include "base/text.hpp"

namespace {

namespace json = boost::json;

void insist(bool holds) {
    if (!holds) std::abort();
}

bool is_sound(std::string_view text) { return base::is_valid_utf8(text) && text.find('\0') == text.npos; }

void check(json::value const& value, int depth) {
    insist(depth <= 33);
    if (value.is_string()) insist(is_sound(value.get_string()));
    if (value.is_double()) insist(std::isfinite(value.get_double()));
    if (value.is_array()) {
        for (auto const& element : value.get_array()) {
            check(element, depth + 1);
        }
    }
    if (value.is_object()) {
        for (auto const& member : value.get_object()) {
            insist(is_sound(member.key()));
            check(member.value(), depth + 1);
        }
    }
}

/// Fractions may change in their last digit.
bool is_near(double a, double b) { return a == b || std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b)); }

bool mean_the_same(json::value const& a, json::value const& b) {
    if (a.is_double() && b.is_double()) return is_near(a.get_double(), b.get_double());
    if (a.is_array() && b.is_array()) {
        auto const& left = a.get_array();
        auto const& right = b.get_array();
        return std::equal(left.begin(), left.end(), right.begin(), right.end(), mean_the_same);
    }
    if (!a.is_object() || !b.is_object()) return a == b;
    for (auto const& member : a.get_object()) {
        auto const* other = b.get_object().if_contains(member.key());
        if (other == nullptr || !mean_the_same(member.value(), *other)) return false;
    }
    return a.get_object().size() == b.get_object().size();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const value = api::http::parse_json({reinterpret_cast<char const*>(data), size});
    if (!value) {
        insist(value.error().code == "malformed_json" && base::is_valid_utf8(value.error().message));
        return 0;
    }
    check(*value, 0);
    auto const again = api::http::parse_json(json::serialize(*value));
    insist(again && mean_the_same(*value, *again));
    return 0;
}
