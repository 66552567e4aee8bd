// Work to be done once, later, by any node. A job is claimed for a while; if its node dies it is claimed again, so what
// a job does must bear repetition. Times are system time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace store {

struct NewJob {
    std::string id; ///< a UUIDv7
    std::optional<base::BusinessId> business;
    std::string kind;
    std::string unique_key; ///< within the kind: what would be the same work
    std::string payload;
    base::Instant due;
};

struct Job {
    std::string id;
    std::optional<base::BusinessId> business;
    std::string kind;
    std::string unique_key;
    std::string payload;
    base::Instant due;
    std::int64_t attempts = 0; ///< including this one; tells one claim from the next
    std::string claimed_by;
    base::Instant created;
};

/// False when a job of the same kind and key exists already (also one that was given up).
bool enqueue_job(Tx& tx, NewJob const& job, base::Instant now);

/// At most `limit` due jobs of a kind, the longest due first, for `holder` until `now + length`. No two callers get the
/// same one.
std::vector<Job> claim_due_jobs(Tx& tx, std::string_view kind, std::string_view holder, base::Instant now,
                                base::Milliseconds length, int limit);
/// When claim_due_jobs() will next find one of this kind, as things stand.
std::optional<base::Instant> next_job_due(Tx& tx, std::string_view kind);
/// The clock was set back to `now`: what was due, claimed or created by a later time of it is due now, is claimed for
/// `length` at most, and was created now.
void bring_jobs_back(Tx& tx, std::string_view kind, base::Instant now, base::Milliseconds length);
/// Makes free what processes that are gone have claimed; for a database of which this is the only process.
void release_jobs(Tx& tx, std::string_view kind);

/// Each of these answers false, and does nothing, when the claim has passed to somebody else.
/// Done: the job is gone, and its key free.
bool complete_job(Tx& tx, Job const& job);
/// To be tried again at `due`; see retry_delay().
bool retry_job(Tx& tx, Job const& job, base::Instant due, std::string_view why);
/// Never again; the row stays for people to see.
bool give_up_job(Tx& tx, Job const& job, base::Instant now, std::string_view why);

/// Deletes what was given up before; at most 10 000. Answers how many.
std::int64_t trim_jobs(Tx& tx, base::Instant before);

/// Doubles from 1 s after the first attempt to at most 1 h.
base::Milliseconds retry_delay(std::int64_t attempts);

} // namespace store
