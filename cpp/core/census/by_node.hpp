// Dyad and triad census of every node: the dyads and triads of each class that contain it, induced counts.
//
// The scheme is that of triads.hpp, which has the map of the files. Open triads around a node follow from its numbers
// of neighbours by an arc out, by an arc in and by both; those that it is an end of, from its neighbours' numbers;
// closed ones come from intersecting lists, each counted at its three nodes; 003, 012 and 102 from totals. Needs O(n)
// memory a worker, O(n + m) besides, and 152 bytes a node for the result.
#pragma once

#include <array>
#include <cstdint>

#include "graph/levels.hpp"
#include "motifs/dyads.hpp"
#include "motifs/triads.hpp"
#include "support/large_array.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

inline constexpr std::int64_t kMaxNodeCensus = std::int64_t{1} << 30;  // nodes; 6 C(n, 2) is below 2^63

using NodeDyads = std::array<std::int64_t, kDyads>;
using NodeTriads = std::array<std::int64_t, kTriads>;

// By row of the graph, and one more: that of a node without arcs.
struct NodeCensus {
  LargeArray<NodeDyads> dyads;
  LargeArray<NodeTriads> triads;  // empty when not asked for
};

// `shape` is what is known of the underlying graph (kGeneral is always safe). Throws NotSupported above kMaxNodeCensus.
template <class Index>
NodeCensus node_census(const GraphView<Index>& graph, Shape shape, bool want_triads, int num_threads, Stop& stop);

}  // namespace motifcount
