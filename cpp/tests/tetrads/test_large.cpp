// All four-node classes of large digraphs, against closed forms, and of random ones by every kernel. Under a sanitizer
// some are smaller, on the same side of all that is counted in few bits, and with as many batches.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>
#include <utility>
#include <vector>

#include "tetrads/general.hpp"
#include "tetrads/walk_plan.hpp"
#include "tetrads/wedge_counters.hpp"
#include "tools/blow_up.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"
#include "tools/repeats.hpp"
#include "tools/tetrad_runs.hpp"
#include "tools/tetrad_tables.hpp"

namespace test_large {

using namespace motifcount;
using test::below;
using test::BlowUp;
using test::by_number;
using test::count_tetrads;
using test::Digraph;
using test::never;
using test::Random;
using test::TetradTable;

constexpr std::size_t kNoBatches = std::size_t{1} << 20;  // what a batch of hubs costs

template <class Index>
void hold_blow_up(const BlowUp& blow_up, std::span<const int> threads) {
  const auto csr = blow_up.csr<Index>();
  CHECK_EQ(by_number(test::run(test::view(csr), threads)), blow_up.counts());
}

BlowUp random_blow_up(const std::vector<std::int64_t>& sizes, double p, Random& random) {
  BlowUp result{test::random_digraph(static_cast<int>(sizes.size()), p, random), sizes, {}};
  for (const std::int64_t size : sizes) result.complete.push_back(size < 400 && below(random, 2) == 0);
  return result;
}

// Arcs between two sets in neither direction.
void separate(BlowUp& blow_up, int a, int b) {
  blow_up.of_sets = test::changed(blow_up.of_sets, [&](int u, int v) {
    return blow_up.of_sets.arc(u, v) && std::minmax(u, v) != std::minmax(a, b);
  });
}

// Numbers of arcs on either side of all that is counted in 8, 11, 13 or 16 bits, in random graphs of sets of nodes.
void large_degrees() {
  Random random(22);
  constexpr int threads[] = {1, 2, 3, 7};
  for (int k = 0; k < (test::kSanitized ? 1 : 4); ++k) {
    hold_blow_up<std::int32_t>(random_blow_up({1, 70, 3, 130, 2, 20}, 0.5, random), threads);
    BlowUp hubs = random_blow_up({1, 300, 20, 2200, 2}, 0.7, random);
    separate(hubs, 1, 3);
    hold_blow_up<std::int64_t>(hubs, std::array{k + 1});
    hubs = random_blow_up({1, 9000, 2, 3, 5000}, 0.8, random);
    separate(hubs, 1, 4);
    hold_blow_up<std::int32_t>(hubs, std::array{2});
  }
  hold_blow_up<std::int32_t>(random_blow_up({300, 5, test::kSanitized ? 8 : 280, 1, 64}, 0.5, random), std::array{2});
  BlowUp wide{Digraph(3), {2, 70000, 1}, {true, false, false}};  // three neighbours of more than 2^16 arcs
  for (const auto& [u, v] : {std::pair{0, 1}, {1, 0}, {2, 1}, {0, 2}}) wide.of_sets.add(u, v);
  hold_blow_up<std::int32_t>(wide, std::array{2});
  BlowUp shared{Digraph(2), {24, 9000}, {false, false}};  // products that pass 2^32 together
  shared.of_sets.add(1, 0);
  hold_blow_up<std::int32_t>(shared, std::array{2});
}

BlowUp blow_up(std::vector<std::int64_t> sizes, std::vector<bool> complete,
               std::initializer_list<std::pair<int, int>> arcs) {
  BlowUp result{Digraph(static_cast<int>(sizes.size())), std::move(sizes), std::move(complete)};
  for (const auto& [u, v] : arcs) result.of_sets.add(u, v);
  return result;
}

// Numbers just beyond what is counted in fewer bits or not looked at.
void thresholds() {
  constexpr std::array threads{2};
  // Two nodes of 256 common neighbours.
  hold_blow_up<std::int32_t>(blow_up({1, 1, 256, 1}, {false, false, false, false}, {{0, 2}, {1, 2}, {0, 3}}), threads);
  // One triangle in the matrix of the 40 nodes above another.
  hold_blow_up<std::int32_t>(blow_up({37, 3, 60}, {false, true, false}, {{0, 2}, {1, 2}}), threads);
  // Edges whose upper end has more than 2^15 arcs.
  hold_blow_up<std::int32_t>(blow_up({3, 40000}, {true, false}, {{0, 1}}), threads);
  // Edges of up to 298 triangles whose third node ranks above both ends, none of them left to batches of hubs.
  const BlowUp complete = blow_up({300}, {true}, {});
  const auto csr = complete.csr<std::int32_t>();
  const GeneralTetradCounts counts = count_tetrads(test::view(csr), 1, never());
  CHECK_EQ(by_number(counts), complete.counts());
  test::run_with_batches_at(kNoBatches, test::view(csr), counts);
}

// Batches of hubs, whose wedges are counted together: nodes that are hubs themselves, and
// lists on either side of 127, 255 and 2047 rows.
void batches_of_hubs() {
  Random random(26);
  for (const auto& [n, n_arcs, n_hubs, n_batches] :
       {std::array{1500, 60000, 900, 1}, {3000, test::kSanitized ? 200000 : 400000, 1100, 2}, {4000, 250000, 40, 1}}) {
    const auto csr = test::with_hubs(n, n_arcs, n_hubs, 1, random);
    RankedNeighbours<std::uint32_t> ranked;
    ranked.build(csr.view(), never(), 2);
    const HubPlanes<std::uint32_t> hubs(ranked, never());
    CHECK_EQ(WalkPlan<std::uint32_t>(ranked, hubs, 1, never()).n_batches, n_batches);
    test::run_with_batches_at(0, test::view(csr), test::run(test::view(csr), std::array{3}));
  }
}

// Nodes of few arcs that have counters in turn: copies of a graph, whose nodes lie far apart in rank, and nodes that
// all are neighbours of the same three.
void more_nodes_than_counters() {
  constexpr auto kBlock = static_cast<std::int64_t>(WedgeCounters<std::uint32_t>::kBlock);
  Random random(27);
  const Digraph one = test::random_digraph(9, 0.4, random);
  const std::int64_t n_copies = kBlock / 4;
  Csr<std::int32_t> csr;
  for (std::int64_t copy = 0; copy < n_copies; ++copy)
    for (int u = 0; u < one.n(); ++u) {
      for (int v = 0; v < one.n(); ++v)
        if (one.arc(u, v)) csr.indices.push_back(static_cast<std::int32_t>(copy * one.n() + v));
      csr.indptr.push_back(static_cast<std::int32_t>(csr.indices.size()));
    }
  TetradTable expected = test::every_four(one);
  for (auto& entry : expected) entry.second *= n_copies;
  CHECK_EQ(by_number(count_tetrads(test::view(csr), 2, never())), expected);

  const BlowUp shared = blow_up({3, kBlock + 1000}, {true, false}, {{1, 0}});
  csr = shared.csr<std::int32_t>();
  const GeneralTetradCounts counts = count_tetrads(test::view(csr), 1, never());
  CHECK_EQ(by_number(counts), shared.counts());
  test::run_with_batches_at(kNoBatches, test::view(csr), counts);
}

void complete_digraph() {
  constexpr std::int64_t n = test::kSanitized ? 260 : 350;
  const BlowUp complete{Digraph(1), {n}, {true}};
  hold_blow_up<std::int32_t>(complete, std::array{2});
  CHECK_EQ(complete.counts().at(31710), test::choose4(n));
}

void beyond_64_bits() {
  BlowUp star{Digraph(2), {1, 4000000}, {false, false}};
  star.of_sets.add(0, 1);
  CHECK(star.counts().at(14) > Count{std::numeric_limits<std::int64_t>::max()});
  CHECK_EQ(by_number(count_tetrads(test::view(star.csr<std::int32_t>()), 2, never())), star.counts());
  BlowUp hubs{Digraph(2), {3, test::kSanitized ? 100000 : 500000}, {true, false}};
  hubs.of_sets.add(1, 0);
  hold_blow_up<std::int32_t>(hubs, std::array{3});
}

const check::Tests tests(__FILE__, [] {
  RUN(large_degrees);
  RUN(thresholds);
  RUN(batches_of_hubs);
  RUN(more_nodes_than_counters);
  RUN(complete_digraph);
  RUN(beyond_64_bits);
});

}  // namespace test_large
