#include "api/http/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace api::http {

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    out_ += ':';
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    separate();
    quote(value);
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
    auto digits = std::array<char, 20>();
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return this->value(std::string_view(digits.data(), end));
}

JsonWriter& JsonWriter::boolean(bool value) { return this->value(value ? "true" : "false"); }

JsonWriter& JsonWriter::null() { return value("null"); }

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_ += bracket;
    first_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view literal) {
    separate();
    out_ += literal;
    return *this;
}

void JsonWriter::separate() {
    if (!first_) out_ += ',';
    first_ = false;
}

/// Most texts hold nothing to escape, so they go over in one piece.
void JsonWriter::quote(std::string_view text) {
    constexpr auto hex = std::string_view("0123456789abcdef");
    auto const plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
    out_ += '"';
    while (!text.empty()) {
        auto const stop = std::ranges::find_if_not(text, plain);
        auto const length = static_cast<std::size_t>(stop - text.begin());
        out_ += text.substr(0, length);
        text.remove_prefix(length);
        if (text.empty()) break;
        auto const code = static_cast<unsigned char>(text.front());
        if (code < 0x20) {
            ((out_ += "\\u00") += hex[code >> 4]) += hex[code & 15];
        } else {
            (out_ += '\\') += text.front();
        }
        text.remove_prefix(1);
    }
    out_ += '"';
}

Response json_text(int status, std::string text) { return Response::text(status, "application/json", std::move(text)); }

} // namespace api::http
