// Squares at the nodes of undirected graphs against every cycle of four nodes.
#include "squares/by_node.hpp"

#include <vector>

#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/undirected.hpp"

namespace test_by_node {

using namespace motifcount;
using test::Digraph;

template <class Index>
void hold_against_brute_force(const Digraph& graph, int threads) {
  const auto csr = test::to_csr<Index>(graph);
  CHECK_EQ(node_squares(csr.view(), threads, test::never()), test::brute_node_squares(graph));
}

template <class Index>
void all_small_graphs() {
  test::every_small_undirected([](const Digraph& graph) { hold_against_brute_force<Index>(graph, 1); });
}

void random_graphs_for_any_threads() { test::random_undirected(hold_against_brute_force<std::int32_t>); }

// All pairs of leaves make a square with the two hubs.
void two_hubs() {
  constexpr int leaves = 100000;
  std::vector<std::vector<int>> rows(leaves + 2);
  for (int v = 2; v < leaves + 2; ++v)
    for (const int hub : {0, 1}) {
      rows[static_cast<std::size_t>(hub)].push_back(v);
      rows[static_cast<std::size_t>(v)].push_back(hub);
    }
  const auto csr = test::to_csr<std::int32_t>(rows);
  for (const int threads : {1, 3}) {
    const auto squares = node_squares(csr.view(), threads, test::never());
    CHECK_EQ(squares[0], std::int64_t{leaves} * (leaves - 1) / 2);
    CHECK_EQ(squares[1], squares[0]);
    CHECK_EQ(squares[leaves], leaves - 1);
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(all_small_graphs<std::int32_t>);
  RUN(all_small_graphs<std::int64_t>);
  RUN(random_graphs_for_any_threads);
  RUN(two_hubs);
});

}  // namespace test_by_node
