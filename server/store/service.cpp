#include <map>

#include "store/business.hpp"

namespace store {
namespace {

std::string select_service(std::string_view tail) {
    return "SELECT v.id, v.version, v.name, v.name_folded, v.category, v.synonyms, v.duration_minutes, "
           "v.buffer_before_minutes, v.buffer_after_minutes, v.price_minor, v.price_kind, v.active, v.everyone, "
           "v.position, v.archived_at, v.created_at FROM service v " +
           std::string(tail);
}

ServiceRow service_row(Row const& row) {
    return {.id = row.id<base::ServiceId>(0),
            .version = row.integer(1),
            .name = row.string(2),
            .name_folded = row.string(3),
            .category = row.string(4),
            .synonyms = row.string(5),
            .duration_minutes = row.integer(6),
            .buffer_before_minutes = row.integer(7),
            .buffer_after_minutes = row.integer(8),
            .price_minor = row.optional_integer(9),
            .price_kind = row.string(10),
            .active = row.flag(11),
            .everyone = row.flag(12),
            .staff = {},
            .position = row.integer(13),
            .archived_at = row.optional_instant(14),
            .created_at = row.instant(15)};
}

void insert_service_staff(Tx& tx, base::BusinessId const& business, ServiceRow const& row);
std::vector<ServiceRow> with_staff(Tx& tx, base::BusinessId const& business, std::vector<ServiceRow> services);

} // namespace

void insert_service(Tx& tx, base::BusinessId const& business, ServiceRow const& row) {
    tx.run("INSERT INTO service (business_id, id, version, name, name_folded, category, synonyms, duration_minutes, "
           "buffer_before_minutes, buffer_after_minutes, price_minor, price_kind, active, everyone, position, "
           "archived_at, created_at) "
           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
           {business, row.id, row.version, row.name, row.name_folded, row.category, row.synonyms, row.duration_minutes,
            row.buffer_before_minutes, row.buffer_after_minutes, row.price_minor, row.price_kind, row.active,
            row.everyone, row.position, row.archived_at, row.created_at});
    insert_service_staff(tx, business, row);
}

bool update_service(Tx& tx, base::BusinessId const& business, ServiceRow& row) {
    auto const changed =
        tx.run("UPDATE service SET version = version + 1, name = ?4, name_folded = ?5, category = ?6, synonyms = ?7, "
               "duration_minutes = ?8, buffer_before_minutes = ?9, buffer_after_minutes = ?10, price_minor = ?11, "
               "price_kind = ?12, active = ?13, everyone = ?14, position = ?15, archived_at = ?16 "
               "WHERE business_id = ?1 AND id = ?2 AND version = ?3",
               {business, row.id, row.version, row.name, row.name_folded, row.category, row.synonyms,
                row.duration_minutes, row.buffer_before_minutes, row.buffer_after_minutes, row.price_minor,
                row.price_kind, row.active, row.everyone, row.position, row.archived_at});
    if (changed == 0) return false;
    ++row.version;
    tx.run("DELETE FROM service_staff WHERE business_id = ?1 AND service_id = ?2", {business, row.id});
    insert_service_staff(tx, business, row);
    return true;
}

std::vector<ServiceRow> list_services(Tx& tx, base::BusinessId const& business) {
    static auto const sql =
        select_service("WHERE v.business_id = ?1 AND v.archived_at IS NULL ORDER BY v.position, v.id");
    return with_staff(tx, business, tx.all(sql, {business}, service_row));
}

std::optional<ServiceRow> find_service(Tx& tx, base::BusinessId const& business, base::ServiceId const& id) {
    static auto const sql = select_service("WHERE v.business_id = ?1 AND v.id = ?2");
    auto service = tx.one(sql, {business, id}, service_row);
    if (!service || service->everyone) return service;
    service->staff = tx.all("SELECT p.staff_id FROM service_staff p WHERE p.business_id = ?1 AND p.service_id = ?2 "
                            "ORDER BY p.staff_id",
                            {business, id}, [](Row const& row) { return row.id<base::StaffId>(0); });
    return service;
}

namespace {

void insert_service_staff(Tx& tx, base::BusinessId const& business, ServiceRow const& row) {
    if (row.everyone) return;
    for (auto const& staff : row.staff) {
        tx.run("INSERT INTO service_staff (business_id, service_id, staff_id) VALUES (?1, ?2, ?3) "
               "ON CONFLICT (business_id, service_id, staff_id) DO NOTHING",
               {business, row.id, staff});
    }
}

std::vector<ServiceRow> with_staff(Tx& tx, base::BusinessId const& business, std::vector<ServiceRow> services) {
    auto performers = std::map<std::string, std::vector<base::StaffId>, std::less<>>();
    tx.each("SELECT p.service_id, p.staff_id FROM service_staff p WHERE p.business_id = ?1 "
            "ORDER BY p.service_id, p.staff_id",
            {business}, [&](Row const& row) { performers[row.string(0)].push_back(row.id<base::StaffId>(1)); });
    for (auto& service : services) {
        auto const found = performers.find(service.id.text());
        if (found != performers.end()) service.staff = std::move(found->second);
    }
    return services;
}

} // namespace
} // namespace store
