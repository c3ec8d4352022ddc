// The chain of a block whose edges stay and whose kinds change: every node keeps its in- and out-degree of each kind.
//
// *Cycle*: draw an edge, of kind x, and another kind y. Walk on from its target: along an edge of kind y back to its
// source, along one of kind x to its target, and so on, each drawn from those of the node, until a source is met
// again. The edges since then make a closed walk in which x and y alternate: they change places. The walk ends without
// a change where a node has no such edge, where it is longer than a length drawn before, and where it came back by the
// edge by which it first came.
//
// The walk back, from the same edge, meets the same nodes, whose edges of each kind are as many: both are as likely.
// The difference of two arrangements of two kinds is a sum of such cycles, so with two kinds all arrangements are
// connected, and the distribution is uniform; with more kinds, on what cycles of two kinds connect.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "nulls/block_chain.hpp"

namespace motifcount {

// The edges of a node by their kinds, on one side of a block. They change places, the numbers of each kind stay.
class KindedRows {
 public:
  KindedRows(const Block& block, std::uint32_t Cell::* node, std::size_t n_nodes, std::size_t n_kinds);

  // An edge of a node, of a kind; kNone if it has none.
  [[nodiscard]] std::uint32_t draw(std::uint32_t node, std::size_t kind, Rng& rng) const {
    const std::size_t k = node * n_kinds_ + kind;
    const std::uint32_t n = first_[k + 1] - first_[k];
    return n == 0 ? kNone : edges_[first_[k] + uniform_below(rng, n)];
  }
  // Two edges of a node exchange their kinds.
  void exchange(std::uint32_t e, std::uint32_t f) {
    std::swap(edges_[place_[e]], edges_[place_[f]]);
    std::swap(place_[e], place_[f]);
  }

  static constexpr std::uint32_t kNone = 0xffffffff;

 private:
  std::size_t n_kinds_;
  std::vector<std::uint32_t> first_;  // by node and kind
  std::vector<std::uint32_t> edges_, place_;
};

class KindCycles : public BlockChain {
 public:
  KindCycles(const Block& block, Stop& stop);

  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;
  void append_kinds(const Block& block, std::vector<std::uint8_t>& kinds) const override;

 private:
  std::shared_ptr<const std::vector<Cell>> edges_;
  std::size_t n_rows_;
  std::uint32_t n_kinds_;
  KindedRows rows_, cols_;
  std::vector<std::uint8_t> kinds_;  // by edge
};

}  // namespace motifcount
