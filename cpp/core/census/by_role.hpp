// The roles of every node in dyads and triads, induced counts.
//
// As in by_node.hpp, told apart by the place of the node: open triads around it and those that it is an end of follow
// from its and its neighbours' numbers of neighbours, closed ones from intersecting lists; those with fewer links from
// totals. What is counted open is made induced by inclusion and exclusion, role by role. The same time and memory, and
// 320 bytes a node for the result.
#pragma once

#include <array>
#include <cstdint>

#include "graph/levels.hpp"
#include "motifs/roles.hpp"
#include "support/large_array.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

using NodeDyadRoles = std::array<std::int64_t, n_roles(Family::kDyad)>;
using NodeTriadRoles = std::array<std::int64_t, n_roles(Family::kTriad)>;

// By row of the graph, and one more: that of a node without arcs.
struct RoleCensus {
  LargeArray<NodeDyadRoles> dyads;
  LargeArray<NodeTriadRoles> triads;  // empty when not asked for
};

// `shape` is what is known of the underlying graph (kGeneral is always safe). Throws NotSupported above kMaxNodeCensus.
template <class Index>
RoleCensus role_census(const GraphView<Index>& graph, Shape shape, bool want_triads, int num_threads, Stop& stop);

}  // namespace motifcount
