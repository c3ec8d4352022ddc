// All four-node classes at each node of any digraph, against every four nodes of small graphs and the census of large.
#include "tetrads/by_node.hpp"

#include <array>
#include <vector>

#include "count.hpp"
#include "tetrads/general.hpp"
#include "tetrads/node_cliques.hpp"
#include "tetrads/node_cycles.hpp"
#include "tetrads/node_wings.hpp"
#include "tools/blow_up.hpp"
#include "tools/check.hpp"
#include "tools/every_four.hpp"
#include "tools/graphs.hpp"
#include "tools/tetrad_tables.hpp"

namespace test_by_node {

using namespace motifcount;
using test::BlowUp;
using test::by_number;
using test::Digraph;
using test::never;
using test::Random;
using test::TetradTable;

template <class Index>
LargeArray<NodeTetrads> run(const Csr<Index>& csr, int num_threads) {
  return tetrads_by_node(test::view(csr), num_threads, never());
}

template <class Index>
void hold(const Digraph& graph, int num_threads) {
  const auto found = run(test::to_csr<Index>(graph), num_threads);
  const auto expected = test::every_four_by_node(graph);
  CHECK_EQ(found.size(), expected.size() + 1);
  for (std::size_t v = 0; v < expected.size(); ++v) CHECK_EQ(by_number(found[v]), expected[v]);
  CHECK(by_number(found.back()).empty());
}

void every_digraph_of_four_nodes() {
  test::every_digraph_of_four([](const Digraph& graph) { hold<std::int32_t>(graph, 1); });
}

void random_digraphs() {
  Random random(25);
  for (int k = 0; k < test::repeats(300); ++k) hold<std::int32_t>(test::mixed_digraph(random), 1 + k % 3);
  for (const double p : {0.1, 0.5, 0.9}) hold<std::int64_t>(test::random_digraph(40, p, random), 2);
}

// Sums over the nodes are four times the counts.
template <class Index>
void hold_sums(const Csr<Index>& csr, const LargeArray<NodeTetrads>& one) {
  GeneralTetradCounts sums{};
  for (const NodeTetrads& counts : one)
    for (std::size_t k = 0; k < kTetrads; ++k) sums[k] += counts[k];
  GeneralTetradCounts whole = TetradCensus<Index>().count(test::view(csr), 1, never());
  for (Count& n : whole) n *= 4;
  CHECK_EQ(sums, whole);
}

// Neither threads nor kernels change anything, by role too.
template <class Index>
void hold_sums(const Csr<Index>& csr) {
  const auto one = run(csr, 1);
  hold_sums(csr, one);
  CHECK(run(csr, 5) == one);
  const auto kernels = available_tetrad_kernels();
  for (std::size_t k = 0; k < kernels.size; ++k) {
    const int threads = 1 + static_cast<int>(k);
    CHECK(tetrads_by_node(test::view(csr), threads, never(), kernels.first[k]) == one);
    const auto roles = tetrads_by_role(test::view(csr), threads, never(), kernels.first[k]);
    CHECK_EQ(roles.size(), one.size());
    for (std::size_t v = 0; v < one.size(); ++v) {
      NodeTetrads of_classes{};
      for (std::size_t role = 0; role < roles[v].size(); ++role)
        of_classes[roles_of(Family::kTetrad).class_of(role)] += roles[v][role];
      CHECK(of_classes == one[v]);
    }
  }
}

void adds_up_for_any_threads() {
  Random random(26);
  hold_sums(test::with_hubs(3000, 15000, 3000, 0, random));
  hold_sums(test::with_hubs(3000, 15000, 60, 0, random));
  hold_sums(test::with_hubs(2000, 10000, 200, 5, random));
  hold_sums(BlowUp{Digraph(1), {130}, {true}}.csr<std::int64_t>());
}

// The k-th node of a set has the counts of all others of the set.
void sets_of_nodes() {
  BlowUp blow_up{Digraph(3), {300, 2, 70}, {false, true, true}};
  for (const auto& [u, v] : {std::pair{0, 1}, {1, 0}, {2, 1}, {0, 2}}) blow_up.of_sets.add(u, v);
  const auto csr = blow_up.csr<std::int32_t>();
  hold_sums(csr);
  const auto found = run(csr, 2);
  for (std::size_t v = 0; v < 372; ++v) CHECK(found[v] == found[v < 300 ? 0 : v < 302 ? 300 : 302]);
}

// Nodes of so many neighbours that counters take 16 or 32 bits, that their products pass 32, or that signed lanes of 16
// bits do not hold them.
void long_rows() {
  for (const int n : {300, 2200, 33'000, 66'000}) {
    BlowUp blow_up{Digraph(2), {n, 3}, {false, true}};
    blow_up.of_sets.add(0, 1);
    const auto csr = blow_up.csr<std::int32_t>();
    const auto found = run(csr, 1);
    if (n < 10'000) hold_sums(csr);
    else hold_sums(csr, found);
    for (int v = 0; v < n + 3; ++v) CHECK(found[static_cast<std::size_t>(v)] == found[v < n ? 0 : found.size() - 2]);
  }
}

// The other wings of a node that has so many that their sums pass 32 bits: numbers of triangles as they are in graphs
// of 10^8 edges.
void many_wings() {
  const auto csr = BlowUp{Digraph(1), {6}, {true}}.csr<std::int32_t>();
  RankedNeighbours<std::uint32_t> graph;
  graph.build(csr.view(), never());
  const NodeClasses classes(ByPlace::kClass);
  EdgeWedges wedges(graph, 1, never());
  constexpr std::uint32_t n = std::uint32_t{1} << 31;
  for (std::size_t u = 0; u < graph.n_nodes(); ++u)
    for (std::size_t k = 0; k < graph.above(u).size(); ++k) wedges[wedges.edge(u, k)][kWedges - 1] = n;
  std::vector<std::int64_t> counts(kTetrads * graph.n_nodes());
  const NodeTable table(counts.data(), kTetrads, graph.row_of_rank(), false);
  NodeWings wings(graph, classes, never());
  for (std::size_t u = 0; u < graph.n_nodes(); ++u) {
    wings.visit(u, wedges, n, table);
    const auto n_opposite = static_cast<std::int64_t>(u * (u - 1) / 2);  // edges between two nodes above u
    CHECK_EQ(table.of(u)[classes.diamond_wing.back()], u < 2 ? 0 : n_opposite * n);
  }
}

void large_star() {
  constexpr std::int64_t leaves = 100'000;
  BlowUp star{Digraph(2), {1, leaves}, {false, false}};
  star.of_sets.add(0, 1);
  const auto found = run(star.csr<std::int32_t>(), 2);
  CHECK_EQ(by_number(found[0]), (TetradTable{{14, choose3(leaves)}}));
  for (const std::size_t leaf : {1, 77, 100'000})
    CHECK_EQ(by_number(found[leaf]), (TetradTable{{14, Count{leaves - 1} * (leaves - 2) / 2}}));
  BlowUp larger{Digraph(2), {1, kMaxNodeTetrads}, {false, false}};
  larger.of_sets.add(1, 0);
  CHECK_THROWS(NotSupported, run(larger.csr<std::int32_t>(), 1));
}

void tiny_graphs() {
  for (int n = 0; n < 4; ++n) {
    Digraph graph(n);
    hold<std::int32_t>(graph, 1);
    for (int u = 0; u < n; ++u)
      for (int v = 0; v < n; ++v)
        if (u != v) graph.add(u, v);
    hold<std::int32_t>(graph, 2);
  }
}

void subgraphs() {
  Random random(27);
  for (int k = 0; k < 20; ++k) {
    const Digraph graph = test::random_digraph(8, 0.1 * (1 + k % 9), random);
    const auto csr = test::to_csr<std::int32_t>(graph);
    const NodeCounts counts = count_motifs_by_node(test::view(csr), {Family::kTetrad}, false, 2, never());
    GeneralTetradCounts sums{};
    for (const NodeTetrads& at : counts.tetrads)
      for (std::size_t c = 0; c < kTetrads; ++c) sums[c] += at[c];
    TetradTable expected = test::every_subset_of_four(graph);
    for (auto& [number, n] : expected) n *= 4;
    CHECK_EQ(by_number(sums), expected);
  }
}

// Every pass looks at the request, within a task too.
void interruption() {
  const auto csr = BlowUp{Digraph(1), {400}, {true}}.csr<std::int32_t>();
  Stop stop;
  stop.request();
  for (const int threads : {1, 3}) CHECK_THROWS(Interrupted, tetrads_by_node(test::view(csr), threads, stop));
  RankedNeighbours<std::uint32_t> graph;
  graph.build(csr.view(), never());
  const NodeClasses classes(ByPlace::kClass);
  const CliqueColumns columns(classes);
  EdgeWedges wedges(graph, 1, never());
  std::vector<std::int64_t> counts(kTetrads * graph.n_nodes());
  const NodeTable table(counts.data(), kTetrads, graph.row_of_rank(), false);
  const auto for_all = [&](auto visit) {
    for (std::size_t u = 0; u < graph.n_nodes(); ++u) visit(u);
  };
  for (std::size_t k = 0; k < available_tetrad_kernels().size; ++k) {
    const TetradKernels& kernels = available_tetrad_kernels().first[k];
    NodeCycles cycles(graph, classes, kernels, stop);
    CHECK_THROWS(Interrupted, for_all([&](std::size_t w) { cycles.visit(w, wedges, table); }));
    NodeCliques cliques(graph, classes, columns, kernels, stop);
    CHECK_THROWS(Interrupted, for_all([&](std::size_t u) { cliques.visit(u, wedges, table); }));
  }
  NodeWings wings(graph, classes, stop);
  CHECK_THROWS(Interrupted, for_all([&](std::size_t u) { wings.visit(u, wedges, 1, table); }));
}

const check::Tests tests(__FILE__, [] {
  RUN(tiny_graphs);
  RUN(every_digraph_of_four_nodes);
  RUN(random_digraphs);
  RUN(adds_up_for_any_threads);
  RUN(sets_of_nodes);
  RUN(long_rows);
  RUN(many_wings);
  RUN(large_star);
  RUN(subgraphs);
  RUN(interruption);
});

}  // namespace test_by_node
