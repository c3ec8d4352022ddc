// The edges of a block, told apart by whether their reverse is there, too.
#pragma once

#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "graph/blocks.hpp"
#include "support/stop.hpp"

namespace motifcount {

// visit(edge, its reverse) for every edge, null where the reverse is not there. Rows and columns of the block are the
// same nodes. O(edges).
template <class Visit>
void for_each_with_reverse(const Block& block, Stop& stop, Visit visit) {
  PacedStop pace(stop);
  std::vector<std::uint32_t> first(block.rows.size() + 1, 0);
  for_each_paced(block.edges, pace, [&](const Cell& edge) { ++first[edge.source + 1]; });
  std::partial_sum(first.begin(), first.end(), first.begin());
  const std::span<const Cell> edges = block.edges;
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);  // of each row, which sources ascend through
  for_each_paced(edges, pace, [&](const Cell& edge) {
    std::uint32_t at = next[edge.target];
    const std::uint32_t end = first[edge.target + 1];
    while (at < end && edges[at].target < edge.source) ++at;
    next[edge.target] = at;
    visit(edge, at < end && edges[at].target == edge.source ? &edges[at] : nullptr);
  });
}

// asymmetric(edge) for every edge without a reverse, mutual(edge) once for every pair: the edge from the lower node.
template <class Asymmetric, class Mutual>
void for_each_dyad(const Block& block, Stop& stop, Asymmetric asymmetric, Mutual mutual) {
  for_each_with_reverse(block, stop, [&](const Cell& edge, const Cell* reverse) {
    if (!reverse) asymmetric(edge);
    else if (edge.source < edge.target) mutual(edge);
  });
}

}  // namespace motifcount
