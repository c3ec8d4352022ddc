// Whether degrees leave a choice: every 0-1 matrix of small blocks, against the number of others with its margins.
#include "nulls/one_state.hpp"

#include <map>
#include <utility>
#include <vector>

#include "tools/check.hpp"

namespace test_one_state {

using namespace motifcount;

Block block_of(std::uint32_t cells, std::uint32_t n_rows, std::uint32_t n_cols, bool within_layer) {
  Block block;
  block.target_layer = within_layer ? 0 : 1;
  block.rows.resize(n_rows);
  block.cols.resize(n_cols);
  for (std::uint32_t r = 0; r < n_rows; ++r)
    for (std::uint32_t c = 0; c < n_cols; ++c)
      if (cells >> (r * n_cols + c) & 1) block.edges.push_back({r, c});
  return block;
}

std::vector<int> margins(const Block& block) {
  std::vector<int> sums(block.rows.size() + block.cols.size(), 0);
  for (const Cell& edge : block.edges) {
    ++sums[edge.source];
    ++sums[block.rows.size() + edge.target];
  }
  return sums;
}

void every_matrix(std::uint32_t n_rows, std::uint32_t n_cols, bool within_layer) {
  std::map<std::vector<int>, int> n_states;
  std::vector<Block> blocks;
  for (std::uint32_t cells = 0; cells < 1u << (n_rows * n_cols); ++cells) {
    bool has_loop = false;
    for (std::uint32_t k = 0; within_layer && k < n_rows; ++k) has_loop |= (cells >> (k * n_cols + k) & 1) != 0;
    if (has_loop) continue;
    blocks.push_back(block_of(cells, n_rows, n_cols, within_layer));
    ++n_states[margins(blocks.back())];
  }
  int n_single = 0;
  for (const Block& block : blocks) {
    const bool single = n_states[margins(block)] == 1;
    CHECK_EQ(has_one_state(block), single);
    n_single += single;
  }
  blocks[blocks.size() / 2].is_pinned = true;
  CHECK(has_one_state(blocks[blocks.size() / 2]));
  CHECK(n_single > 0 && n_single < std::ssize(blocks));
}

void every_small_matrix() {
  every_matrix(3, 3, false);
  every_matrix(2, 5, false);
  every_matrix(4, 3, false);
  every_matrix(3, 3, true);
  every_matrix(4, 4, true);
}

const check::Tests tests(__FILE__, [] { RUN(every_small_matrix); });

}  // namespace test_one_state
