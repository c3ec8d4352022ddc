// Cooperative interruption and progress of long work.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>

namespace motifcount {

struct Interrupted : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

// Workers call check() often. The callback runs only on the thread
// that made the object, at most every 20 ms; when it returns true every worker throws Interrupted.
class Stop {
 public:
  // With the steps that are done of those that Steps counts; 0 of 0 where nothing counts any.
  using Poll = std::function<bool(std::int64_t done, std::int64_t total)>;

  explicit Stop(Poll poll = {}) : poll_(std::move(poll)) {}

  void check();
  void request() { stopped_.store(true, std::memory_order_relaxed); }

 private:
  friend class Steps;

  static constexpr std::chrono::milliseconds kInterval{20};

  Poll poll_;
  std::thread::id owner_ = std::this_thread::get_id();
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::atomic<bool> stopped_{false};
  std::atomic<std::int64_t> done_{0}, total_{0};
};

// The steps of a loop, which tell how far it is. Those of loops within it are not counted.
class Steps {
 public:
  Steps(Stop& stop, std::int64_t total);
  Steps(const Steps&) = delete;
  Steps& operator=(const Steps&) = delete;
  ~Steps();

  void add(std::int64_t n = 1) {
    if (stop_) stop_->done_.fetch_add(n, std::memory_order_relaxed);
  }

 private:
  Stop* stop_ = nullptr;  // of the outermost loop
};

// Looks at `stop` every so often in a serial loop: call it with the units of work done, of a few nanoseconds each.
class PacedStop {
 public:
  explicit PacedStop(Stop& stop) : stop_(stop) {}

  void operator()(std::int64_t units) {
    if ((left_ -= units) >= 0) return;
    left_ = kUnits;
    stop_.check();
  }

 private:
  static constexpr std::int64_t kUnits = 1 << 20;

  Stop& stop_;
  std::int64_t left_ = kUnits;
};

inline constexpr std::int64_t kScatterUnits = 8;  // of a PacedStop, for a read or write at a random place

// The order of `comes_before`, looking at a stop: a long sort can be interrupted, which leaves its items in any state.
template <class Before>
auto paced_order(PacedStop& pace, Before comes_before) {
  return [&pace, comes_before](const auto& a, const auto& b) {
    pace(1);
    return comes_before(a, b);
  };
}

// visit(k) for all k below a large n, one random place each.
template <class Visit>
void for_each_below(std::size_t n, PacedStop& pace, Visit visit) {
  constexpr std::size_t stretch = 1 << 12;
  for (std::size_t k = 0; k < n; ++k) {
    if (k % stretch == 0) pace(kScatterUnits * static_cast<std::int64_t>(stretch));
    visit(k);
  }
}

// visit(item) for all items of a long array.
template <class Items, class Visit>
void for_each_paced(const Items& items, PacedStop& pace, Visit visit) {
  for_each_below(items.size(), pace, [&](std::size_t k) { visit(items[k]); });
}

}  // namespace motifcount
