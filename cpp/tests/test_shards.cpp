// The census in shards, against that of the whole.
#include "shards.hpp"

#include <array>
#include <vector>

#include "tools/check.hpp"
#include "tools/every_four.hpp"
#include "tools/graphs.hpp"
#include "tools/repeats.hpp"
#include "tools/tetrad_tables.hpp"

namespace test_shards {

using namespace motifcount;
using test::below;
using test::chance;
using test::Digraph;
using test::never;
using test::Random;

constexpr FamilySet kSharded{Family::kDyad, Family::kTriad, Family::kTetrad};

void parts_share_out_tasks() {
  for (std::int64_t n_tasks = 0; n_tasks < 20; ++n_tasks)
    for (std::int64_t n = 1; n < 8; ++n) {
      std::vector<int> times(static_cast<std::size_t>(n_tasks), 0);
      for (std::int64_t k = 0; k < n; ++k) {
        const Part part{k, n};
        for (std::int64_t p = 0; p < part.size(n_tasks); ++p) ++times.at(static_cast<std::size_t>(part.task(p)));
      }
      for (const int t : times) CHECK_EQ(t, 1);
    }
}

// Shards of different machines: by several kernels, with batches of hubs and without.
template <class Index>
CensusSums sums_of(const GraphView<Index>& graph, std::int64_t n, int num_threads) {
  CensusSums sums;
  const TriadShards<Index> triads(graph, num_threads, never());
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (std::int64_t k = 0; k < n; ++k) {
    TetradKernels kernels = first[static_cast<std::size_t>(k) % n_kernels];
    if (k % 2 == 1) kernels.batch_cost = 0;
    const TetradShards tetrads(graph.out, num_threads, never(), kernels);
    sums.triads.add(triads.sums({k, n}, num_threads, never()));
    sums.tetrads.add(tetrads.sums({k, n}, num_threads, never()));
  }
  return sums;
}

template <class Index>
MotifCounts hold_shards(const Digraph& graph, std::int64_t n, bool induced, int num_threads) {
  const auto csr = test::to_csr<Index>(graph);
  const auto view = test::view(csr);
  const CountOptions options{kSharded, induced, false};
  const MotifCounts whole = count_motifs(view, options, 1, never());
  const CensusShards<Index> shards(view, kSharded, num_threads, never());
  CensusSums sums;
  for (std::int64_t k = 0; k < n; ++k) sums.add(shards.sums({k, n}, num_threads, never()));
  for (const CensusSums& some : {sums, sums_of(view, n, num_threads)}) {
    const MotifCounts counts = counts_of_sums(some, view.n_nodes, std::ssize(view.out.indices), options, never());
    kSharded.for_each([&](Family family) { CHECK(counts[family] == whole[family]); });
  }
  return whole;
}

void small_digraphs() {
  Random random(31);
  for (std::int64_t k = test::repeats(60); k > 0; --k) {
    const Digraph graph = test::mixed_digraph(random);
    const MotifCounts counts = hold_shards<std::int64_t>(graph, 1 + below(random, 4), true, 1);
    GeneralTetradCounts tetrads;
    for (std::size_t c = 0; c < tetrads.size(); ++c) tetrads[c] = counts[Family::kTetrad].row(0)[c];
    CHECK_EQ(test::by_number(tetrads), test::every_four(graph));
  }
}

// Of many tasks each, so that every shard has some; with hubs, and without.
void large_digraphs() {
  Random random(32);
  for (const bool hubs : {true, false}) {
    Digraph graph(400);
    for (int u = 0; u < graph.n(); ++u)
      for (int v = 0; v < graph.n(); ++v)
        if (u != v && chance(random, hubs && u % 20 != 0 && v % 40 != 0 ? 0.03 : 0.15)) graph.add(u, v);
    hold_shards<std::int32_t>(graph, 2, true, 3);
    hold_shards<std::int32_t>(graph, 5, false, 1);
  }
}

void without_arcs() {
  hold_shards<std::int32_t>(Digraph(0), 2, true, 1);
  hold_shards<std::int32_t>(Digraph(3), 3, true, 2);
}

void refused() {
  const auto csr = test::to_csr<std::int32_t>(Digraph(3));
  CHECK_THROWS(NotSupported, CensusShards<std::int32_t>(test::view(csr), {Family::kLayeredTetrad}, 1, never()));
  CHECK_THROWS(NotSupported, counts_of_sums({}, 3, 0, {{Family::kLayeredTetrad}}, never()));
  CHECK_THROWS(NotSupported, counts_of_sums({}, 3, 0, {{Family::kDyad}, true, true}, never()));
}

const check::Tests tests(__FILE__, [] {
  RUN(parts_share_out_tasks);
  RUN(small_digraphs);
  RUN(large_digraphs);
  RUN(without_arcs);
  RUN(refused);
});

}  // namespace test_shards
