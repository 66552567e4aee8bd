// What goes wrong under a running program: disks, calls of the system, the database server.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "system/place.hpp"
#include "system/process.hpp"

namespace system_test {

/// Why a test that needs root cannot run; empty for root.
std::string not_root();

/// A folder that is a disk of its own, in memory, unmounted with the object. Needs root.
class SmallDisk {
public:
    SmallDisk(std::filesystem::path folder, std::string const& size);
    ~SmallDisk();
    SmallDisk(SmallDisk const&) = delete;
    SmallDisk& operator=(SmallDisk const&) = delete;

    /// Leaves not a byte free; once more, also not what has become free since.
    void fill();
    void make_room();

private:
    std::filesystem::path folder_;
};

/// While it lives, calls of a running process fail. `what` as strace's -e inject= takes it:
/// `pwrite64:error=EIO:when=3`; counted for each thread by itself.
class Injection {
public:
    Injection(pid_t process, std::vector<std::string> const& what);
    ~Injection();
    /// How many calls failed. Ends it.
    int end();

private:
    TempFolder report_;
    std::unique_ptr<Process> strace_;
};

/// The words before a program's own, for calls that fail from its start; its strace reports into `report`.
std::vector<std::string> injecting(std::vector<std::string> const& what, std::filesystem::path const& report);
/// How many calls failed, by a report.
int injected(std::string const& report);

/// A PostgreSQL server of the test's own, which keeps what it has acknowledged when it is killed.
class OwnPostgres {
public:
    OwnPostgres();
    ~OwnPostgres();
    OwnPostgres(OwnPostgres const&) = delete;
    OwnPostgres& operator=(OwnPostgres const&) = delete;

    std::string const& address() const { return address_; }
    /// `fast` or `immediate`; returns when it answers again.
    void restart(std::string const& mode);
    /// kill -9 of all its processes, as a machine that loses power; then as restart().
    void kill();
    /// All its processes stand still, and go on: as when the network swallows every packet.
    void freeze();
    void thaw();

private:
    std::vector<pid_t> processes() const;
    void signal_all(int signal) const;

    TempFolder folder_;
    std::string address_;
};

} // namespace system_test
