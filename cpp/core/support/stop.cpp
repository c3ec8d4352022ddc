#include "support/stop.hpp"

namespace motifcount {

void Stop::check() {
  if (stopped_.load(std::memory_order_relaxed)) throw Interrupted{};
  if (!poll_ || std::this_thread::get_id() != owner_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < kInterval) return;
  last_ = now;
  if (poll_(done_.load(std::memory_order_relaxed), total_.load(std::memory_order_relaxed))) {
    request();
    throw Interrupted{};
  }
}

Steps::Steps(Stop& stop, std::int64_t total) {
  std::int64_t none = 0;
  if (total > 0 && stop.total_.compare_exchange_strong(none, total, std::memory_order_relaxed)) stop_ = &stop;
}

Steps::~Steps() {
  if (!stop_) return;
  stop_->done_.store(0, std::memory_order_relaxed);
  stop_->total_.store(0, std::memory_order_relaxed);
}

}  // namespace motifcount
