// Nodes in order of their degrees.
#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

#include "support/large_array.hpp"

namespace motifcount {

// The position of each of n nodes by descending degree(node), ties in the order of the nodes. Counting sort.
template <class Index, class Degree>
LargeArray<Index> degree_ranks(std::size_t n, Degree degree) {
  std::vector<Index> next;
  for (std::size_t v = 0; v < n; ++v) {
    const auto d = static_cast<std::size_t>(degree(v));
    if (d >= next.size()) next.resize(d + 1, 0);
    ++next[d];
  }
  std::exclusive_scan(next.rbegin(), next.rend(), next.rbegin(), Index{0});
  LargeArray<Index> ranks(n);
  for (std::size_t v = 0; v < n; ++v) ranks[v] = next[static_cast<std::size_t>(degree(v))]++;
  return ranks;
}

}  // namespace motifcount
