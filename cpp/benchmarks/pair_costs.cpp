// What the ways to count bi-fans and bi-parallels cost, in operations on a word of packed rows: the constants of
// tetrads/pair_plan.cpp. One thread, the minimum of several runs; a quiet machine is needed.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

#include "graph/build.hpp"
#include "graph/linked_levels.hpp"
#include "kernels/bit_kernels.hpp"
#include "squares/layered.hpp"
#include "tetrads/shared_neighbours.hpp"

namespace {

using namespace motifcount;

Stop never;

template <class Work>
double nanoseconds(Work work) {
  double least = 1e300;
  for (int round = 0; round < 9; ++round) {
    const auto start = std::chrono::steady_clock::now();
    work();
    least = std::min(least, std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count());
  }
  return least;
}

// A row against another of so many words, half of whose bits are set; rows stay in the cache.
double compare(const BitKernels& kernels, std::size_t n_words) {
  constexpr std::size_t n_rows = 64, repeats = 200;
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> rows(n_rows * n_words);
  for (std::uint64_t& word : rows) word = random();
  volatile std::uint64_t sum = 0;
  const double time = nanoseconds([&] {
    for (std::size_t k = 0; k < repeats; ++k)
      sum = sum + kernels.pair_sum(rows.data() + k % n_rows * n_words, rows.data(), n_rows, n_words, n_words);
  });
  return time / (n_rows * repeats);
}

// Two layers of `side` nodes; the larger `skew`, the more arcs lead from and to the first of each.
struct TwoLayers {
  TwoLayers(std::int32_t side, std::int64_t n_arcs, int skew) {
    std::mt19937_64 random(2);
    const auto node = [&] {
      double x = 1;
      for (int k = 0; k < skew; ++k) x *= static_cast<double>(random() >> 11) * 0x1p-53;
      return static_cast<std::int32_t>(x * side);
    };
    std::vector<std::int32_t> src, dst;
    for (std::int64_t k = 0; k < n_arcs; ++k) {
      src.push_back(node());
      dst.push_back(side + node());
    }
    rows = build_graph<std::int32_t, std::int32_t>(src, dst, 2 * side, true, never).out;
    level.assign(static_cast<std::size_t>(side), 0);
    level.resize(2 * static_cast<std::size_t>(side), 1);
  }
  [[nodiscard]] LinkedLevels<std::int32_t> levels() const { return {rows.view(), level, 2, 1, never}; }

  Csr<std::int32_t> rows;
  std::vector<std::int32_t> level;
};

}  // namespace

int main() {
  const AddPairs ignore = [](LayeredTetrad, std::int64_t, Count, int) {};
  const TwoLayers sparse(4000, 120000, 1);  // counted along wedges
  const auto sparse_levels = sparse.levels();
  const double steps = std::min(sparse_levels.level(0).out_pairs, sparse_levels.level(1).in_pairs) +
                       static_cast<double>(sparse.rows.view().n_edges());
  const double wedge = nanoseconds([&] { count_node_pairs(sparse_levels, 1, never, ignore); }) / steps;

  const TwoLayers hubs(4000, 80000, 3);
  const auto hub_levels = hubs.levels();
  const WantedSquares none{{false, false}, {false, false}}, bifans{{true, false}, {false, false}};
  const double set_up = nanoseconds([&] { count_squares(hub_levels, none, 1, never, ignore); });
  const double squares = nanoseconds([&] { count_squares(hub_levels, bifans, 1, never, ignore); }) - set_up;
  const double path = squares / (square_paths(hub_levels, 1, never)[0] / 2);  // the other half ends on another level
  const double ranked_arc = set_up / static_cast<double>(hubs.rows.view().n_edges());

  std::printf("%-20s %8s %8s %8s %8s %10s\n", "", "word", "row", "wedge", "path", "ranked arc");
  std::printf("%-20s %8s %8s %8.2f %8.2f %10.2f ns\n", "", "", "", wedge, path, ranked_arc);
  const BitKernelList all = available_bit_kernels();
  for (std::size_t k = 0; k < all.size; ++k) {
    const BitKernels& kernels = all.first[k];
    const double word = (compare(kernels, 132) - compare(kernels, 4)) / 128;
    const double row = compare(kernels, 4) - 4 * word;
    std::printf("%-20s %8.2f %8.2f ns\n", kernels.name, word, row);
    std::printf("%-20s %8d %8.1f %8.1f %8.1f %10.1f words\n", "", 1, row / word, wedge / word, path / word,
                ranked_arc / word);
  }
}
