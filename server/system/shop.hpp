// A business of a test: signed up, with two people, one service and long hours every day.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "system/http.hpp"

namespace system_test {

struct Shop {
    std::shared_ptr<Session> session;
    std::string service;             ///< "Corte"
    std::vector<std::string> staff;  ///< two, either can do it
    std::vector<std::string> starts; ///< every quarter of an hour of all days asked for, as the API writes them
};

struct Plan {
    int duration_minutes;
    int first_day; ///< from today
    int days;
};

/// Throws when a step is refused.
Shop open_shop(std::string const& url, Plan const& plan);

/// "el 22 de octubre" and "a las 10:15", of a start as the API writes it.
std::string spoken_day(std::string const& start);
std::string spoken_time(std::string const& start);

/// The n-th Spanish mobile number, 0–999999.
std::string phone_number(int n);

} // namespace system_test
