// The dyads and triads that every arc is in.
//
// A third node makes a triad of a pair of linked nodes, whose class follows from the dyad codes; how many third nodes
// there are by the codes to both is known from intersecting their neighbours (around_edges.hpp). The slow count is in
// cpp/tests/census/test_by_arc.cpp.
#pragma once

#include <array>
#include <cstdint>

#include "motifs/dyads.hpp"
#include "motifs/triads.hpp"
#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

using ArcDyads = std::array<std::int64_t, kDyads>;
using ArcTriads = std::array<std::int64_t, kTriads>;

// By arc, in the order of the rows of the graph.
struct ArcCensus {
  LargeArray<ArcDyads> dyads;
  LargeArray<ArcTriads> triads;  // empty when not asked for
};

// Induced motifs that hold the arc, or, if not, subgraphs that do. O(sum over pairs of linked nodes of the lower
// degree) time; the result takes 24 and 128 bytes an arc.
template <class Index>
ArcCensus arc_census(const GraphView<Index>& graph, bool want_triads, bool induced, int num_threads, Stop& stop);

}  // namespace motifcount
