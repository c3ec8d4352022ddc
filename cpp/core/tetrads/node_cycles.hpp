// 4-cycles by their nodes, and the triangles of each edge whose third node ranks below the edge's upper end.
//
// For each node w the wedges w - v - u to the nodes u above both: pairs of those to one u are the 4-cycles whose
// highest-ranked node is u, u and w opposite. Where u and w are neighbours they are triangles. Most of these u are of
// the first ranks, so that what is counted by u stays in the cache.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "tetrads/edge_wedges.hpp"
#include "tetrads/node_classes.hpp"
#include "tetrads/node_table.hpp"

namespace motifcount {

// Of one worker. Nodes must come in ascending rank.
class NodeCycles {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  NodeCycles(const Graph& graph, const NodeClasses& classes, const TetradKernels& kernels, Stop& stop);

  // All cycles whose lowest opposite pair of nodes has w as its lower one, at w and at the nodes between; those at the
  // nodes opposite too, if these are not of the first ranks. Sets the triangles of the edges from w upwards.
  void visit(std::size_t w, EdgeWedges& wedges, const NodeTable& table);
  // What is left, at nodes of the first ranks.
  void give(const NodeTable& table);

 private:
  struct Segment {  // wedges by one node v, whose nodes u are these entries of its row
    const std::uint32_t* begin;
    const std::uint32_t* end;
    std::size_t v, first_wedge;
  };
  // Pairs of wedges at a node of the first ranks: of the vectors later, of many at a time.
  static constexpr std::size_t kKept = 32;
  struct Hub {
    std::uint16_t vectors[kKept][kLanes];
    std::size_t size = 0;
    LaneProducts products{};
  };

  std::size_t gather(std::size_t w);
  // `Counter` holds the number of neighbours of w, `Sum` adds up kMostSummed of them.
  template <class Counter, class Sum>
  void count(std::size_t w, LargeArray<Counter>& counters, EdgeWedges& wedges, const NodeTable& table);
  template <class Counter, class Sum>
  void add_sides(const Counter* counters, const NodeTable& table);
  template <class Counter>
  void take_in_turn(std::size_t n, Counter* counters, const NodeTable& table);
  template <class Counter>
  void add_pairs(std::size_t u, const Counter* counters, const NodeTable& table);
  template <class Counter>
  void take(std::size_t u, Counter* counters, const NodeTable& table);
  void empty(Hub& hub);

  const Graph& graph_;
  const NodeClasses& classes_;
  const TetradKernels& kernels_;
  PacedStop pace_;
  std::vector<std::uint32_t> cursors_;  // of a node: where the last w stands in its row
  std::vector<Segment> segments_;
  // Sixteen counters for each u, by the links from w and to u; the last is always 1.
  LargeArray<std::uint8_t> bytes_;
  LargeArray<std::uint16_t> shorts_;
  LargeArray<std::uint32_t> longs_;
  std::array<std::array<std::int64_t, kWedges>, kWedges> twice_{};  // pairs of wedges at w, from either side
  LaneVectors vectors_{};
  std::vector<Hub> hubs_;  // of the first ranks
};

}  // namespace motifcount
