// The chain of a block within one layer that keeps closed triads near the observed counts.
//
// Every node keeps its numbers of mutual, in-only and out-only neighbours; among the graphs that have these, G is drawn
// in proportion to exp(-1/2 sum_k w_k (N_k(G) - c_k)^2), k over the closed triads. Moves are proposed
// symmetrically and accepted with probability min(1, ratio) (Metropolis et al. 1953, doi:10.1063/1.1699114), so the
// chain is reversible with this distribution:
// *swaps* of two asymmetric or two mutual edges; *joint moves*, of two to four swaps of which the result alone counts
// (both drawn by places in a list, see swaps.hpp and joint_move.hpp); *reversals*: draw an asymmetric edge (a, b), then
// a neighbour c of b; if a -> b -> c -> a is a directed 3-cycle of asymmetric edges, reverse it. From either direction
// it is found with probability (1/n(a) + 1/n(b) + 1/n(c)) / m, and numbers of neighbours n never change.
//
// An attempt takes time in proportion to the degrees of a few nodes, a swap with no free place constant time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "nulls/block_chain.hpp"
#include "nulls/triad_graph.hpp"

namespace motifcount {

struct TriadTarget {                            // in the order of kClosedTriad
  std::array<double, kClosedTriads> weights{};  // w_k
  std::array<double, kClosedTriads> centres{};  // c_k
};

class TriadChain : public BlockChain {
 public:
  TriadChain(const Block& block, const TriadTarget& target, Stop& stop);
  TriadChain(const Block& block, const TriadTarget& target, bool uses_bits, Stop& stop);

  template <class Visit>
  void for_each_edge(Visit visit) const {
    std::visit(
        [&](const auto& graph) {
          for (const Cell& edge : graph.edges(kAsymmetric)) visit(edge.source, edge.target);
          for (const Cell& pair : graph.edges(kMutual)) {
            visit(pair.source, pair.target);
            visit(pair.target, pair.source);
          }
        },
        graph_);
  }
  // Counted along.
  [[nodiscard]] const ClosedTriads& closed() const;

  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;

 private:
  using AnyGraph = std::variant<TriadGraph<BitMatrixSet>, TriadGraph<HashSet>>;

  static AnyGraph graph_of(const Block& block, bool uses_bits, Stop& stop);

  TriadTarget target_;
  AnyGraph graph_;
};

}  // namespace motifcount
