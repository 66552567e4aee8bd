#include "store/jobs.hpp"

#include <algorithm>

namespace store {
namespace {

Job read_job(Row const& row) {
    return {row.string(0),  row.optional_id<base::BusinessId>(1),
            row.string(2),  row.string(3),
            row.string(4),  row.instant(5),
            row.integer(6), row.string(7),
            row.instant(8)};
}

constexpr auto claim_on_sqlite =
    "UPDATE job SET claimed_by = ?1, claimed_until_at = ?2, attempts = attempts + 1 WHERE id IN ("
    "  SELECT id FROM job WHERE kind = ?5 AND failed_at IS NULL AND due_at <= ?3"
    "    AND (claimed_until_at IS NULL OR claimed_until_at <= ?3) ORDER BY due_at, id LIMIT ?4) "
    "RETURNING id, business_id, kind, unique_key, payload, due_at, attempts, claimed_by, created_at";
constexpr auto claim_on_postgres =
    "UPDATE job SET claimed_by = ?1, claimed_until_at = ?2, attempts = attempts + 1 WHERE id IN ("
    "  SELECT id FROM job WHERE kind = ?5 AND failed_at IS NULL AND due_at <= ?3"
    "    AND (claimed_until_at IS NULL OR claimed_until_at <= ?3) ORDER BY due_at, id LIMIT ?4"
    "  FOR UPDATE SKIP LOCKED) "
    "RETURNING id, business_id, kind, unique_key, payload, due_at, attempts, claimed_by, created_at";

} // namespace

bool enqueue_job(Tx& tx, NewJob const& job, base::Instant now) {
    return tx.run("INSERT INTO job (id, business_id, kind, unique_key, payload, due_at, created_at) "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (kind, unique_key) DO NOTHING",
                  {job.id, job.business, job.kind, job.unique_key, job.payload, job.due, now}) == 1;
}

std::vector<Job> claim_due_jobs(Tx& tx, std::string_view kind, std::string_view holder, base::Instant now,
                                base::Milliseconds length, int limit) {
    auto const* sql = tx.engine() == Engine::sqlite ? claim_on_sqlite : claim_on_postgres;
    auto jobs = tx.all(sql, {holder, now + length, now, limit, kind}, read_job);
    // RETURNING keeps no order.
    std::ranges::sort(jobs, {}, [](Job const& job) { return std::pair(job.due, job.id); });
    return jobs;
}

std::optional<base::Instant> next_job_due(Tx& tx, std::string_view kind) {
    // The scalar max() and GREATEST: a claimed job waits for the end of its claim.
    constexpr auto on_sqlite =
        "SELECT min(max(due_at, coalesce(claimed_until_at, due_at))) FROM job WHERE kind = ?1 AND failed_at IS NULL";
    constexpr auto on_postgres = "SELECT min(greatest(due_at, coalesce(claimed_until_at, due_at))) FROM job "
                                 "WHERE kind = ?1 AND failed_at IS NULL";
    auto due = tx.one(tx.engine() == Engine::sqlite ? on_sqlite : on_postgres, {kind},
                      [](Row const& row) { return row.optional_instant(0); });
    return due.value_or(std::nullopt);
}

void bring_jobs_back(Tx& tx, std::string_view kind, base::Instant now, base::Milliseconds length) {
    tx.run("UPDATE job SET due_at = ?2, created_at = CASE WHEN created_at > ?2 THEN ?2 ELSE created_at END "
           "WHERE kind = ?1 AND due_at > ?2 AND failed_at IS NULL",
           {kind, now});
    tx.run("UPDATE job SET claimed_until_at = ?2 WHERE kind = ?1 AND claimed_until_at > ?2", {kind, now + length});
}

void release_jobs(Tx& tx, std::string_view kind) {
    tx.run("UPDATE job SET claimed_by = NULL, claimed_until_at = NULL WHERE kind = ?1 AND claimed_by IS NOT NULL",
           {kind});
}

bool complete_job(Tx& tx, Job const& job) {
    return tx.run("DELETE FROM job WHERE id = ?1 AND claimed_by = ?2 AND attempts = ?3",
                  {job.id, job.claimed_by, job.attempts}) == 1;
}

bool retry_job(Tx& tx, Job const& job, base::Instant due, std::string_view why) {
    return tx.run("UPDATE job SET claimed_by = NULL, claimed_until_at = NULL, due_at = ?4, why = ?5 "
                  "WHERE id = ?1 AND claimed_by = ?2 AND attempts = ?3",
                  {job.id, job.claimed_by, job.attempts, due, why}) == 1;
}

bool give_up_job(Tx& tx, Job const& job, base::Instant now, std::string_view why) {
    return tx.run("UPDATE job SET claimed_by = NULL, claimed_until_at = NULL, failed_at = ?4, why = ?5 "
                  "WHERE id = ?1 AND claimed_by = ?2 AND attempts = ?3",
                  {job.id, job.claimed_by, job.attempts, now, why}) == 1;
}

std::int64_t trim_jobs(Tx& tx, base::Instant before) {
    return tx.run("DELETE FROM job WHERE id IN (SELECT id FROM job WHERE failed_at < ?1 LIMIT 10000)", {before});
}

base::Milliseconds retry_delay(std::int64_t attempts) {
    auto const doublings = std::clamp(attempts - 1, std::int64_t{0}, std::int64_t{12});
    return std::min<base::Milliseconds>(std::chrono::seconds(std::int64_t{1} << doublings), std::chrono::hours(1));
}

} // namespace store
