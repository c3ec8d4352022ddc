// Bi-fans and bi-parallels of a strictly layered graph: pairs of nodes by the number of their common targets, or of
// the two-step paths between them.
#pragma once

#include <functional>

#include "graph/linked_levels.hpp"
#include "motifs/layered_tetrads.hpp"
#include "support/threads.hpp"

namespace motifcount {

// Calls add(tetrad, lowest level, count, worker) for parts of the counts, from all workers.
using AddPairs = std::function<void(LayeredTetrad, std::int64_t, Count, int)>;

template <class Index>
void count_node_pairs(const LinkedLevels<Index>& graph, int num_threads, Stop& stop, const AddPairs& add);

}  // namespace motifcount
