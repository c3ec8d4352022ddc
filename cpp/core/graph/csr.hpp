// Building, checking and transposing adjacency. Everything here is O(n + m) unless it says otherwise.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

// True when `view` is canonical (see CsrView). Throws InvalidGraph when it is not a graph at all: indptr that
// does not start at 0, falls, or ends past the indices; an index outside [0, n_cols).
template <class Index>
bool is_canonical(const CsrView<Index>& view, std::int64_t n_cols, int num_threads, Stop& stop);

// Rows reversed: row v of the result lists, in ascending order, the u with v in row u.
template <class Index>
Csr<Index> transpose(const CsrView<Index>& view, Stop& stop);

// Parallel where there are many arcs per node.
template <class Index>
std::vector<Index> in_degrees(const CsrView<Index>& view, int num_threads, Stop& stop);

// Adjacency of an arc list with self-loops dropped and duplicates merged. Where isolated nodes would dominate
// the memory, rows are made for the others only: row r is then node node_ids[r] (ascending).
template <class Index>
struct BuiltGraph {
  Csr<Index> out;
  std::vector<std::int64_t> node_ids;  // empty: row r is node r
};

// Throws InvalidGraph for an endpoint outside [0, n_nodes). `keep_all_rows` forbids leaving out isolated nodes.
template <class Index, class Node>
BuiltGraph<Index> build_graph(std::span<const Node> sources, std::span<const Node> targets,
                              std::int64_t n_nodes, bool keep_all_rows, Stop& stop);

// The canonical form of a valid view: sorted rows, duplicates merged, self-loops and entries with
// keep[k] == 0 dropped (an empty `keep` keeps all).
template <class Index>
Csr<Index> canonical_form(const CsrView<Index>& view, std::span<const std::uint8_t> keep, Stop& stop);

// Rows and columns v with keep[v] != 0, numbered anew in their order.
template <class Index>
Csr<Index> induced_subgraph(const CsrView<Index>& view, std::span<const std::uint8_t> keep, Stop& stop);

// Canonical adjacency from arcs without loops or duplicates, reusing the memory of `out`. Rows come out sorted.
template <class Index, class Node>
class SortedRows {
 public:
  void build(std::span<const Edge<Node>> edges, std::int64_t n_rows, Csr<Index>& out, Stop& stop);

 private:
  Csr<Index> reversed_;
  std::vector<Index> cursor_;
};

// What is left of a network after nodes that cannot matter are taken out (the clean-up of Zahn, Daniel and
// Kutz 2024, arXiv:2403.00974). First ghosts: a node with role kHidden and no incoming arc loses its outgoing
// ones, repeatedly; then dead nodes: a kHidden or kBias node without outgoing arcs loses its incoming ones,
// repeatedly. Returns 1 for each node that stays. kFixed nodes always stay.
enum class Role : std::uint8_t { kFixed, kHidden, kBias };

template <class Index>
std::vector<std::uint8_t> effective_nodes(const CsrView<Index>& out, std::span<const std::uint8_t> roles, Stop& stop);

}  // namespace motifcount
