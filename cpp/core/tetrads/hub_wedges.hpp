// Wedges u - v - w from hubs u, a batch of hubs at a time: for every node w the bits of its neighbours v, by which they
// are neighbours of the hubs, are added up.
//
// What the walk (wedge_walk.hpp) does for one hub after the other, a wedge a step, takes 512 wedges a step here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "tetrads/edge_sums.hpp"
#include "tetrads/lane_sums.hpp"
#include "tetrads/ranked_neighbours.hpp"
#include "tetrads/upper_triangles.hpp"
#include "tetrads/walk_plan.hpp"

namespace motifcount {

// Of one worker.
template <class Entry>
class HubWedges {
 public:
  HubWedges(const WalkPlan<Entry>& plan, const TetradKernels& kernels, Stop& stop)
      : plan_(plan), graph_(plan.graph), edges_(graph_, kernels), kernels_(kernels), stop_(stop) {}

  // All wedges from the hubs of the plan's batches to w, and the edges between them and w, which has these triangles.
  // Returns how many edges these are: the first from w upwards.
  std::size_t add(std::size_t w, const LowerEndTriangles& triangles);

  void give(WalkSums& sums);

 private:
  using Graph = RankedNeighbours<Entry>;
  static constexpr std::size_t kMostRows = 255;  // at a time

  void gather(std::size_t w);
  void add_batch(std::size_t w, std::size_t first_hub);
  void add_long_batch(std::size_t w, std::size_t first_hub);
  unsigned count(std::span<const std::uint64_t* const> rows, std::size_t first_hub, BatchCounts* counts);
  template <class Number>
  void add_edges(std::size_t w, std::size_t first_hub, const Number (*counts)[kBatch]);

  const WalkPlan<Entry>& plan_;
  const Graph& graph_;
  EdgeSums<Entry> edges_;
  const TetradKernels& kernels_;
  PacedStop stop_;
  BatchProducts products_;
  std::array<std::vector<const std::uint64_t*>, kLinks> rows_;  // of the nodes v, by the link from v to w
  std::vector<const std::uint64_t*> batch_rows_;                // the words of one batch
  const LowerEndTriangles* triangles_ = nullptr;                // of w
  std::size_t n_edges_ = 0;                                     // from w upwards that are counted
  // At 3 * y + z: y is the link from v to w, z what `CountHubs` counts.
  alignas(64) BatchCounts counts_[kWedges];
  alignas(64) LongBatchCounts long_counts_[kWedges];
};

}  // namespace motifcount
