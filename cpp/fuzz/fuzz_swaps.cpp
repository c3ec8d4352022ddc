// The chains of one block with groups of every size, and the sets that they look into.
#include <algorithm>
#include <set>
#include <vector>

#include "fuzz.hpp"
#include "nulls/swap_chain.hpp"
#include "nulls/tile_chain.hpp"
#include "nulls/trade_chain.hpp"

namespace {

using namespace motifcount;
using fuzz::Bytes;
using test::never;

using Pair = std::pair<std::uint32_t, std::uint32_t>;

enum class Shape { kAcross, kWithin, kFacing };

Block read_block(Bytes& bytes, Shape shape) {
  const auto n_rows = static_cast<std::uint32_t>(2 + bytes.below(24));
  const auto n_cols = shape != Shape::kAcross ? n_rows : static_cast<std::uint32_t>(1 + bytes.below(200));
  const double density = bytes.byte() / 255.0;
  test::Random random(bytes.byte());
  Block block;
  block.target_layer = shape == Shape::kWithin ? 0 : 1;
  if (shape == Shape::kFacing) block.n_first = 1 + bytes.byte() % (n_rows - 1);
  std::set<Pair> cells;
  const auto add = [&](std::uint32_t r, std::uint32_t c) {
    if (block.has_cell(r, c)) cells.emplace(r, c);
  };
  for (std::uint32_t r = 0; r < n_rows; ++r)
    for (std::uint32_t c = 0; c < n_cols; ++c)
      if (test::chance(random, density)) add(r, c);
  for (int left = bytes.below(80); left > 0; --left) {
    const std::uint32_t r = bytes.byte() % n_rows;
    add(r, bytes.byte() % n_cols);
  }
  for (std::uint32_t r = 0; r < n_rows; ++r) block.rows.push_back(r);
  for (std::uint32_t c = 0; c < n_cols; ++c) block.cols.push_back(c);
  for (const auto& [r, c] : cells) block.edges.push_back({r, c});
  return block;
}

template <class Chain>
std::set<Pair> cells_of(const Chain& chain) {
  std::set<Pair> cells;
  chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) { REQUIRE(cells.emplace(r, c).second); });
  return cells;
}

// Of each row and column; with `mutual`, apart for cells that have a counterpart.
std::vector<int> margins(const std::set<Pair>& cells, bool mutual) {
  std::vector<int> counts(1024, 0);
  for (const auto& [r, c] : cells) {
    const std::size_t shift = mutual && cells.contains({c, r}) ? 512 : 0;
    ++counts[shift + r];
    ++counts[shift + 256 + c];
  }
  return counts;
}

void require_kept(const Block& block, const std::set<Pair>& after, bool mutual) {
  std::set<Pair> before;
  for (const Cell& edge : block.edges) before.emplace(edge.source, edge.target);
  REQUIRE(margins(before, mutual) == margins(after, mutual));
  for (const auto& [r, c] : after) REQUIRE(block.has_cell(r, c));
}

template <class Chain>
std::set<Pair> cells_after(Chain chain, std::int64_t attempts, std::uint64_t seed, int threads) {
  Workspaces workspaces(threads);
  Rng rng(seed, 0, 0);
  const SwapStats stats = chain.run(attempts, rng, workspaces, never());
  REQUIRE(stats.attempts >= attempts && stats.accepted >= 0 && stats.accepted <= stats.attempts);
  return cells_of(chain);
}

void swap_in_groups(const Block& block, std::uint32_t group_edges, std::int64_t attempts, std::uint64_t seed) {
  const SwapChain chain(block, never(), group_edges);
  const std::set<Pair> cells = cells_after(chain, attempts, seed, 1);
  REQUIRE(cells == cells_after(chain, attempts, seed, 3));
  require_kept(block, cells, false);
}

void trade(const Block& block, std::int64_t attempts, std::uint64_t seed) {
  if (block.edges.empty()) return;
  const TradeChain chain(block, never());
  const std::set<Pair> cells = cells_after(chain, attempts, seed, 1);
  REQUIRE(cells == cells_after(chain, attempts, seed, 3));
  require_kept(block, cells, false);
}

// Bit matrices and hash sets, one thread and three.
void swap_in_tiles(const Block& block, bool keep_mutual, std::uint32_t nodes, std::int64_t attempts,
                   std::uint64_t seed) {
  const TileChain by_bits(block, keep_mutual, {nodes, true}, never());
  const TileChain by_hash(block, keep_mutual, {nodes, false}, never());
  const std::set<Pair> cells = cells_after(by_bits, attempts, seed, 1);
  REQUIRE(cells == cells_after(by_hash, attempts, seed, 3));
  require_kept(block, cells, keep_mutual);
}

// The three sets of cells side by side, under moves and when asked.
void move_in_sets(const Block& block, std::int64_t attempts, std::uint64_t seed) {
  const auto n_rows = static_cast<std::uint32_t>(block.rows.size()),
             n_cols = static_cast<std::uint32_t>(block.cols.size());
  EdgeSlots slots;
  slots.assign(block.edges, n_rows);
  EdgeSlots slots_bits = slots, slots_hash = slots;
  BitMatrixSet bits(n_rows, n_cols, 0, never());
  HashSet hash(n_rows, n_cols, block.edges.size(), never());
  SlotSet cells;
  cells.reset(slots, never());
  for (const Cell& edge : block.edges) {
    bits.insert(edge.source, edge.target);
    hash.insert(edge.source, edge.target);
  }
  Rng rng(seed, 0, 0);
  for (std::int64_t k = 0; k < attempts && slots.size() > 0; ++k) {
    const std::uint32_t i = uniform_below(rng, slots.size()), j = uniform_below(rng, slots.size());
    const bool moved = try_swap(slots[i], slots[j], cells);
    REQUIRE(try_swap(slots_bits[i], slots_bits[j], bits) == moved);
    REQUIRE(try_swap(slots_hash[i], slots_hash[j], hash) == moved);
    const std::uint32_t r = uniform_below(rng, n_rows), c = uniform_below(rng, n_cols);
    REQUIRE(bits.contains(r, c) == hash.contains(r, c) && bits.contains(r, c) == cells.contains(r, c));
  }
  REQUIRE(std::ranges::equal(slots.edges(), slots_bits.edges()) &&
          std::ranges::equal(slots.edges(), slots_hash.edges()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const std::uint8_t kind = bytes.byte();
  const std::int64_t attempts = bytes.below(2000);
  const std::uint64_t seed = bytes.byte();
  const auto group_edges = static_cast<std::uint32_t>(1 + bytes.byte());
  const auto nodes = static_cast<std::uint32_t>(2 + bytes.below(30));
  switch (kind % 6) {
    case 0: swap_in_groups(read_block(bytes, Shape::kAcross), group_edges, attempts, seed); break;
    case 1: move_in_sets(read_block(bytes, Shape::kAcross), attempts, seed); break;
    case 2: swap_in_tiles(read_block(bytes, Shape::kWithin), false, nodes, attempts, seed); break;
    case 3: swap_in_tiles(read_block(bytes, Shape::kWithin), true, nodes, attempts, seed); break;
    case 4: trade(read_block(bytes, Shape::kAcross), attempts, seed); break;
    default: swap_in_tiles(read_block(bytes, Shape::kFacing), true, nodes, attempts, seed); break;
  }
  return 0;
}
