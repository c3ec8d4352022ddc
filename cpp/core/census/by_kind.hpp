// Dyad and triad census by the kinds of arcs: the scheme of census/triads.hpp with states of pairs in place of dyad
// codes.
//
// A node's numbers of neighbours by state give its wedges; each triangle of the underlying undirected graph is listed
// once (triangles/listing.hpp), and the three wedges that it was counted as are subtracted. O(m^1.5) time; beside the
// ranked lists a number per node and state, and a byte per arc. A strictly layered graph has no triangles: O(n + m).
// The slow count: brute_by_kind in cpp/tests/census/test_by_kind.cpp.
#pragma once

#include <vector>

#include "graph/levels.hpp"
#include "motifs/kinds.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// By class of the KindedFamily of the graph's number of kinds.
struct KindedCensus {
  std::vector<Count> dyads, triads;
};

// Of a graph with kinds; `shape` is what is known of it (kGeneral is always safe). Triads are empty unless wanted.
template <class Index>
KindedCensus census_by_kind(const GraphView<Index>& graph, Shape shape, bool want_triads, int num_threads, Stop& stop);

// From induced to subgraph counts, in place.
void to_subgraph_counts(const KindedFamily& family, std::vector<Count>& counts);

}  // namespace motifcount
