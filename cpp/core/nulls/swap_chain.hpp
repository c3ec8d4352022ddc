// The edge-swap chain of a block between two layers, fit for blocks of any size and any number of threads.
//
// A swap looks at two rows and changes two rows. So a large block is cut into random groups of rows, each small enough
// for a core's cache; the groups swap independently, each with a random stream of its own; and the block is cut anew
// after one attempt per edge (less than two where attempts per edge are no whole number). Which rows come together does
// not depend on the edges; moves within the groups are symmetric and commute between groups, so a round is symmetric
// and keeps the uniform distribution. Any two rows come together in some round, so the rounds connect what single swaps
// connect (swaps.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "nulls/block_chain.hpp"
#include "nulls/edge_sets.hpp"
#include "nulls/swaps.hpp"
#include "support/threads.hpp"

namespace motifcount {

// The rows of a block as a chain needs them; shared by a chain and its copies.
struct BlockRows {
  BlockRows(const Block& block, Stop& stop);

  [[nodiscard]] std::uint32_t n_rows() const { return static_cast<std::uint32_t>(first.size() - 1); }
  [[nodiscard]] std::span<std::uint32_t> row(std::vector<std::uint32_t>& targets, std::uint32_t r) const {
    return {targets.data() + first[r], first[r + 1] - first[r]};
  }

  std::vector<std::uint32_t> first;  // edges of row r: first[r] .. first[r + 1]
  std::uint32_t n_cols;
  std::uint32_t longest = 0;    // edges of a row
  std::uint32_t n_sources = 0;  // rows with edges
};

// Cells of slots, kept in step with moves: short rows are searched through, the cells of long ones are hashed too.
class SlotSet {
 public:
  void reset(const EdgeSlots& slots, Stop& stop);

  [[nodiscard]] bool contains(std::uint32_t r, std::uint32_t c) const {
    const std::span<const Cell> row = slots_->row(r);
    if (is_long(row)) return long_rows_.contains(r, c);
    std::uint32_t n_found = 0;  // counted to the end, which vector instructions do
    for (const Cell& cell : row) n_found += cell.target == c;
    return n_found != 0;
  }
  void insert(std::uint32_t r, std::uint32_t c) {
    if (is_long(slots_->row(r))) long_rows_.insert(r, c);
  }
  void erase(std::uint32_t r, std::uint32_t c) {
    if (is_long(slots_->row(r))) long_rows_.erase(r, c);
  }

 private:
  static bool is_long(std::span<const Cell> row) { return row.size() > 128; }

  const EdgeSlots* slots_ = nullptr;
  HashSet long_rows_;
};

// Some rows of a block, laid out for swapping. The memory is kept from one use to the next.
class SwapGroup {
 public:
  // Makes the attempts among the edges of the given rows.
  SwapStats run(const BlockRows& block, std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& targets,
                std::int64_t attempts, Rng& rng, Stop& stop);

 private:
  template <class Set>
  SwapStats swap(Set& taken, std::int64_t attempts, Rng& rng, Stop& stop);

  EdgeSlots slots_;
  BitMatrixSet bits_;
  SlotSet cells_;
};

// The chain of one block. Copies are independent chains; copy assignment reuses memory.
class SwapChain : public BlockChain {
 public:
  // Blocks with more edges than that are cut into groups with about as many.
  static constexpr std::uint32_t kGroupEdges = 1 << 14;

  SwapChain(const Block& block, Stop& stop, std::uint32_t group_edges = kGroupEdges);

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (std::uint32_t r = 0; r < block_->n_rows(); ++r)
      for (std::uint32_t k = block_->first[r]; k < block_->first[r + 1]; ++k) visit(r, targets_[k]);
  }

  // Makes a few more than `attempts` where rounds must be of one length. O(attempts) expected time, 4 bytes a row.
  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  [[nodiscard]] bool is_parallel() const override { return targets_.size() > group_edges_; }
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;

 private:
  SwapStats run_round(std::int64_t attempts, std::vector<std::uint32_t>& order, Rng& rng,
                      std::span<SwapGroup> workspaces, Stop& stop);

  std::shared_ptr<const BlockRows> block_;
  std::uint64_t group_edges_;
  std::vector<std::uint32_t> targets_;
};

}  // namespace motifcount
