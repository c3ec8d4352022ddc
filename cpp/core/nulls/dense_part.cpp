#include "nulls/dense_part.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <utility>

#include "nulls/dyads_of_block.hpp"
#include "nulls/holes.hpp"

namespace motifcount {
namespace {

constexpr std::size_t kFewestNodes = 8;  // among fewer, the mutual edges are few, and find each other

// How many nodes are to be taken, of which the numbers of mutual edges are given, in descending order; 0 for none.
std::size_t n_dense(const std::vector<std::uint32_t>& n_mutual) {
  std::vector<std::uint64_t> sums(n_mutual.size() + 1, 0);  // of the first k
  std::partial_sum(n_mutual.begin(), n_mutual.end(), sums.begin() + 1, std::plus<std::uint64_t>());
  std::size_t best = 0, n_with = n_mutual.size();  // the latter, nodes with k mutual edges and more
  std::uint64_t most = 0;                          // joined pairs that are forced, less all others, twice
  for (std::size_t k = 1; k <= n_mutual.size() && std::uint64_t{k} * (k - 1) < 2 * sums.back(); ++k) {
    while (n_with > 0 && n_mutual[n_with - 1] < k) --n_with;
    const std::size_t full = std::max(n_with, k);  // the nodes from k to there can have an edge to each of the first k
    const std::uint64_t out = (full - k) * k + sums.back() - sums[full];
    const std::uint64_t n_pairs = std::uint64_t{k} * (k - 1);
    if (2 * sums[k] <= 2 * out + n_pairs + most) continue;
    most = 2 * sums[k] - 2 * out - n_pairs;
    best = k;
  }
  return best < kFewestNodes ? 0 : best;
}

}  // namespace

std::vector<std::uint32_t> dense_part(const Block& block, Stop& stop) {
  std::vector<std::uint32_t> nodes(block.rows.size());
  std::iota(nodes.begin(), nodes.end(), 0u);
  if (has_dense_parts(block)) return nodes;
  if (block.both_directions()) return {};
  std::vector<std::uint32_t> n_mutual(nodes.size(), 0);
  const auto count = [&](const Cell& pair) {
    ++n_mutual[pair.source];
    ++n_mutual[pair.target];
  };
  for_each_dyad(block, stop, [](const Cell& /*edge*/) {}, count);
  std::erase_if(nodes, [&](std::uint32_t node) { return n_mutual[node] < 2; });  // which never are in the part
  std::ranges::sort(
      nodes, [&](std::uint32_t a, std::uint32_t b) { return std::pair(n_mutual[b], a) < std::pair(n_mutual[a], b); });
  std::ranges::sort(n_mutual, std::ranges::greater{});
  nodes.resize(n_dense(n_mutual));
  std::ranges::sort(nodes);
  return nodes;
}

}  // namespace motifcount
