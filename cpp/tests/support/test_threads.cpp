// Parallel loops: every task once, errors handed on, interruption from the calling thread.
#include "support/threads.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tools/check.hpp"

namespace test_threads {

using namespace motifcount;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Works, polling now and then, until it is interrupted or `limit` has passed.
void work_until_stopped(Stop& stop, std::chrono::milliseconds limit = 20s) {
  for (const auto start = Clock::now(); Clock::now() - start < limit; std::this_thread::sleep_for(1ms)) stop.check();
}

void every_task_once() {
  for (int threads = 1; threads <= 8; ++threads)
    for (const std::int64_t n_tasks : {0, 1, 2, 7, 8, 9, 1000}) {
      Stop stop;
      std::vector<std::atomic<int>> calls(static_cast<std::size_t>(n_tasks));
      std::atomic<int> wrong_worker{0};
      parallel_for(n_tasks, threads, stop, [&](std::int64_t task, int worker) {
        ++calls[static_cast<std::size_t>(task)];
        wrong_worker += worker < 0 || worker >= threads;
      });
      std::int64_t once = 0;
      for (const auto& count : calls) once += count == 1;
      CHECK_EQ(once, n_tasks);
      CHECK_EQ(wrong_worker.load(), 0);
    }
}

// A worker's number is its own: two tasks with the same one never overlap.
void workers_do_not_overlap() {
  Stop stop;
  std::array<std::int64_t, 4> sums{};  // not atomic: a race would show under the thread sanitizer
  parallel_for(4000, 4, stop, [&](std::int64_t task, int worker) { sums[static_cast<std::size_t>(worker)] += task; });
  CHECK_EQ(sums[0] + sums[1] + sums[2] + sums[3], 4000 * 3999 / 2);
}

void no_tasks_no_threads() {
  Stop stop;
  int calls = 0;
  parallel_for(0, 8, stop, [&](std::int64_t, int) { ++calls; });
  CHECK_EQ(calls, 0);
  for (const int threads : {0, -3}) parallel_for(5, threads, stop, [&](std::int64_t, int) { ++calls; });
  CHECK_EQ(calls, 10);
  CHECK(default_num_threads() >= 1);
}

// A loop that begins while another one uses all processors but one gets one worker, and they are given back.
void loops_share_threads() {
  if (!has_openmp()) return;
  const int all = std::max(4, static_cast<int>(std::thread::hardware_concurrency()));
  const auto deadline = Clock::now() + 20s;
  const auto wait_until = [&](const auto& condition) {
    while (!condition() && Clock::now() < deadline) std::this_thread::sleep_for(1ms);
    return condition();
  };
  std::atomic<int> started{0}, second_worker{-1};
  std::atomic<bool> over{false};
  std::thread other([&] {
    wait_until([&] { return started == all - 1; });
    Stop own;
    int most = 0;
    parallel_for(100, all, own, [&](std::int64_t, int worker) { most = std::max(most, worker); });
    second_worker = most;
    over = true;
  });
  Stop stop;
  parallel_for(all - 1, all, stop, [&](std::int64_t, int) {
    ++started;
    wait_until([&] { return over.load(); });
  });
  other.join();
  CHECK_EQ(second_worker.load(), 0);
  std::atomic<int> together{0}, missed{0};
  parallel_for(2, 2, stop, [&](std::int64_t, int) {
    ++together;
    missed += !wait_until([&] { return together == 2; });
  });
  CHECK_EQ(missed.load(), 0);
}

// One thread means the calling one, and no parallel region.
void serial_on_the_caller() {
  Stop stop;
  bool elsewhere = false;
  parallel_for(20, 1, stop, [&, caller = std::this_thread::get_id()](std::int64_t, int worker) {
    elsewhere |= worker != 0 || std::this_thread::get_id() != caller;
  });
  CHECK(!elsewhere);
}

void errors_are_rethrown() {
  for (int threads = 1; threads <= 8; ++threads)
    for (const std::int64_t bad : {0, 3, 99}) {
      Stop stop;
      CHECK_THROWS(std::domain_error, parallel_for(100, threads, stop, [&](std::int64_t task, int) {
                     if (task == bad) throw std::domain_error("task");
                   }));
    }
}

// The others are told to stop by the failure itself; what they throw then must not hide it.
void first_error_wins() {
  for (int round = 0; round < 60; ++round) {
    Stop stop;
    std::atomic<int> busy{0};
    CHECK_THROWS(std::domain_error, parallel_for(4, 4, stop, [&](std::int64_t task, int) {
                   ++busy;
                   if (task != round % 4 && has_openmp()) work_until_stopped(stop);
                   else if (task == round % 4) {
                     for (int k = 0; k < 5 && busy < 4 && has_openmp(); ++k) std::this_thread::sleep_for(1ms);
                     throw std::domain_error("task");
                   }
                 }));
  }
}

void no_more_tasks_after_an_error() {
  for (const int threads : {1, 4}) {
    Stop stop;
    std::atomic<int> calls{0};
    CHECK_THROWS(std::domain_error, parallel_for(100000, threads, stop, [&](std::int64_t, int) {
                   ++calls;
                   throw std::domain_error("task");
                 }));
    CHECK(calls <= threads);
  }
}

void poll_on_the_owner_only() {
  for (const int threads : {1, 2, 5}) {
    std::set<std::thread::id> polled_on;
    std::mutex mutex;
    std::int64_t last_done = -1;
    bool falls = false, other_total = false;
    Stop stop([&](std::int64_t done, std::int64_t total) {
      const std::lock_guard lock(mutex);
      polled_on.insert(std::this_thread::get_id());
      falls |= done < last_done;
      last_done = done;
      other_total |= total != 200;
      return false;
    });
    parallel_for(200, threads, stop, [&](std::int64_t, int) {
      std::this_thread::sleep_for(2ms);
      parallel_for(3, 1, stop, [&](std::int64_t, int) { stop.check(); });  // its tasks are no steps
    });
    CHECK_EQ(polled_on.size(), 1);
    CHECK(polled_on.contains(std::this_thread::get_id()));
    CHECK(!falls);
    CHECK(!other_total);
    CHECK(last_done > 0 && last_done <= 200);
  }
}

void polls_are_rare() {
  int polls = 0;
  Stop stop([&](std::int64_t, std::int64_t) { return ++polls < 0; });
  const auto start = Clock::now();
  while (Clock::now() - start < 100ms) stop.check();
  stop.check();
  CHECK(polls >= 1);
  CHECK(polls * 20ms <= Clock::now() - start + 20ms);
}

void stops_when_asked() {
  for (const int threads : {1, 3}) {
    int polls = 0;
    Stop stop([&](std::int64_t, std::int64_t) { return ++polls == 3; });
    const auto start = Clock::now();
    CHECK_THROWS(Interrupted,
                 parallel_for(1000000, threads, stop, [&](std::int64_t, int) { work_until_stopped(stop); }));
    CHECK_EQ(polls, 3);
    CHECK(Clock::now() - start < 15s);        // well before the work would end by itself
    CHECK_THROWS(Interrupted, stop.check());  // and stays stopped
  }
}

void request_stops_everyone() {
  Stop stop;
  std::atomic<int> calls{0};
  CHECK_THROWS(Interrupted, parallel_for(1000, 3, stop, [&](std::int64_t task, int) {
                 ++calls;
                 if (task == 10) stop.request();
               }));
  CHECK(calls >= 11 && calls < 1000);
}

// The owner runs out of tasks while another worker still has a long one: it must go on polling.
void stops_while_the_owner_waits() {
  if (!has_openmp()) return;
  const auto owner = std::this_thread::get_id();
  std::atomic<bool> other_started{false};
  int polls = 0;
  Stop stop([&](std::int64_t, std::int64_t) { return other_started && ++polls == 3; });
  const auto start = Clock::now();
  CHECK_THROWS(Interrupted, parallel_for(2, 2, stop, [&](std::int64_t, int) {
                 if (std::this_thread::get_id() != owner) {
                   other_started = true;
                   work_until_stopped(stop);
                 }
                 for (int k = 0; k < 5000 && !other_started; ++k) std::this_thread::sleep_for(1ms);
               }));
  CHECK_EQ(polls, 3);
  CHECK(Clock::now() - start < 15s);  // well before the work would end by itself
}

void errors_of_the_poll() {
  for (const int threads : {1, 4}) {
    Stop stop([](std::int64_t, std::int64_t) -> bool { throw std::domain_error("poll"); });
    CHECK_THROWS(std::domain_error,
                 parallel_for(1000, threads, stop, [&](std::int64_t, int) { work_until_stopped(stop, 50ms); }));
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(every_task_once);
  RUN(workers_do_not_overlap);
  RUN(no_tasks_no_threads);
  RUN(loops_share_threads);
  RUN(serial_on_the_caller);
  RUN(errors_are_rethrown);
  RUN(first_error_wins);
  RUN(no_more_tasks_after_an_error);
  RUN(poll_on_the_owner_only);
  RUN(polls_are_rare);
  RUN(stops_when_asked);
  RUN(request_stops_everyone);
  RUN(stops_while_the_owner_waits);
  RUN(errors_of_the_poll);
});

}  // namespace test_threads
