// The edges of a block of one kind of nodes, or of both directions between two layers, sorted by tiles.
//
// A *tiling* cuts the nodes at random into groups of few nodes. A *tile* is a pair of groups, and the edges between
// them. Nodes carry labels, group << bits | place, and the edges of a tile lie side by side in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/blocks.hpp"
#include "nulls/swaps.hpp"
#include "support/large_array.hpp"
#include "support/rng.hpp"
#include "support/stop.hpp"

namespace motifcount {

struct TileSize {
  std::uint32_t nodes;  // of a group, at most
  bool uses_bits;       // few enough for a bit matrix of a tile
};

// Where a block has at most this many nodes, they are one group.
inline constexpr std::uint32_t kSmallBlock = 1 << 10;

// Groups of 512 to 2,048 nodes where a tile then has 64 edges and more, else tiles of about 8,192 edges.
TileSize usual_tile_size(std::uint64_t n_nodes, std::uint64_t n_edges);

// How a block's nodes are cut. Shared by all chains of the block.
class Groups {
 public:
  Groups(const Block& block, const TileSize& size, Stop& stop);

  // The nodes of one layer, which groups do not mix with those of another.
  struct Side {
    std::uint32_t first_node, n_nodes, first_group, n_groups;
    [[nodiscard]] std::uint32_t group_nodes() const { return (n_nodes + n_groups - 1) / n_groups; }
  };

  [[nodiscard]] const std::vector<Side>& sides() const { return sides_; }
  [[nodiscard]] std::uint32_t n_nodes() const { return static_cast<std::uint32_t>(is_hub_.size()); }
  [[nodiscard]] std::uint32_t n_groups() const { return sides_.back().first_group + sides_.back().n_groups; }
  [[nodiscard]] int bits() const { return bits_; }
  [[nodiscard]] std::size_t n_labels() const { return std::size_t{n_groups()} << bits_; }
  [[nodiscard]] bool is_one() const { return n_groups() == sides_.size(); }
  // The group that a group makes all moves with: itself, or one of the other layer, none for some.
  [[nodiscard]] std::uint32_t partner(std::uint32_t group) const;
  // Whether a node is among those of the highest degrees, at most a quarter of a group.
  [[nodiscard]] bool is_hub(std::uint32_t node) const { return is_hub_[node] != 0; }

 private:
  std::vector<Side> sides_;
  int bits_ = 0;
  std::vector<std::uint8_t> is_hub_;
};

using EdgeArray = LargeArray<Cell>;

// Edges by tile (group of the source, group of the target).
class TiledEdges {
 public:
  // Replaces labels by `label_of` them and sorts the edges anew; the same for any number of threads. Edges that are
  // `unordered` are turned so that the group of the source is not above that of the target.
  void sort(EdgeArray& edges, std::span<const std::uint32_t> label_of, const Groups& groups, bool unordered,
            int num_threads, Stop& stop);
  [[nodiscard]] std::span<Cell> tile(EdgeArray& edges, std::uint32_t i, std::uint32_t j) const {
    const std::size_t t = std::size_t{i} * n_groups_ + j;
    return {edges.data() + first_[t], edges.data() + first_[t + 1]};
  }

 private:
  std::uint32_t n_groups_ = 0;
  EdgeArray sorted_;
  std::vector<std::uint32_t> first_;
  std::vector<std::vector<std::uint32_t>> next_;  // by piece of the edges, then tile
};

class Tiling {
 public:
  // The edges lie between nodes. To be called before the first cut.
  void start(const Groups& groups, Stop& stop);
  // Cuts anew. Hubs come into one group (of each layer) where told.
  void cut(const Groups& groups, bool hubs_together, Rng& rng, Stop& stop);
  // The new label of a label of the cut before.
  [[nodiscard]] std::span<const std::uint32_t> label_of() const { return label_of_; }
  // The node of a label.
  [[nodiscard]] std::span<const std::uint32_t> node_of() const { return node_of_; }

 private:
  std::vector<std::uint32_t> order_;  // of the nodes
  LargeArray<std::uint32_t> node_of_, label_of_, label_of_node_;
};

}  // namespace motifcount
