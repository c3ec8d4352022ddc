// How fast a chain forgets where it began, held against another chain.
#pragma once

#include <cmath>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "tools/check.hpp"
#include "tools/repeats.hpp"
#include "tools/swap_tools.hpp"

namespace test {

// Pairs of rows, and of columns that both have.
inline std::int64_t n_bifans(const std::vector<Cell>& edges) {
  std::map<std::uint32_t, std::set<std::uint32_t>> rows;
  for (const Cell& edge : edges) rows[edge.source].insert(edge.target);
  std::int64_t sum = 0;
  for (auto a = rows.begin(); a != rows.end(); ++a)
    for (auto b = std::next(a); b != rows.end(); ++b) {
      std::int64_t both = 0;
      for (const std::uint32_t c : a->second) both += b->second.contains(c);
      sum += both * (both - 1) / 2;
    }
  return sum;
}

struct Moments {
  double mean = 0, variance = 0;  // the latter of the mean
};
template <class Chain>
Moments bifans_after(const Chain& origin, std::int64_t attempts) {
  const auto n = repeats(1500);
  double sum = 0, squares = 0;
  for (std::int64_t k = 0; k < n; ++k) {
    Chain chain = origin;
    run(chain, attempts, static_cast<std::uint64_t>(k) + 1);
    const auto found = static_cast<double>(n_bifans(edges_of(chain)));
    sum += found;
    squares += found * found;
  }
  const auto count = static_cast<double>(n);
  return {sum / count, (squares - sum * sum / count) / count / count};
}

// Edges of which half of the rows share their columns, so that too few moves would show.
inline std::vector<Cell> alike_rows(const Block& block) {
  std::vector<Cell> edges;
  for (std::uint32_t r = 0; r < block.rows.size(); ++r)
    for (std::uint32_t c = 0; c < block.cols.size(); ++c)
      if (block.has_cell(r, c) && (r < 10 ? c < 8 + r % 3 : (7 * r + 11 * c) % 5 == 0)) edges.push_back({r, c});
  return edges;
}

// After ten attempts an edge both have forgotten, after half an attempt the chain has not.
template <class Chain, class Other>
void hold_as_fast(const Block& block) {
  const auto n_edges = std::ssize(block.edges);
  const auto z = [](const Moments& a, const Moments& b) {
    return std::abs(a.mean - b.mean) / std::sqrt(a.variance + b.variance);
  };
  const Moments forgotten = bifans_after(make<Other>(block), 10 * n_edges);
  CHECK(z(bifans_after(make<Chain>(block), 10 * n_edges), forgotten) < 4.5);
  CHECK(z(bifans_after(make<Chain>(block), n_edges / 2), forgotten) > 4.5);
}

}  // namespace test
