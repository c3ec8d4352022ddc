// Zeros for arrays of gigabytes: in parallel, and interruptible between stretches of a MiB.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "support/large_array.hpp"
#include "support/threads.hpp"

namespace motifcount {

// Makes `array` one of n items of zeros.
template <class T>
void assign_zeros(LargeArray<T>& array, std::size_t n, int num_threads, Stop& stop) {
  constexpr std::size_t stretch = std::max<std::size_t>((std::size_t{1} << 20) / sizeof(T), 1);
  array.resize(n);
  parallel_for(static_cast<std::int64_t>((n + stretch - 1) / stretch), num_threads, stop, [&](std::int64_t task, int) {
    const std::size_t begin = static_cast<std::size_t>(task) * stretch;
    std::fill_n(array.begin() + static_cast<std::ptrdiff_t>(begin), std::min(stretch, n - begin), T{});
  });
}

}  // namespace motifcount
