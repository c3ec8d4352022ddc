// The chain of a graph that keeps closed triads near the observed counts.
//
// Every node keeps its numbers of mutual, in-only and out-only neighbours, in a graph of several layers those in every
// layer; among the graphs that have these, G is drawn in proportion to exp(-1/2 sum_k w_k (N_k(G) - c_k)^2), k over the
// closed triads. Moves are proposed symmetrically and accepted with probability min(1, ratio) (Metropolis et al. 1953,
// doi:10.1063/1.1699114), so the chain is reversible with this distribution:
// *swaps* of two edges of a class: asymmetric from one layer to another, or mutual; *joint moves*, of two to four swaps
// of which the result alone counts (both drawn by places in a list, see swaps.hpp and joint_move.hpp); *reversals*:
// draw an asymmetric edge (a, b) within a layer, then one of the k directed 3-cycles of such edges over it, and reverse
// the cycle with probability min(1, k / k'), where k' is the number of 3-cycles over (b, a) afterwards
// (path_moves.hpp).
//
// An attempt takes time in proportion to the degrees of a few nodes, or to the 64th part of all nodes.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "nulls/block_chain.hpp"
#include "nulls/triad_graph.hpp"
#include "nulls/triad_moves.hpp"

namespace motifcount {

class TriadChain : public BlockChain {
 public:
  // Of a block whose rows and columns are the same nodes, of one or of several layers.
  TriadChain(const Block& block, const TriadTarget& target, Stop& stop);
  TriadChain(const Block& block, const TriadTarget& target, bool uses_rows, Stop& stop);

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (std::uint32_t place = 0; place < edges_.size(); ++place) {
      const auto& [source, target] = edges_[place];
      visit(source.node, target.node);
      if (classes_[class_of_[place]].code == kMutual) visit(target.node, source.node);
    }
  }
  // Counted along.
  [[nodiscard]] const ClosedTriadCounts& closed() const;

  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;

 private:
  using AnyGraph = std::variant<TriadGraph<DyadRows>, TriadGraph<DyadHash>>;

  static constexpr std::size_t kAsymmetric = 1, kMutual = 3;

  void sort_edges(const Block& block, Stop& stop);
  AnyGraph graph_of(const Block& block, bool uses_rows, Stop& stop);

  TriadTarget target_;
  std::vector<std::int32_t> layers_;     // of the nodes; empty if all are of one
  std::vector<Joined> edges_;            // by class; those that stay in place last
  std::vector<std::uint32_t> class_of_;  // of each
  std::vector<EdgeClass> classes_;
  std::uint32_t n_moving_ = 0;
  AnyGraph graph_;
};

}  // namespace motifcount
