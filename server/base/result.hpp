// Errors are values: a function that can be refused returns Result<T>; an exception is a bug.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace base {

/// What kind of failure, and so which HTTP status: not_found 404, conflict 409, invalid 422 (or 400 when
/// the text could not be parsed at all), refused 403, unauthorized 401, limited 429, unavailable 503 (worth
/// a retry), broken 500 (a bug or damaged data).
enum class Fault { not_found, conflict, invalid, refused, unauthorized, limited, unavailable, broken };

/// One wrong field of an input: a path such as `customer.phone` or `weekly.monday[0].from`.
struct FieldError {
    std::string field;
    std::string code;
    std::string message;
};

/// `code` is stable and machine-readable (`slot_taken`), `message` one English sentence for a log or a developer.
struct Error {
    Fault fault = Fault::broken;
    std::string code;
    std::string message;
    std::vector<FieldError> fields = {};
};

/// tl::expected is not [[nodiscard]]; a dropped Result would be a silent failure.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
[[nodiscard]] inline tl::unexpected<Error> fail(Fault fault, std::string_view code, std::string message) {
    return fail(Error{fault, std::string(code), std::move(message)});
}
/// An `invalid` error about one field.
[[nodiscard]] inline tl::unexpected<Error> fail_field(std::string_view field, std::string_view code,
                                                      std::string message) {
    return fail(Error{Fault::invalid, "invalid", message, {{std::string(field), std::string(code), message}}});
}

} // namespace base

// The declaration form only: on GCC 12 a statement expression that returns early out of a larger expression leaks
// the parts already built.
#define APUNTA_CAT2(a, b) a##b
#define APUNTA_CAT(a, b) APUNTA_CAT2(a, b)
#define APUNTA_TRY(tmp, decl, ...)                                                                                     \
    auto tmp = (__VA_ARGS__);                                                                                          \
    if (!tmp) return ::base::fail(std::move(tmp).error());                                                             \
    decl = *std::move(tmp)
/// `TRY(auto slot, find(id));` unwraps a Result or returns its error from the enclosing function.
#define TRY(decl, ...) APUNTA_TRY(APUNTA_CAT(try_, __COUNTER__), decl, __VA_ARGS__)
#define APUNTA_TRY_VOID(tmp, ...)                                                                                      \
    do {                                                                                                               \
        if (auto tmp = (__VA_ARGS__); !tmp) return ::base::fail(std::move(tmp).error());                               \
    } while (false)
/// `TRY_VOID(check(slot));` for a Result whose value is not needed. The name is fresh each time, since a lambda inside
/// the expression may use the macro too and -Wshadow would object.
#define TRY_VOID(...) APUNTA_TRY_VOID(APUNTA_CAT(try_, __COUNTER__), __VA_ARGS__)
