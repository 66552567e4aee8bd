// A client of the API, as strangers write them: libcurl and JSON.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace system_test {

namespace json = boost::json;

/// Of a request, such as "Idempotency-Key: 1".
using Fields = std::vector<std::string>;

struct Answer {
    int status = 0; ///< 0: no answer came, `text` says why
    json::value body;
    std::string text;
    std::string retry_after = {}; ///< the header, in seconds
    std::string cookie = {};      ///< "name=value" as set

    std::string code() const;
    /// The text at a JSON pointer; throws when there is none.
    std::string at(std::string_view pointer) const;
    std::int64_t number(std::string_view pointer) const;
};

/// An account's login, shared by clients on many threads; tokens live for a quarter of an hour.
class Session {
public:
    Session(std::string email, std::string password) : email_(std::move(email)), password_(std::move(password)) {}
    std::string token();
    void set_token(std::string token);
    json::object credentials() const { return {{"email", email_}, {"password", password_}}; }

private:
    std::string email_;
    std::string password_;
    std::mutex mutex_;
    std::string token_;
};

/// For one thread. Requests are tried once; with a session, a 401 is answered by a new login.
class Client {
public:
    explicit Client(std::string url, std::shared_ptr<Session> session = {});
    ~Client();
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    void go_to(std::string url) { url_ = std::move(url); }
    Answer get(std::string const& target) { return send("GET", target, nullptr); }
    Answer post(std::string const& target, json::object const& body, Fields const& fields = {}) {
        return send("POST", target, &body, fields);
    }
    Answer patch(std::string const& target, json::object const& body) { return send("PATCH", target, &body); }
    Answer put(std::string const& target, json::object const& body) { return send("PUT", target, &body); }
    Answer send(std::string const& method, std::string const& target, json::object const* body,
                Fields const& fields = {});
    /// A body as it is, whatever it is.
    Answer send_text(std::string const& method, std::string const& target, std::string const& body) {
        return send_body(method, target, &body);
    }

private:
    Answer send_body(std::string const& method, std::string const& target, std::string const* body,
                     Fields const& fields = {});
    Answer perform(std::string const& method, std::string const& target, std::string const* body,
                   std::string const& token, Fields const& fields = {});

    void* handle_;
    std::string url_;
    std::shared_ptr<Session> session_;
};

/// For a query parameter: `+` becomes `%2B`.
std::string escaped(std::string const& text);

} // namespace system_test
