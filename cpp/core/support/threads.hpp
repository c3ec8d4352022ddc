// Parallel loops. threads.cpp is the only file that includes omp.h.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "support/stop.hpp"

namespace motifcount {

// A counter that several workers may share.
template <class T>
T fetch_add(T& counter, T amount, bool shared) {
  if (shared) return std::atomic_ref(counter).fetch_add(amount, std::memory_order_relaxed);
  const T before = counter;
  counter += amount;
  return before;
}

// Threads that a parallel loop gets when the caller has no wish of its own; 1 without OpenMP.
int default_num_threads();
bool has_openmp();

// Threads for `n_steps` of some 50 ns: one where several, which wait for each other a dozen times, would take longer.
inline int threads_for(std::int64_t n_steps, int num_threads) {
  constexpr std::int64_t least_steps = 1 << 13;
  return n_steps < least_steps ? 1 : num_threads;
}

// Calls body(task, worker) for every task in [0, n_tasks), tasks handed out in order to at most
// `num_threads` workers, fewer where loops of other threads of the process use the processors when it begins. One
// worker means no parallel region at all. The first exception is rethrown. Tasks are steps of `stop`.
void parallel_for(std::int64_t n_tasks, int num_threads, Stop& stop,
                  const std::function<void(std::int64_t task, int worker)>& body);

}  // namespace motifcount
