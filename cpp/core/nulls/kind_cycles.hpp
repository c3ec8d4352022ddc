// The chain of a block whose edges stay and whose kinds change: every node keeps its in- and out-degree of each kind.
//
// *Cycle*: draw an edge, of kind x, and another kind y. Walk on from its target: along an edge of kind y back to its
// source, along one of kind x to its target, and so on, each drawn from those of the node, until a source is met
// again. The edges since then make a closed walk in which x and y alternate: they change places. The walk ends without
// a change where a node has no such edge, where it is longer than a length drawn before, and where it came back by the
// edge by which it first came.
//
// Among n sources a walk closes after some sqrt(n), and changes as many edges; one that is cut off before is lost. So
// most may be longer than that, and one walk stands for as many attempts as the edges that it may change tell.
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
  struct Step {
    std::uint32_t edge;
    std::uint32_t end;  // the other one
  };

  KindedRows(const Block& block, std::uint32_t Cell::* node, std::uint32_t Cell::* end, std::size_t n_nodes,
             std::size_t n_kinds);

  // An edge of a node, of a kind; kNone if it has none.
  [[nodiscard]] Step draw(std::uint32_t node, std::size_t kind, Rng& rng) const {
    const std::size_t k = node * n_kinds_ + kind;
    const std::uint32_t n = first_[k + 1] - first_[k];
    return n == 0 ? Step{kNone, kNone} : steps_[first_[k] + uniform_below(rng, n)];
  }
  [[nodiscard]] bool has(std::uint32_t node, std::size_t kind) const {
    const std::size_t k = node * n_kinds_ + kind;
    return first_[k] != first_[k + 1];
  }
  // Two edges of a node exchange their kinds.
  void exchange(std::uint32_t e, std::uint32_t f) {
    std::swap(steps_[place_[e]], steps_[place_[f]]);
    std::swap(place_[e], place_[f]);
  }

  static constexpr std::uint32_t kNone = 0xffffffff;

 private:
  std::size_t n_kinds_;
  std::vector<std::uint32_t> first_;  // by node and kind
  std::vector<Step> steps_;           // with the end beside the edge, a step of a walk is one look-up less
  std::vector<std::uint32_t> place_;
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
  std::uint64_t shortest_;  // sources in a walk at most; twice as many half as often
  KindedRows rows_, cols_;
  std::int64_t attempts_per_walk_;
  std::vector<std::uint8_t> kinds_;  // by edge
};

}  // namespace motifcount
