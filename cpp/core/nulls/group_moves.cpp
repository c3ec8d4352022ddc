#include "nulls/group_moves.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <type_traits>

#include "nulls/joint_move.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kGroupMovesPerCheck = 1 << 15;
constexpr std::int64_t kRun = 16;             // moves of one kind
constexpr std::int64_t kLongChain = 1 << 10;  // attempts from which on moves come in runs

enum Kind : std::uint8_t { kSwap, kTurn, kReversal, kJoint };

// How often each kind of move is drawn.
class GroupShares {
 public:
  GroupShares(const GroupGraph& graph, const GroupPlan& plan, double probes_of_reversal) {
    const double joint = !plan.keep_mutual ? 0 : graph.edges.size() + graph.mutual.size() < kFewEdges ? 0.25 : 0.125;
    const double most = plan.of_hubs ? 0.5 : 1.0 / 16;
    // Probes for each move, fewer where each is a search.
    const double most_probes = (plan.of_hubs ? 8 : 0.5) / (plan.keep_mutual ? 4 : 1);
    const double reversal = std::min(most, most_probes / std::max(1.0, probes_of_reversal));
    const double turn = plan.keep_mutual ? 0.125 : 1.0 / 16;
    const bool has_paths = graph.n_first == 0 && !graph.edges.empty();  // that can close a triangle
    below_[kJoint] = of(joint);
    below_[kReversal] = below_[kJoint] + (has_paths ? of(reversal) : 0);
    below_[kTurn] = below_[kReversal] + (has_paths ? of(turn) : 0);
  }

  Kind draw(Rng& rng) const {
    const std::uint64_t bits = rng.next() >> 48;
    return bits < below_[kJoint] ? kJoint : bits < below_[kReversal] ? kReversal : bits < below_[kTurn] ? kTurn : kSwap;
  }

 private:
  static std::uint64_t of(double share) { return static_cast<std::uint64_t>(0x1p16 * share); }

  std::array<std::uint64_t, 4> below_{};
};

template <class Taken>
std::int64_t swap_mutual(std::span<Cell> pairs, Taken& taken, std::int64_t n, Rng& rng) {
  std::int64_t accepted = 0;
  std::uint64_t bits = rng.next();
  for (std::int64_t k = 0; k < n; ++k, bits >>= 2) {
    const auto [i, j] = two_places(rng, pairs.size());
    if (i == j) continue;
    orient(pairs[i], pairs[j], bits);
    accepted += exchange(taken, pairs[i], pairs[j]);
  }
  return accepted;
}

}  // namespace

SwapStats GroupMoves::run(const GroupGraph& graph, const GroupPlan& plan, Rng& rng, Stop& stop) {
  const std::size_t n_edges = graph.edges.size() + graph.mutual.size();
  if (n_edges < 2) return {plan.attempts, 0};
  slots_.assign(graph.edges, graph.n_nodes);
  reversals_.assign(graph.edges, graph.n_nodes);
  SwapStats stats;
  if (plan.uses_bits) {
    bits_.reset(static_cast<int>(std::bit_width(graph.n_nodes - 1)), stop);
    stats = run_with(bits_, graph, plan, rng, stop);
  } else {
    hash_.reset(n_edges + graph.n_nodes, stop);
    stats = run_with(hash_, graph, plan, rng, stop);
  }
  std::ranges::copy(slots_.edges(), graph.edges.begin());
  return stats;
}

template <class Set>
SwapStats GroupMoves::run_with(Set& set, const GroupGraph& graph, const GroupPlan& plan, Rng& rng, Stop& stop) {
  PacedStop pace(stop);
  const auto move_in = [&](auto& taken) {
    for (const std::span<const Cell> edges : {std::span<const Cell>(graph.edges), std::span<const Cell>(graph.mutual)})
      for_each_paced(edges, pace, [&](const Cell& edge) { taken.insert(edge.source, edge.target); });
    for (std::uint32_t u = 0; graph.n_first == 0 && u < graph.n_nodes; ++u) taken.insert(u, u);
    return move(taken, graph, plan, rng, stop);
  };
  if (!plan.keep_mutual) return move_in(set);
  TakenPairs<Set> pairs(set, graph.n_first);
  return move_in(pairs);
}

template <class Taken>
SwapStats GroupMoves::move(Taken& taken, const GroupGraph& graph, const GroupPlan& plan, Rng& rng, Stop& stop) {
  constexpr bool keeps_mutual = !std::is_same_v<Taken, TileBits> && !std::is_same_v<Taken, HashSet>;
  const std::int64_t length = plan.attempts < kLongChain ? 1 : kRun;
  const std::int64_t n_runs = (plan.attempts + length - 1) / length;
  SwapStats stats{n_runs * length, 0};
  const GroupShares shares(graph, plan, reversals_.mean_probes());
  const auto n_mutual = static_cast<std::uint32_t>(graph.mutual.size());  // of two arcs each
  const std::array<SwapList, 2> lists{{{slots_.edges(), false}, {graph.mutual, true}}};
  const auto any_edge = [&]() -> Cell& { return slots_[uniform_below(rng, slots_.size())]; };
  const auto arc = [&](std::uint32_t u, std::uint32_t v) {
    if (!taken.contains(u, v)) return false;
    return !keeps_mutual || std::ranges::find(slots_.row(u), v, &Cell::target) != slots_.row(u).end();
  };
  const auto no_arc = [&](std::uint32_t u, std::uint32_t v) { return !arc(u, v); };
  const auto one = [&](Kind kind) {
    switch (kind) {
      case kTurn: return try_turn(slots_, any_edge(), taken, rng);
      case kReversal: {
        Cell& edge = any_edge();
        return reversals_.is_reached(edge.source) && try_reversal(slots_, edge, taken, rng, arc, no_arc);
      }
      default:
        if constexpr (keeps_mutual) return JointMove(lists, taken).attempt(rng);
        return false;
    }
  };
  for (std::int64_t run = 0; run < n_runs; ++run) {
    if (run * length % kGroupMovesPerCheck == 0) stop.check();
    const Kind kind = shares.draw(rng);
    if (kind != kSwap) {
      for (std::int64_t k = 0; k < length; ++k) stats.accepted += one(kind);
    } else if (n_mutual == 0 || uniform_below(rng, slots_.size() + 2 * n_mutual) < slots_.size()) {
      stats.accepted += swap_several<kRun>(slots_.edges(), taken, static_cast<std::size_t>(length), rng);
    } else {
      stats.accepted += swap_mutual(graph.mutual, taken, length, rng);
    }
  }
  return stats;
}

}  // namespace motifcount
