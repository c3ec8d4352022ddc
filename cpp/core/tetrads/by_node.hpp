// The connected four-node motifs of every class that contain each node, by its role in them or not, induced counts, of
// any digraph.
//
// The identities are those of the census (general.hpp), told apart by the place of the node in the motif. The passes:
//   node_cycles    4-cycles, and with them triangles whose lowest-ranked node is not the lower end of an edge
//   node_cliques   the other triangles of edges, K4s, and the diamonds whose wing is not the lowest node of a triangle
//   node_wings     the other wings
//   node_sums      claws, paths, paws, the diagonals of diamonds, from sums around each node
//   node_classes   where each number belongs, and from open counts to induced ones.
// O(sum over edges of the lower degree, + triangles * degeneracy / 64) time. Memory: 36 bytes an edge, 300 a node, 24 a
// node and worker, 1 MB a worker, and 1,592 a node for the result, 5,576 by role. The result does not depend on the
// number of threads.
#pragma once

#include <array>
#include <cstdint>

#include "kernels/tetrad_kernels.hpp"
#include "motifs/roles.hpp"
#include "motifs/tetrads.hpp"
#include "support/large_array.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

inline constexpr std::int64_t kMaxNodeTetrads = std::int64_t{1} << 20;  // nodes with arcs
static_assert(choose3(kMaxNodeTetrads) < Count{INT64_MAX} / 24);        // a class lies in 24 ways on four nodes

using NodeTetrads = std::array<std::int64_t, kTetrads>;
using NodeTetradRoles = std::array<std::int64_t, n_roles(Family::kTetrad)>;

// By row of the graph, and one more: that of a node without arcs. Throws NotSupported above kMaxNodeTetrads.
template <class Index>
LargeArray<NodeTetrads> tetrads_by_node(const GraphView<Index>& graph, int num_threads, Stop& stop,
                                        const TetradKernels& kernels = tetrad_kernels());
template <class Index>
LargeArray<NodeTetradRoles> tetrads_by_role(const GraphView<Index>& graph, int num_threads, Stop& stop,
                                            const TetradKernels& kernels = tetrad_kernels());

}  // namespace motifcount
