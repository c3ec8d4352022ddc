// Every graph with the same degrees, by trying all of them: what a degree-preserving chain has to reach.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "graph/blocks.hpp"

namespace test {

// A small block as bits, row by row.
struct Matrix {
  int n_rows = 0, n_cols = 0;
  bool within_layer = false;
  std::uint32_t cells = 0;
  int n_first = 0;  // of both directions between two layers: the nodes of the first

  [[nodiscard]] bool at(int r, int c) const { return cells >> (r * n_cols + c) & 1; }
  [[nodiscard]] bool allowed() const {
    for (int r = 0; r < n_rows; ++r)
      for (int c = 0; c < n_cols; ++c)
        if (at(r, c) && (n_first != 0 ? (r < n_first) == (c < n_first) : within_layer && r == c)) return false;
    return true;
  }
};

// Of each row and column: the number of arcs; with `mutual`, apart for those that have a counterpart.
inline std::vector<int> degrees_of(const Matrix& matrix, bool mutual = false) {
  std::vector<int> degrees(static_cast<std::size_t>(2 * (matrix.n_rows + matrix.n_cols)), 0);
  for (int r = 0; r < matrix.n_rows; ++r)
    for (int c = 0; c < matrix.n_cols; ++c) {
      if (!matrix.at(r, c)) continue;
      const int shift = mutual && matrix.at(c, r) ? matrix.n_rows + matrix.n_cols : 0;
      ++degrees[static_cast<std::size_t>(shift + r)];
      ++degrees[static_cast<std::size_t>(shift + matrix.n_rows + c)];
    }
  return degrees;
}

// Positions of all matrices with the degrees of `matrix`, by their cells.
inline std::map<std::uint32_t, std::size_t> states_like(const Matrix& matrix, bool mutual = false) {
  std::vector<std::uint32_t> allowed;  // cells, a bit each
  Matrix other = matrix;
  for (int cell = 0; cell < matrix.n_rows * matrix.n_cols; ++cell) {
    other.cells = std::uint32_t{1} << cell;
    if (other.allowed()) allowed.push_back(other.cells);
  }
  std::map<std::uint32_t, std::size_t> states;
  const auto wanted = degrees_of(matrix, mutual), margins = degrees_of(matrix);
  const auto visit = [&](auto self, std::size_t first, int n_left) -> void {
    if (n_left == 0 && degrees_of(other, mutual) == wanted) states.emplace(other.cells, 0);
    if (!std::ranges::equal(degrees_of(other), margins, std::less_equal{})) return;  // one more arc mends nothing
    for (std::size_t k = first; n_left > 0 && k < allowed.size(); ++k) {
      other.cells |= allowed[k];
      self(self, k + 1, n_left - 1);
      other.cells &= ~allowed[k];
    }
  };
  other.cells = 0;
  visit(visit, 0, std::popcount(matrix.cells));
  std::size_t position = 0;
  for (auto& [cells, at] : states) at = position++;
  return states;
}

inline motifcount::Block to_block(const Matrix& matrix) {
  motifcount::Block block;
  block.target_layer = matrix.within_layer ? 0 : 1;
  block.n_first = static_cast<std::uint32_t>(matrix.n_first);
  for (int r = 0; r < matrix.n_rows; ++r) block.rows.push_back(static_cast<std::uint32_t>(r));
  for (int c = 0; c < matrix.n_cols; ++c) block.cols.push_back(static_cast<std::uint32_t>(c));
  for (int r = 0; r < matrix.n_rows; ++r)
    for (int c = 0; c < matrix.n_cols; ++c)
      if (matrix.at(r, c)) block.edges.push_back({static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(c)});
  return block;
}

// Cells of a chain's edges; all ones if two of them are the same.
template <class Chain>
std::uint32_t cells_of(const Chain& chain, const Matrix& matrix) {
  std::uint32_t cells = 0;
  bool simple = true;
  chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) {
    const std::uint32_t bit = std::uint32_t{1} << (r * static_cast<std::uint32_t>(matrix.n_cols) + c);
    simple &= (cells & bit) == 0;
    cells |= bit;
  });
  return simple ? cells : ~std::uint32_t{0};
}

}  // namespace test
