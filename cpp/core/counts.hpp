// Counting as the user asks for it: sizes, induced or not, whole, by block or by node; one graph or an ensemble.
#pragma once

#include <cstdint>
#include <vector>

#include "census/triads.hpp"
#include "census/by_node.hpp"
#include "nulls/registry.hpp"
#include "tetrads/layered.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

struct Sizes {
  bool dyads = true;
  bool triads = true;
  bool tetrads = false;

  [[nodiscard]] std::size_t n_classes() const {
    return (dyads ? kDyads : 0) + (triads ? kTriads : 0) + (tetrads ? kLayeredTetrads : 0);
  }
};

struct MotifCounts {
  std::vector<DyadCounts> dyads;      // by LayerTuples::pairs(), or one entry; empty when not asked for
  std::vector<TriadCounts> triads;    // by LayerTuples::triples(), or one entry
  std::vector<LayeredTetradCounts> tetrads;  // by the lowest of the four layers, or one entry
};

// Throws NotSupported for tetrads of a graph that is not strictly layered, and for tetrads by block when the
// graph's own layers are not strict.
template <class Index>
MotifCounts count_motifs(const GraphView<Index>& graph, const Sizes& sizes, bool induced, bool by_block,
                         int num_threads, Stop& stop);

// By node, dyads and triads only: throws NotSupported for tetrads.
template <class Index>
NodeCensus count_motifs_by_node(const GraphView<Index>& graph, const Sizes& sizes, bool induced, int num_threads,
                                Stop& stop);

struct SampleRange {
  std::uint64_t seed = 0;
  std::uint64_t first = 0;
  std::int64_t n_samples = 0;
};

// Chains from the observed graph: every state after the first `n_skipped`, swaps_per_edge apart, is a record.
struct TracePlan {
  std::uint64_t seed = 0;
  std::int64_t n_chains = 0;
  std::int64_t n_skipped = 0;
  std::int64_t n_records = 0;  // of each chain
};

// Induced counts of graphs that a null model draws.
struct Ensemble {
  Ensemble(std::int64_t n_graphs, const Sizes& sizes)
      : n_classes(sizes.n_classes()), table(n_classes * static_cast<std::size_t>(n_graphs)) {}

  [[nodiscard]] Count* row(std::int64_t graph) { return table.data() + n_classes * static_cast<std::size_t>(graph); }

  std::size_t n_classes;
  std::vector<Count> table;  // graph by graph, in class order
  SwapStats stats;
};

// Parallel over samples; memory is one graph a thread. `stop` learns of every finished sample.
template <class Index>
Ensemble sample_counts(const GraphView<Index>& graph, const NullSpec& null, const Sizes& sizes,
                       const SampleRange& range, int num_threads, Stop& stop);

// Chain by chain, one row per record. Parallel over chains. Throws NotSupported for a null model without chains.
template <class Index>
Ensemble trace_counts(const GraphView<Index>& graph, const NullSpec& null, const Sizes& sizes, const TracePlan& plan,
                      int num_threads, Stop& stop);

}  // namespace motifcount
