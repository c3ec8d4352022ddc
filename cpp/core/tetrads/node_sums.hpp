// What is summed around each node: claws, paths, paws, and the diagonals of diamonds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "support/large_array.hpp"
#include "tetrads/edge_wedges.hpp"
#include "tetrads/node_classes.hpp"

namespace motifcount {

// What the neighbours of a node lead to.
struct Around {                            // 36 numbers, one after the other
  std::array<std::int64_t, 9> beyond;      // [c][q]: over the neighbours by link c, of their neighbours by link q
  std::array<std::int64_t, 27> triangles;  // [x][y][z]: ordered pairs of neighbours by x and y, linked by z
};

// Of one worker. The wedges of all edges must be counted. Nodes must come in ascending rank, first all to `sum`, then
// to `add` of other objects.
class NodeSums {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  NodeSums(const Graph& graph, const NodeClasses& classes, const EdgeWedges& wedges, const TetradKernels& kernels)
      : graph_(graph), classes_(classes), wedges_(wedges), kernels_(kernels), cursors_(graph.n_nodes(), 0) {}

  [[nodiscard]] Around sum(std::size_t x);

  // Adds the open counts at x.
  using Counts = std::span<std::int64_t>;
  void add(std::size_t x, std::span<const Around> around, Counts counts);

 private:
  template <std::size_t N>
  using Numbers = std::array<std::int64_t, N>;

  // Over the neighbours v of x by one link; T is the number of triangles of the edge by their wedges from x.
  struct OfLink {
    std::int64_t n;
    Numbers<kLinks> others;                       // of neighbours of v without x
    Numbers<6> pairs_of_others;                   // two of them, by links a <= b
    Around around;                                // of v
    Numbers<kWedges> shared;                      // T
    Numbers<kWedges * kLinks> sides;              // T times the neighbours of v without x
    std::array<Numbers<kWedges>, kWedges> pairs;  // pairs of T, s <= t
  };

  // visit(v, link, triangles by their wedges from x) for all neighbours v of x.
  template <class Visit, class Prefetch>
  void for_each_edge(std::size_t x, Visit visit, Prefetch prefetch);
  void push(std::size_t v, std::size_t link, const std::array<std::uint32_t, kWedges>& shared);
  void take_products(std::size_t link);

  void add_claw_centres(std::size_t x, Counts own) const;
  void add_leaves_and_paths(std::size_t x, std::size_t link, Counts own) const;
  void add_triangles(std::size_t x, std::size_t link, Counts own) const;

  [[nodiscard]] std::int64_t degree(std::size_t u, std::size_t q) const { return graph_.degrees(u)[q]; }

  const Graph& graph_;
  const NodeClasses& classes_;
  const EdgeWedges& wedges_;
  const TetradKernels& kernels_;
  std::vector<std::uint32_t> cursors_;    // of a node below: where the last x stands in its row
  std::array<OfLink, kLinks> of_link_{};  // all 0 between nodes
  std::array<LaneVectors, kLinks> vectors_{};
  std::array<std::vector<std::uint32_t>, kLinks> neighbours_;  // of x, by link
};

}  // namespace motifcount
