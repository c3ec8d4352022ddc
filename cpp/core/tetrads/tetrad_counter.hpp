// The phases of a count of all tetrads, on nodes that are ranked: general.hpp has the method.
#pragma once

#include <cstddef>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "support/threads.hpp"
#include "tetrads/hub_planes.hpp"
#include "tetrads/open_counts.hpp"
#include "tetrads/upper_triangles.hpp"
#include "tetrads/walk_plan.hpp"
#include "tetrads/walk_range.hpp"

namespace motifcount {

// `Entry` is wide enough for the graph.
template <class Entry>
class TetradCounter {
 public:
  // Decides what is counted in which way, and fills planes for it.
  TetradCounter(const RankedNeighbours<Entry>& graph, const TetradKernels& kernels, int num_threads, Stop& stop);
  TetradCounter(const TetradCounter&) = delete;
  TetradCounter& operator=(const TetradCounter&) = delete;

  // Over all nodes, once: gives the planes back as soon as they are not needed.
  TetradSums sums_once(int num_threads, Stop& stop);

  // Over the nodes of the tasks from `first` to `last` - 1. Several threads may ask at a time.
  [[nodiscard]] TetradSums sums(std::size_t first, std::size_t last, int num_threads, Stop& stop) const;

  // Ranks: task t is [starts[t], starts[t + 1]).
  [[nodiscard]] const std::vector<std::size_t>& starts() const { return starts_; }

 private:
  [[nodiscard]] bool extracts_any(Stop& stop) const;
  [[nodiscard]] int useful(int num_threads) const;
  template <class State, class Make, class Body, class Give>
  void for_each_node(std::size_t first, std::size_t last, int num_threads, Stop& stop, Make make, Body body,
                     Give give) const;
  void find_cliques(std::size_t first, std::size_t last, UpperTriangles<Entry>& triangles, TetradSums& sums,
                    int num_threads, Stop& stop) const;
  void walk(std::size_t last, const WalkRange<Entry>& range, const UpperTriangles<Entry>& triangles, TetradSums& sums,
            int num_threads, Stop& stop) const;

  const RankedNeighbours<Entry>& graph_;
  const TetradKernels& kernels_;
  HubPlanes<Entry> hubs_;
  WalkPlan<Entry> plan_;
  std::vector<std::size_t> starts_;
};

}  // namespace motifcount
