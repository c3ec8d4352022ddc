#include "support/threads.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#ifdef MOTIFCOUNT_OPENMP
#include <omp.h>
#endif

namespace motifcount {

int default_num_threads() {
#ifdef MOTIFCOUNT_OPENMP
  return omp_get_max_threads();
#else
  return 1;
#endif
}

bool has_openmp() {
#ifdef MOTIFCOUNT_OPENMP
  return true;
#else
  return false;
#endif
}

namespace {

// Workers of all parallel loops that run now. A loop takes what they leave of the processors, and at least one: calls
// from several threads at once would else multiply.
std::atomic<int> busy_workers{0};

int n_processors() {
#ifdef MOTIFCOUNT_OPENMP
  return omp_get_num_procs();
#else
  return 1;
#endif
}

class Workers {
 public:
  explicit Workers(int most) {
    const int all = std::max(most, n_processors());
    int busy = busy_workers.load(std::memory_order_relaxed);
    do number = std::clamp(all - busy, 1, most);
    while (!busy_workers.compare_exchange_weak(busy, busy + number, std::memory_order_relaxed));
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() { busy_workers.fetch_sub(number, std::memory_order_relaxed); }

  int number = 1;
};

class Team {
 public:
  Team(std::int64_t n_tasks, int n_workers, Stop& stop, Steps& steps,
       const std::function<void(std::int64_t, int)>& body)
      : n_tasks_(n_tasks), running_(n_workers), stop_(stop), steps_(steps), body_(body) {}

  void work(int worker) {
    try {
      for (std::int64_t task; (task = next_.fetch_add(1, std::memory_order_relaxed)) < n_tasks_;) {
        stop_.check();
        body_(task, worker);
        steps_.add();
      }
    } catch (...) {
      fail(std::current_exception());
    }
    const std::scoped_lock lock(mutex_);
    if (--running_ == 0) all_done_.notify_all();
  }

  // The calling thread alone may poll, so it must not sleep in the barrier while others still work.
  void wait_polling() {
    std::unique_lock lock(mutex_);
    while (!all_done_.wait_for(lock, std::chrono::milliseconds(10), [this] { return running_ == 0; })) {
      lock.unlock();
      try {
        stop_.check();
      } catch (...) {
        fail(std::current_exception());
      }
      lock.lock();
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void fail(std::exception_ptr error) {
    {
      const std::scoped_lock lock(mutex_);
      if (!error_) error_ = std::move(error);
    }
    next_.store(n_tasks_, std::memory_order_relaxed);
    stop_.request();
  }

  std::int64_t n_tasks_;
  std::atomic<std::int64_t> next_{0};
  int running_;
  Stop& stop_;
  Steps& steps_;
  const std::function<void(std::int64_t, int)>& body_;
  std::mutex mutex_;
  std::condition_variable all_done_;
  std::exception_ptr error_;
};

}  // namespace

void parallel_for(std::int64_t n_tasks, int num_threads, Stop& stop,
                  const std::function<void(std::int64_t, int)>& body) {
  Steps steps(stop, n_tasks);
  const auto serially = [&] {
    for (std::int64_t task = 0; task < n_tasks; ++task) {
      stop.check();
      body(task, 0);
      steps.add();
    }
  };
  const int most = static_cast<int>(std::clamp<std::int64_t>(n_tasks, 1, std::max(num_threads, 1)));
  if (most == 1 || !has_openmp()) return serially();
#ifdef MOTIFCOUNT_OPENMP
  const Workers workers(most);
  const int n_workers = workers.number;
  if (n_workers == 1) return serially();
  Team team(n_tasks, n_workers, stop, steps, body);
  // Static with chunk 1: every logical worker runs even when the runtime grants fewer threads.
#pragma omp parallel for num_threads(n_workers) schedule(static, 1)
  for (int worker = 0; worker < n_workers; ++worker) {
    team.work(worker);
    if (worker == 0 && omp_get_num_threads() == n_workers) team.wait_polling();
  }
  team.rethrow();
#endif
}

}  // namespace motifcount
