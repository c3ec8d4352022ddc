// The moves of the chain that keeps closed triads near the observed counts, see triad_chain.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nulls/triad_graph.hpp"
#include "support/rng.hpp"

namespace motifcount {

struct TriadTarget {                            // in the order of kClosedTriad
  std::array<double, kClosedTriads> weights{};  // w_k
  std::array<double, kClosedTriads> centres{};  // c_k
};

// Edges that swap with each other: places of the list, from the first on.
struct EdgeClass {
  std::uint32_t first, size;
  std::size_t code;   // of their dyads
  bool within_layer;  // then the ends of mutual ones have no order
};

inline bool same_pair(const Joined& a, const Joined& b) {
  return (a.source.node == b.source.node && a.target.node == b.target.node) ||
         (a.source.node == b.target.node && a.target.node == b.source.node);
}

struct Touched {
  std::uint32_t place;
  std::size_t code;
  Joined before, after;
};

// What moves are drawn from.
struct MovingEdges {
  std::span<Joined> all;
  std::uint32_t n_moving;
  std::span<const std::uint32_t> class_of;
  std::span<const EdgeClass> classes;
  std::span<const std::int32_t> layers;

  [[nodiscard]] const EdgeClass& class_at(std::uint32_t place) const { return classes[class_of[place]]; }
  [[nodiscard]] bool of_one_layer(std::uint32_t u, std::uint32_t v) const {
    return layers.empty() || layers[u] == layers[v];
  }
};

template <class Graph>
class TriadMoves {
 public:
  TriadMoves(Graph& graph, const MovingEdges& edges, const TriadTarget& target)
      : graph_(graph), edges_(edges), target_(target), energy_(energy(graph.closed())) {}

  bool attempt(Rng& rng) {
    n_touched_ = 0;
    const std::uint32_t kind = uniform_below(rng, 64);
    const std::uint32_t joint = edges_.n_moving < kFewEdges ? 2 * kJointIn64 : kJointIn64;
    if (kind < kReversalsIn64) {
      if (!propose_reversal(rng)) return false;
    } else {
      if (kind >= kReversalsIn64 + joint) return swap(rng);
      for (std::uint32_t n_swaps = 2 + uniform_below(rng, 3); n_swaps > 0; --n_swaps) propose_swap(rng);
    }
    return n_touched_ != 0 && is_simple() && make(rng);
  }

 private:
  static constexpr std::uint32_t kReversalsIn64 = 3;
  static constexpr std::uint32_t kJointIn64 = 8;
  static constexpr std::size_t kFewEdges = 100;  // below which joint moves are needed more
  static constexpr std::size_t kMostTouched = 8;

  struct Two {
    std::uint32_t i, j;
    Joined e, f;
    std::size_t code;
    bool either_way;
  };

  [[nodiscard]] std::span<Touched> touched() { return std::span(touched_).first(n_touched_); }

  Touched& touch(std::uint32_t place) {
    for (Touched& each : touched())
      if (each.place == place) return each;
    const Joined& edge = edges_.all[place];
    return touched_[n_touched_++] = {place, edges_.class_at(place).code, edge, edge};
  }

  // Two edges of a class. The ends of mutual ones within a layer are in either order.
  Two draw_two(Rng& rng) {
    const std::uint64_t bits = rng.next();
    const auto i = static_cast<std::uint32_t>((bits >> 32) * edges_.n_moving >> 32);
    const EdgeClass& of_both = edges_.class_at(i);
    const auto j = of_both.first + static_cast<std::uint32_t>((bits & 0xffffffff) * of_both.size >> 32);
    return {i, j, edges_.all[i], edges_.all[j], of_both.code, of_both.code == 3 && of_both.within_layer};
  }

  bool swap(Rng& rng) {
    Two two = draw_two(rng);
    auto& [i, j, e, f, code, either_way] = two;
    if (either_way) orient(e, f, rng);
    if (e.source.node == f.source.node || e.target.node == f.target.node || e.source.node == f.target.node ||
        f.source.node == e.target.node || graph_.code(e.source.node, f.target.node) != 0 ||
        graph_.code(f.source.node, e.target.node) != 0)
      return false;
    const TriadChange change = graph_.change_by_swap(e, f, code);
    const ClosedTriadCounts before = graph_.closed();
    ClosedTriadCounts after = before;
    for (std::size_t k = 0; k < kClosedTriads; ++k) after[k] += change[k];
    if (after != before && !accept(after, rng)) return false;
    graph_.part(e, code);
    graph_.part(f, code);
    std::swap(e.target, f.target);
    graph_.join(edges_.all[i] = e, code, i);
    graph_.join(edges_.all[j] = f, code, j);
    graph_.set_closed(after);
    return true;
  }

  void propose_swap(Rng& rng) {
    const Two two = draw_two(rng);
    if (two.i == two.j) return;
    Touched& e = touch(two.i);
    Touched& f = touch(two.j);
    if (two.either_way) orient(e.after, f.after, rng);
    std::swap(e.after.target, f.after.target);
  }

  static void orient(Joined& e, Joined& f, Rng& rng) {
    const std::uint64_t order = rng.next();
    if (order & 1) std::swap(e.source, e.target);
    if (order & 2) std::swap(f.source, f.target);
  }

  bool propose_reversal(Rng& rng) {
    const std::uint32_t place = uniform_below(rng, edges_.n_moving);
    const EdgeClass& of_edge = edges_.class_at(place);
    if (of_edge.code != 1 || !of_edge.within_layer) return false;
    const std::uint32_t a = edges_.all[place].source.node, b = edges_.all[place].target.node;
    cycles_.clear();
    std::uint32_t n_after = 1;
    graph_.for_each_common(a, b, [&](std::uint32_t w, std::size_t aw, std::size_t bw) {
      if (!edges_.of_one_layer(a, w)) return;
      if (aw == 2 && bw == 1) cycles_.push_back(w);
      n_after += aw == 1 && bw == 2;
    });
    if (cycles_.empty()) return false;
    const auto n_cycles = static_cast<std::uint32_t>(cycles_.size());
    const auto chosen = cycles_.begin() + uniform_below(rng, n_cycles);
    std::ranges::nth_element(cycles_, chosen);  // they come in an order that is no property of the graph
    if (uniform_below(rng, n_after) >= n_cycles) return false;
    for (const std::uint32_t each : {place, graph_.place(b, *chosen), graph_.place(*chosen, a)}) {
      Touched& edge = touch(each);
      std::swap(edge.after.source, edge.after.target);
    }
    return true;
  }

  // No loop, and no two edges between the same nodes.
  bool is_simple() {
    const std::span<Touched> all = touched();
    for (std::size_t k = 0; k < all.size(); ++k) {
      const Joined& edge = all[k].after;
      if (edge.source.node == edge.target.node) return false;
      for (std::size_t l = 0; l < k; ++l)
        if (same_pair(edge, all[l].after)) return false;
      if (graph_.code(edge.source.node, edge.target.node) == 0) continue;
      if (std::ranges::none_of(all, [&](const Touched& each) { return same_pair(edge, each.before); })) return false;
    }
    return true;
  }

  // Makes the changes, and undoes them if they are not accepted.
  bool make(Rng& rng) {
    const ClosedTriadCounts before = graph_.closed();
    for (const Touched& each : touched()) graph_.take_out(each.before, each.code);
    for (const Touched& each : touched()) graph_.put_in(each.after, each.code, each.place);
    if (graph_.closed() != before && !accept(graph_.closed(), rng)) {
      for (const Touched& each : touched()) graph_.part(each.after, each.code);
      for (const Touched& each : touched()) graph_.join(each.before, each.code, each.place);
      graph_.set_closed(before);
      return false;
    }
    for (const Touched& each : touched()) edges_.all[each.place] = each.after;
    return true;
  }

  bool accept(const ClosedTriadCounts& after, Rng& rng) {
    const double found = energy(after);
    const double more = found - energy_;
    constexpr double unit = 0x1p-53;
    if (more > 0 && static_cast<double>(rng.next() >> 11) * unit >= std::exp(-more)) return false;
    energy_ = found;
    return true;
  }

  [[nodiscard]] double energy(const ClosedTriadCounts& closed) const {
    double sum = 0;
    for (std::size_t k = 0; k < kClosedTriads; ++k) {
      const double off = static_cast<double>(closed[k]) - target_.centres[k];
      sum += target_.weights[k] * off * off / 2;
    }
    return sum;
  }

  Graph& graph_;
  MovingEdges edges_;
  const TriadTarget& target_;
  double energy_;
  std::array<Touched, kMostTouched> touched_{};
  std::size_t n_touched_ = 0;
  std::vector<std::uint32_t> cycles_;
};

}  // namespace motifcount
