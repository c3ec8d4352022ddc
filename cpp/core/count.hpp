// Counting the motifs of one graph as the user asks for it: families, induced or not, whole, by block, by node
// or by role.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "census/by_kind.hpp"
#include "census/by_node.hpp"
#include "census/by_role.hpp"
#include "census/triad_shards.hpp"
#include "motifs/family_set.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"
#include "tetrads/by_node.hpp"
#include "tetrads/general.hpp"

namespace motifcount {

struct CountOptions {
  FamilySet families;
  bool induced = true;
  bool by_block = false;
};

using LayeredNodeTetrads = std::array<std::int64_t, kLayeredTetrads>;
using LayeredNodeTetradRoles = std::array<std::int64_t, n_roles(Family::kLayeredTetrad)>;

// Counts of the classes of one family. One row, or by block: a row for each of LayerTuples::pairs() (dyads), of
// LayerTuples::triples() (triads), or for each lowest layer (layered tetrads). Without rows if not asked for.
struct CountTable {
  std::size_t n_classes = 0;
  std::vector<Count> counts{};  // row by row

  [[nodiscard]] std::size_t n_rows() const { return n_classes == 0 ? 0 : counts.size() / n_classes; }
  [[nodiscard]] std::span<const Count> row(std::size_t k) const {
    return std::span(counts).subspan(k * n_classes, n_classes);
  }
  friend bool operator==(const CountTable&, const CountTable&) = default;
};

struct MotifCounts {
  std::array<CountTable, kFamilies> tables;

  [[nodiscard]] CountTable& operator[](Family family) { return tables[static_cast<std::size_t>(family)]; }
  [[nodiscard]] const CountTable& operator[](Family family) const { return tables[static_cast<std::size_t>(family)]; }
};

// Counts one graph after another, and keeps memory from graph to graph.
template <class Index>
class MotifCounter {
 public:
  // Throws NotSupported for layered tetrads of a graph that is not strictly layered, and by block for layered tetrads
  // where the graph's own layers are not strict, for tetrads, and for more than kMaxBlockLayers layers.
  MotifCounts count(const GraphView<Index>& graph, const CountOptions& options, int num_threads, Stop& stop);

 private:
  std::unique_ptr<TetradCensus<Index>> tetrads_;
};

template <class Index>
MotifCounts count_motifs(const GraphView<Index>& graph, const CountOptions& options, int num_threads, Stop& stop) {
  return MotifCounter<Index>().count(graph, options, num_threads, stop);
}

// Sums over the nodes of a graph, or of a shard of it (shards.hpp), as plain numbers, which can be sent as they lie in
// memory. What is not asked for is 0.
struct CensusSums {
  TriadCensusSums triads;
  TetradSums tetrads;

  void add(const CensusSums& others) {
    triads.add(others.triads);
    tetrads.add(others.tetrads);
  }
};

// What count_motifs gives, from the sums of all shards of a graph. Throws NotSupported for layered tetrads and by
// block.
MotifCounts counts_of_sums(const CensusSums& sums, std::int64_t n_nodes, std::int64_t n_arcs,
                           const CountOptions& options, Stop& stop);

// Dyads and triads of a graph with kinds; what was not asked for is empty. Throws NotSupported for other families.
template <class Index>
KindedCensus count_motifs_by_kind(const GraphView<Index>& graph, FamilySet families, bool induced, int num_threads,
                                  Stop& stop);

// A table for each family, by row of the graph, and one more: that of a node without arcs. What was not asked for is
// empty.
template <class Small, class LayeredTetrads, class Tetrads>
struct TablesByNode {
  Small small;  // dyads and triads
  LargeArray<LayeredTetrads> layered_tetrads;
  LargeArray<Tetrads> tetrads;  // of any graph

  // Calls visit(family, table) for each of some families, in their order.
  template <class Visit>
  void for_each(FamilySet families, Visit visit) {
    families.for_each([&](Family family) {
      switch (family) {
        case Family::kDyad: return visit(family, small.dyads);
        case Family::kTriad: return visit(family, small.triads);
        case Family::kLayeredTetrad: return visit(family, layered_tetrads);
        case Family::kTetrad: return visit(family, tetrads);
      }
    });
  }
};

using NodeCounts = TablesByNode<NodeCensus, LayeredNodeTetrads, NodeTetrads>;
using RoleCounts = TablesByNode<RoleCensus, LayeredNodeTetradRoles, NodeTetradRoles>;

template <class Index>
NodeCounts count_motifs_by_node(const GraphView<Index>& graph, FamilySet families, bool induced, int num_threads,
                                Stop& stop);

// The same by the roles of the nodes.
template <class Index>
RoleCounts count_motifs_by_role(const GraphView<Index>& graph, FamilySet families, bool induced, int num_threads,
                                Stop& stop);

}  // namespace motifcount
