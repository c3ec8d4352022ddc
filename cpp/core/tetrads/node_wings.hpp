// Diamonds by those wings that rank below both ends of the diagonal: each triangle with the other triangles of the edge
// opposite. NodeCliques does the other wings.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/stop.hpp"
#include "tetrads/edge_wedges.hpp"
#include "tetrads/node_classes.hpp"
#include "tetrads/node_table.hpp"

namespace motifcount {

// Of one worker.
class NodeWings {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  NodeWings(const Graph& graph, const NodeClasses& classes, Stop& stop)
      : graph_(graph), classes_(classes), pace_(stop), link_(graph.n_nodes(), 0) {}

  // For the triangles of u and two nodes above it, adds at u all triangles of the edge opposite, itself included: where
  // both have the same wedge, NodeSums takes that out. No edge has more than `most` triangles of a kind.
  void visit(std::size_t u, const EdgeWedges& wedges, std::uint32_t most, const NodeTable& table);

 private:
  struct Hit {
    std::uint32_t at, back_link;  // in the row of the lower node; from there to u
  };
  // By the link of the diagonal and the own wedge, then by the other wing's.
  template <class Sum>
  using Sums = std::array<std::array<Sum, EdgeWedges::kReadable>, kLinks * kWedges>;

  template <class Sum>
  void sum(std::size_t u, const EdgeWedges& wedges, Sums<Sum>& sums, const NodeTable& table);
  std::size_t find(std::size_t a);

  const Graph& graph_;
  const NodeClasses& classes_;
  PacedStop pace_;
  std::vector<std::uint8_t> link_;  // of a node above u, to u, and 1 more; 0 for others
  std::vector<Hit> hits_;
  Sums<std::uint32_t> narrow_;
  Sums<std::uint64_t> wide_;
};

}  // namespace motifcount
