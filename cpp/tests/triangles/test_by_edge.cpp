// Triangles at the edges of undirected graphs against every triple.
#include "triangles/by_edge.hpp"

#include <vector>

#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/undirected.hpp"

namespace test_by_edge {

using namespace motifcount;
using test::Digraph;

template <class Index>
void hold_against_brute_force(const Digraph& graph, int threads) {
  const auto csr = test::to_csr<Index>(graph);
  const auto found = edge_triangles(csr.view(), threads, test::never());
  CHECK_EQ(std::vector<std::int64_t>(found.begin(), found.end()), test::brute_edge_triangles(graph));
}

template <class Index>
void all_small_graphs() {
  test::every_small_undirected([](const Digraph& graph) { hold_against_brute_force<Index>(graph, 1); });
}

void random_graphs_for_any_threads() { test::random_undirected(hold_against_brute_force<std::int32_t>); }

// Rows of many tasks: every triangle of a wheel has the hub and two neighbours on the rim.
void wheel() {
  constexpr int rim = 20000;
  std::vector<std::vector<int>> rows(rim + 1);
  for (int v = 0; v < rim; ++v) rows[static_cast<std::size_t>(v)] = {(v + 1) % rim, (v + rim - 1) % rim, rim};
  for (int v = 0; v < rim; ++v) rows[rim].push_back(v);
  const auto csr = test::to_csr<std::int32_t>(rows);
  std::vector<std::int32_t> expected;
  for (std::int32_t u = 0; u <= rim; ++u)
    for (const std::int32_t v : csr.view().row(u)) expected.push_back(u == rim || v == rim ? 2 : 1);
  for (const int threads : {1, 3}) CHECK_EQ(edge_triangles(csr.view(), threads, test::never()), expected);
}

const check::Tests tests(__FILE__, [] {
  RUN(all_small_graphs<std::int32_t>);
  RUN(all_small_graphs<std::int64_t>);
  RUN(random_graphs_for_any_threads);
  RUN(wheel);
});

}  // namespace test_by_edge
