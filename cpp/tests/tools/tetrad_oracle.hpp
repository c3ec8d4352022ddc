// All four-node classes, slowly: by looking at every four nodes, or by the sizes of sets of nodes that are alike.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "tools/brute_force.hpp"
#include "tools/graphs.hpp"

namespace test {

// By the number of the class: see `canonical`, which counts the bits of arcs as mfinder does.
using TetradTable = std::map<unsigned, Count>;

inline bool is_connected(Arcs arcs) {
  unsigned reached = 1;
  for (int round = 1; round < 4; ++round)
    for (int u = 0; u < 4; ++u)
      for (int v = 0; v < 4; ++v)
        if (arcs & (bit_of(u, v) | bit_of(v, u)) && reached >> u & 1) reached |= 1u << v;
  return reached == 15;
}

// 0 where the four nodes are not connected.
inline unsigned tetrad_number(Arcs arcs) {
  static std::vector<unsigned> numbers(1 << 16, ~0u);
  unsigned& number = numbers[arcs];
  if (number == ~0u) number = is_connected(arcs) ? canonical(arcs, 4) : 0;
  return number;
}

inline TetradTable every_four(const Digraph& graph) {
  TetradTable counts;
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b)
      for (int c = b + 1; c < graph.n(); ++c)
        for (int d = c + 1; d < graph.n(); ++d)
          if (const unsigned k = tetrad_number(arcs_among(graph, std::array{a, b, c, d}))) ++counts[k];
  return counts;
}

// Arc subsets of every four nodes.
inline TetradTable every_subset_of_four(const Digraph& graph) {
  TetradTable counts;
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b)
      for (int c = b + 1; c < graph.n(); ++c)
        for (int d = c + 1; d < graph.n(); ++d) {
          const Arcs arcs = arcs_among(graph, std::array{a, b, c, d});
          for (Arcs subset = arcs; subset != 0; subset = (subset - 1) & arcs)
            if (const unsigned k = tetrad_number(subset)) ++counts[k];
        }
  return counts;
}

// A graph of sets of nodes: nodes of two sets have the arcs that the sets have in `of_sets`. Within a set all are
// neighbours both ways, or none.
struct BlowUp {
  Digraph of_sets;
  std::vector<std::int64_t> sizes;
  std::vector<bool> complete;

  [[nodiscard]] std::int64_t n_nodes() const {
    std::int64_t n = 0;
    for (const std::int64_t size : sizes) n += size;
    return n;
  }

  template <class Index>
  [[nodiscard]] Csr<Index> csr() const {
    Csr<Index> csr;
    for (int a = 0; a < of_sets.n(); ++a)
      for (std::int64_t u = 0; u < sizes[static_cast<std::size_t>(a)]; ++u) {
        std::int64_t first = 0;
        for (int b = 0; b < of_sets.n(); first += sizes[static_cast<std::size_t>(b++)]) {
          if (a == b ? !complete[static_cast<std::size_t>(a)] : !of_sets.arc(a, b)) continue;
          for (std::int64_t v = 0; v < sizes[static_cast<std::size_t>(b)]; ++v)
            if (a != b || u != v) csr.indices.push_back(static_cast<Index>(first + v));
        }
        csr.indptr.push_back(static_cast<Index>(csr.indices.size()));
      }
    return csr;
  }

  // Four nodes by the sets that they are in.
  [[nodiscard]] TetradTable counts() const {
    TetradTable table;
    std::array<int, 4> in{};
    for (in[0] = 0; in[0] < of_sets.n(); ++in[0])
      for (in[1] = in[0]; in[1] < of_sets.n(); ++in[1])
        for (in[2] = in[1]; in[2] < of_sets.n(); ++in[2])
          for (in[3] = in[2]; in[3] < of_sets.n(); ++in[3])
            if (const unsigned k = tetrad_number(arcs_of_four(in))) table[k] += ways(in);
    std::erase_if(table, [](const auto& entry) { return entry.second == 0; });
    return table;
  }

 private:
  [[nodiscard]] Arcs arcs_of_four(const std::array<int, 4>& in) const {
    Arcs arcs = 0;
    for (std::size_t u = 0; u < 4; ++u)
      for (std::size_t v = 0; v < 4; ++v)
        if (u != v && (in[u] == in[v] ? complete[static_cast<std::size_t>(in[u])] : of_sets.arc(in[u], in[v])))
          arcs |= bit_of(static_cast<int>(u), static_cast<int>(v));
    return arcs;
  }

  [[nodiscard]] Count ways(const std::array<int, 4>& in) const {
    Count product = 1;
    for (std::size_t k = 0; k < 4;) {
      Count of_set = 1;
      const std::size_t first = k;
      for (; k < 4 && in[k] == in[first]; ++k)
        of_set = of_set * (sizes[static_cast<std::size_t>(in[first])] - static_cast<std::int64_t>(k - first)) /
                 static_cast<std::int64_t>(k - first + 1);
      product *= of_set;
    }
    return product;
  }
};

}  // namespace test
