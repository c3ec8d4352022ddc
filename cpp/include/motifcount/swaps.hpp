// The edge-swap chain on a block between two different layers.
//
// One attempt draws an ordered pair of edges (a, b), (c, d) uniformly and makes them (a, d), (c, b), unless that
// would repeat an edge; then the graph stays as it is, and the attempt still counts as a step. Proposals are
// symmetric and 2-swaps connect all 0-1 matrices with the same margins (Ryser 1957, doi:10.4153/CJM-1957-044-3), so
// the stationary distribution is uniform. (Why refused attempts must count: Carstens and Horadam 2017,
// doi:10.1093/comnet/cnw012.)
#pragma once

#include <array>
#include <cstdint>
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

// State of one block's chain. Copies of it are independent chains; copy assignment reuses memory.
template <class Set>
class SwapChain {
 public:
  explicit SwapChain(const Block& block)
      : edges_(block.edges),
        set_(static_cast<std::uint32_t>(block.rows.size()), static_cast<std::uint32_t>(block.cols.size()),
             block.edges.size()) {
    for (const Cell& edge : edges_) set_.insert(edge.source, edge.target);
  }

  [[nodiscard]] const std::vector<Cell>& edges() const { return edges_; }

  SwapStats run(std::int64_t attempts, Rng& rng, Stop& stop) {
    SwapStats stats{attempts, 0};
    if (edges_.size() < 2) return stats;
    const auto n_edges = static_cast<std::uint32_t>(edges_.size());
    const PairDraw draw(n_edges, n_edges);
    std::array<std::pair<std::uint32_t, std::uint32_t>, kBatch> batch;
    std::int64_t until_check = 0;
    for (std::int64_t left = attempts; left > 0;) {
      if (until_check <= 0) {
        stop.check();
        until_check = kAttemptsPerCheck;
      }
      const auto size = static_cast<std::size_t>(left < kBatch ? left : kBatch);
      for (std::size_t k = 0; k < size; ++k) {
        batch[k] = draw(rng);
        if constexpr (Set::kPrefetch) {
          __builtin_prefetch(&edges_[batch[k].first]);
          __builtin_prefetch(&edges_[batch[k].second]);
        }
      }
      if constexpr (Set::kPrefetch)
        for (std::size_t k = 0; k < size; ++k) prefetch(edges_[batch[k].first], edges_[batch[k].second]);
      for (std::size_t k = 0; k < size; ++k) stats.accepted += attempt(edges_[batch[k].first], edges_[batch[k].second]);
      left -= static_cast<std::int64_t>(size);
      until_check -= static_cast<std::int64_t>(size);
    }
    return stats;
  }

 private:
  static constexpr std::int64_t kBatch = 32;
  static constexpr std::int64_t kAttemptsPerCheck = 1 << 16;

  void prefetch(const Cell& e, const Cell& f) const {
    set_.prefetch(e.source, f.target);
    set_.prefetch(f.source, e.target);
    set_.prefetch(e.source, e.target);
    set_.prefetch(f.source, f.target);
  }

  // Edges that share an end, or are one and the same, are refused by the same test: their swap is present.
  bool attempt(Cell& e, Cell& f) {
    if (set_.contains(e.source, f.target) || set_.contains(f.source, e.target)) return false;
    set_.erase(e.source, e.target);
    set_.erase(f.source, f.target);
    std::swap(e.target, f.target);
    set_.insert(e.source, e.target);
    set_.insert(f.source, f.target);
    return true;
  }

  std::vector<Cell> edges_;
  Set set_;
};

}  // namespace motifcount
