#include "whatsapp/frames.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"

namespace whatsapp {
namespace {

namespace json = boost::json;

constexpr auto channel = "whatsapp";
constexpr auto kinds = std::to_array<std::string_view>({"text", "audio", "image", "sticker", "location", "other"});
constexpr auto states = std::to_array<std::string_view>({"sent", "delivered", "read", "failed"});
constexpr auto any_text = base::TextRule{0, 4096, true};

tl::unexpected<base::Error> bad_frame(std::string const& path, std::string const& what) {
    return base::fail(base::Error{base::Fault::invalid, "bad_frame", path + " " + what, {{path, "bad_frame", what}}});
}

/// Members of an object, each asked for once; what nobody asked for is unknown.
class Members {
public:
    Members(json::object const& object, std::string path) : object_(object), path_(std::move(path)) {}

    json::value const* find(std::string_view name) {
        asked_.emplace(name);
        return object_.if_contains(name);
    }
    base::Result<std::string> text(std::string_view name) {
        auto const* value = find(name);
        if (value == nullptr || !value->is_string()) return bad_frame(at(name), "must be a text");
        return std::string(value->as_string());
    }
    base::Result<std::int64_t> integer(std::string_view name) {
        auto const* value = find(name);
        if (value == nullptr || !value->is_int64()) return bad_frame(at(name), "must be an integer");
        return value->as_int64();
    }
    base::Result<bool> flag(std::string_view name) {
        auto const* value = find(name);
        if (value == nullptr || !value->is_bool()) return bad_frame(at(name), "must be true or false");
        return value->as_bool();
    }
    base::Result<json::object const*> object(std::string_view name) {
        auto const* value = find(name);
        if (value == nullptr || !value->is_object()) return bad_frame(at(name), "must be an object");
        return &value->as_object();
    }
    /// Absent = empty.
    base::Result<json::array> list(std::string_view name) {
        auto const* value = find(name);
        if (value == nullptr) return json::array();
        if (!value->is_array()) return bad_frame(at(name), "must be a list");
        return value->as_array();
    }
    base::Result<void> finish() {
        for (auto const& member : object_) {
            if (!asked_.contains(std::string(member.key()))) return bad_frame(at(member.key()), "is unknown");
        }
        return {};
    }
    std::string at(std::string_view name) const {
        return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
    }

private:
    json::object const& object_;
    std::string path_;
    std::set<std::string, std::less<>> asked_;
};

base::Result<customers::Address> read_address(json::value const& value, std::string const& path) {
    if (!value.is_object()) return bad_frame(path, "must be an object");
    auto in = Members(value.as_object(), path);
    auto address = customers::Address();
    TRY(address.kind, in.text("kind"));
    TRY(address.value, in.text("value"));
    TRY_VOID(in.finish());
    if (address.kind.empty() || address.value.empty()) return bad_frame(path, "must not be empty");
    return address;
}

base::Result<std::vector<KeyChange>> read_keys(Members& in) {
    TRY(auto list, in.list("keys"));
    auto keys = std::vector<KeyChange>();
    for (auto const& element : list) {
        if (!element.is_object()) return bad_frame("keys", "must hold objects");
        auto one = Members(element.as_object(), "keys[]");
        auto change = KeyChange();
        TRY(change.name, one.text("name"));
        auto const* value = one.find("value");
        if (value == nullptr || !(value->is_null() || value->is_string()))
            return bad_frame("keys[].value", "must be base64 or null");
        if (value->is_string()) change.value = std::string(value->as_string());
        TRY_VOID(one.finish());
        keys.push_back(std::move(change));
    }
    return keys;
}

base::Result<base::BusinessId> read_session(Members& in) {
    TRY(auto text, in.text("session"));
    auto business = base::BusinessId::parse(text);
    if (!business) return bad_frame("session", "must be the id of a business");
    return *business;
}

base::Result<base::Instant> read_instant(Members& in, std::string_view name) {
    TRY(auto text, in.text(name));
    auto instant = base::parse_instant(text);
    if (!instant) return bad_frame(in.at(name), "must be an instant of RFC 3339");
    return *instant;
}

/// WhatsApp's texts are cleaned, never refused for their length: what a customer wrote is not thrown away.
std::string cleaned(std::string const& text, base::TextRule rule) {
    auto clean = base::clean_text(base::truncate(base::to_valid_utf8(text), rule.max), rule);
    return clean ? *clean : std::string();
}

base::Result<BridgeFrame> read_inbound(Members& in) {
    auto frame = InboundFrame();
    TRY(frame.epoch, in.integer("epoch"));
    TRY(frame.inbound.business, read_session(in));
    TRY(frame.keys, read_keys(in));
    TRY(auto const* object, in.object("message"));
    TRY_VOID(in.finish());

    auto message = Members(*object, "message");
    auto& inbound = frame.inbound;
    inbound.channel = channel;
    TRY(inbound.external_id, message.text("id"));
    TRY(auto const* chat, message.object("chat"));
    TRY(inbound.address, read_address(*chat, "message.chat"));
    TRY(auto also, message.list("also"));
    for (auto const& one : also) {
        TRY(auto address, read_address(one, "message.also[]"));
        frame.also.push_back(std::move(address));
    }
    TRY(inbound.from_owner, message.flag("from_owner"));
    if (message.find("name") != nullptr) {
        TRY(auto name, message.text("name"));
        name = cleaned(name, base::name_text);
        if (!name.empty()) inbound.name = name;
    }
    TRY(inbound.kind, message.text("kind"));
    if (std::ranges::find(kinds, inbound.kind) == kinds.end()) return bad_frame("message.kind", "is unknown");
    TRY(auto text, message.text("text"));
    inbound.text = cleaned(text, any_text);
    TRY(inbound.sent_at, read_instant(message, "sent_at"));
    TRY_VOID(message.finish());
    if (inbound.external_id.empty()) return bad_frame("message.id", "must not be empty");
    return BridgeFrame(std::move(frame));
}

base::Result<BridgeFrame> read_receipt(Members& in) {
    auto frame = ReceiptFrame();
    TRY(frame.epoch, in.integer("epoch"));
    TRY(frame.business, read_session(in));
    TRY(auto id, in.text("id"));
    auto message = base::MessageId::parse(id);
    if (!message) return bad_frame("id", "must be the id of an outbound message");
    frame.message = *message;
    TRY(frame.state, in.text("state"));
    if (std::ranges::find(states, frame.state) == states.end()) return bad_frame("state", "is unknown");
    if (in.find("why") != nullptr) {
        TRY(frame.why, in.text("why"));
    }
    TRY(frame.at, read_instant(in, "at"));
    TRY_VOID(in.finish());
    return BridgeFrame(std::move(frame));
}

base::Result<BridgeFrame> read_keys_commit(Members& in) {
    auto frame = KeysFrame();
    TRY(frame.epoch, in.integer("epoch"));
    TRY(frame.business, read_session(in));
    TRY(frame.commit, in.integer("commit"));
    TRY(frame.keys, read_keys(in));
    TRY_VOID(in.finish());
    return BridgeFrame(std::move(frame));
}

} // namespace

base::Result<BridgeFrame> parse_frame(std::string_view text) {
    auto failed = boost::system::error_code();
    auto value = json::parse(text, failed);
    if (failed || !value.is_object()) return bad_frame("frame", "must be a JSON object");
    auto in = Members(value.as_object(), "");
    TRY(auto type, in.text("type"));
    if (type == "inbound") return read_inbound(in);
    if (type == "receipt") return read_receipt(in);
    if (type == "keys.commit") return read_keys_commit(in);
    return bad_frame("type", "is unknown");
}

std::string outbound_frame(outbox::Outbound const& message, base::Milliseconds pace) {
    return json::serialize(json::object{{"type", "outbound"},
                                        {"session", message.business.text()},
                                        {"id", message.id.text()},
                                        {"chat", {{"kind", message.address_kind}, {"value", message.address_value}}},
                                        {"text", message.text},
                                        {"pace_ms", pace.count()}});
}

} // namespace whatsapp
