// Random graphs under a null model. Sample k of a seed is the same whichever thread or machine draws it.
//
// How the files of this folder call each other:
//   registry       the null models by name, with their options: the one list of them
//   null_model     what a null model is: a Drawer of independent samples, for some also a Chain; its options
//   direct_null    null models that draw every sample anew: cover, n_of_m, and those of
//   filled_blocks  which fill block after block: edge_count, dyad_count
//   chained_null   null models that run one chain a block, from the observed graph to a hidden start and on from there
//                  to each sample: degree
//   block_chain    what such a chain is; the memory that chains share
//   one_state      blocks whose degrees leave no choice
//   dense_part     nodes of a block among which mutual edges leave hardly a free pair
//   holes          the chain of a block that is more than half full, run on its free cells
//   swap_chain     the chain of a block between two layers
//   trade_chain    the chain of a large, dense block, between two layers or within one: whole rows of bits in place of
//                  single edges, of which bit_subsets draws
//   tile_chain     the chain of a block within one layer, or of both directions between two: rounds of independent
//                  tiles. tiling cuts the nodes into groups, group_moves makes all moves within a group, path_moves
//                  and joint_move are those moves
//   kind_chain     the chain of a block whose edges have kinds that nodes keep
//   kind_cycles    the same where edges stay, and their kinds alone change
//   triad_chain    the chain of a graph that keeps closed triads near the observed counts; triad_moves are its moves,
//   on
//                  a triad_graph, which counts them along; dyad_sets tell what is between two nodes
//   swaps          the swap; edge_sets, tile_sets   sets of taken cells; dyads_of_block tells mutual edges from others
// To add a null model: a file with a class of direct_null or chained_null, and its function declared in registry.hpp
// and called in registry.cpp. To add a chain: a file with a BlockChain, and a line in the null model that runs it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "graph/blocks.hpp"
#include "nulls/swaps.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// Options of null models. Each takes some of these; registry.hpp has their names.
struct NullOptions {
  double swaps_per_edge = 10;           // length of a chain, in attempts per edge of each block
  bool keep_mutual = false;             // each node also keeps its number of mutual arcs
  std::vector<double> triad_weights{};  // how closed triads are held, see triad_chain.hpp; empty: not at all
  std::vector<double> triad_centres{};
  bool keep_kinds = false;   // each node keeps its arcs of each kind
  bool keep_wiring = false;  // then arcs stay, and their kinds alone change
  std::int64_t kept = 2;     // arcs that a node has from each group of sources
  std::int64_t group_size = 4;
};

using Arc = Edge<std::uint32_t>;

struct BlockStats {
  std::int32_t source_layer = 0;
  std::int32_t target_layer = 0;
  SwapStats swaps{};
};

// Draws graphs; each worker has one of its own, with its own memory.
class Drawer {
 public:
  virtual ~Drawer() = default;
  // Replaces `arcs` with those of sample `k` (in no particular order, without loops or duplicates).
  virtual SwapStats draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) = 0;
};

// A Markov chain of graphs.
class Chain {
 public:
  virtual ~Chain() = default;
  // Goes on by that many attempts an edge.
  virtual void advance(double swaps_per_edge, Stop& stop) = 0;
  // Replaces `arcs` with those of the present state.
  virtual void collect(std::vector<Arc>& arcs, Stop& stop) const = 0;
  // By block, the attempts it has advanced by.
  [[nodiscard]] virtual const std::vector<BlockStats>& stats() const = 0;
};

// Streams that are not a user's, whose samples are 0 .. 2^63 - 1. Chains of null models take those below the last.
inline constexpr std::uint64_t kSingle = std::uint64_t{1} << 63;
inline constexpr std::uint64_t kHiddenStart = ~std::uint64_t{0};

// A null model prepared for one observed graph and one seed.
class NullModel {
 public:
  virtual ~NullModel() = default;
  // Makes what all drawers share; to be called once before the first of them.
  virtual void prepare_drawers(int /*num_threads*/, Stop& /*stop*/) {}
  [[nodiscard]] virtual std::unique_ptr<Drawer> drawer() const = 0;
  // A chain from the observed graph; those of different numbers are independent. Null for null models without chains.
  [[nodiscard]] virtual std::unique_ptr<Chain> chain(std::uint64_t number, Stop& stop) const = 0;
  // The chain of sample `k`, which goes on from there; after prepare_drawers.
  [[nodiscard]] virtual std::unique_ptr<Chain> chain_of_sample(std::uint64_t k, Stop& stop) const = 0;
  // One random graph, of a stream that no sample has.
  virtual SwapStats single(std::vector<Arc>& arcs, int num_threads, Stop& stop) const = 0;
  // Nodes are 0 .. n_nodes() - 1: the rows of the observed graph, or all its nodes.
  [[nodiscard]] virtual std::int64_t n_nodes() const = 0;
  // The kinds of the arcs of every graph that it draws, in the order in which they come; empty where they have none.
  [[nodiscard]] virtual std::vector<std::uint8_t> kinds(Stop& /*stop*/) const { return {}; }
};

inline std::string block_name(const Block& block) {
  return "block " + std::to_string(block.source_layer) + " -> " + std::to_string(block.target_layer);
}

}  // namespace motifcount
