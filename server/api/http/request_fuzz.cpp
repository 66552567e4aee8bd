// Any bytes as a request. Whatever is accepted has one meaning: in whichever pieces it comes, and written out again
// plainly.
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "api/http/body.hpp"
#include "api/http/head.hpp"

namespace {

using namespace api::http;

struct Whole {
    Request request;
    std::string rest;
};

/// nullopt: refused, or not yet whole.
std::optional<Whole> read(std::string_view bytes, std::size_t step, Limits const& limits) {
    auto in = std::string();
    auto next = [&] {
        in += bytes.substr(0, step);
        bytes.remove_prefix(std::min(step, bytes.size()));
    };
    auto end = std::size_t{0};
    for (auto searched = std::size_t{0}; end == 0; searched = in.size()) {
        if (bytes.empty()) return std::nullopt;
        auto const before = searched;
        next();
        auto const found = find_head_end(in, before, limits);
        if (!found) return std::nullopt;
        end = *found;
    }
    auto head = parse_head(std::string_view(in).substr(0, end), limits);
    if (!head) return std::nullopt;
    in.erase(0, end);
    auto body = BodyReader(*head, limits);
    while (true) {
        if (!body.take(in)) return std::nullopt;
        if (body.complete()) break;
        if (bytes.empty()) return std::nullopt;
        next();
    }
    head->request.body = body.release();
    return Whole{std::move(head->request), in + std::string(bytes)};
}

std::string written_plainly(Request const& request) {
    auto text = request.method + " " + request.target + " HTTP/1.1\r\n";
    for (auto const& [name, value] : request.headers.all()) {
        if (name != "content-length" && name != "transfer-encoding") text += name + ": " + value + "\r\n";
    }
    if (!request.headers.has("host")) text += "Host: a\r\n";
    return text + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
}

bool mean_the_same(Request const& a, Request const& b) {
    auto const fields = {"host", "cookie", "authorization", "content-type", "connection", "origin", "accept"};
    for (auto const* name : fields) {
        if (a.headers.has(name) && a.headers[name] != b.headers[name]) return false;
    }
    return a.method == b.method && a.target == b.target && a.path == b.path && a.query == b.query && a.body == b.body;
}

void insist(bool holds) {
    if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::string_view(reinterpret_cast<char const*>(data), size);
    auto const limits = Limits{.body_bytes = 4096};
    auto const whole = read(bytes, bytes.size(), limits);
    for (auto const step : {std::size_t{1}, std::size_t{7}}) {
        auto const pieces = read(bytes, step, limits);
        insist(whole.has_value() == pieces.has_value());
        insist(!whole || (mean_the_same(whole->request, pieces->request) && whole->rest == pieces->rest));
    }
    if (!whole) return 0;
    auto const wide = Limits{.head_bytes = 64 * 1024, .head_fields = 200, .body_bytes = 4096};
    auto const plain = written_plainly(whole->request);
    auto const again = read(plain, plain.size(), wide);
    insist(again && mean_the_same(whole->request, again->request) && again->rest.empty());
    return 0;
}
