// Graphs too large for every four nodes, whose nodes fall into sets of nodes that are alike: closed forms.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tools/every_four.hpp"
#include "tools/graphs.hpp"

namespace test {

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
            if (const unsigned k = tetrad_number(matrix_of_four(in))) table[k] += ways(in);
    std::erase_if(table, [](const auto& entry) { return entry.second == 0; });
    return table;
  }

 private:
  [[nodiscard]] unsigned matrix_of_four(const std::array<int, 4>& in) const {
    unsigned matrix = 0;
    for (std::size_t u = 0; u < 4; ++u)
      for (std::size_t v = 0; v < 4; ++v)
        if (u != v && (in[u] == in[v] ? complete[static_cast<std::size_t>(in[u])] : of_sets.arc(in[u], in[v])))
          matrix |= arc_bit(static_cast<int>(u), static_cast<int>(v));
    return matrix;
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
