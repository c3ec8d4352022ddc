// Test graphs: a small adjacency matrix that is easy to reason about, and what the core takes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <vector>

#include "support/threads.hpp"
#include "support/types.hpp"
#include "tools/repeats.hpp"

namespace test {

using motifcount::Csr;
using motifcount::GraphView;

using Random = std::mt19937_64;

// Of calls that nobody wants to interrupt.
inline motifcount::Stop& never() {
  static motifcount::Stop stop;
  return stop;
}

// Uniform enough below n; the distributions of the standard library differ between implementations.
inline int below(Random& random, int n) { return static_cast<int>((random() >> 33) % static_cast<std::uint64_t>(n)); }
inline bool chance(Random& random, double p) { return static_cast<double>(random() >> 11) * 0x1p-53 < p; }

class Digraph {
 public:
  explicit Digraph(int n) : n_(n), cells_(static_cast<std::size_t>(n) * static_cast<std::size_t>(n), 0) {}

  [[nodiscard]] int n() const { return n_; }
  [[nodiscard]] bool arc(int u, int v) const { return cells_[cell(u, v)] != 0; }
  void add(int u, int v) { cells_[cell(u, v)] = 1; }

 private:
  [[nodiscard]] std::size_t cell(int u, int v) const {
    return static_cast<std::size_t>(u) * static_cast<std::size_t>(n_) + static_cast<std::size_t>(v);
  }

  int n_;
  std::vector<std::uint8_t> cells_;
};

// Nodes in layers, as a GraphView borrows them.
struct Layers {
  std::vector<std::int32_t> of;
  std::vector<std::int64_t> sizes;

  Layers() = default;
  Layers(std::vector<std::int32_t> layer_of, int n_layers)
      : of(std::move(layer_of)), sizes(static_cast<std::size_t>(n_layers), 0) {
    for (const std::int32_t layer : of) ++sizes[static_cast<std::size_t>(layer)];
  }
};

// Layers of the given sizes, nodes numbered layer by layer.
inline Layers consecutive_layers(std::span<const int> sizes) {
  std::vector<std::int32_t> of;
  for (std::size_t l = 0; l < sizes.size(); ++l)
    of.insert(of.end(), static_cast<std::size_t>(sizes[l]), static_cast<std::int32_t>(l));
  return {of, static_cast<int>(sizes.size())};
}

inline Layers random_layers(int n, int n_layers, Random& random) {
  std::vector<std::int32_t> of(static_cast<std::size_t>(n));
  for (auto& layer : of) layer = below(random, n_layers);
  return {of, n_layers};
}

template <class Index>
Csr<Index> to_csr(const Digraph& graph) {
  Csr<Index> csr;
  for (int u = 0; u < graph.n(); ++u) {
    for (int v = 0; v < graph.n(); ++v)
      if (graph.arc(u, v)) csr.indices.push_back(static_cast<Index>(v));
    csr.indptr.push_back(static_cast<Index>(csr.indices.size()));
  }
  return csr;
}

template <class Index>
Csr<Index> to_csr(const std::vector<std::vector<int>>& rows) {
  Csr<Index> csr;
  for (auto row : rows) {
    std::ranges::sort(row);
    csr.indices.insert(csr.indices.end(), row.begin(), std::unique(row.begin(), row.end()));
    csr.indptr.push_back(static_cast<Index>(csr.indices.size()));
  }
  return csr;
}

// With the arcs that `arc` says.
inline Digraph changed(const Digraph& graph, const std::function<bool(int, int)>& arc) {
  Digraph result(graph.n());
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v)
      if (u != v && arc(u, v)) result.add(u, v);
  return result;
}

// Most arcs at the first nodes, the more the earlier; of seven arcs `n_mutual` are so.
inline Csr<std::int32_t> with_hubs(int n, int n_arcs, int n_hubs, int n_mutual, Random& random) {
  std::vector<std::vector<int>> rows(static_cast<std::size_t>(n));
  for (int k = 0; k < n_arcs; ++k) {
    int u = below(random, k % 5 == 0 ? n : below(random, n_hubs) + 1), v = below(random, n);
    if (u == v) continue;
    if (k % 3 != 0) std::swap(u, v);
    rows[static_cast<std::size_t>(u)].push_back(v);
    if (k % 7 < n_mutual) rows[static_cast<std::size_t>(v)].push_back(u);
  }
  return to_csr<std::int32_t>(rows);
}

template <class Index>
GraphView<Index> view(const Csr<Index>& csr) {
  return {csr.view(), csr.view().n_rows()};
}
template <class Index>
GraphView<Index> view(const Csr<Index>& csr, const Layers& layers) {
  return {csr.view(), csr.view().n_rows(), {layers.of, layers.sizes}};
}

// Every arc that `may` allows, with probability p.
template <class May>
Digraph random_digraph(int n, double p, Random& random, May may) {
  Digraph graph(n);
  for (int u = 0; u < n; ++u)
    for (int v = 0; v < n; ++v)
      if (u != v && may(u, v) && chance(random, p)) graph.add(u, v);
  return graph;
}
inline Digraph random_digraph(int n, double p, Random& random) {
  return random_digraph(n, p, random, [](int, int) { return true; });
}

// Few arcs or nearly all, many pairs mutual or none, a few nodes with most of the arcs or all alike.
inline Digraph mixed_digraph(Random& random) {
  const int n = 5 + below(random, 10);
  const double p = (1 + below(random, 9)) / 10.0, mutual = below(random, 3) / 2.0;
  const int n_hubs = below(random, 3) == 0 ? 2 : n;
  Digraph graph(n);
  for (int u = 0; u < n; ++u)
    for (int v = 0; v < n; ++v) {
      if (u == v || !chance(random, u < n_hubs || v < n_hubs ? p : p / 4)) continue;
      graph.add(u, v);
      if (chance(random, mutual)) graph.add(v, u);
    }
  return graph;
}

// visit(graph), 4096 times; some of them under a sanitizer.
template <class Visit>
void every_digraph_of_four(Visit visit) {
  for (unsigned code = 0; code < 4096; code += kNextGraph) {
    Digraph graph(4);
    for (int u = 0, bit = 0; u < 4; ++u)
      for (int v = 0; v < 4; ++v)
        if (u != v && code >> bit++ & 1) graph.add(u, v);
    visit(graph);
  }
}

// Arcs only from one layer to the next.
inline Digraph random_strict(const Layers& layers, double p, Random& random) {
  return random_digraph(static_cast<int>(layers.of.size()), p, random, [&](int u, int v) {
    return layers.of[static_cast<std::size_t>(v)] == layers.of[static_cast<std::size_t>(u)] + 1;
  });
}

}  // namespace test
