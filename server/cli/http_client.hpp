// Speaks to a running server as any other client would.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace cli {

class HttpClient {
public:
    explicit HttpClient(std::string url);
    ~HttpClient();
    HttpClient(HttpClient const&) = delete;
    HttpClient& operator=(HttpClient const&) = delete;

    void use_token(std::string token) { token_ = std::move(token); }
    /// The JSON object of a 2xx answer; the problem's own code and sentence otherwise; unavailable
    /// `server_unreachable`.
    base::Result<boost::json::object> get(std::string const& target);
    base::Result<boost::json::object> post(std::string const& target, boost::json::object const& body);
    /// For a query parameter.
    std::string escape(std::string const& text) const;

private:
    base::Result<boost::json::object> perform(std::string const& target, std::string const* body);
    struct Handle;
    std::unique_ptr<Handle> handle_;
    std::string url_;
    std::string token_;
};

} // namespace cli
