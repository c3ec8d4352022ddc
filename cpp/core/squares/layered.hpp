// Bi-fans and bi-parallels as the squares of the underlying undirected graph: a strictly layered graph has no others.
#pragma once

#include <functional>
#include <vector>

#include "graph/linked_levels.hpp"
#include "motifs/layered_tetrads.hpp"
#include "support/stop.hpp"

namespace motifcount {

// Calls add(tetrad, lowest level, count, worker) for parts of the counts, from all workers.
using AddPairs = std::function<void(LayeredTetrad, std::int64_t, Count, int)>;

// By the level of their sources: sum over the arcs of the lower degree of their two ends, which bounds the paths that
// lead over them. O(n + m).
template <class Index>
std::vector<double> square_paths(const LinkedLevels<Index>& graph, int num_threads, Stop& stop);

// The tetrads to count, by their lowest level.
struct WantedSquares {
  std::vector<bool> bifans, biparallels;
};

// O(square_paths) time on top of building both adjacencies anew, O(n + m) memory and 8 bytes a node and thread.
template <class Index>
void count_squares(const LinkedLevels<Index>& graph, const WantedSquares& wanted, int num_threads, Stop& stop,
                   const AddPairs& add);

}  // namespace motifcount
