#include "cli/http_client.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <curl/curl.h>
#include <fmt/format.h>

#include <stdexcept>

namespace cli {
namespace {

constexpr auto timeout_seconds = 40L; // longer than the longest poll

std::size_t append(char* data, std::size_t size, std::size_t count, void* target) {
    static_cast<std::string*>(target)->append(data, size * count);
    return size * count;
}

std::string member(boost::json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

base::Result<boost::json::object> answer(long status, std::string const& body) {
    auto failed = boost::system::error_code();
    auto value = body.empty() ? boost::json::value(boost::json::object()) : boost::json::parse(body, failed);
    if (failed || !value.is_object()) {
        return base::fail(base::Fault::unavailable, "server_unreachable", "what answers there is not an Apunta server");
    }
    if (status < 300) return value.as_object();
    auto fault = status == 404 ? base::Fault::not_found : base::Fault::refused;
    return base::fail(fault, member(value.as_object(), "code"),
                      fmt::format("{} ({})", member(value.as_object(), "detail"), status));
}

} // namespace

struct HttpClient::Handle {
    CURL* curl = curl_easy_init();
    curl_slist* headers = nullptr;
    Handle() {
        if (curl == nullptr) throw std::bad_alloc();
    }
    ~Handle() {
        curl_slist_free_all(headers);
        curl_easy_cleanup(curl);
    }
};

HttpClient::HttpClient(std::string url) : handle_(std::make_unique<Handle>()), url_(std::move(url)) {}
HttpClient::~HttpClient() = default;

base::Result<boost::json::object> HttpClient::get(std::string const& target) { return perform(target, nullptr); }

base::Result<boost::json::object> HttpClient::post(std::string const& target, boost::json::object const& body) {
    auto text = boost::json::serialize(body);
    return perform(target, &text);
}

std::string HttpClient::escape(std::string const& text) const {
    auto* escaped = curl_easy_escape(handle_->curl, text.c_str(), static_cast<int>(text.size()));
    auto result = std::string(escaped == nullptr ? "" : escaped);
    curl_free(escaped);
    return result;
}

base::Result<boost::json::object> HttpClient::perform(std::string const& target, std::string const* body) {
    auto* curl = handle_->curl;
    curl_easy_reset(curl);
    curl_slist_free_all(handle_->headers);
    handle_->headers = curl_slist_append(nullptr, "Content-Type: application/json");
    if (!token_.empty()) {
        handle_->headers = curl_slist_append(handle_->headers, ("Authorization: Bearer " + token_).c_str());
    }
    auto received = std::string();
    curl_easy_setopt(curl, CURLOPT_URL, (url_ + target).c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, handle_->headers);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
    if (body != nullptr) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body->c_str());
    }
    if (auto code = curl_easy_perform(curl); code != CURLE_OK) {
        return base::fail(base::Fault::unavailable, "server_unreachable",
                          fmt::format("cannot reach {}: {}", url_, curl_easy_strerror(code)));
    }
    auto status = 0L;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return answer(status, received);
}

} // namespace cli
