// JSON as appended text, for answers of hundreds of members (free starts, lists), where building a tree of values would
// cost more than finding them:
//
//     auto out = JsonWriter();
//     out.begin_object().key("items").begin_array();
//     for (auto const& slot : slots) out.begin_object().key("staff_id").text(slot.staff.text()).end_object();
//     return json_text(200, out.end_array().end_object().release());
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "api/http/message.hpp"

namespace api::http {

/// Sets the commas; that every begin has its end, and every member its key, is up to the caller.
class JsonWriter {
public:
    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);
    /// `value` in UTF-8.
    JsonWriter& text(std::string_view value);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    std::string release() { return std::move(out_); }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& value(std::string_view literal);
    void separate();
    void quote(std::string_view text);

    std::string out_;
    bool first_ = true; ///< nothing stands before the next value that it must be separated from
};

/// An answer whose JSON is written already.
Response json_text(int status, std::string text);

} // namespace api::http
