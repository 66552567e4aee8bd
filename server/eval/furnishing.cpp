#include "eval/furnishing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "booking/rows.hpp"
#include "booking/shop.hpp"
#include "conversation/answering.hpp"
#include "customers/customers.hpp"
#include "schedule/life_cycle.hpp"
#include "store/conversation.hpp"
#include "store/outbox.hpp"
#include "whatsapp/simulator.hpp"

namespace eval {
namespace {

constexpr auto phone_kind = "phone";

base::Error no_place(Scenario const& scenario, std::string const& what) {
    return {base::Fault::invalid, "bad_scenarios", fmt::format("scenario {}: given {}", scenario.id, what)};
}

store::ConversationRow chat_with(store::Tx& tx, Stage const& stage, base::CustomerId const& customer, base::Instant now,
                                 base::Random& random) {
    auto const& phone = stage.scenario().customer.phone;
    return store::find_or_add_conversation(tx, stage.business(),
                                           {.id = base::ConversationId::make(now, random),
                                            .customer = customer,
                                            .channel = whatsapp::simulator_channel,
                                            .address_kind = phone_kind,
                                            .address_value = phone.e164(),
                                            .created_at = now});
}

} // namespace

Furnishing::Furnishing(store::Tx& tx, Stage& stage) : tx_(tx), stage_(stage), random_(stage.house().random()) {}

base::Instant Furnishing::instant(base::LocalTime time) const { return stage_.fixture().profile.zone.to_instant(time); }

base::Result<void> Furnishing::found() {
    TRY_VOID(add_business());
    add_staff();
    add_services();
    for (auto const& busy : stage_.fixture().busy)
        TRY_VOID(add(busy));
    auto const& scenario = stage_.scenario();
    auto known = scenario.others;
    if (scenario.customer.name) known.push_back(scenario.customer);
    for (auto const& person : known) {
        customers::recognise(tx_, stage_.business_, {phone_kind, person.phone.e164()}, person.name, stage_.now(),
                             random_);
    }
    return {};
}

base::Result<void> Furnishing::add_business() {
    auto const now = stage_.now();
    stage_.business_ = base::BusinessId::make(now, random_);
    auto const& fixture = stage_.fixture();
    auto row = booking::row_of(fixture.profile, store::BusinessRow());
    row.id = stage_.business_;
    row.reminders = booking::reminders_text({.day_before = false}); // those that matter are given
    row.created_at = now;
    row.activated_at = now;
    store::insert_business(tx_, row);
    store::insert_channel(tx_, row.id, {whatsapp::simulator_channel, "online", std::nullopt}, now);
    store::replace_weekly_hours(tx_, row.id, "", booking::rows_of(fixture.weekly, ""));
    for (auto exception : fixture.exceptions) {
        exception.id = base::ExceptionId::make(now, random_);
        store::insert_exception(tx_, row.id, booking::row_of(exception, now));
    }
    return {};
}

void Furnishing::add_staff() {
    auto position = std::int64_t{0};
    for (auto member : stage_.fixture().staff) {
        auto const& id = stage_.staff_[member.id.text()] = base::StaffId::make(stage_.now(), random_);
        member.id = id;
        auto row = booking::row_of(member, store::StaffRow());
        row.id = id;
        row.position = position++;
        row.created_at = stage_.now();
        store::insert_staff(tx_, stage_.business_, row);
        if (member.weekly) {
            store::replace_weekly_hours(tx_, stage_.business_, id.text(), booking::rows_of(*member.weekly, id.text()));
        }
    }
}

void Furnishing::add_services() {
    auto position = std::int64_t{0};
    for (auto service : stage_.fixture().services) {
        auto const& id = stage_.services_[service.id.text()] = base::ServiceId::make(stage_.now(), random_);
        service.id = id;
        if (service.staff) {
            std::ranges::transform(*service.staff, service.staff->begin(),
                                   [&](auto const& each) { return stage_.staff(each.text()); });
        }
        auto row = booking::row_of(service, store::ServiceRow());
        row.id = id;
        row.position = position++;
        row.created_at = stage_.now();
        store::insert_service(tx_, stage_.business_, row);
    }
}

base::Result<void> Furnishing::add(Given const& given) {
    return std::visit([&](auto const& each) { return add(each); }, given);
}

base::CustomerId Furnishing::customer_with(base::Phone const& phone) {
    return customers::recognise(tx_, stage_.business_, {phone_kind, phone.e164()}, std::nullopt, stage_.now(), random_)
        .id;
}

std::optional<std::string> Furnishing::free_member(GivenBooking const& given, base::Interval occupied) {
    auto const& fixture = stage_.fixture();
    auto const bookings = store::busy_with_bookings(tx_, stage_.business_, occupied, {}, {});
    auto const blocks = store::blocks_between(tx_, stage_.business_, occupied);
    for (auto const& member : fixture.staff) {
        if (!business::performs(member, *fixture.service(given.service))) continue;
        auto const& id = stage_.staff(member.id.text());
        auto const taken = bookings.contains(id.text()) || std::ranges::any_of(blocks, [&](auto const& block) {
                               return (!block.staff || block.staff == id) && block.interval.overlaps(occupied);
                           });
        if (!taken) return member.id.text();
    }
    return std::nullopt;
}

base::Result<void> Furnishing::add(GivenBooking const& given) {
    auto const& service = *stage_.fixture().service(given.service);
    auto const start = instant(given.starts_at);
    auto const occupied = business::occupied_by(service, start);
    auto const staff = given.staff ? given.staff : free_member(given, occupied);
    if (!staff)
        return base::fail(no_place(stage_.scenario(), "booking " + given.id + ": nobody is able and free then"));
    auto const customer = customer_with(given.phone.value_or(stage_.scenario().customer.phone));
    auto row = store::BookingRow();
    row.id = base::BookingId::make(stage_.now(), random_);
    row.service = stage_.service(given.service);
    row.staff = stage_.staff(*staff);
    row.customer = customer;
    row.customer_name = store::find_customer(tx_, stage_.business_, customer).value().name.value_or("");
    row.starts_at = start;
    row.ends_at = start + service.duration;
    row.occupied_from = occupied.from;
    row.occupied_to = occupied.to;
    row.local_start = base::format_local_time(given.starts_at);
    row.timezone = stage_.fixture().profile.zone.name();
    row.status = given.status;
    row.origin = "owner";
    row.price_minor = service.price_minor;
    row.created_at = row.updated_at = std::min(stage_.now(), start);
    store::insert_booking(tx_, stage_.business_, row);
    store::append_booking_event(tx_, stage_.business_, row.id, row.created_at, "owner", "created", "{}");
    stage_.bookings_[given.id] = row.id;
    return {};
}

/// As the phone shows it: words about the booking that wait for an answer.
base::Result<void> Furnishing::add(GivenReminder const& given) {
    auto const details = store::find_booking_details(tx_, stage_.business_, stage_.booking(given.booking)).value();
    auto const sent_at = instant(given.sent_at);
    auto const chat = chat_with(tx_, stage_, details.row.customer, sent_at, random_);
    auto message = store::MessageRow();
    message.id = base::MessageId::make(sent_at, random_);
    message.conversation = chat.id;
    message.direction = "out";
    message.author = "assistant";
    message.kind = "text";
    message.text = fmt::format("{}: {}. ¿Vienes?", details.service_name, details.row.local_start);
    message.status = "delivered";
    message.reason = "reminder";
    message.booking = details.row.id;
    message.sent_at = message.created_at = sent_at;
    store::append_message(tx_, stage_.business_, message);
    return {};
}

base::Result<void> Furnishing::add(BusyTime const& busy) {
    auto row = store::BlockRow();
    row.id = base::BlockId::make(stage_.now(), random_);
    row.staff = stage_.staff(busy.staff);
    row.interval = {instant(busy.from), instant(busy.to)};
    row.title = busy.title;
    row.created_at = stage_.now();
    store::insert_block(tx_, stage_.business_, row);
    return {};
}

/// Earlier chat. It was answered then; words of the owner's own phone keep the assistant silent for a while.
base::Result<void> Furnishing::add(GivenMessage const& given) {
    auto const sent_at = instant(given.sent_at);
    auto const customer = customer_with(stage_.scenario().customer.phone);
    auto chat = chat_with(tx_, stage_, customer, sent_at, random_);
    auto const incoming = given.from == "customer";
    auto message = store::MessageRow();
    message.id = base::MessageId::make(sent_at, random_);
    message.conversation = chat.id;
    message.direction = incoming ? "in" : "out";
    message.author = given.from;
    message.kind = "text";
    message.text = given.text;
    message.status = incoming ? "received" : "sent";
    message.reason = given.from == "owner_phone" ? "owner" : incoming ? "" : "reply";
    message.sent_at = message.created_at = sent_at;
    auto const seq = store::append_message(tx_, stage_.business_, message);
    if (incoming) {
        auto const key =
            store::InboxKey{whatsapp::simulator_channel, phone_kind, chat.address_value, false, message.id.text()};
        store::insert_inbox(tx_, stage_.business_, key, message, seq, sent_at);
        store::settle_inbox(tx_, stage_.business_, chat.id, seq, std::nullopt, "answered", "");
    }
    if (given.from == "assistant") chat.disclosed_at = sent_at;
    if (given.from == "owner_phone") conversation::owner_wrote(tx_, stage_.business_, chat, sent_at);
    chat.last_message_at = sent_at;
    store::update_conversation(tx_, stage_.business_, chat);
    return {};
}

} // namespace eval
