#include "eval/answering.hpp"

#include "eval/stage.hpp"
#include "store/outbox.hpp"
#include "whatsapp/simulator.hpp"

namespace eval {
namespace {

constexpr auto a_page = std::int64_t{200};

class HouseAnswering final : public Answering {
public:
    explicit HouseAnswering(Stage& stage) : stage_(stage) {}

    base::Result<void> hear(std::vector<Heard> const& messages) override {
        auto written = std::vector<whatsapp::CustomerMessage>();
        for (auto const& heard : messages) {
            auto message = whatsapp::CustomerMessage();
            message.from = stage_.scenario().customer.phone;
            message.kind = heard.kind;
            message.text = heard.text;
            message.id = heard.id;
            message.sent_at = heard.sent_at;
            written.push_back(std::move(message));
        }
        TRY(auto ids, stage_.house().simulator().customer_writes(stage_.business(), written));
        static_cast<void>(ids);
        stage_.pass(base::Milliseconds(0));
        return {};
    }

    base::Result<std::vector<std::string>> look_at_phone() override {
        using Texts = std::vector<std::string>;
        return stage_.house().database().read([&](store::Tx& tx) -> base::Result<Texts> {
            auto texts = Texts();
            auto const& phone = stage_.scenario().customer.phone.e164();
            for (auto const& shown : store::simulator_messages(tx, stage_.business(), phone, last_, a_page)) {
                texts.push_back(shown.text);
                last_ = shown.message;
            }
            return texts;
        });
    }

private:
    Stage& stage_;
    std::optional<base::MessageId> last_;
};

} // namespace

Answerer the_house() {
    return [](Stage& stage) { return std::make_unique<HouseAnswering>(stage); };
}

} // namespace eval
