// The four-node motifs of a small digraph by definition: every four nodes are looked at. This is what the counters of
// cpp/core/tetrads are held against; it is slow, and shares no table and no identity with them.
//
// Four nodes a, b, c, d and the arcs among them are a 4 x 4 matrix of bits. Their class is called by the least number
// that this matrix gives in any order of the nodes, as mfinder does.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <vector>

#include "tools/graphs.hpp"

namespace test {

using motifcount::Count;
using TetradTable = std::map<unsigned, Count>;  // by the number of the class; without those that are not there

constexpr unsigned arc_bit(int u, int v) { return 1u << (4 * u + v); }

inline unsigned matrix_of(const Digraph& graph, const std::array<int, 4>& nodes) {
  unsigned matrix = 0;
  for (int u = 0; u < 4; ++u)
    for (int v = 0; v < 4; ++v)
      if (u != v && graph.arc(nodes[static_cast<std::size_t>(u)], nodes[static_cast<std::size_t>(v)]))
        matrix |= arc_bit(u, v);
  return matrix;
}

// Whether arcs, followed either way, lead from the first node to all others.
inline bool is_connected(unsigned matrix) {
  unsigned reached = 1;
  for (int round = 1; round < 4; ++round)
    for (int u = 0; u < 4; ++u)
      for (int v = 0; v < 4; ++v)
        if (matrix & (arc_bit(u, v) | arc_bit(v, u)) && reached >> u & 1) reached |= 1u << v;
  return reached == 15;
}

inline unsigned least_number(unsigned matrix) {
  unsigned least = ~0u;
  std::array<int, 4> order{0, 1, 2, 3};
  do {
    unsigned number = 0;
    for (std::size_t u = 0; u < 4; ++u)
      for (std::size_t v = 0; v < 4; ++v)
        if (matrix & arc_bit(static_cast<int>(u), static_cast<int>(v))) number |= arc_bit(order[u], order[v]);
    least = std::min(least, number);
  } while (std::next_permutation(order.begin(), order.end()));
  return least;
}

// 0 where the four nodes are not connected. Every matrix is worked out once.
inline unsigned tetrad_number(unsigned matrix) {
  static std::vector<unsigned> numbers(1 << 16, ~0u);
  unsigned& number = numbers[matrix];
  if (number == ~0u) number = is_connected(matrix) ? least_number(matrix) : 0;
  return number;
}

// visit(nodes, matrix) for every four nodes.
template <class Visit>
void for_every_four(const Digraph& graph, Visit visit) {
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b)
      for (int c = b + 1; c < graph.n(); ++c)
        for (int d = c + 1; d < graph.n(); ++d) {
          const std::array nodes{a, b, c, d};
          visit(nodes, matrix_of(graph, nodes));
        }
}

// Induced counts.
inline TetradTable every_four(const Digraph& graph) {
  TetradTable counts;
  for_every_four(graph, [&](const auto&, unsigned matrix) {
    if (const unsigned number = tetrad_number(matrix)) ++counts[number];
  });
  return counts;
}

// Counts of subgraphs: of every four nodes, every choice of arcs that connects them.
inline TetradTable every_subset_of_four(const Digraph& graph) {
  TetradTable counts;
  for_every_four(graph, [&](const auto&, unsigned matrix) {
    for (unsigned subset = matrix; subset != 0; subset = (subset - 1) & matrix)
      if (const unsigned number = tetrad_number(subset)) ++counts[number];
  });
  return counts;
}

// Induced counts at each node.
inline std::vector<TetradTable> every_four_by_node(const Digraph& graph) {
  std::vector<TetradTable> counts(static_cast<std::size_t>(graph.n()));
  for_every_four(graph, [&](const auto& nodes, unsigned matrix) {
    const unsigned number = tetrad_number(matrix);
    if (number == 0) return;
    for (const int v : nodes) ++counts[static_cast<std::size_t>(v)][number];
  });
  return counts;
}

}  // namespace test
