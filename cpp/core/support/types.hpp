// The vocabulary of the core: counts, borrowed and owned compressed sparse rows, edges, errors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

namespace motifcount {

// Motif counts. C(n, 3) and the stars pass 2^63 long before memory runs out; they fit 2^127 for every
// graph with at most kMaxNodes nodes.
__extension__ typedef __int128 Count;

inline constexpr std::int64_t kMaxNodes = std::int64_t{1} << 40;
inline constexpr std::size_t kWordBits = 64;  // of a row of bits

// Borrowed adjacency: row u lists the heads of the arcs that leave u. A *canonical* view has rows in
// strictly ascending order, without u itself. Every algorithm expects a canonical view.
template <class Index>
struct CsrView {
  std::span<const Index> indptr;   // n_rows + 1 entries, the first is 0
  std::span<const Index> indices;  // n_edges entries

  [[nodiscard]] std::int64_t n_rows() const { return static_cast<std::int64_t>(indptr.size()) - 1; }
  [[nodiscard]] std::int64_t n_edges() const { return static_cast<std::int64_t>(indices.size()); }
  [[nodiscard]] std::int64_t degree(std::int64_t u) const {
    const auto i = static_cast<std::size_t>(u);
    return static_cast<std::int64_t>(indptr[i + 1]) - static_cast<std::int64_t>(indptr[i]);
  }
  [[nodiscard]] std::span<const Index> row(std::int64_t u) const {
    return indices.subspan(static_cast<std::size_t>(indptr[static_cast<std::size_t>(u)]),
                           static_cast<std::size_t>(degree(u)));
  }
};

template <class Index>
struct Csr {
  std::vector<Index> indptr{0};
  std::vector<Index> indices;

  [[nodiscard]] CsrView<Index> view() const { return {indptr, indices}; }
};

// Which nodes belong together. Each array is empty or has an entry for every row, and then every node has a row.
struct NodeGroups {
  std::span<const std::int32_t> layers{};  // 0 .. layer_sizes.size() - 1
  std::span<const std::int64_t> layer_sizes{};
  std::span<const std::uint8_t> biases{};  // 1 for a bias: a node that no arc leads to, under any null model
  std::span<const std::uint8_t> pinned{};  // by layer, 1 where every null model leaves the arcs into it in place

  [[nodiscard]] bool is_bias(std::size_t row) const { return !biases.empty() && biases[row] != 0; }
  [[nodiscard]] bool is_pinned(std::int32_t layer) const {
    return !pinned.empty() && pinned[static_cast<std::size_t>(layer)] != 0;
  }
};

// Kinds of arcs; empty where they have none.
struct ArcKinds {
  std::span<const std::uint8_t> of_arc{};  // by arc, in the order of the rows: 0 .. n_kinds - 1
  std::size_t n_kinds = 0;
};

// A directed graph as the algorithms see it. Rows may leave out isolated nodes: `n_nodes` counts them all.
template <class Index>
struct GraphView {
  CsrView<Index> out;
  std::int64_t n_nodes = 0;
  NodeGroups groups{};
  ArcKinds kinds{};
};

template <class Node>
struct Edge {
  Node source;
  Node target;
  friend bool operator==(const Edge&, const Edge&) = default;
};

// A graph that cannot be what the caller says it is.
struct InvalidGraph : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

// What is asked for is not supported for this graph.
struct NotSupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Pairs of n things, in the type of n, which must hold n * n.
template <class Number>
constexpr Number n_pairs(Number n) {
  return n * (n - 1) / 2;
}

inline constexpr Count choose2(Count n) { return n < 2 ? 0 : n * (n - 1) / 2; }
inline constexpr Count choose3(Count n) { return n < 3 ? 0 : n * (n - 1) / 2 * (n - 2) / 3; }

}  // namespace motifcount
