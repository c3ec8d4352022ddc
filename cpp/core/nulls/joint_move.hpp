// Joint moves of a chain that keeps mutual edges: two to four swaps that count as one.
//
// Each swap is of two asymmetric or of two mutual edges, drawn by their places; all are made without looking and undone
// together if the result is not a simple graph with the same mutual edges per node. On pairings of edge ends a swap is
// symmetric, so is any sequence of swaps taken as a whole, and every graph has the same number of pairings: the uniform
// distribution on what the moves connect is stationary. Enumeration finds that they connect all such graphs of 4 and of
// 5 nodes (docs/null-models.md), which swaps, turns and reversals do not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "nulls/swaps.hpp"

namespace motifcount {

// The ends of a mutual edge have no order of their own: a bit draws one for either edge.
inline void orient(Cell& e, Cell& f, std::uint64_t bits) {
  if (bits & 1) std::swap(e.source, e.target);
  if (bits & 2) std::swap(f.source, f.target);
}

// `taken` holds the pairs of nodes that are connected, and those that may not be.
template <class Pairs>
class JointMove {
 public:
  JointMove(std::span<Cell> asymmetric, std::span<Cell> mutual, Pairs& taken)
      : asymmetric_(asymmetric), mutual_(mutual), taken_(taken) {}

  bool attempt(Rng& rng) {
    n_touched_ = 0;
    const std::uint32_t n_swaps = 2 + uniform_below(rng, 3);
    for (std::uint32_t k = 0; k < n_swaps; ++k) {
      // One number draws an edge, which tells the kind, and the other edge of that kind.
      const std::uint64_t bits = rng.next();
      const std::size_t place = (bits >> 32) * (asymmetric_.size() + mutual_.size()) >> 32;
      const bool is_mutual = place >= asymmetric_.size();
      const std::span<Cell> edges = is_mutual ? mutual_ : asymmetric_;
      Cell& e = edges[is_mutual ? place - asymmetric_.size() : place];
      Cell& f = edges[(bits & 0xffffffff) * edges.size() >> 32];
      if (&e == &f) continue;
      lift(e);
      lift(f);
      if (is_mutual) orient(e, f, rng.next());
      std::swap(e.target, f.target);
    }
    return put_back();
  }

 private:
  void lift(Cell& edge) {
    for (std::size_t k = 0; k < n_touched_; ++k)
      if (touched_[k] == &edge) return;
    taken_.erase(edge.source, edge.target);
    touched_[n_touched_] = &edge;
    before_[n_touched_++] = edge;
  }

  bool put_back() {
    std::size_t placed = 0;
    for (; placed < n_touched_; ++placed) {
      const Cell& edge = *touched_[placed];
      if (taken_.contains(edge.source, edge.target)) break;
      taken_.insert(edge.source, edge.target);
    }
    if (placed == n_touched_) return true;
    for (std::size_t k = 0; k < placed; ++k) taken_.erase(touched_[k]->source, touched_[k]->target);
    for (std::size_t k = 0; k < n_touched_; ++k) {
      *touched_[k] = before_[k];
      taken_.insert(before_[k].source, before_[k].target);
    }
    return false;
  }

  std::span<Cell> asymmetric_, mutual_;
  Pairs& taken_;
  std::array<Cell*, 8> touched_{};  // edges taken out of the graph, and what they were
  std::array<Cell, 8> before_{};
  std::size_t n_touched_ = 0;
};

}  // namespace motifcount
