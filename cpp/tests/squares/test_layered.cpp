// Bi-fans and bi-parallels as squares against every pair of nodes.
#include "squares/layered.hpp"

#include <array>
#include <mutex>
#include <vector>

#include "graph/csr.hpp"
#include "tools/check.hpp"
#include "tools/wedge_oracle.hpp"

namespace test_layered {

using namespace motifcount;
using test::below;
using test::Layers;
using test::Random;

using PairCounts = std::vector<std::array<Count, 2>>;  // bi-fans and bi-parallels by the lowest level

template <class Index>
PairCounts squares_of(const Csr<Index>& csr, const Layers& layers, const WantedSquares& wanted, int threads) {
  Stop stop;
  const auto n_levels = static_cast<std::int64_t>(layers.sizes.size());
  const LinkedLevels<Index> graph(csr.view(), layers.of, n_levels, threads, stop);
  PairCounts found(layers.sizes.size());
  std::mutex mutex;
  count_squares<Index>(graph, wanted, threads, stop,
                       [&](LayeredTetrad tetrad, std::int64_t base, Count count, int worker) {
                         const std::lock_guard lock(mutex);
                         CHECK(worker < threads && base >= 0 && base < n_levels);
                         found[static_cast<std::size_t>(base)][tetrad == kBiparallel] += count;
                       });
  return found;
}

template <class Index>
std::vector<double> lower_degrees(const Csr<Index>& csr, const Csr<Index>& in, const Layers& layers) {
  std::vector<double> sums(layers.sizes.size(), 0.0);
  const auto degree = [&](std::int64_t v) { return csr.view().degree(v) + in.view().degree(v); };
  for (std::int64_t u = 0; u < csr.view().n_rows(); ++u)
    for (const Index v : csr.view().row(u))
      sums[static_cast<std::size_t>(layers.of[static_cast<std::size_t>(u)])] +=
          static_cast<double>(std::min(degree(u), degree(v)));
  return sums;
}

// All squares and any part of them.
template <class Index>
void squares() {
  Random random(13);
  for (int round = 0; round < 200; ++round) {
    const int n = 2 + below(random, 30);
    const auto layers = test::random_layers(n, 1 + below(random, 6), random);
    const std::size_t n_levels = layers.sizes.size();
    const auto csr = test::to_csr<Index>(test::random_strict(layers, 0.1 * (1 + below(random, 10)), random));
    const auto in = transpose(csr.view(), test::never());
    PairCounts expected = test::pair_tetrads(csr, in, layers.of, static_cast<int>(n_levels));
    WantedSquares wanted{std::vector<bool>(n_levels, true), std::vector<bool>(n_levels, true)};
    for (const int threads : {1, 3}) CHECK_EQ(squares_of(csr, layers, wanted, threads), expected);
    for (std::size_t l = 0; l < n_levels; ++l) {
      wanted.bifans[l] = below(random, 2) == 0;
      wanted.biparallels[l] = below(random, 2) == 0;
      expected[l][0] *= wanted.bifans[l];
      expected[l][1] *= wanted.biparallels[l];
    }
    CHECK_EQ(squares_of(csr, layers, wanted, 1), expected);
    Stop stop;
    const LinkedLevels<Index> graph(csr.view(), layers.of, static_cast<std::int64_t>(n_levels), 3, stop);
    for (const int threads : {1, 3}) CHECK(square_paths(graph, threads, stop) == lower_degrees(csr, in, layers));
  }
}

// Hubs on both sides of two blocks, a dense block behind them.
void hubs() {
  Random random(14);
  const int sizes[] = {300, 300, 300, 40};
  const auto layers = test::consecutive_layers(sizes);
  test::Digraph graph(static_cast<int>(layers.of.size()));
  for (int u = 0; u < 900; ++u) {
    const int next = (u / 300 + 1) * 300;
    for (int k = 0; k < (u < 600 ? 300 : 40); ++k)
      if (u >= 600 ? below(random, 3) == 0 : k < 8 || u % 300 < 8 || below(random, 50) == 0) graph.add(u, next + k);
  }
  const auto csr = test::to_csr<std::int32_t>(graph);
  const auto in = transpose(csr.view(), test::never());
  const WantedSquares all{std::vector<bool>(4, true), std::vector<bool>(4, true)};
  for (const int threads : {1, 2, 5})
    CHECK_EQ(squares_of(csr, layers, all, threads), test::pair_tetrads(csr, in, layers.of, 4));
}

const check::Tests tests(__FILE__, [] {
  RUN(squares<std::int32_t>);
  RUN(squares<std::int64_t>);
  RUN(hubs);
});

}  // namespace test_layered
