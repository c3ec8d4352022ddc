// The edge-swap chain on one block.
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

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "motifcount/blocks.hpp"
#include "motifcount/edge_sets.hpp"
#include "motifcount/rng.hpp"
#include "motifcount/threads.hpp"

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

// Edges sorted by source. Moves change targets only, so the edges of a source keep their places.
class EdgeSlots {
 public:
  EdgeSlots(std::vector<Cell> edges, std::size_t n_sources) : edges_(std::move(edges)), first_(n_sources + 1, 0) {
    for (const Cell& edge : edges_) ++first_[edge.source + 1];
    for (std::size_t u = 0; u < n_sources; ++u) first_[u + 1] += first_[u];
  }

  [[nodiscard]] const std::vector<Cell>& edges() const { return edges_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(edges_.size()); }
  Cell& operator[](std::size_t k) { return edges_[k]; }
  const Cell& operator[](std::size_t k) const { return edges_[k]; }

  // A uniform edge out of u, or null if it has none.
  Cell* draw_from(std::uint32_t u, Rng& rng) {
    const std::uint32_t n = first_[u + 1] - first_[u];
    return n == 0 ? nullptr : &edges_[first_[u] + uniform_below(rng, n)];
  }

 private:
  std::vector<Cell> edges_;
  std::vector<std::uint32_t> first_;
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
bool try_rotate(Cell& e, Cell& f, Cell& g, Set& taken) {
  if (&e == &f || &f == &g || &g == &e) return false;
  const std::array<Cell, 3> before{e, f, g};
  const std::array<Cell, 3> after{{{e.source, f.target}, {f.source, g.target}, {g.source, e.target}}};
  for (const Cell& cell : before) taken.erase(cell.source, cell.target);
  std::size_t made = 0;
  for (; made < 3 && !taken.contains(after[made].source, after[made].target); ++made)
    taken.insert(after[made].source, after[made].target);
  if (made == 3) {
    e = after[0];
    f = after[1];
    g = after[2];
    return true;
  }
  while (made-- > 0) taken.erase(after[made].source, after[made].target);
  for (const Cell& cell : before) taken.insert(cell.source, cell.target);
  return false;
}

template <class Set>
bool try_turn(EdgeSlots& slots, Cell& ab, Set& taken, Rng& rng) {
  Cell* const bc = slots.draw_from(ab.target, rng);
  if (!bc) return false;
  Cell* const cd = slots.draw_from(bc->target, rng);
  return cd && try_rotate(ab, *bc, *cd, taken);
}

// State of one block's chain. Copies are independent chains; copy assignment reuses memory. The diagonal of a
// block within one layer counts as taken, so that no loop is ever made.
template <class Set>
class SwapChain {
 public:
  explicit SwapChain(const Block& block)
      : slots_(block.edges, block.rows.size()),
        turns_(block.within_layer()),
        taken_(static_cast<std::uint32_t>(block.rows.size()), static_cast<std::uint32_t>(block.cols.size()),
               block.edges.size() + (turns_ ? block.rows.size() : 0)) {
    for (const Cell& edge : block.edges) taken_.insert(edge.source, edge.target);
    for (std::uint32_t u = 0; turns_ && u < block.rows.size(); ++u) taken_.insert(u, u);
  }

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (const Cell& edge : slots_.edges()) visit(edge.source, edge.target);
  }

  SwapStats run(std::int64_t attempts, Rng& rng, Stop& stop) {
    SwapStats stats{attempts, 0};
    if (slots_.size() < 2) return stats;
    const PairDraw draw(slots_.size(), slots_.size());
    std::array<std::pair<std::uint32_t, std::uint32_t>, kBatch> batch;
    for (std::int64_t done = 0; done < attempts;) {
      if (done % kAttemptsPerCheck == 0) stop.check();
      const auto size = static_cast<std::size_t>(std::min(attempts - done, kBatch));
      for (std::size_t k = 0; k < size; ++k) batch[k] = draw(rng);
      if constexpr (Set::kPrefetch) prefetch(std::span(batch).first(size));
      std::uint64_t kinds = turns_ ? rng.next() : ~std::uint64_t{0};  // two bits an attempt
      for (std::size_t k = 0; k < size; ++k, kinds >>= 2) {
        Cell& e = slots_[batch[k].first];
        stats.accepted += (kinds & 3) != 0 ? try_swap(e, slots_[batch[k].second], taken_)
                                           : turns_ && try_turn(slots_, e, taken_, rng);
      }
      done += static_cast<std::int64_t>(size);
    }
    return stats;
  }

 private:
  static constexpr std::int64_t kBatch = 32;
  static constexpr std::int64_t kAttemptsPerCheck = 1 << 16;  // a multiple of kBatch

  void prefetch(std::span<const std::pair<std::uint32_t, std::uint32_t>> batch) const {
    for (const auto& [i, j] : batch) {
      __builtin_prefetch(&slots_[i]);
      __builtin_prefetch(&slots_[j]);
    }
    for (const auto& [i, j] : batch) {
      const Cell& e = slots_[i];
      const Cell& f = slots_[j];
      taken_.prefetch(e.source, f.target);
      taken_.prefetch(f.source, e.target);
      taken_.prefetch(e.source, e.target);
      taken_.prefetch(f.source, f.target);
    }
  }

  EdgeSlots slots_;
  bool turns_;
  Set taken_;
};

}  // namespace motifcount
