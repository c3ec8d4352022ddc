// What edge-swap chains have in common: their statistics, edges laid out by row, and the swap itself.
//
// *Swap*: draw an ordered pair of edges (a, b), (c, d) and make them (a, d), (c, b). A swap that would make a loop or
// repeat an edge leaves the graph as it is, and still counts as a step. Edges are drawn by their places in a list, and
// a swap leaves both in place, so it and its undoing have the same probability: the uniform distribution is stationary.
// Swaps connect all 0-1 matrices with the same margins (Ryser 1957, doi:10.4153/CJM-1957-044-3), which are the blocks
// between two layers. Why refused moves must count: Carstens and Horadam 2017 (J. Complex Networks 5, 337).
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/blocks.hpp"
#include "support/rng.hpp"

namespace motifcount {

inline constexpr std::int64_t kEdgeUnits = 4;  // of a PacedStop, for an edge or a row that is drawn

struct SwapStats {
  std::int64_t attempts = 0;
  std::int64_t accepted = 0;

  SwapStats& operator+=(const SwapStats& other) {
    attempts += other.attempts;
    accepted += other.accepted;
    return *this;
  }
};

// Two places in a list of n. They need not be drawn evenly, since a swap and its undoing are of the same two.
inline std::pair<std::uint32_t, std::uint32_t> two_places(Rng& rng, std::uint64_t n) {
  const std::uint64_t bits = rng.next();
  return {static_cast<std::uint32_t>((bits >> 32) * n >> 32),
          static_cast<std::uint32_t>((bits & 0xffffffff) * n >> 32)};
}

// Edges by row. Moves change targets only, so the edges of a row keep their places.
class EdgeSlots {
 public:
  void clear() {
    edges_.clear();
    first_.assign(1, 0);
  }
  void add_row(std::span<const std::uint32_t> targets) {
    const auto row = static_cast<std::uint32_t>(first_.size() - 1);
    for (const std::uint32_t c : targets) edges_.push_back({row, c});
    first_.push_back(size());
  }
  // Replaces all by edges in any order.
  void assign(std::span<const Cell> edges, std::uint32_t n_rows) {
    first_.assign(std::size_t{n_rows} + 2, 0);
    for (const Cell& edge : edges) ++first_[std::size_t{edge.source} + 2];
    for (std::size_t r = 2; r < first_.size(); ++r) first_[r] += first_[r - 1];
    edges_.resize(edges.size());
    for (const Cell& edge : edges) edges_[first_[std::size_t{edge.source} + 1]++] = edge;
    first_.pop_back();
  }

  [[nodiscard]] const std::vector<Cell>& edges() const { return edges_; }
  [[nodiscard]] std::span<Cell> edges() { return edges_; }
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
  // The same, or null if it is not there.
  Cell* search(std::uint32_t r, std::uint32_t c) {
    for (std::uint32_t k = first_[r]; k < first_[r + 1]; ++k)
      if (edges_[k].target == c) return &edges_[k];
    return nullptr;
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

}  // namespace motifcount
