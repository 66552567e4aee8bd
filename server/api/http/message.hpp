// What a route sees of HTTP: plain values, checked before they get here.
#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace api::http {

/// Field names are lower case and occur once: add() joins a repeated field with ", " (cookies with "; ").
class Headers {
public:
    /// Empty when absent. `name` in lower case.
    std::string_view operator[](std::string_view name) const;
    bool has(std::string_view name) const;
    void add(std::string name, std::string value);
    std::vector<std::pair<std::string, std::string>> const& all() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// Decoded parameters; the same name twice was refused. `+` was read as a blank, as browsers write it.
using Query = std::map<std::string, std::string, std::less<>>;

/// Who called, as far as it was found out while the request was answered: ids for its line in the log.
struct Caller {
    std::string business = {};
    std::string session = {};
};

struct Request {
    std::string method = {}; ///< GET HEAD POST PUT PATCH DELETE OPTIONS
    std::string target = {}; ///< as sent: path and query, always beginning with `/`
    std::string path = {};   ///< as sent, without the query; decodes to UTF-8, no segment means `.` or `..`
    Query query = {};
    Headers headers = {};
    std::string body = {};
    std::string remote_address = {}; ///< `127.0.0.1`, of the peer of the socket: behind a proxy that is the proxy
    std::string id = {};             ///< names this request in the log and in X-Request-Id
    mutable Caller caller = {};      ///< noted by whoever checks the access token; only the request's thread uses it
    std::stop_token stopping = {};   ///< asked to stop when the server drains: whoever waits (a long poll) watches it
};

/// A body goes out with Content-Length; status 204 and 304 go out without one, whatever it holds.
struct Response {
    int status = 200;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    static Response empty(int status = 204) { return {status, {}, {}, {}}; }
    static Response text(int status, std::string content_type, std::string body) {
        return {status, std::move(content_type), {}, std::move(body)};
    }
    /// Sets a header, replacing one of that name. Control characters in it turn the answer into a 500.
    Response& set(std::string_view name, std::string value) &;
    Response&& set(std::string_view name, std::string value) &&;
};

/// `%20` → blank. nullopt for a broken escape, an escaped NUL, and what is not UTF-8 then (such as an overlong dot).
std::optional<std::string> percent_decode(std::string_view text);
/// nullopt when malformed or when a name occurs twice.
std::optional<Query> parse_query(std::string_view text);
/// "Not Found" for 404.
std::string_view status_phrase(int status);

} // namespace api::http
