// Bi-fans and bi-parallels as the squares (4-cycles) of the underlying undirected graph, of which a strictly layered graph
// has no others. A square is met once, at its corner u of highest degree: two paths u - v - w over corners of lower
// degree (ranking of Chiba and Nishizeki 1985, doi:10.1137/0214017; as vertex priority for butterflies, Wang et al. 2019,
// doi:10.14778/3339490.3339497). No arc is walked more often than its end of lower degree has arcs, so hubs on both sides
// of a block do no harm.
#pragma once

#include <vector>

#include "graph/linked_levels.hpp"
#include "tetrads/shared_neighbours.hpp"

namespace motifcount {

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
