// A directed graph in which every change of a pair of nodes also changes the counts of the closed triads.
//
// Common neighbours of two nodes are found in rows of bits where these are kept, 64 nodes at a time; elsewhere, and
// where nodes have few neighbours, by looking up every neighbour of the one.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "motifs/triads.hpp"
#include "nulls/dyad_sets.hpp"

namespace motifcount {

// Counts of closed triads, in the order of kClosedTriad.
using ClosedTriadCounts = std::array<std::int64_t, kClosedTriads>;

// What a change adds to them; one count more than there are classes, for vector registers.
using TriadChange = std::array<std::int32_t, kClosedTriads + 1>;
static_assert(kClosedTriads == 7);

// The closed triad that two nodes make with a third, by the codes of (u, v), (u, w) and (v, w), u and v joined one way
// (first) or both ways; nothing where w is not a neighbour of both.
inline constexpr std::array<std::array<std::array<TriadChange, 4>, 4>, 2> kClosedWith = [] {
  std::array<std::array<std::array<TriadChange, 4>, 4>, 2> table{};
  for (std::size_t uw = 1; uw < 4; ++uw)
    for (std::size_t vw = 1; vw < 4; ++vw) {
      table[0][uw][vw][closed_index(1, uw, vw)] = 1;
      table[1][uw][vw][closed_index(3, uw, vw)] = 1;
    }
  return table;
}();

struct End {
  std::uint32_t node, slot;  // the slot is one of the node's, see TriadGraph
};

// Joined by an asymmetric edge from the one to the other, or by both edges of a mutual pair.
struct Joined {
  End source, target;
};

// Every node keeps as many neighbours as it has: each has a *slot* of its own, which goes with an edge's end.
template <class Dyads>
class TriadGraph {
 public:
  struct Neighbour {
    std::uint32_t node, place;  // kNone while the edge is taken out; of the edge
  };

  // With slots for that many neighbours of every node.
  TriadGraph(std::span<const std::uint32_t> n_neighbours, std::size_t n_edges, Stop& stop)
      : dyads_(static_cast<std::uint32_t>(n_neighbours.size()), n_edges, stop), first_{0} {
    for (const std::uint32_t n : n_neighbours) first_.push_back(first_.back() + n);
    neighbours_.assign(first_.back(), {kNone, 0});
  }

  [[nodiscard]] const ClosedTriadCounts& closed() const { return closed_; }
  [[nodiscard]] std::uint32_t first_slot(std::uint32_t v) const { return first_[v]; }
  [[nodiscard]] std::size_t code(std::uint32_t u, std::uint32_t v) const { return dyads_.code(u, v); }
  // The edge of two nodes that are joined.
  [[nodiscard]] std::uint32_t place(std::uint32_t u, std::uint32_t v) const {
    std::uint32_t k = first_[u];
    while (neighbours_[k].node != v) ++k;
    return neighbours_[k].place;
  }
  // visit(w, code of u and w, code of v and w) for every common neighbour, in any order.
  template <class Visit>
  void for_each_common(std::uint32_t u, std::uint32_t v, Visit visit) const {
    const std::uint32_t n_u = n_neighbours(u), n_v = n_neighbours(v);
    if constexpr (requires { dyads_.scan_cost(); })
      if (std::min(n_u, n_v) > dyads_.scan_cost()) return dyads_.for_each_common(u, v, visit);
    if (n_v < n_u) return look_up(v, u, [&](std::uint32_t w, std::size_t vw, std::size_t uw) { visit(w, uw, vw); });
    look_up(u, v, visit);
  }

  // What a swap of edges (a, b) and (c, d) of one code, to (a, d) and (c, b), would change. Pairs of the four nodes
  // that it joins are not joined before, so no three of them are a closed triad before or after.
  [[nodiscard]] TriadChange change_by_swap(const Joined& ab, const Joined& cd, std::size_t code) const {
    const std::uint32_t a = ab.source.node, b = ab.target.node, c = cd.source.node, d = cd.target.node;
    TriadChange change{};
    const auto& with = kClosedWith[code >> 1];
    const auto is_new = [&](std::uint32_t w) { return w != a && w != b && w != c && w != d; };
    const auto add = [&](const TriadChange& more, const TriadChange& fewer) {
      for (std::size_t k = 0; k < change.size(); ++k) change[k] += more[k] - fewer[k];
    };
    const std::uint32_t n_ac = n_neighbours(a) + n_neighbours(c), n_bd = n_neighbours(b) + n_neighbours(d);
    if constexpr (requires { dyads_.scan_cost(); })
      if (std::min(n_ac, n_bd) > dyads_.scan_cost()) {
        dyads_.for_each_between(a, b, c, d,
                                [&](std::uint32_t w, std::size_t aw, std::size_t bw, std::size_t cw, std::size_t dw) {
                                  if (!is_new(w)) return;
                                  add(with[aw][dw], with[aw][bw]);
                                  add(with[cw][bw], with[cw][dw]);
                                });
        return change;
      }
    // of the neighbours of u, which is joined to `later` in place of `before`
    const auto look = [&](std::uint32_t u, std::uint32_t later, std::uint32_t before, auto closed) {
      for (std::uint32_t k = first_[u]; k < first_[u + 1]; ++k) {
        const std::uint32_t w = neighbours_[k].node;
        const std::size_t lw = dyads_.code(later, w), bw = dyads_.code(before, w);
        if ((lw | bw) == 0 || !is_new(w)) continue;
        const std::size_t uw = dyads_.code(u, w);
        add(closed(uw, lw), closed(uw, bw));
      }
    };
    if (n_ac <= n_bd) {
      const auto closed = [&](std::size_t uw, std::size_t vw) -> const TriadChange& { return with[uw][vw]; };
      look(a, d, b, closed);
      look(c, b, d, closed);
    } else {
      const auto closed = [&](std::size_t vw, std::size_t uw) -> const TriadChange& { return with[uw][vw]; };
      look(b, c, a, closed);
      look(d, a, c, closed);
    }
    return change;
  }

  // Joins two nodes that are not joined, by the edge of that place.
  void put_in(const Joined& edge, std::size_t code, std::uint32_t place) {
    count(edge, code, 1);
    join(edge, code, place);
  }
  void take_out(const Joined& edge, std::size_t code) {
    part(edge, code);
    count(edge, code, -1);
  }
  // The same without counting: the counts are told.
  void join(const Joined& edge, std::size_t code, std::uint32_t place) {
    dyads_.flip(edge.source.node, edge.target.node, code);
    neighbours_[edge.source.slot] = {edge.target.node, place};
    neighbours_[edge.target.slot] = {edge.source.node, place};
  }
  void part(const Joined& edge, std::size_t code) {
    dyads_.flip(edge.source.node, edge.target.node, code);
    neighbours_[edge.source.slot].node = neighbours_[edge.target.slot].node = kNone;
  }
  void set_closed(const ClosedTriadCounts& closed) { closed_ = closed; }

 private:
  [[nodiscard]] std::uint32_t n_neighbours(std::uint32_t v) const { return first_[v + 1] - first_[v]; }

  static constexpr std::uint32_t kNone = 0xffffffff;

  template <class Visit>
  void look_up(std::uint32_t u, std::uint32_t v, Visit visit) const {
    for (std::uint32_t k = first_[u]; k < first_[u + 1]; ++k) {
      const std::uint32_t w = neighbours_[k].node;
      if (w == kNone) continue;
      if (const std::size_t vw = dyads_.code(v, w); vw != 0) visit(w, dyads_.code(u, w), vw);
    }
  }

  // The closed triads that two nodes are part of, or would be if they were joined.
  void count(const Joined& edge, std::size_t code, std::int64_t times) {
    for_each_common(edge.source.node, edge.target.node, [&](std::uint32_t, std::size_t uw, std::size_t vw) {
      closed_[closed_index(code, uw, vw)] += times;
    });
  }

  Dyads dyads_;
  std::vector<std::uint32_t> first_;   // by node, of its slots
  std::vector<Neighbour> neighbours_;  // by slot
  ClosedTriadCounts closed_{};
};

}  // namespace motifcount
