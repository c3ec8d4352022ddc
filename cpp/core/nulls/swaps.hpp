// The moves of the edge-swap chain.
//
// *Swap*: draw an ordered pair of edges (a, b), (c, d) uniformly and make them (a, d), (c, b). *Turn*, only in a block
// within one layer: draw an edge (a, b), then an edge (b, c) of b and an edge (c, d) of c, and turn the path around,
// to (a, c), (c, b), (b, d); with d = a this reverses a directed 3-cycle. A move that would make a loop or
// repeat an edge leaves the graph as it is, and still counts as a step.
//
// Both proposals are symmetric (a turn and its undoing have the same probability 1 / (m · out(b) · out(c)), and
// out-degrees never change), so the uniform distribution is stationary. It is the only one: swaps connect all 0-1
// matrices with the same margins (Ryser 1957, doi:10.4153/CJM-1957-044-3), which are the blocks between two layers;
// with a forbidden diagonal, swaps and reversals of 3-cycles do (Rao, Jana and Bandyopadhyay 1996; Erdős, Miklós and
// Toroczkai 2010, arXiv:0905.4913). Why refused moves must count: Carstens and Horadam 2017
// (J. Complex Networks 5, 337).
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/blocks.hpp"
#include "support/rng.hpp"

namespace motifcount {

struct SwapStats {
  std::int64_t attempts = 0;
  std::int64_t accepted = 0;

  SwapStats& operator+=(const SwapStats& other) {
    attempts += other.attempts;
    accepted += other.accepted;
    return *this;
  }
};

// Edges by row. Moves change targets only, so the edges of a row keep their places.
class EdgeSlots {
 public:
  static constexpr std::uint32_t kNoRow = 0xffffffff;

  EdgeSlots() = default;
  EdgeSlots(std::vector<Cell> edges, std::size_t n_rows) : edges_(std::move(edges)), first_(n_rows + 1, 0) {
    for (const Cell& edge : edges_) ++first_[edge.source + 1];
    for (std::size_t r = 0; r < n_rows; ++r) first_[r + 1] += first_[r];
  }

  void clear() {
    edges_.clear();
    first_.assign(1, 0);
  }
  void add_row(std::span<const std::uint32_t> targets) {
    const auto row = static_cast<std::uint32_t>(first_.size() - 1);
    for (const std::uint32_t c : targets) edges_.push_back({row, c});
    first_.push_back(size());
  }

  [[nodiscard]] const std::vector<Cell>& edges() const { return edges_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(edges_.size()); }
  [[nodiscard]] std::uint32_t n_rows() const { return static_cast<std::uint32_t>(first_.size() - 1); }
  [[nodiscard]] std::span<const Cell> row(std::uint32_t r) const {
    return {edges_.data() + first_[r], first_[r + 1] - first_[r]};
  }
  Cell& operator[](std::size_t k) { return edges_[k]; }

  // A uniform edge of row r, or null if there is none.
  Cell* draw_from(std::uint32_t r, Rng& rng) {
    const std::uint32_t n = first_[r + 1] - first_[r];
    return n == 0 ? nullptr : &edges_[first_[r] + uniform_below(rng, n)];
  }

 private:
  std::vector<Cell> edges_;
  std::vector<std::uint32_t> first_{0};
};

// Edges that share an end, or are one and the same, are refused by the same test: what they would become is taken.
template <class Set>
bool try_swap(Cell& e, Cell& f, Set& taken) {
  if (taken.contains(e.source, f.target) || taken.contains(f.source, e.target)) return false;
  taken.erase(e.source, e.target);
  taken.erase(f.source, f.target);
  std::swap(e.target, f.target);
  taken.insert(e.source, e.target);
  taken.insert(f.source, f.target);
  return true;
}

// Gives e the target of f, f that of g, and g that of e. Edges that share an end are refused, as above.
template <class Set>
bool try_rotate(Cell& e, Cell& f, Cell& g, Set& taken) {
  if (taken.contains(e.source, f.target) || taken.contains(f.source, g.target) || taken.contains(g.source, e.target))
    return false;
  for (const Cell* cell : {&e, &f, &g}) taken.erase(cell->source, cell->target);
  std::swap(e.target, f.target);
  std::swap(f.target, g.target);
  for (const Cell* cell : {&e, &f, &g}) taken.insert(cell->source, cell->target);
  return true;
}

// `row_of` gives a target's row in the slots, or EdgeSlots::kNoRow.
template <class Set, class RowOf>
bool try_turn(EdgeSlots& slots, Cell& ab, Set& taken, Rng& rng, RowOf row_of) {
  const std::uint32_t b = row_of(ab.target);
  Cell* const bc = b == EdgeSlots::kNoRow ? nullptr : slots.draw_from(b, rng);
  if (!bc) return false;
  const std::uint32_t c = row_of(bc->target);
  Cell* const cd = c == EdgeSlots::kNoRow ? nullptr : slots.draw_from(c, rng);
  return cd && try_rotate(ab, *bc, *cd, taken);
}

}  // namespace motifcount
