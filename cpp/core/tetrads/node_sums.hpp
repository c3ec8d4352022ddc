// What is summed around each node: stars, paths, triangles with a tail, and the diagonals of diamonds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "support/large_array.hpp"
#include "tetrads/edge_wedges.hpp"
#include "tetrads/node_classes.hpp"

namespace motifcount {

// The wedges of all edges must be counted. `sum` of all nodes comes before `add` of any.
class NodeSums {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  NodeSums(const Graph& graph, const NodeClasses& classes, const EdgeWedges& wedges)
      : graph_(graph), classes_(classes), wedges_(wedges), around_(graph.n_nodes()) {}

  void sum(std::size_t u);

  // Adds the open counts at x. `twice` is scratch for triangles at a node, which are met in both orders.
  using Counts = std::span<std::int64_t>;
  void add(std::size_t x, Counts counts, std::vector<std::int64_t>& twice) const;

 private:
  struct Around {
    std::array<std::int64_t, 9> beyond;      // [c][q]: over the neighbours by link c, of their neighbours by link q
    std::array<std::int64_t, 27> triangles;  // [x][y][z]: ordered pairs of neighbours by x and y, linked by z
  };

  // A node x and its neighbour v, seen from x: what is added to the counts of x, once and by halves.
  struct Edge {
    std::size_t x, v, link;
    const Wedges& shared;
    Counts own, twice;
  };

  void add_star_centres(std::size_t x, Counts own) const;
  void add_leaves_and_paths(const Edge& edge) const;
  void add_triangles(const Edge& edge) const;

  [[nodiscard]] std::int64_t degree(std::size_t u, std::size_t q) const { return graph_.degrees(u)[q]; }
  // Neighbours of v by link q, without x.
  [[nodiscard]] std::int64_t others(const Edge& edge, std::size_t q) const {
    return degree(edge.v, q) - (q == kReversedLink[edge.link]);
  }

  const Graph& graph_;
  const NodeClasses& classes_;
  const EdgeWedges& wedges_;
  LargeArray<Around> around_;
};

}  // namespace motifcount
