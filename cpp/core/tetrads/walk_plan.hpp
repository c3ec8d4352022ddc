// How the wedges of a graph are counted: see WedgeWalk and HubWedges.
#pragma once

#include <cstddef>

#include "kernels/tetrad_kernels.hpp"
#include "tetrads/hub_planes.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Nodes to look at for a wedge: with more, most are without any.
inline constexpr std::size_t kSparse = 3;

// What several workers look at: where the ranks begin that need fewer bits, and what is left to HubWedges.
template <class Entry>
struct WalkPlan {
  static constexpr Entry kMostBytes = 255;    // arcs of a node whose wedges are counted in bytes
  static constexpr Entry kMostShorts = 2047;  // in 16 bits

  WalkPlan(const RankedNeighbours<Entry>& graph, const HubPlanes<Entry>& hubs, std::size_t batch_cost, Stop& stop);

  const RankedNeighbours<Entry>& graph;
  const HubPlanes<Entry>& hubs;
  std::size_t first_short, first_byte;  // ranks
  std::size_t n_batches = 0;            // of hubs, whose wedges to nodes from first_short on are not walked
  [[nodiscard]] std::size_t n_hubs() const { return kBatch * n_batches; }

 private:
  [[nodiscard]] bool batch_is_faster(std::size_t first_hub, std::size_t cost, PacedStop& pace) const;
};

}  // namespace motifcount
