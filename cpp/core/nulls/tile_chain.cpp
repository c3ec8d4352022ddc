#include "nulls/tile_chain.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "nulls/dyads_of_block.hpp"
#include "nulls/tile_sets.hpp"
#include "support/threads.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kTileBatch = 8;  // attempts in a tile, all of one kind of edges
// Of eight rounds, those that bring the hubs together, and those of them in which they are often reversed.
constexpr std::uint64_t kRounds = 8, kHubRounds = 4, kReversalRounds = 1;
constexpr std::size_t kParallelEdges = 1 << 16;  // from which on threads share a round

// Memory for one thread.
struct TileWorkspace {
  GroupMoves group;
  TileBits bits;
  HashSet hash;
  std::vector<Cell> edges;
};

// Memory for all threads.
struct RoundWorkspace {
  Tiling tiling;
  TiledEdges edges, mutual;
};

// A batch of swaps among edges that all lead the same way.
template <class Set>
std::int64_t swap_batch(std::span<Cell> edges, Set& taken, Rng& rng) {
  return swap_several<kTileBatch>(edges, taken, kTileBatch, rng);
}

// The edges between two groups: those of either direction, and mutual ones.
struct Tile {
  std::span<Cell> there, back, mutual;

  [[nodiscard]] std::size_t n_arcs() const { return there.size() + back.size() + 2 * mutual.size(); }
  template <class Visit>
  void for_each_cell(Visit visit) const {
    for (const Cell& edge : there) visit(edge.source, edge.target);
    for (const Cell& edge : back) visit(edge.target, edge.source);
    for (const Cell& edge : mutual) visit(edge.source, edge.target);
  }
};

template <class Set>
SwapStats swap_in(const Tile& tile, std::int64_t n_batches, Set& taken, Rng& rng) {
  tile.for_each_cell([&](std::uint32_t r, std::uint32_t c) { taken.insert(r, c); });
  SwapStats stats{n_batches * kTileBatch, 0};
  const std::size_t n = tile.n_arcs(), n_there = tile.there.size(), n_single = n_there + tile.back.size();
  Transposed<Set> transposed(taken);
  for (std::int64_t batch = 0; batch < n_batches; ++batch) {
    const std::size_t place = two_places(rng, n).first;
    if (place < n_there) stats.accepted += swap_batch(tile.there, taken, rng);
    else if (place < n_single) stats.accepted += swap_batch(tile.back, transposed, rng);
    else stats.accepted += swap_batch(tile.mutual, taken, rng);
  }
  return stats;
}

// One round of a chain, after the cut.
class Round {
 public:
  Round(const TileFrame& frame, RoundWorkspace& shared, EdgeArray& edges, EdgeArray& mutual)
      : frame_(frame), groups_(frame.groups), shared_(shared), edges_(edges), mutual_(mutual) {}

  // Tile by tile, those of group i and the groups that follow.
  SwapStats run(std::int64_t attempts, bool of_hubs, std::uint64_t key, std::span<TileWorkspace> workspaces,
                Stop& stop) {
    attempts_ = attempts;
    of_hubs_ = of_hubs;
    std::vector<SwapStats> stats(groups_.n_groups());
    parallel_for(std::ssize(stats), static_cast<int>(workspaces.size()), stop, [&](std::int64_t task, int worker) {
      const auto i = static_cast<std::uint32_t>(task);
      TileWorkspace& workspace = workspaces[static_cast<std::size_t>(worker)];
      PacedStop pace(stop);
      for (std::uint32_t j = frame_.keep_mutual ? i : 0; j < groups_.n_groups(); ++j) {
        Rng rng(key, i, j);
        const SwapStats tile = swap_tile(i, j, workspace, rng, stop);
        pace(kScatterUnits * (tile.attempts + 1));
        stats[i] += tile;
      }
    });
    return std::accumulate(stats.begin(), stats.end(), SwapStats{},
                           [](SwapStats sum, const SwapStats& some) { return sum += some; });
  }

 private:
  [[nodiscard]] std::int64_t n_batches(std::size_t n_arcs) const {
    const Count all = Count(edges_.size() + 2 * mutual_.size()) * kTileBatch;
    return static_cast<std::int64_t>((Count{attempts_} * Count(n_arcs) + all - 1) / all);
  }

  SwapStats swap_tile(std::uint32_t i, std::uint32_t j, TileWorkspace& workspace, Rng& rng, Stop& stop) {
    Tile tile{shared_.edges.tile(edges_, i, j), {}, {}};
    if (frame_.keep_mutual) {
      if (i != j) tile.back = shared_.edges.tile(edges_, j, i);
      tile.mutual = shared_.mutual.tile(mutual_, i, j);
    }
    const std::int64_t batches = n_batches(tile.n_arcs());
    if (tile.n_arcs() < 2) return {batches * kTileBatch, 0};
    if (groups_.partner(i) == j) return move_within(tile, batches * kTileBatch, {i, j}, workspace, rng, stop);
    if (!frame_.uses_bits) {
      workspace.hash.reset(tile.n_arcs(), stop);
      return swap_in(tile, batches, workspace.hash, rng);
    }
    if (workspace.bits.bits() != groups_.bits()) workspace.bits.reset(groups_.bits(), stop);
    const SwapStats stats = swap_in(tile, batches, workspace.bits, rng);
    tile.for_each_cell([&](std::uint32_t r, std::uint32_t c) { workspace.bits.clear_near(r, c); });
    return stats;
  }

  // Labels become numbers of the nodes of a group, or of two groups, and labels again.
  SwapStats move_within(const Tile& tile, std::int64_t attempts, std::array<std::uint32_t, 2> pair,
                        TileWorkspace& workspace, Rng& rng, Stop& stop) {
    const int bits = groups_.bits();
    const std::uint32_t size = 1u << bits;
    const auto number = [&](std::uint32_t label) { return label % size + (label >> bits == pair[0] ? 0 : size); };
    const auto label = [&](std::uint32_t node) { return pair[node / size] << bits | node % size; };
    std::vector<Cell>& edges = workspace.edges;
    edges.assign(tile.there.begin(), tile.there.end());
    edges.insert(edges.end(), tile.back.begin(), tile.back.end());
    for (const std::span<Cell> some : {std::span(edges), tile.mutual})
      for (Cell& edge : some) edge = {number(edge.source), number(edge.target)};
    const bool across = pair[0] != pair[1];
    const SwapStats stats =
        workspace.group.run({edges, tile.mutual, across ? 2 * size : size, across ? size : 0},
                            {attempts, frame_.keep_mutual, frame_.uses_bits, of_hubs_ && pair[0] == 0}, rng, stop);
    for (const std::span<Cell> some : {std::span(edges), tile.mutual})
      for (Cell& edge : some) edge = {label(edge.source), label(edge.target)};
    // They come back by source: first those from the first group, whose number stays.
    const auto middle = edges.begin() + std::ssize(tile.there);
    std::copy(edges.begin(), middle, tile.there.begin());
    std::copy(middle, edges.end(), tile.back.begin());
    return stats;
  }

  const TileFrame& frame_;
  const Groups& groups_;
  RoundWorkspace& shared_;
  EdgeArray &edges_, &mutual_;
  std::int64_t attempts_ = 0;
  bool of_hubs_ = false;
};

}  // namespace

TileChain::TileChain(const Block& block, bool keep_mutual, Stop& stop)
    : TileChain(block, keep_mutual, usual_tile_size(block.rows.size(), block.edges.size()), stop) {}

TileChain::TileChain(const Block& block, bool keep_mutual, const TileSize& size, Stop& stop)
    : frame_(std::make_shared<const TileFrame>(
          TileFrame{Groups(block, size, stop), keep_mutual, size.uses_bits, block.n_first})) {
  const auto add = [this](const Cell& edge) { edges_.push_back(edge); };
  if (keep_mutual) {
    for_each_dyad(block, stop, add, [this](const Cell& pair) { mutual_.push_back(pair); });
  } else {
    PacedStop pace(stop);
    for_each_paced(block.edges, pace, add);
  }
}

bool TileChain::is_parallel() const {
  return !frame_->groups.is_one() && edges_.size() + mutual_.size() >= kParallelEdges;
}

void TileChain::copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const {
  stop.check();
  copy_chain(*this, target);
}

void TileChain::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  append_edges(*this, block, arcs, pace);
}

SwapStats TileChain::run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) {
  const TileFrame& frame = *frame_;
  if (frame.keep_mutual)
    attempts += attempts / 2;  // mutual edges have fewer to swap with, so counts change more slowly
  const std::span<TileWorkspace> of_threads = workspaces.of<TileWorkspace>();
  if (frame.groups.is_one())
    return of_threads[0].group.run({edges_, mutual_, frame.groups.n_nodes(), frame.n_first},
                                   {attempts, frame.keep_mutual, frame.uses_bits, false}, rng, stop);
  const auto n_arcs = std::ssize(edges_) + 2 * std::ssize(mutual_);
  if (n_arcs < 2) return {attempts, 0};
  RoundWorkspace& shared = workspaces.of<RoundWorkspace>()[0];
  const int num_threads = is_parallel() ? static_cast<int>(of_threads.size()) : 1;
  // Rounds of one length: a chain of rounds is then the same backwards.
  const std::int64_t n_rounds = std::max<std::int64_t>(1, attempts / n_arcs);
  const std::int64_t length = (attempts + n_rounds - 1) / n_rounds;
  shared.tiling.start(frame.groups, stop);
  SwapStats stats;
  Steps steps(stop, n_rounds);
  for (std::int64_t round = 0; round < n_rounds; ++round, steps.add()) {
    const std::uint64_t kind = rng.next() % kRounds;
    shared.tiling.cut(frame.groups, kind < kHubRounds, rng, stop);
    shared.edges.sort(edges_, shared.tiling.label_of(), frame.groups, false, num_threads, stop);
    shared.mutual.sort(mutual_, shared.tiling.label_of(), frame.groups, true, num_threads, stop);
    const std::uint64_t key = rng.next();
    stats += Round(frame, shared, edges_, mutual_)
                 .run(length, kind < kReversalRounds, key, of_threads.first(num_threads), stop);
  }
  PacedStop pace(stop);
  const auto node_of = shared.tiling.node_of();
  for (EdgeArray* edges : {&edges_, &mutual_})
    for_each_paced(std::span(*edges), pace, [&](Cell& edge) { edge = {node_of[edge.source], node_of[edge.target]}; });
  return stats;
}

}  // namespace motifcount
