// Rows of a business's configuration: profile, weekly hours, exceptions, blocks, staff, services. All lists are in
// display order. What a change touches is the upper rooms' business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace store {

struct BusinessRow {
    base::BusinessId id = {};
    std::int64_t version = 1;
    std::int64_t hours_version = 1;
    std::string name = {}, kind = {}, country = {}, timezone = {}, locale = {}, tone = {}, currency = {}, address = {},
                phone = {};
    std::string facts = "[]"; ///< JSON [{topic,text}]
    std::int64_t slot_step_minutes = 15, min_notice_minutes = 60, horizon_days = 60, cancel_notice_minutes = 120,
                 buffer_minutes = 0;
    std::string assistant_mode = {}, assistant_name = {}, greeting = {};
    bool auto_confirm = false, owner_approves = false;
    std::optional<base::Instant> paused_until_at = {};
    std::string reminders = "{}"; ///< JSON object
    std::int64_t onboarding_step = 1;
    std::optional<base::Instant> onboarding_completed_at = {}, activated_at = {};
    base::Instant created_at = {};
    std::optional<base::BusinessId> sandbox_of = {};   ///< a shadow of that business, see store/sandbox.hpp
    std::optional<base::Instant> sandbox_ends_at = {}; ///< system time
};
void insert_business(Tx& tx, BusinessRow const& row);
std::optional<BusinessRow> find_business(Tx& tx, base::BusinessId const& id);
/// Writes every field but id, hours_version, created_at and the sandbox's where the version is still `row.version`;
/// false if it is not. Raises row.version.
bool update_business(Tx& tx, BusinessRow& row);

/// `staff` empty text = the business itself. Weekday 0 = Monday.
struct WeeklyRow {
    std::string staff = {};
    int weekday = 0;
    base::TimeOfDay from = {};
    base::TimeOfDay to = {};
};
std::vector<WeeklyRow> weekly_hours(Tx& tx, base::BusinessId const& business);
/// Replaces the rows of one owner of hours (the business or a staff member).
void replace_weekly_hours(Tx& tx, base::BusinessId const& business, std::string_view staff,
                          std::vector<WeeklyRow> const& rows);
/// Raises hours_version if it is still `version`; false otherwise.
bool raise_hours_version(Tx& tx, base::BusinessId const& business, std::int64_t version);

struct ExceptionRow {
    base::ExceptionId id = {};
    std::int64_t version = 1;
    std::optional<base::StaffId> staff = {};
    base::Date date = {};
    std::string hours = {}; ///< "" closed, else "540-840 960-1200"
    std::string reason = {};
    base::Instant created_at = {};
};
void insert_exception(Tx& tx, base::BusinessId const& business, ExceptionRow const& row);
std::vector<ExceptionRow> exceptions_between(Tx& tx, base::BusinessId const& business, base::Date from, base::Date to);
std::optional<ExceptionRow> find_exception(Tx& tx, base::BusinessId const& business, base::ExceptionId const& id);
bool delete_exception(Tx& tx, base::BusinessId const& business, base::ExceptionId const& id);

struct BlockRow {
    base::BlockId id = {};
    std::int64_t version = 1;
    std::optional<base::StaffId> staff = {}; ///< absent: everybody
    base::Interval interval = {};
    std::string title = {};
    base::Instant created_at = {};
};
void insert_block(Tx& tx, base::BusinessId const& business, BlockRow const& row);
std::vector<BlockRow> blocks_between(Tx& tx, base::BusinessId const& business, base::Interval window);
std::optional<BlockRow> find_block(Tx& tx, base::BusinessId const& business, base::BlockId const& id);
bool delete_block(Tx& tx, base::BusinessId const& business, base::BlockId const& id);

struct StaffRow {
    base::StaffId id = {};
    std::int64_t version = 1;
    std::string name = {}, color = {};
    bool active = true;
    bool own_hours = false;
    std::int64_t position = 0;
    std::optional<base::Instant> archived_at = {};
    base::Instant created_at = {};
};
void insert_staff(Tx& tx, base::BusinessId const& business, StaffRow const& row);
/// As for update_business.
bool update_staff(Tx& tx, base::BusinessId const& business, StaffRow& row);
/// Not archived ones only.
std::vector<StaffRow> list_staff(Tx& tx, base::BusinessId const& business);
std::optional<StaffRow> find_staff(Tx& tx, base::BusinessId const& business, base::StaffId const& id);
/// Takes the staff rows' locks, in order of id, until the end of the transaction.
void lock_staff(Tx& tx, base::BusinessId const& business, std::vector<base::StaffId> const& staff);

struct ServiceRow {
    base::ServiceId id = {};
    std::int64_t version = 1;
    std::string name = {}, name_folded = {}, category = {};
    std::string synonyms = "[]"; ///< JSON ["…"]
    std::int64_t duration_minutes = 30, buffer_before_minutes = 0, buffer_after_minutes = 0;
    std::optional<std::int64_t> price_minor = {};
    std::string price_kind = {};
    bool active = true;
    bool everyone = true; ///< false: those in `staff`
    std::vector<base::StaffId> staff = {};
    std::int64_t position = 0;
    std::optional<base::Instant> archived_at = {};
    base::Instant created_at = {};
};
/// Another unarchived service with the same folded name → conflict `already_exists` out of the transaction.
void insert_service(Tx& tx, base::BusinessId const& business, ServiceRow const& row);
bool update_service(Tx& tx, base::BusinessId const& business, ServiceRow& row);
std::vector<ServiceRow> list_services(Tx& tx, base::BusinessId const& business);
std::optional<ServiceRow> find_service(Tx& tx, base::BusinessId const& business, base::ServiceId const& id);

} // namespace store
