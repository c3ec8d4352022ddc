// Censuses of four nodes by every kernel and several numbers of threads, all of one graph the same.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "tetrads/general.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"
#include "tools/repeats.hpp"

namespace test {

using namespace motifcount;

inline Count choose4(Count n) { return n < 4 ? 0 : choose3(n) * (n - 3) / 4; }

template <class Index>
GeneralTetradCounts count_tetrads(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  return TetradCensus<Index>().count(graph, num_threads, stop);
}

// One census at a time: the same counts as `expected`, and in all C(n, 4).
template <class Index>
void hold_counts(TetradCensus<Index>& census, const GraphView<Index>& graph, int num_threads,
                 const GeneralTetradCounts& expected) {
  const AllTetrads all = census.count_all(graph, num_threads, never());
  Wide sum = 0;
  for (std::size_t c = 0; c < kAllTetrads; ++c) {
    sum += all[c];
    if (c < expected.size()) CHECK(all[c] == static_cast<Wide>(expected[c]));
  }
  CHECK_EQ(static_cast<Count>(sum), choose4(graph.n_nodes));
}

// Every kernel by several numbers of threads; under a sanitizer, which sees every path in that, each by another one.
template <class Index>
GeneralTetradCounts run(const GraphView<Index>& graph, std::span<const int> threads) {
  const auto [first, n_kernels] = available_tetrad_kernels();
  const GeneralTetradCounts counts = TetradCensus<Index>(first[0]).count(graph, 1, never());
  for (std::size_t k = 0; k < n_kernels; ++k) {
    TetradCensus<Index> census(first[k]);
    const auto some = kSanitized ? threads.last(1 + k % threads.size()).first(1) : threads;
    for (const int n : some) hold_counts(census, graph, n, counts);
  }
  return counts;
}

// Every kernel, hubs in batches wherever that is possible at a cost of 0, nowhere at a large one.
inline void run_with_batches_at(std::size_t cost, const GraphView<std::int32_t>& graph,
                                const GeneralTetradCounts& expected) {
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (std::size_t k = 0; k < n_kernels; ++k) {
    TetradKernels kernels = first[k];
    kernels.batch_cost = cost;
    TetradCensus<std::int32_t> census(kernels);
    hold_counts(census, graph, 1, expected);
  }
}

}  // namespace test
