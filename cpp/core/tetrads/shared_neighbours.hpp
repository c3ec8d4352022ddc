// Bi-fans and bi-parallels of a strictly layered graph: pairs of nodes by the number of their common targets, or of
// the two-step paths between them.
#pragma once

#include "graph/linked_levels.hpp"
#include "squares/layered.hpp"
#include "support/threads.hpp"

namespace motifcount {

template <class Index>
void count_node_pairs(const LinkedLevels<Index>& graph, int num_threads, Stop& stop, const AddPairs& add);

}  // namespace motifcount
