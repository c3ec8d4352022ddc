// A graph cut into blocks: the arcs from one layer to another. A graph without layers is one block.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

using Cell = Edge<std::uint32_t>;  // positions in a block's rows and cols

struct Block {
  std::int32_t source_layer = 0;
  std::int32_t target_layer = 0;
  bool is_pinned = false;  // no null model moves its arcs
  // In a block of both directions between two layers, the nodes of the first; else 0.
  std::uint32_t n_first = 0;
  std::vector<std::uint32_t> rows;  // nodes, ascending; those of the first of two layers come first
  std::vector<std::uint32_t> cols;  // the same as rows in a block within one layer, or of both directions
  std::vector<Cell> edges;          // by source, then target
  std::vector<std::uint8_t> kinds;  // of the edges, see add_kinds
  // In a block of several layers, see whole_block: by row its layer, by layer whether edges into it are pinned.
  std::vector<std::int32_t> layers;
  std::vector<std::uint8_t> pinned;

  [[nodiscard]] bool within_layer() const { return source_layer == target_layer; }
  [[nodiscard]] bool both_directions() const { return n_first != 0; }
  [[nodiscard]] bool is_pinned_layer(std::int32_t layer) const {
    return !pinned.empty() && pinned[static_cast<std::size_t>(layer)] != 0;
  }
  // Whether an edge may lead from r to c.
  [[nodiscard]] bool has_cell(std::uint32_t r, std::uint32_t c) const {
    return both_directions() ? (r < n_first) != (c < n_first) : !within_layer() || r != c;
  }
};

inline constexpr std::int64_t kMaxBlockNodes = 0xfffffffe;

// Non-empty blocks by (source layer, target layer). Rows and cols are the nodes with an arc in the block.
// O((n + m) log n). Throws NotSupported above kMaxBlockNodes rows.
template <class Index>
std::vector<Block> linked_blocks(const GraphView<Index>& graph, Stop& stop);

// Gives the edges of these blocks, as linked_blocks made them of a graph with kinds, their kinds. O(m log blocks).
template <class Index>
void add_kinds(std::vector<Block>& blocks, const GraphView<Index>& graph, Stop& stop);

// Joins blocks that lead back and forth between the same two layers, whose edges can be mutual pairs. Throws
// NotSupported where only one of them is pinned.
void join_facing(std::vector<Block>& blocks, Stop& stop);

// All edges as one block, whose rows and columns are the nodes with an arc. O(n log n + m).
template <class Index>
Block whole_block(const GraphView<Index>& graph, Stop& stop);

// The nodes of each layer that are no bias, ascending.
std::vector<std::vector<std::uint32_t>> units_by_layer(const NodeGroups& groups);

// The pairs (group of source, group of target) that some arc has, ascending. O(m) where they are few, else O(m log m).
// Groups are not negative.
using GroupPair = std::array<std::int64_t, 2>;
template <class Index>
std::vector<GroupPair> linked_groups(const CsrView<Index>& out, std::span<const std::int64_t> group, Stop& stop);

}  // namespace motifcount
