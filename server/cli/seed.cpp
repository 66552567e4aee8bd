#include "cli/seed.hpp"

#include <array>

#include "accounts/accounts.hpp"
#include "base/text.hpp"
#include "booking/booking.hpp"
#include "booking/rows.hpp"
#include "booking/shop.hpp"
#include "business/founding.hpp"
#include "customers/customers.hpp"
#include "house/house.hpp"
#include "store/business.hpp"
#include "store/outbox.hpp"
#include "whatsapp/simulator.hpp"

namespace cli {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

struct SampleService {
    char const* name;
    char const* category;
    std::vector<std::string> synonyms;
    int duration;
    std::int64_t price;
    business::PriceKind price_kind;
};

std::vector<SampleService> const& sample_services() {
    static auto const services = std::vector<SampleService>{
        {"Corte de mujer",
         "Corte",
         {"corte", "cortarme el pelo", "corte de señora"},
         45,
         2800,
         business::PriceKind::fixed},
        {"Corte de hombre",
         "Corte",
         {"corte", "corte de caballero", "corte de chico"},
         30,
         1600,
         business::PriceKind::fixed},
        {"Tinte de raíz", "Color", {"tinte", "raíces", "color de raíz"}, 90, 4200, business::PriceKind::fixed},
        {"Mechas", "Color", {"balayage", "reflejos"}, 120, 7000, business::PriceKind::from},
        {"Peinado", "Peinado", {"secar y peinar", "recogido"}, 30, 1800, business::PriceKind::fixed},
    };
    return services;
}

constexpr auto sample_staff =
    std::to_array<std::pair<char const*, char const*>>({{"Marta", "#c2410c"}, {"Inés", "#0f766e"}});
constexpr auto sample_customers = std::to_array<char const*>(
    {"Carmen Ruiz", "Lucía Moreno", "Paula Gil", "Rocío Vega", "Andrés Soler", "Nuria Pons", "Elena Castro",
     "Hugo Marín", "Sara Ibáñez", "Javier Rey", "Alba Núñez", "Teresa Luna"});
constexpr auto sample_days = 12;

business::WeeklyHours sample_week() {
    auto week = business::WeeklyHours();
    auto long_day = business::DayHours{{hours(10), hours(14)}, {hours(16) + minutes(30), hours(20) + minutes(30)}};
    for (auto day = std::size_t{0}; day < 5; ++day)
        week.days[day] = long_day;
    week.days[5] = {{hours(10), hours(14)}};
    return week;
}

/// One transaction's worth of salon.
class Salon {
public:
    Salon(store::Tx& tx, house::House& house)
        : tx_(tx), house_(house), now_(house.business_clock().now()),
          id_(base::BusinessId::make(now_, house.random())) {}

    base::Result<void> found(std::string const& password_hash) {
        auto founding = business::Founding();
        founding.name = "Peluquería Lola";
        founding.country = "ES";
        founding.kind = business::Kind::hair_salon;
        TRY(auto profile, business::found(id_, founding));
        profile.address = "Calle Mayor 12, 28013 Madrid";
        profile.phone = "+34910000101";
        profile.facts = {{"parking", "Hay un parking público en la calle de al lado."},
                         {"pago", "Se puede pagar con tarjeta, en efectivo o con Bizum."}};
        zone_ = profile.zone;
        auto row = booking::row_of(profile, store::BusinessRow());
        row.id = id_;
        row.reminders = booking::reminders_text({});
        row.created_at = now_;
        row.activated_at = now_;
        store::insert_business(tx_, row);
        TRY(auto account, house_.accounts().add(tx_, demo_email, "Lola", password_hash));
        store::insert_membership(tx_, id_, account.id, "owner", now_);
        store::insert_channel(tx_, id_, {whatsapp::simulator_channel, "online", std::nullopt}, now_);
        store::replace_weekly_hours(tx_, id_, "", booking::rows_of(sample_week(), ""));
        add_staff();
        add_services();
        return add_bookings();
    }

private:
    void add_staff() {
        auto position = std::int64_t{0};
        for (auto const& [name, color] : sample_staff) {
            auto row = store::StaffRow();
            row.id = base::StaffId::make(now_, house_.random());
            row.name = name;
            row.color = color;
            row.position = position++;
            row.created_at = now_;
            store::insert_staff(tx_, id_, row);
        }
    }

    void add_services() {
        auto position = std::int64_t{0};
        for (auto const& sample : sample_services()) {
            auto row = store::ServiceRow();
            row.id = base::ServiceId::make(now_, house_.random());
            row.name = sample.name;
            row.name_folded = base::fold(sample.name);
            row.category = sample.category;
            row.synonyms = booking::synonyms_text(sample.synonyms);
            row.duration_minutes = sample.duration;
            row.price_minor = sample.price;
            row.price_kind = std::string(business::to_text(sample.price_kind));
            row.position = position++;
            row.created_at = now_;
            store::insert_service(tx_, id_, row);
            services_.push_back(row.id);
        }
    }

    /// A day in three is left nearly empty, so that whoever tries the demo finds both full and free days.
    base::Result<void> add_bookings() {
        auto today = base::date_of(zone_.to_local(now_));
        auto count = std::size_t{0};
        for (auto day = 0; day < sample_days; ++day) {
            for (auto n = 0; n < (day % 3 == 2 ? 2 : 6); ++n, ++count) {
                TRY_VOID(add_booking(today + days(day), count));
            }
        }
        return {};
    }

    base::Result<void> add_booking(base::Date date, std::size_t count) {
        auto service = services_[count * 7 % services_.size()];
        auto from = zone_.to_instant(base::LocalTime(date));
        auto to = zone_.to_instant(base::LocalTime(date + days(1)));
        TRY(auto calendar, booking::load_calendar(tx_, id_, from, to));
        auto wanted = booking::load_service(tx_, id_, service);
        auto slots = schedule::availability(calendar, {*wanted, from, to, std::nullopt, now_});
        if (slots.empty()) return {};
        auto name = std::string(sample_customers[count % sample_customers.size()]);
        TRY(auto phone, base::Phone::parse("+3461100" + std::to_string(1000 + count % sample_customers.size()), "ES"));
        auto customer = customers::find_or_add(tx_, id_, name, phone, now_, house_.random());
        auto wish = booking::Wish();
        wish.service = service;
        wish.starts_at = slots[count * 5 % slots.size()].starts_at;
        wish.customer_name = name;
        TRY(auto booked, booking::book(tx_, id_, customer.id, wish, booking::Actor(), now_, house_.random()));
        static_cast<void>(booked);
        return {};
    }

    store::Tx& tx_;
    house::House& house_;
    base::Instant now_;
    base::BusinessId id_;
    base::Zone zone_;
    std::vector<base::ServiceId> services_;
};

} // namespace

base::Result<void> seed_demo(house::House& house) {
    TRY(auto known, house.database().read([&](store::Tx& tx) -> base::Result<bool> {
        return store::find_account_by_email(tx, demo_email).has_value();
    }));
    if (known) return {};
    TRY(auto hash, house.accounts().passwords().hash(demo_password));
    return house.database().write([&](store::Tx& tx) { return Salon(tx, house).found(hash); });
}

} // namespace cli
