// The chain that keeps every node's numbers of mutual, in-only and out-only neighbours.
//
// Symmetric moves, refused (and counted) when a dyad they need is taken: of asymmetric edges, swaps and turns (see
// swaps.hpp) and rotations of the heads of any three; of mutual edges, swaps; and *exchanges*, which make the mutual
// a-b, c-d and the asymmetric (a, d), (c, b) into the mutual a-d, c-b and the asymmetric (a, b), (c, d). The uniform
// distribution on what they connect is stationary; docs/null-models.md says what they do not connect.
#pragma once

#include <cstdint>

#include "motifcount/swaps.hpp"

namespace motifcount {

template <class Set>
class MutualSwapChain {
 public:
  explicit MutualSwapChain(const Block& block)
      : MutualSwapChain(split(block), static_cast<std::uint32_t>(block.rows.size())) {}

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (const Cell& edge : asymmetric_.edges()) visit(edge.source, edge.target);
    for (const Cell& pair : mutual_) {
      visit(pair.source, pair.target);
      visit(pair.target, pair.source);
    }
  }

  SwapStats run(std::int64_t attempts, Rng& rng, Stop& stop) {
    SwapStats stats{attempts, 0};
    const std::uint32_t n_asymmetric = asymmetric_.size();
    const auto n_mutual = static_cast<std::uint32_t>(mutual_.size());
    if (n_asymmetric + n_mutual < 2) return stats;
    for (std::int64_t k = 0; k < attempts; ++k) {
      if (k % kAttemptsPerCheck == 0) stop.check();
      const std::uint32_t first = uniform_below(rng, n_asymmetric + n_mutual);
      const std::uint64_t kind = rng.next();
      stats.accepted += first < n_asymmetric ? move_asymmetric(asymmetric_[first], kind, rng)
                                             : move_mutual(mutual_[first - n_asymmetric], kind, rng);
    }
    return stats;
  }

 private:
  struct Split {
    std::vector<Cell> asymmetric, mutual;
  };
  static constexpr std::int64_t kAttemptsPerCheck = 1 << 15;

  static Split split(const Block& block) {
    Set arcs(static_cast<std::uint32_t>(block.rows.size()), static_cast<std::uint32_t>(block.rows.size()),
             block.edges.size());
    for (const Cell& edge : block.edges) arcs.insert(edge.source, edge.target);
    Split result;
    for (const Cell& edge : block.edges) {
      if (!arcs.contains(edge.target, edge.source)) result.asymmetric.push_back(edge);
      else if (edge.source < edge.target) result.mutual.push_back(edge);
    }
    return result;
  }

  MutualSwapChain(Split edges, std::uint32_t n_nodes)
      : asymmetric_(edges.asymmetric, n_nodes),
        mutual_(std::move(edges.mutual)),
        taken_(n_nodes, n_nodes, edges.asymmetric.size() + mutual_.size() + n_nodes) {
    for (const Cell& edge : edges.asymmetric) taken_.insert(edge.source, edge.target);
    for (const Cell& pair : mutual_) taken_.insert(pair.source, pair.target);
    for (std::uint32_t u = 0; u < n_nodes; ++u) taken_.insert(u, u);
  }

  bool move_asymmetric(Cell& e, std::uint64_t kind, Rng& rng) {
    if ((kind & 7) == 0) return try_turn(asymmetric_, e, taken_, rng);
    Cell& f = asymmetric_[uniform_below(rng, asymmetric_.size())];
    if ((kind & 7) > 1) return try_swap(e, f, taken_);
    return try_rotate(e, f, asymmetric_[uniform_below(rng, asymmetric_.size())], taken_);
  }

  // The ends of a mutual edge have no order of their own: a bit draws one for either edge.
  bool move_mutual(Cell& e, std::uint64_t kind, Rng& rng) {
    Cell& f = mutual_[uniform_below(rng, static_cast<std::uint32_t>(mutual_.size()))];
    if (&e == &f) return false;
    if (kind & 1) std::swap(e.source, e.target);
    if (kind & 2) std::swap(f.source, f.target);
    return kind & 12 ? try_swap(e, f, taken_) : try_exchange(e, f, rng);
  }

  bool try_exchange(Cell& e, Cell& f, Rng& rng) {
    if (asymmetric_.size() < 2) return false;
    Cell* const ad = asymmetric_.draw_from(e.source, rng);
    if (!ad || ad->target != f.target) return false;
    Cell* const cb = asymmetric_.draw_from(f.source, rng);
    if (!cb || cb->target != e.target) return false;
    std::swap(ad->target, cb->target);
    std::swap(e.target, f.target);
    return true;
  }

  EdgeSlots asymmetric_;
  std::vector<Cell> mutual_;
  PairSet<Set> taken_;
};

}  // namespace motifcount
