#include "nulls/one_state.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <tuple>

namespace motifcount {

namespace {

// The edges of one direction, from the first layer or back to it.
Block one_direction(const Block& block, bool back) {
  Block part;
  part.source_layer = back ? block.target_layer : block.source_layer;
  part.target_layer = back ? block.source_layer : block.target_layer;
  part.rows = part.cols = block.rows;
  for (const Cell& edge : block.edges)
    if ((edge.source >= block.n_first) == back) part.edges.push_back(edge);
  return part;
}

}  // namespace

bool has_one_state(const Block& block) {
  if (block.is_pinned) return true;
  if (block.both_directions())
    return has_one_state(one_direction(block, false)) && has_one_state(one_direction(block, true));
  std::vector<std::int64_t> n_out(block.rows.size(), 0), n_in(block.cols.size(), 0);
  for (const Cell& edge : block.edges) {
    ++n_out[edge.source];
    ++n_in[edge.target];
  }
  const bool loops = !block.within_layer();
  std::vector<std::size_t> order(n_in.size());  // of the columns: high in-degrees first, then high out-degrees
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return loops ? n_in[a] > n_in[b] : std::tie(n_in[a], n_out[a]) > std::tie(n_in[b], n_out[b]);
  });
  std::vector<std::size_t> place(n_in.size());
  for (std::size_t k = 0; k < order.size(); ++k) place[order[k]] = k;
  std::vector<std::int64_t> change(n_in.size() + 2, 0);  // of the column sums, from one place to the next
  for (std::size_t r = 0; r < n_out.size(); ++r) {
    auto end = static_cast<std::size_t>(n_out[r]);
    if (!loops && place[r] < end) {
      ++end;
      --change[place[r]];
      ++change[place[r] + 1];
    }
    ++change[0];
    --change[end];
  }
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < order.size(); ++k)
    if ((sum += change[k]) != n_in[order[k]]) return false;
  return true;
}

}  // namespace motifcount
