// The chain of a block that is more than half full, run on its holes: the free cells of its rows and columns.
//
// The holes have fixed margins where the edges have, and as many mutual pairs at every node as the edges leave pairs
// unconnected, so both have the same states. A swap needs two free cells: among edges of density d a share (1 - d)^2 of
// the attempts is accepted, among holes nearly all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "nulls/block_chain.hpp"

namespace motifcount {

// Cells that an edge of the block can lie in.
inline std::uint64_t n_cells(const Block& block) {
  const std::uint64_t n_rows = block.rows.size(), n_cols = block.cols.size();
  if (block.both_directions()) return 2 * std::uint64_t{block.n_first} * (n_rows - block.n_first);
  return block.within_layer() ? n_rows * (n_rows - 1) : n_rows * n_cols;
}

inline bool is_mostly_full(const Block& block) { return 2 * block.edges.size() > n_cells(block); }

// Where mutual edges are kept, holes matter already in a block that is a quarter full.
inline bool has_dense_parts(const Block& block) { return 4 * block.edges.size() > n_cells(block); }

// The holes of a block as edges, between the same rows and columns, which are numbered instead of named.
Block holes_of(const Block& block, Stop& stop);

class HolesChain final : public BlockChain {
 public:
  // `holes` is a chain of holes_of the block.
  HolesChain(const Block& block, Block positions, std::unique_ptr<BlockChain> holes);

  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  [[nodiscard]] bool is_parallel() const override { return holes_->is_parallel(); }
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;

 private:
  HolesChain(const HolesChain& other, std::unique_ptr<BlockChain> holes);

  std::uint64_t n_edges_, n_holes_;
  std::shared_ptr<const Block> positions_;  // rows and columns by number
  std::unique_ptr<BlockChain> holes_;
};

// The chain of a block whose mutual edges are kept, on its edges and on the holes of a part of it in turn.
//
// Two asymmetric edges can swap where the pairs that they would join are unconnected; as holes they can where these
// pairs are mutual. A block with a dense part and a sparse one needs both. Half of the attempts are made on the edges,
// then all of them on the holes, then the other half on the edges: the same backwards, so the chain is reversible. The
// part is some nodes, which no move changes; between these, holes keep their number.
class EdgesAndHolesChain final : public BlockChain {
 public:
  using Make = std::function<std::unique_ptr<BlockChain>(const Block&, Stop&)>;

  // `part` has nodes by position; `make` makes the chain of a block, or of holes.
  EdgesAndHolesChain(Block block, std::vector<std::uint32_t> part, Make make);

  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  [[nodiscard]] bool is_parallel() const override;
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;

 private:
  Block block_;  // rows and columns by number
  std::vector<std::uint32_t> part_;
  Make make_;
};

}  // namespace motifcount
