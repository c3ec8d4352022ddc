// Wedges u - v - w from each node u to the nodes w below it, over v below u, counted by w and by the links of the
// wedge.
//
// Pairs of wedges between u and w are the 4-cycles whose highest-ranked node is u, u and w opposite (Chiba and
// Nishizeki 1985, doi:10.1137/0214017). Where u and w are neighbours the wedges are, with the UpperTriangles, all
// triangles of the edge: pairs of them are diamonds, products with degrees paws, and products of degrees alone paths.
// O(sum over edges of the lower degree) time; 16 bytes a node, up to those of a block, and 4 more a node of a long row.
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
#include "tetrads/walk_range.hpp"
#include "tetrads/wedge_counters.hpp"

namespace motifcount {

// Of one worker, all that HubWedges leaves. Nodes must come in ascending rank. The triangles are those of the edges
// from the nodes of the range upwards.
template <class Entry>
class WedgeWalk {
 public:
  WedgeWalk(const WalkPlan<Entry>& plan, const WalkRange<Entry>& range, const UpperTriangles<Entry>& triangles,
            const TetradKernels& kernels, Stop& stop);

  void add(std::size_t u);
  void give(WalkSums& sums);

 private:
  using Graph = RankedNeighbours<Entry>;

  void add_hub(std::size_t u);
  std::size_t gather_segments(std::size_t u);
  std::size_t gather_parts(std::size_t u);
  Entry find_in_row(std::size_t u, std::size_t v);
  // An edge from u to w is in the middle of paths.
  void add_middle(std::size_t w, std::size_t link) {
    const auto degrees = graph_.degrees(w);
    for (std::size_t b = 0; b < kLinks; ++b) middles_.beyond[link][b] += degrees[b];
    ++middles_.n[link];
  }
  void add_paths(std::size_t u);
  std::size_t walk_long(std::size_t u, std::size_t& k);
  void walk_blocks(std::size_t u, std::size_t k, std::size_t n_wedges);
  [[nodiscard]] std::size_t first_left(std::size_t k) const;
  std::size_t cut_segments(std::size_t end);
  std::size_t add_edges(std::size_t u, std::size_t k, std::size_t end);
  void add_edge(std::size_t u, std::size_t w, std::size_t link, std::size_t at);
  void add_wide_edge(std::size_t u, std::size_t w, std::size_t link, std::size_t at);

  const WalkPlan<Entry>& plan_;
  const Graph& graph_;
  const WalkRange<Entry>& range_;
  const UpperTriangles<Entry>& triangles_;
  PacedStop stop_;
  std::span<const Entry> below_;                // u, of the range
  std::vector<Entry> cursors_;                  // by rank: where the last u stands in a long row
  std::vector<Entry> positions_;                // of u in the rows of those
  std::vector<Segment<Entry>> segments_, cut_;  // all, and their parts in a block
  WedgeCounters<Entry> counters_;
  EdgeSums<Entry> edges_;
  struct Middles {                                                   // edges from u downwards
    std::array<std::array<std::uint64_t, kLinks>, kLinks> beyond{};  // by link to w, the degrees of w
    std::array<std::uint64_t, kLinks> n{};
  };
  Middles middles_;
  WalkSums sums_;  // the paths
};

}  // namespace motifcount
