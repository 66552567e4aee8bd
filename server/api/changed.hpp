// How the members of a PATCH change a row: absent = keep.
#pragma once

#include <optional>
#include <string>

#include "api/http/reader.hpp"

namespace api {

template <class Value, class Target>
void set(Target& target, std::optional<Value> const& value) {
    if (value) target = *value;
}

/// null = clear.
template <class Value, class Target>
void set(Target& target, http::Patch<Value> const& patch) {
    if (patch.present) target = patch.value.value_or(Value());
}
template <class Value>
void set(std::optional<Value>& target, http::Patch<Value> const& patch) {
    patch.apply_to(target);
}

} // namespace api
