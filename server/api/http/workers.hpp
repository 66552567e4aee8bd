// Threads for blocking work, started when there is more to do than threads waiting, up to a fixed number.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <pthread.h>
#include <vector>

namespace api::http {

class Workers {
public:
    using Task = std::function<void()>;

    /// Starts the first thread. Small stacks, which std::thread cannot have: 64 times 8 MB counts wherever address
    /// space is limited.
    Workers(std::size_t most, std::size_t stack_bytes);
    ~Workers();
    /// Runs `task` once; first come, first served. A task must not throw. Dropped after stop().
    void submit(Task task);
    /// Drops what has not begun and waits for what has.
    void stop();

private:
    static void* run(void* self);
    void work();
    void start_thread();

    std::size_t const most_;
    std::size_t const stack_bytes_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Task> tasks_;
    std::vector<pthread_t> threads_;
    std::size_t waiting_ = 0;
    bool stopped_ = false;
};

} // namespace api::http
