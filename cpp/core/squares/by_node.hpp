// Squares of an undirected graph at each of its nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// By node, the number of cycles of four nodes that it is in, with or without chords, of a canonical view that holds
// every edge both ways. Exact for less than 2^32 edges: of m, a node is in less than m^2 / 4 squares. O(m^1.5) time,
// the adjacency once more and 4 bytes a node and thread.
template <class Index>
std::vector<std::int64_t> node_squares(const CsrView<Index>& graph, int num_threads, Stop& stop);

}  // namespace motifcount
