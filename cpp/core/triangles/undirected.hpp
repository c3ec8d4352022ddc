// Triangles of edges and squares of nodes of an undirected graph: a canonical view that holds every edge both ways.
//
// Every edge is looked at from its end of higher degree, so that the shorter list is walked: O(m^1.5) time (Chiba and
// Nishizeki 1985, doi:10.1137/0214017; Wang et al. 2019, doi:10.14778/3339490.3339497), O(n) memory a worker.
#pragma once

#include <cstdint>
#include <vector>

#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

// By entry of the view, the number of triangles that its edge is in.
template <class Index>
std::vector<Index> edge_triangles(const CsrView<Index>& graph, int num_threads, Stop& stop);

// By node, the number of cycles of four nodes that it is in, with or without chords. Exact for up to 2^36 edges.
template <class Index>
std::vector<std::int64_t> node_squares(const CsrView<Index>& graph, int num_threads, Stop& stop);

}  // namespace motifcount
