// Dyad and triad census, induced counts, whole or broken down by the layers of a motif's nodes.
//
// The scheme of Ortmann and Brandes (2017, doi:10.1007/s41109-017-0027-2), O(m^1.5) time and O(n + m) memory:
// 1. Closed triads (all three pairs linked) come from one listing of the triangles of the underlying undirected graph.
//    A bipartite graph, strictly layered ones included, has none, and takes O(n + m) time.
// 2. Open triads (two of three pairs linked) come from the pairs of neighbours of every node, by its numbers of
//    neighbours by an arc out, by an arc in, and by both. Such a pair may be linked itself: a closed triad is met so at
//    each of its nodes, as the open triad that is left when the dyad opposite to the node is ignored. These are
//    subtracted, which needs no look at the pairs: how many a closed class gives of an open one is a table
//    (kTriadTables.wedges).
// 3. 003, 012 and 102 are what remains of all triples, of all dyads with one arc and of all mutual dyads.
//
// How a census goes, file by file:
//   count.cpp                    has a function for each way to count: count_motifs finds the shape of the graph
//                                (graph/levels.hpp) and calls
//   census/triads.cpp            this census; count_motifs_by_node and count_motifs_by_role
//   census/triad_shards.cpp      the same in shards, which shards.hpp counts, for others to add up;
//   census/by_node.cpp           the same for every node,
//   census/by_role.cpp           or for every node and role, both from what census/around_nodes.hpp finds;
//   census/by_kind.cpp           by the kinds of arcs, count_motifs_by_kind. All make, where there may be triangles,
//   triangles/ranked_lists.cpp   an undirected adjacency of nodes ranked by degree (graph/degree_ranks.hpp): every edge
//                                once, with its dyad code, in lists and, where dense, in rows of bits; and for
//   triangles/listing.hpp        the last-ranked node of each triangle in turn mark its list, look at the lists of its
//                                neighbours and find who is in both;
//   triangles/strip_sums.hpp     or, of a dense graph, rows of bits alone (triangles/bit_strips.hpp), added up by
//                                kernels/strip_kernels*, column by column; these and the lists are counted
//   triangles/by_class.cpp       by class, whole or by the layers of the three nodes,
//   triangles/by_node.hpp        or at each of the three nodes, by class or by role (triangles/by_role.hpp), in rows
//                                of bits by
//   kernels/bit_kernels*         intersections and population counts, in the instruction set of the machine; or by the
//                                kinds of their arcs, by
//   census/triangles_by_states.hpp   with the state of every pair beside the lists (triangles/kinded_lists.hpp).
//   census/by_arc.cpp            needs no triangles: it intersects the whole lists of neighbours of the two ends of
//                                every arc (census/around_edges.hpp).
//   motifs/triads.hpp            has the classes: tables from dyad codes to classes, all generated;
//   graph/layer_tuples.hpp       numbers the pairs and triples of layers.
// The slow counts to hold all this against: brute_dyads, brute_triads and brute_by_node in
// cpp/tests/tools/brute_force.hpp, and triads_by_wedges in wedge_oracle.hpp for larger graphs. Why it is fast, and what
// was tried: docs/performance.md.
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
#include "triangles/by_class.hpp"

namespace motifcount {

using DyadCounts = std::array<Count, kDyads>;

struct Census {
  std::vector<DyadCounts> dyads;    // by LayerTuples::pairs(); one entry when not by block
  std::vector<TriadCounts> triads;  // by LayerTuples::triples(); empty when not asked for
};

// `shape` is what is known of the underlying graph (kGeneral is always safe). With `by_block` the graph needs
// layers, at most kMaxBlockLayers of them.
template <class Index>
Census census(const GraphView<Index>& graph, Shape shape, bool want_triads, bool by_block, int num_threads, Stop& stop);

// Takes the open triads that closed ones were counted as, around their nodes, out of `triads`, and adds the closed
// ones.
void subtract_closed(const TriadCounts& closed, TriadCounts& triads);

}  // namespace motifcount
