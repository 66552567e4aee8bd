// For tests: holds what the server answers against contract/openapi.json.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace api {

/// What a test sees of an answer.
struct Answer {
    int status = 0;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string text;
    boost::json::value body; ///< null unless the content type is JSON

    std::string_view header(std::string_view name) const;
    /// The `code` of a problem; empty for anything else.
    std::string code() const;
    /// The first field named by a problem's errors; empty without.
    std::string field() const;
    /// By JSON pointer, such as `/items/0/id`; throws when there is no such member.
    boost::json::value const& operator[](std::string_view pointer) const;
    std::string text_at(std::string_view pointer) const;
};

/// Understands the part of JSON Schema that the contract is written in; any other keyword is a bug of the contract.
class Contract {
public:
    explicit Contract(std::string_view openapi);

    struct Operation {
        std::string method; ///< GET …
        std::string path;   ///< /api/v1/bookings/{id}
        bool is_public;
        bool operator==(Operation const&) const = default;
    };
    std::vector<Operation> operations() const;
    /// What about this answer the contract does not have; empty: all is well. `path` without the query.
    std::vector<std::string> breaches(std::string_view method, std::string_view path, Answer const& answer) const;
    /// Where `value` is not as `schema` (of components/schemas) says.
    std::vector<std::string> mismatches(std::string_view schema, boost::json::value const& value) const;

private:
    boost::json::object const& resolved(boost::json::object const& object) const;
    boost::json::object const* find_path(std::string_view path) const;

    boost::json::value document_;
};

} // namespace api
