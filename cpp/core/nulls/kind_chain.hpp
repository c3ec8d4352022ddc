// The chain of a block whose edges have kinds: every node keeps its in- and out-degree of each kind.
//
// Edges that may be swapped with each other make a *list*: those of one kind. Where mutual edges are kept, too, lists
// are of pairs of nodes: with one edge, of a kind; or with an edge of one kind there and one of a kind back. Moves:
// *Swap*: draw two edges of a list, (a, b) and (c, d). If (a, d) and (c, b) are free, they become these; if both are
// edges of one other kind (tried where mutual edges are not kept), the four exchange their kinds.
// *Swap of three*: the same of three edges, (a, b), (c, d), (e, f), which become (a, d), (c, f), (e, b).
// *Joint move* (joint_move.hpp): two to four swaps in any lists, of which the result alone counts.
// *Reversal* (path_moves.hpp) of a directed 3-cycle of one kind.
//
// Each is as likely as its undoing, so the uniform distribution on what they connect is stationary. What they connect
// is known from enumeration (docs/null-models.md). A proof for all graphs is not to be expected: whether any graph has
// given degrees of two kinds is NP-hard to tell (Dürr, Guíñez and Matamala 2009, arXiv:0904.3169).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "nulls/block_chain.hpp"

namespace motifcount {

// Edges of one list, and what they stand for.
struct KindList {
  std::uint32_t first = 0, last = 0;  // places among all edges
  std::uint8_t kind = 0;
  bool is_mutual = false;
  std::uint8_t kind_back = 0;  // of mutual pairs

  [[nodiscard]] bool either_way() const { return is_mutual && kind == kind_back; }
};

struct KindFrame {  // what copies of a chain share
  KindFrame(const Block& block, bool keep_mutual);

  std::uint32_t n_rows, n_cols, n_first;
  bool within_layer;
  bool of_pairs;  // whether lists are of pairs of nodes
  bool uses_bits;
  std::vector<KindList> lists;  // those of mutual pairs come last
  std::uint32_t n_single = 0;   // edges that stand for themselves alone
};

class KindChain : public BlockChain {
 public:
  KindChain(const Block& block, bool keep_mutual, Stop& stop);

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (const KindList& list : frame_->lists)
      for (std::uint32_t k = list.first; k < list.last; ++k) {
        visit(edges_[k].source, edges_[k].target);
        if (list.is_mutual) visit(edges_[k].target, edges_[k].source);
      }
  }

  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;
  void append_kinds(const Block& block, std::vector<std::uint8_t>& kinds) const override;

 private:
  std::shared_ptr<const KindFrame> frame_;
  std::vector<Cell> edges_;  // list by list
};

}  // namespace motifcount
