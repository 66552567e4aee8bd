#include "store/postgres_listener.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <pqxx/pqxx>
#include <system_error>

#include "base/log.hpp"
#include "store/postgres.hpp"

namespace store {
namespace {

class Receiver final : public pqxx::notification_receiver {
public:
    Receiver(pqxx::connection& connection, std::string const& own_mark, ChangeListener const& listener)
        : pqxx::notification_receiver(connection, change_channel), own_mark_(own_mark), listener_(listener) {}
    void operator()(std::string const& payload, int) override {
        auto const space = payload.find(' ');
        if (space == std::string::npos || payload.substr(0, space) == own_mark_) return;
        listener_(base::BusinessId(payload.substr(space + 1)));
    }

private:
    std::string const& own_mark_;
    ChangeListener const& listener_;
};

int make_stop_signal() {
    auto const descriptor = ::eventfd(0, EFD_CLOEXEC);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    return descriptor;
}

constexpr auto check_every = 30'000; // milliseconds after which a silent connection is asked whether it still lives
constexpr auto first_pause = 100;
constexpr auto longest_pause = 5'000;

} // namespace

PostgresListener::PostgresListener(std::string const& address, std::string own_mark, PostgresWatch& watch,
                                   ChangeListener listener)
    : address_(with_time_limits(address)), own_mark_(std::move(own_mark)), watch_(watch),
      listener_(std::move(listener)), stop_(make_stop_signal()), thread_([this] { run(); }) {}

PostgresListener::~PostgresListener() {
    ::eventfd_write(stop_, 1);
    thread_.join();
    ::close(stop_);
}

void PostgresListener::run() {
    auto pause = first_pause;
    for (auto again = false;; again = true) {
        try {
            follow(again);
            return;
        } catch (std::exception const& error) {
            auto const what = std::string_view(error.what());
            base::log::warn("database.listen_lost", {{"why", what.substr(0, what.find('\n'))}});
        }
        if (stopped_within(pause)) return;
        pause = std::min(pause * 2, longest_pause);
    }
}

void PostgresListener::follow(bool again) {
    auto connection = pqxx::connection(address_);
    auto watched = PostgresWatch::Watched(watch_, connection.sock());
    auto question = std::make_unique<PostgresWatch::Question>(&watched);
    auto receiver = Receiver(connection, own_mark_, listener_);
    question.reset();
    if (again) listener_(base::BusinessId());
    for (;;) {
        auto waits = std::array<pollfd, 2>{{{connection.sock(), POLLIN, 0}, {stop_, POLLIN, 0}}};
        auto const ready = ::poll(waits.data(), waits.size(), check_every);
        if (waits[1].revents != 0) return;
        if (ready == 0) {
            auto const alive = PostgresWatch::Question(&watched);
            pqxx::nontransaction(connection).exec("SELECT 1");
        }
        connection.get_notifs();
        if (!connection.is_open()) throw pqxx::broken_connection("the server closed the connection");
    }
}

bool PostgresListener::stopped_within(int milliseconds) const {
    auto stop = pollfd{stop_, POLLIN, 0};
    return ::poll(&stop, 1, milliseconds) > 0;
}

} // namespace store
