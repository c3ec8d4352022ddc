#include "nulls/kind_chain.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "nulls/dyads_of_block.hpp"
#include "nulls/edge_sets.hpp"
#include "nulls/joint_move.hpp"
#include "nulls/path_moves.hpp"
#include "nulls/tile_sets.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kKindMovesPerCheck = 1 << 14;

// Memory of a run.
struct KindWorkspace {
  std::vector<EdgeSlots> slots;  // of the lists of single edges
  std::vector<SwapList> lists;
  ReversalCosts costs;
  BitMatrixSet bits;
  HashSet hash;
};

// What is drawn how often: in proportion of 2^16.
struct KindShares {
  std::uint32_t joint;
  std::uint32_t reversal;
  std::uint32_t of_three;
};

template <class Taken, bool of_pairs>
class KindMoves {
 public:
  KindMoves(KindWorkspace& workspace, Taken& taken, const KindShares& shares, std::uint32_t n_single)
      : slots_(workspace.slots), lists_(workspace.lists), taken_(taken), shares_(shares), n_single_(n_single) {}

  bool attempt(Rng& rng) {
    const std::uint64_t kind = rng.next() >> 48;
    if (kind < shares_.joint) return JointMove(lists_, taken_).attempt(rng);
    if (kind < shares_.joint + shares_.reversal) return reverse(rng);
    const auto [list, e, f] = draw_two(lists_, rng);
    if (kind < shares_.joint + shares_.reversal + shares_.of_three) return swap_three(*list, rng);
    if (e == f) return false;
    if (list->either_way) orient(*e, *f, rng.next());
    return try_swap(*e, *f, taken_) || exchange_kinds(*list, std::array{e, f});
  }

 private:
  // Three edges must be drawn evenly: they and those of the move back come in another order.
  bool swap_three(const SwapList& list, Rng& rng) {
    if (list.either_way) return false;
    std::array<Cell*, 3> edges;
    for (Cell*& edge : edges) edge = &list.edges[uniform_below(rng, static_cast<std::uint32_t>(list.edges.size()))];
    const auto [e, f, g] = edges;
    if (e == f || f == g || g == e) return false;
    return try_rotate(*e, *f, *g, taken_) || exchange_kinds(list, edges);
  }

  // Each edge gets the target of the next, and edges of one other list, if they are in all these places, take theirs.
  template <std::size_t n>
  bool exchange_kinds(const SwapList& list, const std::array<Cell*, n>& edges) {
    if constexpr (of_pairs) return false;
    std::array<std::uint32_t, n> sources{}, targets{};
    for (std::size_t k = 0; k < n; ++k) {
      sources[k] = edges[k]->source;
      targets[k] = edges[(k + 1) % n]->target;
      if (!taken_.contains(sources[k], targets[k])) return false;
    }
    for (std::size_t l = 0; l < slots_.size(); ++l) {
      if (&lists_[l] == &list || !slots_[l].search(sources[0], targets[0])) continue;
      std::array<Cell*, n> others{};
      for (std::size_t k = 0; k < n; ++k)
        if (!(others[k] = slots_[l].search(sources[k], targets[k]))) return false;
      for (std::size_t k = 0; k < n; ++k) {
        others[k]->target = edges[k]->target;
        edges[k]->target = targets[k];
      }
      return true;
    }
    return false;
  }

  bool reverse(Rng& rng) {
    std::uint32_t place = uniform_below(rng, n_single_);
    std::size_t k = 0;
    for (; place >= slots_[k].size(); ++k) place -= slots_[k].size();
    EdgeSlots& slots = slots_[k];
    const auto arc = [&](std::uint32_t u, std::uint32_t v) { return slots.search(u, v) != nullptr; };
    const auto free = [&](std::uint32_t u, std::uint32_t v) { return of_pairs || !taken_.contains(u, v); };
    return try_reversal(slots, slots[place], taken_, rng, arc, free);
  }

  std::vector<EdgeSlots>& slots_;
  std::span<const SwapList> lists_;
  Taken& taken_;
  KindShares shares_;
  std::uint32_t n_single_;
};

}  // namespace

KindFrame::KindFrame(const Block& block, bool keep_mutual)
    : n_rows(static_cast<std::uint32_t>(block.rows.size())),
      n_cols(static_cast<std::uint32_t>(block.cols.size())),
      n_first(block.n_first),
      within_layer(block.within_layer()),
      of_pairs(keep_mutual && (block.within_layer() || block.both_directions())),
      uses_bits(prefers_bits(n_rows, n_cols, block.edges.size())) {}

KindChain::KindChain(const Block& block, bool keep_mutual, Stop& stop) {
  KindFrame frame(block, keep_mutual);
  std::map<std::tuple<bool, std::uint8_t, std::uint8_t>, std::vector<Cell>> lists;  // by is_mutual, kind, kind_back
  const auto kind_of = [&](const Cell* edge) {
    return block.kinds[static_cast<std::size_t>(edge - block.edges.data())];
  };
  if (frame.of_pairs) {
    for_each_with_reverse(block, stop, [&](const Cell& edge, const Cell* reverse) {
      const std::uint8_t kind = kind_of(&edge);
      if (!reverse) return lists[{false, kind, 0}].push_back(edge);
      const std::uint8_t back = kind_of(reverse);
      if (std::tie(kind, edge.source) < std::tie(back, edge.target)) lists[{true, kind, back}].push_back(edge);
    });
  } else {
    PacedStop pace(stop);
    for_each_paced(std::span(block.edges), pace,
                   [&](const Cell& edge) { lists[{false, kind_of(&edge), 0}].push_back(edge); });
  }
  for (const auto& [what, edges] : lists) {
    stop.check();
    const auto [is_mutual, kind, back] = what;
    const auto first = static_cast<std::uint32_t>(edges_.size());
    edges_.insert(edges_.end(), edges.begin(), edges.end());
    const auto last = static_cast<std::uint32_t>(edges_.size());
    frame.lists.push_back({first, last, kind, is_mutual, back});
    if (!is_mutual) frame.n_single = last;
  }
  frame_ = std::make_shared<const KindFrame>(std::move(frame));
}

void KindChain::copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const {
  stop.check();
  copy_chain(*this, target);
}

void KindChain::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  append_edges(*this, block, arcs, pace);
}

void KindChain::append_kinds(const Block& /*block*/, std::vector<std::uint8_t>& kinds) const {
  for (const KindList& list : frame_->lists)
    for (std::uint32_t k = list.first; k < list.last; ++k) {
      kinds.push_back(list.kind);
      if (list.is_mutual) kinds.push_back(list.kind_back);
    }
}

SwapStats KindChain::run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) {
  SwapStats stats{attempts, 0};
  if (edges_.size() < 2) return stats;
  const KindFrame& frame = *frame_;
  KindWorkspace& workspace = workspaces.of<KindWorkspace>()[0];
  PacedStop pace(stop);
  const bool has_cycles = frame.within_layer && frame.n_single != 0;
  double probes = 0;  // of a reversal, in the mean
  workspace.lists.clear();
  workspace.slots.resize(static_cast<std::size_t>(std::ranges::count(frame.lists, false, &KindList::is_mutual)));
  for (std::size_t k = 0; k < frame.lists.size(); ++k) {
    const KindList& list = frame.lists[k];
    const std::span<Cell> edges(edges_.data() + list.first, list.last - list.first);
    pace(kEdgeUnits * std::ssize(edges));
    if (list.is_mutual) {
      workspace.lists.push_back({edges, list.either_way()});
      continue;
    }
    workspace.slots[k].assign(edges, frame.n_rows);
    workspace.lists.push_back({workspace.slots[k].edges(), false});
    if (!has_cycles) continue;
    workspace.costs.assign(edges, frame.n_rows);
    probes += workspace.costs.mean_probes() * static_cast<double>(edges.size()) / frame.n_single;
  }
  const double joint = edges_.size() < kFewEdges ? 0.25 : 0.125;
  const double reversal = has_cycles ? std::min(1.0 / 16, 0.125 / std::max(1.0, probes)) : 0;
  const auto share = [](double of_all) { return static_cast<std::uint32_t>(0x1p16 * of_all); };
  const KindShares shares{share(joint), share(reversal), share(1.0 / 16)};
  const auto move_in = [&]<bool of_pairs>(auto& taken) {
    for_each_paced(std::span(edges_), pace, [&](const Cell& edge) { taken.insert(edge.source, edge.target); });
    for (std::uint32_t u = 0; frame.within_layer && u < frame.n_rows; ++u) taken.insert(u, u);
    KindMoves<std::remove_reference_t<decltype(taken)>, of_pairs> moves(workspace, taken, shares, frame.n_single);
    Steps steps(stop, attempts / kKindMovesPerCheck);
    for (std::int64_t k = 1; k <= attempts; ++k) {
      stats.accepted += moves.attempt(rng);
      if (k % kKindMovesPerCheck != 0) continue;
      steps.add();
      stop.check();
    }
  };
  const auto move_with = [&](auto& set) {
    if (!frame.of_pairs) return move_in.template operator()<false>(set);
    TakenPairs pairs(set, frame.n_first);
    return move_in.template operator()<true>(pairs);
  };
  if (frame.uses_bits) {
    workspace.bits.reset(frame.n_rows, frame.n_cols, stop);
    move_with(workspace.bits);
  } else {
    workspace.hash.reset(edges_.size() + (frame.within_layer ? frame.n_rows : 0), stop);
    move_with(workspace.hash);
  }
  for (std::size_t k = 0; k < workspace.slots.size(); ++k)
    std::ranges::copy(workspace.slots[k].edges(), edges_.begin() + frame.lists[k].first);
  return stats;
}

}  // namespace motifcount
