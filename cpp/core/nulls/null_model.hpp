// Random graphs under a null model. Sample k of a seed is the same whichever thread or machine draws it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "nulls/swaps.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

enum class Null : std::uint8_t {
  kDegree,     // every node keeps its in- and out-degree, in a layered graph per block
  kEdgeCount,  // every block keeps its number of arcs
  kCover,      // every block keeps its number of arcs, and live nodes stay live; not uniform
};

struct NullOptions {
  Null null = Null::kDegree;
  double swaps_per_edge = 0;  // attempts per edge, for kDegree
  bool keep_mutual = false;   // for kDegree: also each node's number of mutual arcs
  std::uint64_t seed = 0;
  // For kEdgeCount and kCover: 1 for each row that is a bias, empty if none is. A bias keeps its number of arcs, and
  // no arc leads to it.
  std::span<const std::uint8_t> bias_nodes{};

  [[nodiscard]] bool is_bias(std::size_t row) const { return !bias_nodes.empty() && bias_nodes[row] != 0; }
};

using Arc = Edge<std::uint32_t>;

// Draws graphs; each worker has one of its own, with its own memory.
class Drawer {
 public:
  virtual ~Drawer() = default;
  // Replaces `arcs` with those of sample `k` (in no particular order, without loops or duplicates).
  virtual SwapStats draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) = 0;
};

// A null model prepared for one observed graph.
class NullModel {
 public:
  virtual ~NullModel() = default;
  [[nodiscard]] virtual std::unique_ptr<Drawer> drawer() const = 0;
  // A drawer whose successive draws, whatever their `k`, are states of one chain from the observed graph,
  // swaps_per_edge apart; independent samples for null models without a chain.
  [[nodiscard]] virtual std::unique_ptr<Drawer> walker(std::uint64_t chain, Stop& stop) const = 0;
  // One random graph: the hidden start of kDegree, sample 0 of the others.
  virtual SwapStats one(std::vector<Arc>& arcs, Stop& stop) const = 0;
  // Nodes are 0 .. n_nodes() - 1: the rows of the observed graph, or all its nodes (kEdgeCount).
  [[nodiscard]] virtual std::int64_t n_nodes() const = 0;
};

// kDegree runs the parallel scheme of Besag and Clifford (1989, doi:10.1093/biomet/76.4.633): one chain from the
// observed graph to a hidden start, made here, and as long a chain from there to each sample; observed graph and
// samples are then exchangeable under the null, whatever the length.
template <class Index>
std::unique_ptr<NullModel> prepare_null(const GraphView<Index>& graph, const NullOptions& options, int num_threads,
                                        Stop& stop);

}  // namespace motifcount
