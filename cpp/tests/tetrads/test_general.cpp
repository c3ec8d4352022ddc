// All four-node classes of any digraph, against every four nodes of small graphs.
#include "tetrads/general.hpp"

#include <array>

#include "graph/levels.hpp"
#include "tetrads/layered.hpp"
#include "tools/blow_up.hpp"
#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/every_four.hpp"
#include "tools/graphs.hpp"
#include "tools/tetrad_runs.hpp"
#include "tools/tetrad_tables.hpp"

namespace test_general {

using namespace motifcount;
using test::below;
using test::BlowUp;
using test::by_number;
using test::changed;
using test::count_tetrads;
using test::Digraph;
using test::never;
using test::Random;
using test::TetradTable;

GeneralTetradCounts run(const Digraph& graph) {
  static constexpr int threads[] = {1, 3};
  const auto csr = test::to_csr<std::int32_t>(graph);
  const GeneralTetradCounts counts = test::run(test::view(csr), threads);
  CHECK_EQ(count_tetrads(test::view(test::to_csr<std::int64_t>(graph)), 1, never()), counts);
  test::run_with_batches_at(0, test::view(csr), counts);
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

const check::Tests tests(__FILE__, [] {
  RUN(tiny_graphs);
  RUN(every_digraph_of_four_nodes);
  RUN(random_digraphs);
  RUN(larger_digraphs);
  RUN(reversal_and_complement);
  RUN(disjoint_union);
  RUN(strictly_layered);
  RUN(memory_of_one_graph_serves_the_next);
  RUN(interruption);
});

}  // namespace test_general
