// The census of every node against every pair and triple, in every shape, for any number of threads.
#include "census/by_node.hpp"

#include <vector>

#include "census/triads.hpp"
#include "count.hpp"
#include "tools/brute_force.hpp"
#include "tools/check.hpp"

namespace test_by_node {

using namespace motifcount;
using test::below;
using test::chance;
using test::Digraph;
using test::Random;

template <class Index>
NodeCensus run(const GraphView<Index>& graph, Shape shape, int threads = 1) {
  Stop stop;
  return node_census(graph, shape, true, threads, stop);
}

template <class Index>
void hold(const Csr<Index>& csr, Shape shape, int threads, const test::NodeTables& expected) {
  const NodeCensus found = run(test::view(csr), shape, threads);
  CHECK_EQ(found.dyads.size(), expected.dyads.size() + 1);
  CHECK_EQ(found.triads.size(), expected.triads.size() + 1);
  for (std::size_t v = 0; v < expected.dyads.size(); ++v) {
    CHECK_EQ(found.dyads[v], expected.dyads[v]);
    CHECK_EQ(found.triads[v], expected.triads[v]);
  }
  const NodeCensus pairs = node_census(test::view(csr), shape, false, threads, test::never());
  CHECK(pairs.triads.empty());
  CHECK(pairs.dyads == found.dyads);
}

// With an index of either width.
void hold_against_brute_force(const Digraph& graph, const std::vector<Shape>& shapes, const std::vector<int>& threads) {
  const test::NodeTables expected = test::brute_by_node(graph);
  for (const Shape shape : shapes)
    for (const int n : threads) {
      hold(test::to_csr<std::int32_t>(graph), shape, n, expected);
      hold(test::to_csr<std::int64_t>(graph), shape, n, expected);
    }
}

void all_small_digraphs() {
  for (int n = 0; n <= 4; ++n)
    for (unsigned code = 0; code < 1u << (n * (n - 1)); code += n < 4 ? 1 : test::kNextGraph) {
      Digraph graph(n);
      unsigned bit = 0;
      for (int u = 0; u < n; ++u)
        for (int v = 0; v < n; ++v)
          if (u != v && (code >> bit++ & 1)) graph.add(u, v);
      const Shape shape = find_levels(test::to_csr<std::int32_t>(graph).view(), test::never()).shape;
      hold_against_brute_force(
          graph, shape == Shape::kGeneral ? std::vector{shape} : std::vector{shape, Shape::kGeneral}, {1});
    }
}

void random_digraphs() {
  Random random(16);
  for (const int n : {5, 13, 40, 90})
    for (const double p : {0.02, 0.1, 0.5, 0.95})
      hold_against_brute_force(test::random_digraph(n, p, random), {Shape::kGeneral}, {1, 3});
}

// The last entry is what any node without a row has.
void nodes_without_rows() {
  Random random(17);
  const auto graph = test::random_digraph(12, 0.3, random);
  Digraph larger(15);
  for (int u = 0; u < 12; ++u)
    for (int v = 0; v < 12; ++v)
      if (graph.arc(u, v)) larger.add(u, v);
  const auto csr = test::to_csr<std::int32_t>(graph);
  const NodeCensus found = run(GraphView<std::int32_t>{csr.view(), 15}, Shape::kGeneral);
  const test::NodeTables expected = test::brute_by_node(larger);
  for (std::size_t v = 0; v < 15; ++v) {
    CHECK_EQ(found.dyads[std::min<std::size_t>(v, 12)], expected.dyads[v]);
    CHECK_EQ(found.triads[std::min<std::size_t>(v, 12)], expected.triads[v]);
  }
}

// Many tasks, hubs, lists with and without planes: each column adds up to the census, and threads do not matter.
void adds_up_for_any_threads() {
  constexpr int n = 20000;
  Random random(18);
  std::vector<std::vector<int>> rows(n);
  for (int k = 0; k < 150000; ++k) {
    const int u = below(random, k % 3 == 0 ? 300 : n);
    const int v = below(random, k % 2 == 0 ? 300 : n);
    if (u != v) rows[static_cast<std::size_t>(u)].push_back(v);
  }
  const auto csr = test::to_csr<std::int32_t>(rows);
  Stop stop;
  const Census whole = census(test::view(csr), Shape::kGeneral, true, false, 2, stop);
  const NodeCensus one = run(test::view(csr), Shape::kGeneral, 1);
  DyadCounts dyads{};
  TriadCounts triads{};
  for (std::size_t v = 0; v < n; ++v) {
    for (std::size_t k = 0; k < kDyads; ++k) dyads[k] += one.dyads[v][k];
    for (std::size_t k = 0; k < kTriads; ++k) triads[k] += one.triads[v][k];
  }
  for (std::size_t k = 0; k < kDyads; ++k) CHECK_EQ(dyads[k], 2 * whole.dyads[0][k]);
  for (std::size_t k = 0; k < kTriads; ++k) CHECK_EQ(triads[k], 3 * whole.triads[0][k]);
  for (const int threads : {2, 3, 7}) {
    const NodeCensus many = run(test::view(csr), Shape::kGeneral, threads);
    CHECK(many.dyads == one.dyads);
    CHECK(many.triads == one.triads);
  }
}

void large_counts() {
  const auto triangle = test::to_csr<std::int32_t>({{1}, {2}, {0}});
  const std::int64_t n = kMaxNodeCensus;
  const NodeCensus found = run(GraphView<std::int32_t>{triangle.view(), n}, Shape::kGeneral);
  const std::int64_t pairs = (n - 1) * (n - 2) / 2;
  for (std::size_t v = 0; v < 3; ++v) {
    CHECK_EQ(found.triads[v][k030C], 1);
    CHECK_EQ(found.triads[v][k012], 2 * (n - 3));
    CHECK_EQ(found.triads[v][k003], pairs - 1 - 2 * (n - 3));
  }
  CHECK_EQ(found.triads[3][k012], 3);
  CHECK_EQ(found.triads[3][k003], pairs - 3);
  Stop stop;
  const NodeCensus subgraphs =
      count_motifs_by_node(GraphView<std::int32_t>{triangle.view(), n}, {Family::kDyad, Family::kTriad}, false, 1, stop)
          .small;
  CHECK_EQ(subgraphs.triads[3][k003], pairs);
  CHECK_EQ(subgraphs.triads[0][k012], 2 * (n - 2) + 1);
  CHECK_THROWS(NotSupported, run(GraphView<std::int32_t>{triangle.view(), n + 1}, Shape::kGeneral));
}

const check::Tests tests(__FILE__, [] {
  RUN(all_small_digraphs);
  RUN(random_digraphs);
  RUN(nodes_without_rows);
  RUN(adds_up_for_any_threads);
  RUN(large_counts);
});

}  // namespace test_by_node
