// Moves along directed paths, for graphs without loops, in which swaps alone do not reach everything.
//
// *Turn*: draw an edge (a, b), then an edge (b, c) of b and an edge (c, d) of c, and turn the path around, to (a, c),
// (c, b), (b, d). *Reversal*: draw an edge (a, b), then one of the k directed 3-cycles over it, and reverse the cycle
// with probability min(1, k / k'), where k' is the number of 3-cycles over (b, a) afterwards. A move that would make a
// loop or repeat an edge leaves the graph as it is, and still counts as a step.
//
// Both are symmetric: a turn and its undoing have the same probability 1 / (m · out(b) · out(c)), and out-degrees never
// change; a reversal over (a, b) has the probability 1 / m · min(1 / k, 1 / k'), its undoing over (b, a) the same.
// Swaps and reversals of 3-cycles connect all digraphs without loops that have the same degrees (Rao, Jana and
// Bandyopadhyay 1996; Erdős, Miklós and Toroczkai 2010, arXiv:0905.4913). A reversal finds a given 3-cycle with
// probability 3 / (m k), whatever the degrees of its nodes; a turn with 1 / (m · out(b) · out(c)), which is never among
// hubs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nulls/swaps.hpp"

namespace motifcount {

// Gives e the target of f, f that of g, and g that of e.
template <class Set>
void rotate(Cell& e, Cell& f, Cell& g, Set& taken) {
  for (const Cell* cell : {&e, &f, &g}) taken.erase(cell->source, cell->target);
  std::swap(e.target, f.target);
  std::swap(f.target, g.target);
  for (const Cell* cell : {&e, &f, &g}) taken.insert(cell->source, cell->target);
}

// The same if no cell is taken. Edges that share an end are refused: what they would become is taken.
template <class Set>
bool try_rotate(Cell& e, Cell& f, Cell& g, Set& taken) {
  if (taken.contains(e.source, f.target) || taken.contains(f.source, g.target) || taken.contains(g.source, e.target))
    return false;
  rotate(e, f, g, taken);
  return true;
}

template <class Set>
bool try_turn(EdgeSlots& slots, Cell& ab, Set& taken, Rng& rng) {
  Cell* const bc = slots.draw_from(ab.target, rng);
  if (!bc) return false;
  Cell* const cd = slots.draw_from(bc->target, rng);
  return cd && try_rotate(ab, *bc, *cd, taken);
}

// Reverses one of the directed 3-cycles over `ab`. `arc(u, v)` tells whether an edge of the slots leads from u to v,
// `free(u, v)` whether the reverse of an edge from v may. A cycle counts if all its edges may be reversed.
template <class Set, class Arc, class Free>
bool try_reversal(EdgeSlots& slots, Cell& ab, Set& taken, Rng& rng, Arc arc, Free free) {
  const auto [a, b] = ab;
  if (!free(b, a)) return false;
  // visit(place of the edge, middle) for the paths from one node to another that close a cycle.
  const auto for_each_closing = [&](std::uint32_t from, std::uint32_t to, auto visit) {
    for (std::uint32_t k = 0; k < slots.row(from).size(); ++k) {
      const std::uint32_t w = slots.row(from)[k].target;
      if (w != to && arc(w, to) && free(w, from) && free(to, w)) visit(k, w);
    }
  };
  std::uint32_t n_cycles = 0, at = 0, c = 0;
  for_each_closing(b, a, [&](std::uint32_t k, std::uint32_t w) {
    if (uniform_below(rng, ++n_cycles) != 0) return;
    at = k;
    c = w;
  });
  if (n_cycles == 0) return false;
  std::uint32_t n_after = 1;
  for_each_closing(a, b, [&](std::uint32_t, std::uint32_t) { ++n_after; });
  if (uniform_below(rng, n_after) >= n_cycles) return false;
  rotate(ab, *slots.edge(b, at), *slots.find(c, a), taken);
  return true;
}

// What degrees alone, which moves never change, tell of reversals.
class ReversalCosts {
 public:
  void assign(std::span<const Cell> edges, std::uint32_t n_nodes) {
    n_in_.assign(n_nodes, 0);
    n_out_.assign(n_nodes, 0);
    for (const Cell& edge : edges) {
      ++n_out_[edge.source];
      ++n_in_[edge.target];
    }
    std::uint32_t n_middles = 0;
    for (std::size_t a = 0; a < n_nodes; ++a) n_middles += n_in_[a] != 0 && n_out_[a] != 0;
    double probes = 0;
    for (std::size_t b = 0; b < n_nodes; ++b)
      probes += static_cast<double>(std::min(n_in_[b], n_middles)) * static_cast<double>(n_out_[b]);
    mean_probes_ = probes / std::max(1.0, static_cast<double>(edges.size()));
  }

  // Whether an edge leads to a node. No cycle has others.
  [[nodiscard]] bool is_reached(std::uint32_t node) const { return n_in_[node] != 0; }
  // A bound on the mean, over the edges (a, b) from a node that is reached, of the edges of b.
  [[nodiscard]] double mean_probes() const { return mean_probes_; }

 private:
  std::vector<std::uint32_t> n_in_, n_out_;
  double mean_probes_ = 0;
};

}  // namespace motifcount
