// The edge-swap chain of a block within one layer, or of both directions between two layers.
//
// A move looks at a few nodes, and a swap needs to know about two pairs of them only. So the nodes are cut at random
// into groups (tiling.hpp), small enough for what lies between two groups to fit a core's cache. In a *round* every
// pair of groups swaps the edges between them, from a random stream of its own; within a group all moves are made
// (group_moves.hpp). After one attempt per edge (less than two where attempts per edge are no whole number) the nodes
// are cut anew. In half of the rounds the hubs (nodes of more than twice the mean degree) share a group: they swap with
// each other only where they share one. In a quarter of these rounds that group attempts more reversals. A block of few
// nodes is one group.
//
// Uniform: how nodes are cut depends on degrees alone, which never change. Given the cut, every pair of nodes lies in
// one tile, so tiles commute; the number of edges of a tile, and so that of its attempts, stays as it is; every batch
// of swaps in a tile is a symmetric mixture, and all batches have one length. So a round is the same backwards, and
// keeps the uniform distribution; so does a chain of independent rounds. Any few nodes share a group in some rounds, so
// they connect what single moves connect (path_moves.hpp; with mutual edges, joint_move.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "nulls/block_chain.hpp"
#include "nulls/group_moves.hpp"
#include "nulls/tiling.hpp"

namespace motifcount {

struct TileFrame {  // what copies of a chain share
  Groups groups;
  bool keep_mutual;
  bool uses_bits;
  std::uint32_t n_first;
};

// Keeps every node's in- and out-degree, or, with keep_mutual, its numbers of mutual, in-only and out-only neighbours.
class TileChain : public BlockChain {
 public:
  TileChain(const Block& block, bool keep_mutual, Stop& stop);
  TileChain(const Block& block, bool keep_mutual, const TileSize& size, Stop& stop);

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (const Cell& edge : edges_) visit(edge.source, edge.target);
    for (const Cell& pair : mutual_) {
      visit(pair.source, pair.target);
      visit(pair.target, pair.source);
    }
  }

  // Makes some more than `attempts` where rounds and batches must be of one length. O(attempts) expected time.
  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  [[nodiscard]] bool is_parallel() const override;
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;

 private:
  std::shared_ptr<const TileFrame> frame_;
  EdgeArray edges_;   // without those of mutual pairs where these are kept
  EdgeArray mutual_;  // one edge for each pair
};

}  // namespace motifcount
