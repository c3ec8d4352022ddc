// The roles of every node in dyads and triads, induced counts.
//
// Open triads around a node, and those that it is an end of, follow from the numbers of neighbours by link; closed ones
// from the common neighbours of the two ends of its edges, by their links; those with fewer links from totals. What is
// counted open is made induced by inclusion and exclusion, role by role.
// O(sum over edges of the lower degree) time; 36 bytes an edge, and 320 a node for the result.
#pragma once

#include <array>
#include <cstdint>

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

// Throws NotSupported above kMaxNodeCensus nodes, or 2^28 of them with rows.
template <class Index>
RoleCensus role_census(const GraphView<Index>& graph, bool want_triads, int num_threads, Stop& stop);

}  // namespace motifcount
