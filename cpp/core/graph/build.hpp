// Canonical adjacency from arcs in any order, and from rows that are not canonical: counting sorts, O(n + m).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// Whether rows for all nodes would take far more memory than the arcs, so that only nodes with arcs get one.
constexpr bool isolated_nodes_dominate(std::int64_t n_nodes, std::int64_t n_arcs) {
  return n_nodes > 8 * n_arcs + (1 << 16);
}

// Adjacency of an arc list with self-loops dropped and duplicates merged. Where isolated nodes would dominate
// the memory, rows are made for the others only: row r is then node node_ids[r] (ascending).
template <class Index>
struct BuiltGraph {
  Csr<Index> out;
  std::vector<std::int64_t> node_ids;  // empty: row r is node r
  std::int64_t n_loops = 0;            // how many self-loops were dropped
};

// Throws InvalidGraph for an endpoint outside [0, n_nodes). `keep_all_rows` forbids leaving out isolated nodes.
template <class Index, class Node>
BuiltGraph<Index> build_graph(std::span<const Node> sources, std::span<const Node> targets, std::int64_t n_nodes,
                              bool keep_all_rows, Stop& stop);

// The canonical form of a valid view: sorted rows, duplicates merged, self-loops and entries with
// keep[k] == 0 dropped (an empty `keep` keeps all; loops with keep[k] == 0 are not among `n_loops`).
template <class Index>
BuiltGraph<Index> canonical_form(const CsrView<Index>& view, std::span<const std::uint8_t> keep, Stop& stop);

// Canonical adjacency from arcs without loops or duplicates, reusing the memory of `out`. Rows come out sorted.
template <class Index, class Node>
class SortedRows {
 public:
  void build(std::span<const Edge<Node>> edges, std::int64_t n_rows, Csr<Index>& out, Stop& stop);

 private:
  Csr<Index> reversed_;
  std::vector<Index> cursor_;
};

}  // namespace motifcount
