// The 199 connected four-node classes of any digraph, induced counts.
//
// Nothing is enumerated: K4s are bits that rows of local matrices share, 4-cycles pairs of wedges between two nodes,
// diamonds, paws, paths and claws products of triangles and degrees around an edge or a node; the induced counts follow
// by inclusion and exclusion. The idea is that of Ortmann and Brandes (2017, doi:10.1007/s41109-017-0027-2).
// O(sum over edges of the lower degree, + triangles * degeneracy / 64) time; the result does not depend on the number
// of threads. cpp/tests/tools/every_four.hpp counts the same by looking at every four nodes.
//
// How the files of this folder call each other:
//   general.cpp         this census, and tetrad_shards the same in shards. Both have the nodes by rank
//                       (ranked_neighbours), and tetrad_counter counts with each worker
//   local_matrix        K4s, and triangles above each edge, in a matrix of bits for each node, laid out by local_layout
//                       (where a neighbour stands, says rank_table) with the bits of hub_planes for nodes of many arcs
//   wedge_walk          4-cycles, and the other triangles of each edge, node by node, in wedge_counters; or
//   hub_wedges          the same for nodes of many arcs, a batch at a time; walk_plan says which of the two does what
//   edge_sums           diamonds and paws from the triangles of each edge (upper_triangles)
//   open_counts         from these sums to the induced counts of all classes
//   by_node.cpp         the same for every node, or node and role: its head has its files, the node_*, edge_wedges and
//                       lane_sums
//   layered.cpp         the ten classes of strictly layered graphs: shared_neighbours counts pairs of nodes in the way
//                       that pair_plan chooses.
#pragma once

#include <array>
#include <memory>

#include "kernels/tetrad_kernels.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"
#include "tetrads/open_counts.hpp"

namespace motifcount {

using GeneralTetradCounts = std::array<Count, kTetrads>;

GeneralTetradCounts connected(const AllTetrads& all);

// Keeps its memory from graph to graph.
template <class Index>
class TetradCensus {
 public:
  explicit TetradCensus(const TetradKernels& kernels = tetrad_kernels());
  ~TetradCensus();

  GeneralTetradCounts count(const GraphView<Index>& graph, int num_threads, Stop& stop);

  // Also of the disconnected classes, modulo 2^128: in all C(n, 4).
  AllTetrads count_all(const GraphView<Index>& graph, int num_threads, Stop& stop);

 private:
  class Memory;
  const TetradKernels& kernels_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace motifcount
