// The chain that keeps every node's numbers of mutual, in-only and out-only neighbours.
//
// Moves: swaps, turns and reversals of asymmetric edges (see swaps.hpp), swaps of mutual edges, and *joint moves*: two
// to four swaps, each of two asymmetric or two mutual edges drawn uniformly, that are made without looking and undone
// together if the result is not a simple graph with the same mutual edges per node. A move that is refused still counts
// as a step. A swap is symmetric on the pairings of edge ends, so is any sequence of swaps taken as a whole, and every
// graph has the same number of pairings: the uniform distribution on what the moves connect is stationary.
// Enumeration finds that they connect all such graphs of 4 and of 5 nodes (docs/null-models.md).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>

#include "nulls/block_chain.hpp"
#include "nulls/edge_sets.hpp"
#include "nulls/swaps.hpp"
#include "support/threads.hpp"

namespace motifcount {

template <class Set>
class MutualSwapChain final : public BlockChain {
 public:
  MutualSwapChain() = default;  // of no nodes
  MutualSwapChain(const Block& block, Stop& stop)
      : MutualSwapChain(split(block, stop), static_cast<std::uint32_t>(block.rows.size()), stop) {}

  // Where it throws Interrupted, the target is of no use.
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override {
    auto* chain = dynamic_cast<MutualSwapChain*>(target.get());
    if (!chain) {
      target = std::make_unique<MutualSwapChain>();
      chain = static_cast<MutualSwapChain*>(target.get());
    }
    chain->asymmetric_ = asymmetric_;
    chain->mutual_ = mutual_;
    chain->reversals_ = reversals_;
    chain->taken_.copy_from(taken_, stop);
  }

  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override {
    append_edges(*this, block, arcs, pace);
  }

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (const Cell& edge : asymmetric_.edges()) visit(edge.source, edge.target);
    for (const Cell& pair : mutual_) {
      visit(pair.source, pair.target);
      visit(pair.target, pair.source);
    }
  }

  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& /*workspaces*/, Stop& stop) override {
    SwapStats stats{attempts, 0};
    const std::uint32_t n_asymmetric = asymmetric_.size();
    const auto n_mutual = static_cast<std::uint32_t>(mutual_.size());
    if (n_asymmetric + n_mutual < 2) return stats;
    const auto same = std::identity{};
    const auto arc = [this](std::uint32_t r, std::uint32_t c) { return taken_.contains(r, c) && leads(r, c); };
    const std::uint64_t reversals = share_of_reversals(reversals_.mean_probes());
    for (std::int64_t k = 0; k < attempts; ++k) {
      if (k % kAttemptsPerCheck == 0) stop.check();
      const std::uint64_t bits = rng.next();
      if ((bits & 3) == 0) {
        stats.accepted += try_joint(2 + (bits >> 2) % 3, rng);
        continue;
      }
      const std::uint32_t first = uniform_below(rng, n_asymmetric + n_mutual);
      if (first >= n_asymmetric) {
        stats.accepted += move_mutual(mutual_[first - n_asymmetric], bits >> 2, rng);
      } else if ((bits & 12) == 0) {
        Cell& edge = asymmetric_[first];
        if (bits >> 48 >= reversals) stats.accepted += try_turn(asymmetric_, edge, taken_, rng, same);
        else if (reversals_.is_reached(edge.source))
          stats.accepted += try_reversal(asymmetric_, edge, taken_, rng, arc, same, same);
      } else {
        stats.accepted += try_swap(asymmetric_[first], asymmetric_[uniform_below(rng, n_asymmetric)], taken_);
      }
    }
    return stats;
  }

 private:
  struct Split {
    std::vector<Cell> asymmetric, mutual;
  };
  static constexpr std::int64_t kAttemptsPerCheck = 1 << 15;
  static constexpr std::int64_t kUnitsPerCell = 32;  // of a PacedStop: hashing misses every cache

  static Split split(const Block& block, Stop& stop) {
    PacedStop pace(stop);
    Set arcs(static_cast<std::uint32_t>(block.rows.size()), static_cast<std::uint32_t>(block.rows.size()),
             block.edges.size(), stop);
    for (const Cell& edge : block.edges) {
      pace(kUnitsPerCell);
      arcs.insert(edge.source, edge.target);
    }
    Split result;
    result.asymmetric.reserve(block.edges.size());
    for (const Cell& edge : block.edges) {
      pace(kUnitsPerCell);
      if (!arcs.contains(edge.target, edge.source)) result.asymmetric.push_back(edge);
      else if (edge.source < edge.target) result.mutual.push_back(edge);
    }
    return result;
  }

  MutualSwapChain(Split edges, std::uint32_t n_nodes, Stop& stop)
      : asymmetric_(std::move(edges.asymmetric), n_nodes),
        mutual_(std::move(edges.mutual)),
        reversals_(asymmetric_.edges(), n_nodes),
        taken_(n_nodes, n_nodes, asymmetric_.size() + mutual_.size() + n_nodes, stop) {
    PacedStop pace(stop);
    const auto take = [&](std::uint32_t u, std::uint32_t v) {
      pace(2 * kUnitsPerCell);
      taken_.insert(u, v);
    };
    for (const Cell& edge : asymmetric_.edges()) take(edge.source, edge.target);
    for (const Cell& pair : mutual_) take(pair.source, pair.target);
    for (std::uint32_t u = 0; u < n_nodes; ++u) take(u, u);
  }

  // Whether an asymmetric edge leads from r to c.
  [[nodiscard]] bool leads(std::uint32_t r, std::uint32_t c) const {
    return std::ranges::find(asymmetric_.row(r), c, &Cell::target) != asymmetric_.row(r).end();
  }

  // Of 2^16 moves along paths, those that are reversals: a quarter, fewer where their probes would take most of the
  // time.
  static std::uint64_t share_of_reversals(double probes_of_reversal) {
    constexpr double share = 0.25, most_probes = 1;  // in the mean of these moves
    return static_cast<std::uint64_t>(0x1p16 * std::min(share, most_probes / std::max(1.0, probes_of_reversal)));
  }

  // The ends of a mutual edge have no order of their own: a bit draws one for either edge.
  static void orient(Cell& e, Cell& f, std::uint64_t bits) {
    if (bits & 1) std::swap(e.source, e.target);
    if (bits & 2) std::swap(f.source, f.target);
  }

  bool move_mutual(Cell& e, std::uint64_t bits, Rng& rng) {
    Cell& f = mutual_[uniform_below(rng, static_cast<std::uint32_t>(mutual_.size()))];
    if (&e == &f) return false;
    orient(e, f, bits);
    return try_swap(e, f, taken_);
  }

  bool try_joint(std::uint64_t n_swaps, Rng& rng) {
    Touched touched;
    const std::uint32_t n_asymmetric = asymmetric_.size();
    const auto n_mutual = static_cast<std::uint32_t>(mutual_.size());
    for (std::uint64_t k = 0; k < n_swaps; ++k) {
      const bool mutual = uniform_below(rng, n_asymmetric + n_mutual) >= n_asymmetric;
      const std::uint32_t n = mutual ? n_mutual : n_asymmetric;
      const std::uint32_t i = uniform_below(rng, n);
      const std::uint32_t j = uniform_below(rng, n);
      if (i == j) continue;
      Cell& e = mutual ? mutual_[i] : asymmetric_[i];
      Cell& f = mutual ? mutual_[j] : asymmetric_[j];
      lift(e, touched);
      lift(f, touched);
      if (mutual) orient(e, f, rng.next());
      std::swap(e.target, f.target);
    }
    return put_back(touched);
  }

  // Edges taken out of the graph by a joint move, as they were.
  struct Touched {
    std::array<Cell*, 8> edges{};
    std::array<Cell, 8> before{};
    std::size_t size = 0;
  };

  void lift(Cell& edge, Touched& touched) {
    for (std::size_t k = 0; k < touched.size; ++k)
      if (touched.edges[k] == &edge) return;
    taken_.erase(edge.source, edge.target);
    touched.edges[touched.size] = &edge;
    touched.before[touched.size++] = edge;
  }

  bool put_back(const Touched& touched) {
    std::size_t placed = 0;
    for (; placed < touched.size; ++placed) {
      const Cell& edge = *touched.edges[placed];
      if (taken_.contains(edge.source, edge.target)) break;
      taken_.insert(edge.source, edge.target);
    }
    if (placed == touched.size) return true;
    for (std::size_t k = 0; k < placed; ++k) taken_.erase(touched.edges[k]->source, touched.edges[k]->target);
    for (std::size_t k = 0; k < touched.size; ++k) {
      *touched.edges[k] = touched.before[k];
      taken_.insert(touched.before[k].source, touched.before[k].target);
    }
    return false;
  }

  EdgeSlots asymmetric_;
  std::vector<Cell> mutual_;
  ReversalCosts reversals_;
  PairSet<Set> taken_;
};

}  // namespace motifcount
