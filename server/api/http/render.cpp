#include "api/http/render.hpp"

#include <algorithm>
#include <array>

namespace api::http {

namespace {

std::string lower(std::string_view text) {
    auto result = std::string(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

constexpr auto two_years = std::string_view("max-age=63072000; includeSubDomains");

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; });
}

bool is_ours(std::string_view name) {
    constexpr auto framing = std::to_array<std::string_view>({"content-length", "connection", "transfer-encoding"});
    return std::ranges::find(framing, lower(name)) != framing.end();
}

void append(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

bool sets(Response const& response, std::string_view name) {
    auto const is_it = [&](auto const& header) {
        return header.first.size() == name.size() && lower(header.first) == lower(name);
    };
    return std::ranges::any_of(response.headers, is_it);
}

} // namespace

bool is_sendable(Response const& response) {
    auto const bad = [](auto const& header) {
        return header.first.empty() || has_control(header.first) ||
               header.first.find_first_of(": ") != std::string::npos || has_control(header.second) ||
               is_ours(header.first);
    };
    return !has_control(response.content_type) && std::ranges::none_of(response.headers, bad);
}

bool has_body(Response const& response) { return response.status != 204 && response.status != 304; }

/// Answers are data: whatever a browser takes one for, it must not run, frame, embed, guess or keep anything. There are
/// no CORS headers at all, so pages of other origins cannot read an answer either.
std::vector<std::pair<std::string_view, std::string_view>> const& house_headers() {
    static auto const headers = std::vector<std::pair<std::string_view, std::string_view>>{
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
        {"Cache-Control", "no-store"}};
    return headers;
}

std::string render_head(Response const& response, RenderOptions options) {
    auto head = std::string();
    head.reserve(768);
    head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    head.append(status_phrase(response.status)).append("\r\n");
    if (has_body(response)) {
        append(head, "Content-Length", std::to_string(response.body.size()));
        if (!response.content_type.empty()) append(head, "Content-Type", response.content_type);
    }
    for (auto const& [name, value] : response.headers) {
        append(head, name, value);
    }
    for (auto const& [name, value] : house_headers()) {
        if (!sets(response, name)) append(head, name, value);
    }
    if (options.https) append(head, "Strict-Transport-Security", two_years);
    if (!options.keep_alive) append(head, "Connection", "close");
    return head.append("\r\n");
}

} // namespace api::http
