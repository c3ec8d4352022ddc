// Dyad and triad census, induced counts, whole or broken down by the layers of a motif's nodes.
//
// Open triads follow from each node's numbers of out-only, in-only and mutual neighbours; closed ones come from
// one listing of the triangles of the underlying undirected graph; 003, 012 and 102 from totals. This is the
// scheme of Ortmann and Brandes (2017, doi:10.1007/s41109-017-0027-2). O(m^1.5) time, O(n + m) memory.
// Where the underlying graph is bipartite, strictly layered ones included, there is no triangle to list: O(n + m).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "graph/layer_tuples.hpp"
#include "graph/levels.hpp"
#include "motifs/dyads.hpp"
#include "motifs/triads.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

using DyadCounts = std::array<Count, kDyads>;
using TriadCounts = std::array<Count, kTriads>;

struct Census {
  std::vector<DyadCounts> dyads;    // by LayerTuples::pairs(); one entry when not by block
  std::vector<TriadCounts> triads;  // by LayerTuples::triples(); empty when not asked for
};

// `shape` is what is known of the underlying graph (kGeneral is always safe). With `by_block` the graph needs
// layers, at most kMaxBlockLayers of them.
template <class Index>
Census census(const GraphView<Index>& graph, Shape shape, bool want_triads, bool by_block, int num_threads,
              Stop& stop);

}  // namespace motifcount
