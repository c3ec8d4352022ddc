// Work that is shared out.
#pragma once

#include <cstdint>

namespace motifcount {

// Part k of n of a list of tasks: every n-th of them. By default all.
struct Part {
  std::int64_t k = 0, n = 1;

  [[nodiscard]] std::int64_t size(std::int64_t n_tasks) const { return n_tasks > k ? (n_tasks - k + n - 1) / n : 0; }
  [[nodiscard]] std::int64_t task(std::int64_t position) const { return k + n * position; }
};

}  // namespace motifcount
