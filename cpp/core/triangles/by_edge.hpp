// Triangles of an undirected graph at each of its edges.
#pragma once

#include <vector>

#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// By entry of a canonical view that holds every edge both ways, the number of triangles that its edge is in: the
// common neighbours of its two ends. O(m^1.5) time (Chiba and Nishizeki 1985, doi:10.1137/0214017), a byte a node and
// thread besides the result.
//
// Not built on listing.hpp, which meets a triangle once and would add it to three edges at random places that workers
// share. Here an edge is looked at from its end of higher degree, whose neighbours are marked, and is written once. The
// listing was tried: docs/performance.md, "What did not help". The slow count: brute_edge_triangles in
// cpp/tests/tools/brute_force.hpp.
template <class Index>
std::vector<Index> edge_triangles(const CsrView<Index>& graph, int num_threads, Stop& stop);

}  // namespace motifcount
