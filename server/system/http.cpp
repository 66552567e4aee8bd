#include "system/http.hpp"

#include <curl/curl.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

namespace system_test {
namespace {

constexpr auto longest_request = 90L; // seconds

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* text) {
    static_cast<std::string*>(text)->append(bytes, size * count);
    return size * count;
}

std::string header(void* handle, char const* name) {
    auto* found = static_cast<curl_header*>(nullptr);
    return curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value : "";
}

struct Curl {
    Curl() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~Curl() { curl_global_cleanup(); }
};

json::value parsed(std::string const& text) {
    auto failed = boost::system::error_code();
    auto value = json::parse(text, failed);
    return failed ? json::value() : value;
}

} // namespace

std::string Answer::code() const {
    auto const* object = body.if_object();
    auto const* code = object == nullptr ? nullptr : object->if_contains("code");
    return code == nullptr || !code->is_string() ? "" : std::string(code->get_string());
}

std::string Answer::at(std::string_view pointer) const {
    auto failed = boost::system::error_code();
    auto const* found = body.find_pointer(pointer, failed);
    if (found == nullptr || !found->is_string()) throw std::runtime_error("no " + std::string(pointer) + " in " + text);
    return std::string(found->get_string());
}

std::int64_t Answer::number(std::string_view pointer) const {
    auto failed = boost::system::error_code();
    auto const* found = body.find_pointer(pointer, failed);
    if (found == nullptr || !found->is_int64()) throw std::runtime_error("no " + std::string(pointer) + " in " + text);
    return found->get_int64();
}

std::string Session::token() {
    auto lock = std::lock_guard(mutex_);
    return token_;
}

void Session::set_token(std::string token) {
    auto lock = std::lock_guard(mutex_);
    token_ = std::move(token);
}

Client::Client(std::string url, std::shared_ptr<Session> session) : url_(std::move(url)), session_(std::move(session)) {
    static auto const library = Curl();
    handle_ = curl_easy_init();
    if (handle_ == nullptr) throw std::runtime_error("curl_easy_init failed");
}

Client::~Client() { curl_easy_cleanup(handle_); }

Answer Client::send(std::string const& method, std::string const& target, json::object const* body,
                    Fields const& more) {
    auto const text = body == nullptr ? std::string() : json::serialize(*body);
    return send_body(method, target, body == nullptr ? nullptr : &text, more);
}

Answer Client::send_body(std::string const& method, std::string const& target, std::string const* sent,
                         Fields const& more) {
    if (!session_) return perform(method, target, sent, "", more);
    auto answer = perform(method, target, sent, session_->token(), more);
    if (answer.status != 401) return answer;
    auto const credentials = json::serialize(session_->credentials());
    auto login = perform("POST", "/api/v1/auth/login", &credentials, "");
    if (login.status != 200) return login;
    session_->set_token(login.at("/access_token"));
    return perform(method, target, sent, session_->token(), more);
}

Answer Client::perform(std::string const& method, std::string const& target, std::string const* body,
                       std::string const& token, Fields const& more) {
    curl_easy_reset(handle_);
    auto answer = Answer();
    auto const url = url_ + target;
    auto* fields = curl_slist_append(nullptr, "Content-Type: application/json");
    fields = curl_slist_append(fields, "Expect:");
    if (!token.empty()) fields = curl_slist_append(fields, ("Authorization: Bearer " + token).c_str());
    for (auto const& field : more) {
        fields = curl_slist_append(fields, field.c_str());
    }
    curl_easy_setopt(handle_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST, method.c_str());
    curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_, CURLOPT_PROXY, "");
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT, longest_request);
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, &answer.text);
    if (body != nullptr) {
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, body->c_str());
        curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
    }
    auto const result = curl_easy_perform(handle_);
    curl_slist_free_all(fields);
    if (result != CURLE_OK) return {0, {}, curl_easy_strerror(result)};
    auto status = 0L;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    answer.retry_after = header(handle_, "Retry-After");
    answer.cookie = header(handle_, "Set-Cookie");
    answer.cookie = answer.cookie.substr(0, answer.cookie.find(';'));
    answer.body = parsed(answer.text);
    return answer;
}

std::string escaped(std::string const& text) {
    auto* const bytes = curl_easy_escape(nullptr, text.c_str(), static_cast<int>(text.size()));
    auto result = std::string(bytes);
    curl_free(bytes);
    return result;
}

} // namespace system_test
