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

inline constexpr std::size_t kFewEdges = 100;  // of a chain, below which it needs more joint moves

// The ends of a mutual edge have no order of their own: a bit draws one for either edge.
inline void orient(Cell& e, Cell& f, std::uint64_t bits) {
  if (bits & 1) std::swap(e.source, e.target);
  if (bits & 2) std::swap(f.source, f.target);
}

// Edges that may be swapped with each other.
struct SwapList {
  std::span<Cell> edges;
  bool either_way;  // their ends have no order
};

struct TwoEdges {
  const SwapList* list;
  Cell *e, *f;
};

// An edge of some lists, and one of the same list. One number draws both.
inline TwoEdges draw_two(std::span<const SwapList> lists, Rng& rng) {
  std::size_t n_edges = 0;
  for (const SwapList& list : lists) n_edges += list.edges.size();
  const std::uint64_t bits = rng.next();
  std::size_t place = (bits >> 32) * n_edges >> 32;
  const SwapList* list = lists.data();
  for (; place >= list->edges.size(); ++list) place -= list->edges.size();
  return {list, &list->edges[place], &list->edges[(bits & 0xffffffff) * list->edges.size() >> 32]};
}

// `taken` holds the cells, or the pairs of nodes, that have an edge, and those that may not.
template <class Taken>
class JointMove {
 public:
  JointMove(std::span<const SwapList> lists, Taken& taken) : lists_(lists), taken_(taken) {}

  bool attempt(Rng& rng) {
    n_touched_ = 0;
    const std::uint32_t n_swaps = 2 + uniform_below(rng, 3);
    for (std::uint32_t k = 0; k < n_swaps; ++k) {
      const auto [list, e, f] = draw_two(lists_, rng);
      if (e == f) continue;
      lift(*e);
      lift(*f);
      if (list->either_way) orient(*e, *f, rng.next());
      std::swap(e->target, f->target);
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

  std::span<const SwapList> lists_;
  Taken& taken_;
  std::array<Cell*, 8> touched_{};  // edges taken out of the graph, and what they were
  std::array<Cell, 8> before_{};
  std::size_t n_touched_ = 0;
};

}  // namespace motifcount
