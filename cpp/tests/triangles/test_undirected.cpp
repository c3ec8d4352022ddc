// Triangles of edges and squares of nodes against every triple and every cycle of four.
#include "triangles/undirected.hpp"

#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace {

using namespace motifcount;
using test::below;
using test::chance;
using test::Digraph;
using test::Random;

template <class Index>
std::vector<Index> brute_triangles(const Digraph& graph) {
  std::vector<Index> found;
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v) {
      if (!graph.arc(u, v)) continue;
      found.push_back(0);
      for (int w = 0; w < graph.n(); ++w) found.back() += graph.arc(u, w) && graph.arc(v, w);
    }
  return found;
}

// Each square is met twice, once in either direction.
std::vector<std::int64_t> brute_squares(const Digraph& graph) {
  std::vector<std::int64_t> found(static_cast<std::size_t>(graph.n()), 0);
  for (int a = 0; a < graph.n(); ++a) {
    for (int b = 0; b < graph.n(); ++b)
      for (int c = 0; c < graph.n(); ++c)
        for (int d = 0; d < graph.n(); ++d)
          if (a != c && b != d && graph.arc(a, b) && graph.arc(b, c) && graph.arc(c, d) && graph.arc(d, a))
            ++found[static_cast<std::size_t>(a)];
    found[static_cast<std::size_t>(a)] /= 2;
  }
  return found;
}

template <class Index>
void hold_against_brute_force(const Digraph& graph, int threads) {
  const auto csr = test::to_csr<Index>(graph);
  Stop stop;
  CHECK_EQ(edge_triangles(csr.view(), threads, stop), brute_triangles<Index>(graph));
  CHECK_EQ(node_squares(csr.view(), threads, stop), brute_squares(graph));
}

template <class Index>
void all_small_graphs() {
  for (int n = 0; n <= 5; ++n)
    for (unsigned code = 0; code < 1u << (n * (n - 1) / 2); ++code) {
      Digraph graph(n);
      unsigned bit = 0;
      for (int u = 0; u < n; ++u)
        for (int v = 0; v < u; ++v)
          if (code >> bit++ & 1) graph.add(u, v), graph.add(v, u);
      hold_against_brute_force<Index>(graph, 1);
    }
}

// Hubs among the rest, more nodes than a task takes.
void random_graphs_for_any_threads() {
  Random random(31);
  for (const double p : {0.02, 0.2, 0.9})
    for (const int threads : {1, 2, 3, 7}) {
      const int n = 66 + below(random, 14);
      Digraph graph(n);
      for (int u = 0; u < n; ++u)
        for (int v = 0; v < u; ++v)
          if (chance(random, v % 20 == 3 ? 0.5 : p)) graph.add(u, v), graph.add(v, u);
      hold_against_brute_force<std::int32_t>(graph, threads);
    }
}

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
    Stop stop;
    const auto squares = node_squares(csr.view(), threads, stop);
    CHECK_EQ(squares[0], std::int64_t{leaves} * (leaves - 1) / 2);
    CHECK_EQ(squares[1], squares[0]);
    CHECK_EQ(squares[leaves], leaves - 1);
    CHECK_EQ(edge_triangles(csr.view(), threads, stop), std::vector<std::int32_t>(csr.indices.size(), 0));
  }
}

}  // namespace

int main() {
  RUN(all_small_graphs<std::int32_t>);
  RUN(all_small_graphs<std::int64_t>);
  RUN(random_graphs_for_any_threads);
  RUN(two_hubs);
  return check::summary();
}
