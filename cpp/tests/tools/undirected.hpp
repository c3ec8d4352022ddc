// Undirected graphs, every edge both ways, small or with hubs.
#pragma once

#include "tools/graphs.hpp"
#include "tools/repeats.hpp"

namespace test {

// Every edge that `there` says, asked of each pair of nodes once.
template <class There>
Digraph undirected(int n, There there) {
  Digraph graph(n);
  for (int u = 0; u < n; ++u)
    for (int v = 0; v < u; ++v)
      if (there(u, v)) {
        graph.add(u, v);
        graph.add(v, u);
      }
  return graph;
}

// visit(graph) for all undirected graphs of up to five nodes.
template <class Visit>
void every_small_undirected(Visit visit) {
  for (int n = 0; n <= 5; ++n)
    for (unsigned code = 0; code < 1u << (n * (n - 1) / 2); ++code) {
      unsigned bit = 0;
      visit(undirected(n, [&](int, int) { return (code >> bit++ & 1) != 0; }));
    }
}

// visit(graph, threads) for sparse to dense graphs with hubs and more nodes than a task takes.
template <class Visit>
void random_undirected(Visit visit) {
  Random random(31);
  for (const double p : {0.02, 0.2, 0.9})
    for (const int threads : kThreads) {
      const int n = 66 + below(random, 14);
      visit(undirected(n, [&](int, int v) { return chance(random, v % 20 == 3 ? 0.5 : p); }), threads);
    }
}

}  // namespace test
