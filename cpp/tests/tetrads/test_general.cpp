// All four-node classes of any digraph, against every four nodes of small graphs and closed forms of large ones.
#include "tetrads/general.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <vector>

#include "graph/levels.hpp"
#include "tetrads/layered.hpp"
#include "tools/blow_up.hpp"
#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/every_four.hpp"
#include "tools/graphs.hpp"
#include "tools/tetrad_tables.hpp"

namespace {

using namespace motifcount;
using test::below;
using test::BlowUp;
using test::by_number;
using test::Digraph;
using test::never;
using test::Random;
using test::TetradTable;

Count choose4(Count n) { return n < 4 ? 0 : choose3(n) * (n - 3) / 4; }

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

// Every kernel, several numbers of threads.
template <class Index>
GeneralTetradCounts run(const GraphView<Index>& graph, std::span<const int> threads) {
  const auto [first, n_kernels] = available_tetrad_kernels();
  const GeneralTetradCounts counts = TetradCensus<Index>(first[0]).count(graph, 1, never());
  for (std::size_t k = 0; k < n_kernels; ++k) {
    TetradCensus<Index> census(first[k]);
    for (const int n : threads) hold_counts(census, graph, n, counts);
  }
  return counts;
}

// Every kernel, hubs in batches wherever that is possible.
void run_in_batches(const GraphView<std::int32_t>& graph, const GeneralTetradCounts& expected) {
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (std::size_t k = 0; k < n_kernels; ++k) {
    TetradKernels kernels = first[k];
    kernels.batch_cost = 0;
    TetradCensus<std::int32_t> census(kernels);
    hold_counts(census, graph, 1, expected);
  }
}

GeneralTetradCounts run(const Digraph& graph) {
  static constexpr int threads[] = {1, 3};
  const auto csr = test::to_csr<std::int32_t>(graph);
  const GeneralTetradCounts counts = run(test::view(csr), threads);
  CHECK_EQ(count_tetrads(test::view(test::to_csr<std::int64_t>(graph)), 1, never()), counts);
  run_in_batches(test::view(csr), counts);
  return counts;
}

void hold(const Digraph& graph) { CHECK_EQ(by_number(run(graph)), test::every_four(graph)); }

void every_digraph_of_four_nodes() {
  test::every_digraph_of_four([](const Digraph& graph) {
    const auto csr = test::to_csr<std::int32_t>(graph);
    CHECK_EQ(by_number(count_tetrads(test::view(csr), 1, never())), test::every_four(graph));
  });
}

void random_digraphs() {
  Random random(17);
  for (std::int64_t k = test::repeats(400); k > 0; --k) hold(test::mixed_digraph(random));
}

void larger_digraphs() {
  Random random(18);
  for (const double p : {0.02, 0.1, 0.5, 0.9}) hold(test::random_digraph(60, p, random));
  Digraph mutual(60);
  for (int u = 0; u < 60; ++u)
    for (int v = u + 1; v < 60; ++v)
      if (const int kind = below(random, 5); kind > 0) {
        if (kind != 2) mutual.add(u, v);
        if (kind != 3) mutual.add(v, u);
      }
  hold(mutual);
}

Digraph changed(const Digraph& graph, const std::function<bool(int, int)>& arc) {
  Digraph result(graph.n());
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v)
      if (u != v && arc(u, v)) result.add(u, v);
  return result;
}

// Arcs turned round, or exchanged with those that are not there.
void reversal_and_complement() {
  Random random(20);
  for (int k = 0; k < 10; ++k) {
    const Digraph graph = test::random_digraph(90, 0.1 * (1 + k % 9), random);
    const auto count_all = [](const Digraph& g) {
      const auto csr = test::to_csr<std::int32_t>(g);
      return TetradCensus<std::int32_t>().count_all(test::view(csr), 2, never());
    };
    const AllTetrads counts = count_all(graph);
    const AllTetrads reversed = count_all(changed(graph, [&](int u, int v) { return graph.arc(v, u); }));
    const AllTetrads complement = count_all(changed(graph, [&](int u, int v) { return !graph.arc(u, v); }));
    for (std::size_t c = 0; c < kAllTetrads; ++c) {
      CHECK(counts[c] == reversed[kTetradTraits[c].reversed]);
      CHECK(counts[c] == complement[kTetradTraits[c].complement]);
    }
  }
}

void disjoint_union() {
  Random random(21);
  const Digraph a = test::random_digraph(40, 0.2, random), b = test::random_digraph(50, 0.4, random);
  Digraph apart(200);  // and some nodes without arcs
  for (int u = 0; u < 50; ++u)
    for (int v = 0; v < 50; ++v) {
      if (u < 40 && v < 40 && a.arc(u, v)) apart.add(2 * u, 2 * v);
      if (b.arc(u, v)) apart.add(2 * u + 81, 2 * v + 81);
    }
  GeneralTetradCounts sum = run(a);
  const GeneralTetradCounts of_b = run(b);
  for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += of_b[k];
  CHECK_EQ(run(apart), sum);
}

template <class Index>
void hold_blow_up(const BlowUp& blow_up, std::span<const int> threads) {
  const auto csr = blow_up.csr<Index>();
  CHECK_EQ(by_number(run(test::view(csr), threads)), blow_up.counts());
}

BlowUp random_blow_up(const std::vector<std::int64_t>& sizes, double p, Random& random) {
  BlowUp result{test::random_digraph(static_cast<int>(sizes.size()), p, random), sizes, {}};
  for (const std::int64_t size : sizes) result.complete.push_back(size < 400 && below(random, 2) == 0);
  return result;
}

// Arcs between two sets in neither direction.
void separate(BlowUp& blow_up, int a, int b) {
  blow_up.of_sets = changed(blow_up.of_sets, [&](int u, int v) {
    return blow_up.of_sets.arc(u, v) && std::minmax(u, v) != std::minmax(a, b);
  });
}

// Numbers of arcs on either side of all that is counted in 8, 11, 13 or 16 bits.
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
  hold_blow_up<std::int32_t>(random_blow_up({300, 5, 280, 1, 64}, 0.5, random), std::array{2});
  BlowUp wide{Digraph(3), {2, 70000, 1}, {true, false, false}};  // three neighbours of more than 2^16 arcs
  for (const auto& [u, v] : {std::pair{0, 1}, {1, 0}, {2, 1}, {0, 2}}) wide.of_sets.add(u, v);
  hold_blow_up<std::int32_t>(wide, std::array{2});
  BlowUp shared{Digraph(2), {24, 9000}, {false, false}};  // products that pass 2^32 together
  shared.of_sets.add(1, 0);
  hold_blow_up<std::int32_t>(shared, std::array{2});
}

Csr<std::int32_t> with_hubs(int n, int n_arcs, int n_hubs, Random& random) {
  std::vector<std::vector<int>> rows(static_cast<std::size_t>(n));
  for (int k = 0; k < n_arcs; ++k) {
    const int u = below(random, k % 5 == 0 ? n : below(random, n_hubs) + 1), v = below(random, n);
    if (u == v) continue;
    rows[static_cast<std::size_t>(k % 3 == 0 ? u : v)].push_back(k % 3 == 0 ? v : u);
    if (k % 7 == 0) rows[static_cast<std::size_t>(k % 3 == 0 ? v : u)].push_back(k % 3 == 0 ? u : v);
  }
  return test::to_csr<std::int32_t>(rows);
}

// Batches of hubs, whose wedges are counted together: nodes that are hubs themselves, and
// lists on either side of 127, 255 and 2047 rows.
void batches_of_hubs() {
  Random random(26);
  for (const auto& [n, n_arcs, n_hubs, n_batches] :
       {std::array{1500, 60000, 900, 1}, {3000, 400000, 1100, 2}, {4000, 250000, 40, 1}}) {
    const auto csr = with_hubs(n, n_arcs, n_hubs, random);
    RankedNeighbours<std::uint32_t> ranked;
    ranked.build(csr.view(), never());
    const HubPlanes<std::uint32_t> hubs(ranked, never());
    CHECK_EQ(WalkPlan<std::uint32_t>(ranked, hubs, 1, never()).n_batches, n_batches);
    run_in_batches(test::view(csr), run(test::view(csr), std::array{3}));
  }
}

void complete_digraph() {
  const BlowUp complete{Digraph(1), {350}, {true}};
  hold_blow_up<std::int32_t>(complete, std::array{2});
  CHECK_EQ(complete.counts().at(31710), choose4(350));
}

void beyond_64_bits() {
  BlowUp star{Digraph(2), {1, 4000000}, {false, false}};
  star.of_sets.add(0, 1);
  CHECK(star.counts().at(14) > Count{std::numeric_limits<std::int64_t>::max()});
  CHECK_EQ(by_number(count_tetrads(test::view(star.csr<std::int32_t>()), 2, never())), star.counts());
  BlowUp hubs{Digraph(2), {3, 500000}, {true, false}};
  hubs.of_sets.add(1, 0);
  hold_blow_up<std::int32_t>(hubs, std::array{3});
}

void strictly_layered() {
  Random random(23);
  constexpr int sizes[] = {12, 30, 25, 9, 14};
  const auto layers = test::consecutive_layers(sizes);
  for (const double p : {0.1, 0.4, 0.9}) {
    const Digraph graph = test::random_strict(layers, p, random);
    const auto csr = test::to_csr<std::int32_t>(graph);
    const auto n_layers = static_cast<std::int64_t>(layers.sizes.size());
    const LayeredTetradCounts ten = layered_tetrads(csr.view(), layers.of, n_layers, false, 1, never())[0];
    TetradTable expected;
    for (std::size_t k = 0; k < ten.size(); ++k)
      if (ten[k] != 0) expected[test::canonical(test::arcs_of(test::kTetradDrawings[k]), 4)] = ten[k];
    CHECK_EQ(by_number(run(graph)), expected);
  }
}

void tiny_graphs() {
  for (int n = 0; n < 4; ++n) {
    Digraph graph(n);
    CHECK(by_number(run(graph)).empty());
    for (int u = 0; u < n; ++u)
      for (int v = 0; v < n; ++v)
        if (u != v) graph.add(u, v);
    CHECK(by_number(run(graph)).empty());
  }
  Csr<std::int32_t> csr = test::to_csr<std::int32_t>(std::vector<std::vector<int>>{{1, 2, 3}, {}, {}, {}});
  const GraphView<std::int32_t> rows_left_out{csr.view(), kMaxNodes};
  CHECK_EQ(by_number(count_tetrads(rows_left_out, 1, never())), (TetradTable{{14, 1}}));
}

void memory_of_one_graph_serves_the_next() {
  Random random(24);
  TetradCensus<std::int32_t> census;
  for (int k = 0; k < 60; ++k) {
    const Digraph graph = k % 3 == 0 ? test::random_digraph(30, 0.5, random) : test::mixed_digraph(random);
    const auto csr = test::to_csr<std::int32_t>(graph);
    CHECK_EQ(by_number(census.count(test::view(csr), 1 + k % 3, never())), test::every_four(graph));
  }
}

void interruption() {
  const auto csr = BlowUp{Digraph(1), {300}, {true}}.csr<std::int32_t>();
  Stop stop;
  stop.request();
  CHECK_THROWS(Interrupted, count_tetrads(test::view(csr), 2, stop));
  CHECK_THROWS(Interrupted, count_tetrads(test::view(csr), 1, stop));
}

}  // namespace

int main() {
  RUN(tiny_graphs);
  RUN(every_digraph_of_four_nodes);
  RUN(random_digraphs);
  RUN(larger_digraphs);
  RUN(reversal_and_complement);
  RUN(disjoint_union);
  RUN(large_degrees);
  RUN(batches_of_hubs);
  RUN(complete_digraph);
  RUN(beyond_64_bits);
  RUN(strictly_layered);
  RUN(memory_of_one_graph_serves_the_next);
  RUN(interruption);
  return check::summary();
}
