#include "api/http/workers.hpp"

#include <algorithm>
#include <climits>
#include <stdexcept>
#include <utility>

namespace api::http {

namespace {

/// The sanitizers multiply what a frame takes.
std::size_t usable_stack(std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    bytes *= 8;
#endif
    return std::max(bytes, static_cast<std::size_t>(PTHREAD_STACK_MIN));
}

} // namespace

Workers::Workers(std::size_t most, std::size_t stack_bytes)
    : most_(std::max<std::size_t>(most, 1)), stack_bytes_(usable_stack(stack_bytes)) {
    auto const lock = std::lock_guard(mutex_);
    start_thread();
    if (threads_.empty()) throw std::runtime_error("the system refuses to start a thread");
}

Workers::~Workers() { stop(); }

void Workers::submit(Task task) {
    {
        auto const lock = std::lock_guard(mutex_);
        if (stopped_) return;
        tasks_.push_back(std::move(task));
        if (tasks_.size() > waiting_ && threads_.size() < most_) return start_thread();
    }
    wake_.notify_one(); // outside of the lock, which the one who wakes takes first
}

void Workers::stop() {
    auto threads = std::vector<pthread_t>();
    auto dropped = std::deque<Task>();
    {
        auto const lock = std::lock_guard(mutex_);
        stopped_ = true;
        threads.swap(threads_);
        dropped.swap(tasks_);
    }
    wake_.notify_all();
    for (auto const thread : threads) {
        pthread_join(thread, nullptr);
    }
}

/// When the system refuses, the threads there are do the work.
void Workers::start_thread() {
    auto attributes = pthread_attr_t();
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_bytes_);
    auto thread = pthread_t();
    if (pthread_create(&thread, &attributes, &Workers::run, this) == 0) threads_.push_back(thread);
    pthread_attr_destroy(&attributes);
}

void* Workers::run(void* self) {
    static_cast<Workers*>(self)->work();
    return nullptr;
}

void Workers::work() {
    auto lock = std::unique_lock(mutex_);
    while (true) {
        ++waiting_;
        wake_.wait(lock, [this] { return stopped_ || !tasks_.empty(); });
        --waiting_;
        if (stopped_) return;
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        task = nullptr; // what it owned goes outside the lock
        lock.lock();
    }
}

} // namespace api::http
