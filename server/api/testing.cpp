#include "api/testing.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/contract.hpp"
#include "api/http/raw_client.hpp"

namespace api {
namespace {

constexpr auto json_type = "application/json";

TestClient::Headers headers_of(std::string_view head) {
    auto headers = TestClient::Headers();
    head.remove_prefix(head.find("\r\n") + 2);
    while (!head.starts_with("\r\n")) {
        auto const line = head.substr(0, head.find("\r\n"));
        auto const colon = line.find(": ");
        auto name = std::string(line.substr(0, colon));
        std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
        headers.emplace_back(std::move(name), line.substr(colon + 2));
        head.remove_prefix(line.size() + 2);
    }
    return headers;
}

Answer answer_of(http::RawAnswer raw) {
    auto answer = Answer();
    answer.status = raw.status;
    if (raw.status == 0) return answer;
    answer.headers = headers_of(raw.head);
    auto const type = answer.header("content-type");
    answer.content_type = std::string(type.substr(0, type.find(';')));
    answer.text = std::move(raw.body);
    if (answer.content_type.ends_with("json") && !answer.text.empty()) answer.body = boost::json::parse(answer.text);
    if (answer.content_type.starts_with("text/")) answer.body = boost::json::string(answer.text);
    return answer;
}

} // namespace

Contract const& contract() {
    static auto const contract = Contract(openapi_json());
    return contract;
}

TestClient::TestClient(std::string const& url)
    : port_(static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)))) {}

Answer TestClient::post(std::string const& target, boost::json::value const& body, Headers const& headers) {
    return send("POST", target, boost::json::serialize(body), headers);
}

Answer TestClient::put(std::string const& target, boost::json::value const& body) {
    return send("PUT", target, boost::json::serialize(body));
}

Answer TestClient::patch(std::string const& target, boost::json::value const& body) {
    return send("PATCH", target, boost::json::serialize(body));
}

Answer TestClient::send(std::string const& method, std::string const& target, std::string const& body,
                        Headers const& headers) {
    auto request = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n", method, target, port_);
    if (!token_.empty()) request += "Authorization: Bearer " + token_ + "\r\n";
    if (!cookie_.empty()) request += "Cookie: " + cookie_ + "\r\n";
    auto const typed = [](auto const& header) { return header.first == "Content-Type"; };
    if (!body.empty() && std::ranges::none_of(headers, typed))
        request += fmt::format("Content-Type: {}\r\n", json_type);
    for (auto const& [name, value] : headers) {
        request.append(name).append(": ").append(value).append("\r\n");
    }
    if (!body.empty() || method != "GET") request += fmt::format("Content-Length: {}\r\n", body.size());
    auto connection = http::RawClient(port_);
    connection.send(request + "\r\n" + body);
    auto answer = answer_of(connection.receive(method == "HEAD"));
    keep_cookie(answer);
    if (method == "HEAD") return answer; // GET without its body: nothing to hold against the contract
    for (auto const& breach : contract().breaches(method, target.substr(0, target.find('?')), answer)) {
        ADD_FAILURE() << breach << "\n" << answer.text;
    }
    return answer;
}

Answer TestClient::sign_up(std::string const& email, boost::json::object more) {
    more["email"] = email;
    more.emplace("password", "una frase larga");
    more.emplace("name", "Ana");
    auto answer = post("/api/v1/auth/signup", more);
    if (answer.status == 201) token_ = answer.text_at("/access_token");
    return answer;
}

void TestClient::keep_cookie(Answer const& answer) {
    auto const set = answer.header("set-cookie");
    if (!set.empty()) cookie_ = std::string(set.substr(0, set.find(';')));
}

std::string escape(std::string_view text) {
    auto escaped = std::string();
    for (auto const c : text) {
        auto const plain =
            std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._~").find(c) != text.npos;
        escaped += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return escaped;
}

} // namespace api
