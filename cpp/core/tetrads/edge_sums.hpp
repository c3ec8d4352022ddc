// Sums over edges of what their triangles make: diamonds, paws and, by the way, the triangles themselves.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tetrads/lane_sums.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Of one worker. An edge has an upper end u and a lower end w, and a link c from u to w.
template <class Entry>
class EdgeSums {
 public:
  EdgeSums(const RankedNeighbours<Entry>& graph, const TetradKernels& kernels)
      : graph_(graph),
        adders_{LaneAdder(kernels, true), LaneAdder(kernels, true), LaneAdder(kernels, true)},
        of_wide_(graph.n_with_more(kMostUpperDegree)) {}

  // Where the numbers of common neighbours go, none above 2047, and what counts them then.
  std::uint16_t* next(std::size_t link) { return adders_[link].next(); }
  void push(std::size_t u, std::size_t w, std::size_t link);

  // The same for larger numbers, in the first nine lanes.
  void add_wide(std::size_t u, std::size_t w, std::size_t link, std::array<std::uint64_t, kLanes>& lanes);

  // By link, the sums of all edges.
  void give(std::array<LaneSums, kLinks>& sums);

 private:
  static constexpr Entry kMostUpperDegree = 8191;  // of u, in a lane

  const RankedNeighbours<Entry>& graph_;
  std::array<LaneAdder, kLinks> adders_;
  // For each u of more arcs, by link: the sums of the numbers.
  std::vector<std::array<std::array<std::uint64_t, kWedges>, kLinks>> of_wide_;
};

}  // namespace motifcount
