#include "support/stop.hpp"

namespace motifcount {

void Stop::check() {
  if (stopped_.load(std::memory_order_relaxed)) throw Interrupted{};
  if (!poll_ || std::this_thread::get_id() != owner_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < kInterval) return;
  last_ = now;
  if (poll_(done_.load(std::memory_order_relaxed))) {
    request();
    throw Interrupted{};
  }
}

}  // namespace motifcount
