// The businesses in which scenarios take place. Ids are the file's own.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "business/hours.hpp"
#include "business/profile.hpp"
#include "business/services.hpp"
#include "eval/scenario.hpp"

namespace eval {

struct Fixture {
    std::string id;
    business::Profile profile;
    business::WeeklyHours weekly;
    std::vector<business::HoursException> exceptions;
    std::vector<business::StaffMember> staff;
    std::vector<business::Service> services;
    std::vector<BusyTime> busy;

    business::Service const* service(std::string_view id) const;
    business::StaffMember const* member(std::string_view id) const;
};
using Fixtures = std::map<std::string, Fixture>;

/// not_found `no_such_file`; invalid `bad_scenarios`, with file and field. Unknown members are named in `warnings`.
base::Result<Fixtures> read_fixtures(std::filesystem::path const& file, std::vector<std::string>& warnings);

} // namespace eval
