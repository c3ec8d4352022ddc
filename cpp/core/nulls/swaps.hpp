// The moves of the edge-swap chain.
//
// *Swap*: draw an ordered pair of edges (a, b), (c, d) uniformly and make them (a, d), (c, b). Only in a block within
// one layer: *turn*: draw an edge (a, b), then an edge (b, c) of b and an edge (c, d) of c, and turn the path around,
// to (a, c), (c, b), (b, d); *reversal*: draw an edge (a, b), then one of the k directed 3-cycles over it, and reverse
// the cycle with probability min(1, k / k'), where k' is the number of 3-cycles over (b, a) afterwards. A move that
// would make a loop or repeat an edge leaves the graph as it is, and still counts as a step.
//
// All proposals are symmetric, so the uniform distribution is stationary: a turn and its undoing have the same
// probability 1 / (m · out(b) · out(c)), and out-degrees never change; a reversal over (a, b) has the probability
// 1 / m · min(1 / k, 1 / k'), its undoing over (b, a) the same. It is the only stationary one: swaps connect all 0-1
// matrices with the same margins (Ryser 1957, doi:10.4153/CJM-1957-044-3), which are the blocks between two layers;
// with a forbidden diagonal, swaps and reversals of 3-cycles do (Rao, Jana and Bandyopadhyay 1996; Erdős, Miklós and
// Toroczkai 2010, arXiv:0905.4913). A reversal finds a given 3-cycle with probability 3 / (m k), whatever the degrees
// of its nodes; a turn does so with 1 / (m · out(b) · out(c)), which is never among hubs. Why refused moves must count:
// Carstens and Horadam 2017 (J. Complex Networks 5, 337).
#pragma once

#include <algorithm>
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

  // The k-th edge of row r.
  Cell* edge(std::uint32_t r, std::uint32_t k) { return &edges_[first_[r] + k]; }
  // The edge of row r to column c, which must be there.
  Cell* find(std::uint32_t r, std::uint32_t c) {
    std::uint32_t k = first_[r];
    while (edges_[k].target != c) ++k;
    return &edges_[k];
  }
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

// Gives e the target of f, f that of g, and g that of e.
template <class Set>
void rotate(Cell& e, Cell& f, Cell& g, Set& taken) {
  for (const Cell* cell : {&e, &f, &g}) taken.erase(cell->source, cell->target);
  std::swap(e.target, f.target);
  std::swap(f.target, g.target);
  for (const Cell* cell : {&e, &f, &g}) taken.insert(cell->source, cell->target);
}

// The same if no cell is taken. Edges that share an end are refused, as above.
template <class Set>
bool try_rotate(Cell& e, Cell& f, Cell& g, Set& taken) {
  if (taken.contains(e.source, f.target) || taken.contains(f.source, g.target) || taken.contains(g.source, e.target))
    return false;
  rotate(e, f, g, taken);
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

// What degrees alone, which moves never change, tell of reversals in a block within one layer.
class ReversalCosts {
 public:
  ReversalCosts() = default;
  ReversalCosts(const std::vector<Cell>& edges, std::size_t n_rows) : n_in_(n_rows, 0) {
    std::vector<std::uint32_t> n_out(n_rows, 0);
    for (const Cell& edge : edges) {
      ++n_out[edge.source];
      ++n_in_[edge.target];
    }
    std::uint32_t n_middles = 0;
    for (std::size_t a = 0; a < n_rows; ++a) n_middles += n_in_[a] != 0 && n_out[a] != 0;
    double probes = 0;
    for (std::size_t b = 0; b < n_rows; ++b)
      probes += static_cast<double>(std::min(n_in_[b], n_middles)) * static_cast<double>(n_out[b]);
    mean_probes_ = probes / std::max(1.0, static_cast<double>(edges.size()));
  }

  // Whether an edge leads to node r. No cycle has others.
  [[nodiscard]] bool is_reached(std::uint32_t r) const { return n_in_[r] != 0; }
  // A bound on the mean, over the edges (a, b) from a node that is reached, of the edges of b.
  [[nodiscard]] double mean_probes() const { return mean_probes_; }

 private:
  std::vector<std::uint32_t> n_in_;  // edges to a node
  double mean_probes_ = 0;
};

// Reverses one of the directed 3-cycles over `ab`. `arc(r, c)` tells whether row r has an edge to column c; a row's own
// column is `column_of` it. A cycle counts if none of its edges is part of a mutual pair.
template <class Set, class Arc, class RowOf, class ColumnOf>
bool try_reversal(EdgeSlots& slots, Cell& ab, Set& taken, Rng& rng, Arc arc, RowOf row_of, ColumnOf column_of) {
  const std::uint32_t a = ab.source, b = row_of(ab.target);
  if (b == EdgeSlots::kNoRow || arc(b, column_of(a))) return false;
  // visit(middle) for the middles of paths from one row to another that close a cycle.
  const auto for_each_closing = [&](std::uint32_t from, std::uint32_t to, auto visit) {
    for (std::size_t k = 0; k < slots.row(from).size(); ++k) {
      const std::uint32_t column = slots.row(from)[k].target, w = row_of(column);
      if (w == EdgeSlots::kNoRow || w == to || !arc(w, column_of(to))) continue;
      if (!arc(w, column_of(from)) && !arc(to, column)) visit(k, w);
    }
  };
  std::uint32_t n_cycles = 0, at = 0, c = 0;
  for_each_closing(b, a, [&](std::size_t k, std::uint32_t w) {
    if (uniform_below(rng, ++n_cycles) != 0) return;
    at = static_cast<std::uint32_t>(k);
    c = w;
  });
  if (n_cycles == 0) return false;
  std::uint32_t n_after = 1;
  for_each_closing(a, b, [&](std::size_t, std::uint32_t) { ++n_after; });
  if (uniform_below(rng, n_after) >= n_cycles) return false;
  rotate(ab, *slots.edge(b, at), *slots.find(c, column_of(a)), taken);
  return true;
}

}  // namespace motifcount
