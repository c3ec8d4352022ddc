// Layers read off the arcs themselves.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

enum class Shape {
  kStrict,     // every arc climbs exactly one level
  kBipartite,  // the underlying undirected graph has no odd cycle
  kGeneral,
};

template <class Index>
struct Levels {
  Shape shape = Shape::kGeneral;
  std::vector<std::int32_t> level;  // only for kStrict; the lowest of each weak component is 0
};

// Union-find over relative levels, O(m α(n)); stops at the first odd cycle.
template <class Index>
Levels<Index> find_levels(const CsrView<Index>& out, Stop& stop);

// True when every arc leads from layer a to layer a + 1. Parallel.
template <class Index>
bool is_strict(const CsrView<Index>& out, std::span<const std::int32_t> layers, int num_threads, Stop& stop);

// Level = number of arcs of the longest path that ends in the node. Throws InvalidGraph on a directed cycle.
template <class Index>
std::vector<std::int32_t> longest_path_levels(const CsrView<Index>& out, Stop& stop);

}  // namespace motifcount
