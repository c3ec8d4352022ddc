// Wedges u - v - w from each node u to the nodes w below it, over v below u, counted by w and by the links of the
// wedge.
//
// Pairs of wedges between u and w are the 4-cycles whose highest-ranked node is u, u and w opposite (Chiba and
// Nishizeki 1985, doi:10.1137/0214017). Where u and w are neighbours the wedges are, with the UpperTriangles, all
// triangles of the edge: pairs of them are diamonds, products with degrees paws, and products of degrees alone paths.
// O(sum over edges of the lower degree) time; 24 bytes a node of more than one arc.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tetrads/edge_sums.hpp"
#include "tetrads/lane_sums.hpp"
#include "tetrads/ranked_neighbours.hpp"
#include "tetrads/upper_triangles.hpp"
#include "tetrads/walk_plan.hpp"
#include "tetrads/wedge_counters.hpp"

namespace motifcount {

// Of one worker, all that HubWedges leaves. Nodes must come in ascending rank.
template <class Entry>
class WedgeWalk {
 public:
  WedgeWalk(const WalkPlan<Entry>& plan, const UpperTriangles& triangles, const TetradKernels& kernels, Stop& stop);

  void add(std::size_t u);
  void give(WalkSums& sums);

 private:
  using Graph = RankedNeighbours<Entry>;

  struct Cursor {  // positions in a row
    Entry at;      // of u, once it was looked for
    Entry end;     // before the nodes of a single arc
  };

  void add_hub(std::size_t u);
  std::size_t gather_segments(std::size_t u);
  void add_edges(std::size_t u);
  void add_edge(std::size_t u, std::size_t w, std::size_t link);
  void add_wide_edge(std::size_t u, std::size_t w, std::size_t link);

  const WalkPlan<Entry>& plan_;
  const Graph& graph_;
  const UpperTriangles& triangles_;
  PacedStop stop_;
  std::vector<Cursor> cursors_;  // by rank
  std::vector<Segment<Entry>> segments_;
  WedgeCounters<Entry> counters_;
  EdgeSums<Entry> edges_;
  WalkSums sums_;  // the paths
};

}  // namespace motifcount
