#include "eval/scripted.hpp"

#include <algorithm>

#include "booking/booking.hpp"
#include "booking/shop.hpp"
#include "customers/customers.hpp"
#include "store/conversation.hpp"
#include "whatsapp/simulator.hpp"

namespace eval {
namespace {

booking::Actor as_customer(base::CustomerId const& customer) {
    return {schedule::Actor::customer, booking::Origin::assistant, customer};
}

} // namespace

base::Result<void> Scripted::hear(std::vector<Heard> const& messages) {
    auto fresh = std::vector<Heard>();
    for (auto const& message : messages) {
        if (!message.id || ids_.insert(*message.id).second) fresh.push_back(message);
    }
    if (fresh.empty()) return {};
    TRY(auto const texts, answer(fresh));
    shown_.insert(shown_.end(), texts.begin(), texts.end());
    return {};
}

base::CustomerId Scripted::customer(store::Tx& tx) {
    auto const& person = stage_.scenario().customer;
    return customers::recognise(tx, stage_.business(), {"phone", person.phone.e164()}, person.name, stage_.now(),
                                stage_.house().random())
        .id;
}

base::Result<void> Scripted::book(std::string const& service, base::Instant start,
                                  std::optional<std::string> const& staff, std::string const& name) {
    return stage_.house().database().write([&](store::Tx& tx) -> base::Result<void> {
        auto wish = booking::Wish();
        wish.service = stage_.service(service);
        wish.starts_at = start;
        if (staff) wish.staff = stage_.staff(*staff);
        wish.customer_name = name;
        auto const who = customer(tx);
        TRY(auto row,
            booking::book(tx, stage_.business(), who, wish, as_customer(who), stage_.now(), stage_.house().random()));
        static_cast<void>(row);
        return {};
    });
}

base::Result<void> Scripted::move(std::string const& given, base::Instant start,
                                  std::optional<std::string> const& staff) {
    return stage_.house().database().write([&](store::Tx& tx) -> base::Result<void> {
        auto change = booking::Change();
        change.starts_at = start;
        if (staff) change.staff = stage_.staff(*staff);
        TRY(auto row, booking::change(tx, stage_.business(), stage_.booking(given), change, {},
                                      as_customer(customer(tx)), stage_.now()));
        static_cast<void>(row);
        return {};
    });
}

base::Result<void> Scripted::cancel(std::string const& given) {
    return stage_.house().database().write([&](store::Tx& tx) -> base::Result<void> {
        TRY(auto row, booking::act(tx, stage_.business(), stage_.booking(given), schedule::Action::cancel, "", {},
                                   as_customer(customer(tx)), stage_.now()));
        static_cast<void>(row);
        return {};
    });
}

base::Result<void> Scripted::confirm_attendance(std::string const& given) {
    return stage_.house().database().write([&](store::Tx& tx) -> base::Result<void> {
        TRY(auto row, booking::note(tx, stage_.business(), stage_.booking(given), booking::Note::attends, 0,
                                    as_customer(customer(tx)), stage_.now()));
        static_cast<void>(row);
        return {};
    });
}

base::Result<std::vector<base::Instant>> Scripted::free_starts(std::string const& service, base::LocalTime from,
                                                               base::LocalTime to) {
    using Starts = std::vector<base::Instant>;
    return stage_.house().database().read([&](store::Tx& tx) -> base::Result<Starts> {
        auto const& zone = stage_.fixture().profile.zone;
        auto const first = zone.to_instant(from);
        auto const last = zone.to_instant(to) + base::Minutes(1);
        auto const wanted = booking::load_service(tx, stage_.business(), stage_.service(service)).value();
        TRY(auto const calendar, booking::load_calendar(tx, stage_.business(), first, last));
        auto starts = Starts();
        for (auto const& slot : schedule::availability(calendar, {wanted, first, last, std::nullopt, stage_.now()}))
            starts.push_back(slot.starts_at);
        return starts;
    });
}

base::Result<void> Scripted::hand_over() {
    return stage_.house().database().write([&](store::Tx& tx) -> base::Result<void> {
        auto chat =
            store::find_or_add_conversation(tx, stage_.business(),
                                            {.id = base::ConversationId::make(stage_.now(), stage_.house().random()),
                                             .customer = customer(tx),
                                             .channel = whatsapp::simulator_channel,
                                             .address_kind = "phone",
                                             .address_value = stage_.scenario().customer.phone.e164(),
                                             .created_at = stage_.now()});
        chat.answering = "waiting_for_owner";
        chat.answering_since_at = stage_.now();
        store::update_conversation(tx, stage_.business(), chat);
        return {};
    });
}

} // namespace eval
