// Slow, obvious oracles on small graphs: every pair, triple and quadruple of nodes is looked at, and its class is
// found by matching drawings of the classes over all orders of its nodes. Nothing here uses a table of the library.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "tools/graphs.hpp"

namespace test {

using motifcount::Count;

struct Drawing {
  std::string_view name;
  std::string_view arcs;  // "ab bc" is a -> b -> c
};

// Holland and Leinhardt (1970): number of mutual, asymmetric and null dyads; D, U, T, C: down, up, transitive, cyclic.
inline constexpr std::array<Drawing, 16> kTriadDrawings{{
    {"003", ""},
    {"012", "ab"},
    {"102", "ab ba"},
    {"021D", "ba bc"},
    {"021U", "ab cb"},
    {"021C", "ab bc"},
    {"111D", "ab ba cb"},
    {"111U", "ab ba bc"},
    {"030T", "ab bc ac"},
    {"030C", "ab bc ca"},
    {"201", "ab ba bc cb"},
    {"120D", "ba bc ac ca"},
    {"120U", "ab cb ac ca"},
    {"120C", "ab bc ac ca"},
    {"210", "ab bc cb ac ca"},
    {"300", "ab ba bc cb ac ca"},
}};

inline constexpr std::array<Drawing, 10> kTetradDrawings{{
    {"out_star", "ab ac ad"},
    {"in_star", "ad bd cd"},
    {"chain4", "ab bc cd"},
    {"y_out", "ab bc bd"},
    {"y_in", "ac bc cd"},
    {"chain_then_in", "ab bc dc"},
    {"out_then_chain", "ba bc cd"},
    {"zigzag", "ab cb cd"},
    {"bifan", "ac ad bc bd"},
    {"biparallel", "ab ac bd cd"},
}};

// The arcs among a few nodes, a bit each.
using Arcs = unsigned;

constexpr Arcs bit_of(int u, int v) { return 1u << (4 * u + v); }

constexpr Arcs arcs_of(const Drawing& drawing) {
  Arcs arcs = 0;
  for (std::size_t k = 0; k + 1 < drawing.arcs.size(); k += 3)
    arcs |= bit_of(drawing.arcs[k] - 'a', drawing.arcs[k + 1] - 'a');
  return arcs;
}

// Smallest code over all orders of the n nodes: equal for isomorphic graphs, and for no others.
inline Arcs canonical(Arcs arcs, int n) {
  std::array<int, 4> order{0, 1, 2, 3};
  Arcs lowest = ~Arcs{0};
  do {
    Arcs code = 0;
    for (int u = 0; u < n; ++u)
      for (int v = 0; v < n; ++v)
        if (arcs & bit_of(u, v)) code |= bit_of(order[static_cast<std::size_t>(u)], order[static_cast<std::size_t>(v)]);
    lowest = std::min(lowest, code);
  } while (std::next_permutation(order.begin(), order.begin() + n));
  return lowest;
}

// Class of each code of n nodes, -1 where no drawing fits.
template <std::size_t N>
int class_of(Arcs arcs, int n, const std::array<Drawing, N>& drawings) {
  constexpr std::int8_t unknown = -2;
  static std::vector<std::int8_t> table(1 << 16, unknown);
  std::int8_t& found = table[arcs];
  if (found != unknown) return found;
  found = -1;
  for (std::size_t k = 0; k < N; ++k)
    if (canonical(arcs_of(drawings[k]), n) == canonical(arcs, n)) found = static_cast<std::int8_t>(k);
  return found;
}
inline int triad_class(Arcs arcs) { return class_of(arcs, 3, kTriadDrawings); }
inline int tetrad_class(Arcs arcs) { return class_of(arcs, 4, kTetradDrawings); }

template <std::size_t N>
Arcs arcs_among(const Digraph& graph, const std::array<int, N>& nodes) {
  Arcs arcs = 0;
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j)
      if (i != j && graph.arc(nodes[i], nodes[j])) arcs |= bit_of(static_cast<int>(i), static_cast<int>(j));
  return arcs;
}

// Counts by the sorted layers of the nodes; all nodes lie in layer 0 where `layers` is empty.
template <std::size_t Nodes, std::size_t Classes>
using Tables = std::map<std::array<std::int32_t, Nodes>, std::array<Count, Classes>>;

template <std::size_t N>
std::array<std::int32_t, N> sorted_layers(const std::vector<std::int32_t>& layers, const std::array<int, N>& nodes) {
  std::array<std::int32_t, N> key{};
  for (std::size_t i = 0; i < N && !layers.empty(); ++i) key[i] = layers[static_cast<std::size_t>(nodes[i])];
  std::ranges::sort(key);
  return key;
}

inline Tables<2, 3> brute_dyads(const Digraph& graph, const std::vector<std::int32_t>& layers = {}) {
  Tables<2, 3> tables;
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b)
      ++tables[sorted_layers<2>(layers, {a, b})][2u - graph.arc(a, b) - graph.arc(b, a)];
  return tables;
}

inline Tables<3, 16> brute_triads(const Digraph& graph, const std::vector<std::int32_t>& layers = {}) {
  Tables<3, 16> tables;
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b)
      for (int c = b + 1; c < graph.n(); ++c) {
        const std::array nodes{a, b, c};
        ++tables[sorted_layers(layers, nodes)][static_cast<std::size_t>(triad_class(arcs_among(graph, nodes)))];
      }
  return tables;
}

// By the lowest layer of the four nodes.
inline std::map<std::int32_t, std::array<Count, 10>> brute_tetrads(const Digraph& graph,
                                                                   const std::vector<std::int32_t>& layers = {}) {
  std::map<std::int32_t, std::array<Count, 10>> tables;
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b)
      for (int c = b + 1; c < graph.n(); ++c)
        for (int d = c + 1; d < graph.n(); ++d) {
          const std::array nodes{a, b, c, d};
          const int k = tetrad_class(arcs_among(graph, nodes));
          if (k >= 0) ++tables[sorted_layers(layers, nodes)[0]][static_cast<std::size_t>(k)];
        }
  return tables;
}

// By node, the dyads and the triads that it is in.
struct NodeTables {
  std::vector<std::array<std::int64_t, 3>> dyads;
  std::vector<std::array<std::int64_t, 16>> triads;
};

inline NodeTables brute_by_node(const Digraph& graph) {
  NodeTables found;
  found.dyads.resize(static_cast<std::size_t>(graph.n()));
  found.triads.resize(static_cast<std::size_t>(graph.n()));
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b) {
      for (const int v : {a, b}) ++found.dyads[static_cast<std::size_t>(v)][2u - graph.arc(a, b) - graph.arc(b, a)];
      for (int c = b + 1; c < graph.n(); ++c) {
        const auto k = static_cast<std::size_t>(triad_class(arcs_among(graph, std::array{a, b, c})));
        for (const int v : {a, b, c}) ++found.triads[static_cast<std::size_t>(v)][k];
      }
    }
  return found;
}

// Of a graph that has every arc both ways: by arc (u, v), in order, the triangles that it is in.
inline std::vector<std::int64_t> brute_edge_triangles(const Digraph& graph) {
  std::vector<std::int64_t> found;
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v) {
      if (!graph.arc(u, v)) continue;
      found.push_back(0);
      for (int w = 0; w < graph.n(); ++w) found.back() += graph.arc(u, w) && graph.arc(v, w);
    }
  return found;
}

// And by node, the cycles of four nodes; each is met twice at each of its nodes, once in either direction.
inline std::vector<std::int64_t> brute_node_squares(const Digraph& graph) {
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

}  // namespace test
