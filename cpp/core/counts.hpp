// Counting as the user asks for it: sizes, induced or not, whole, by block or by node; one graph or an ensemble.
#pragma once

#include <cstdint>
#include <vector>

#include "census/triads.hpp"
#include "census/by_node.hpp"
#include "nulls/null_model.hpp"
#include "tetrads/layered.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

struct Sizes {
  bool dyads = true;
  bool triads = true;
  bool tetrads = false;

  [[nodiscard]] std::size_t n_classes() const {
    return (dyads ? kDyads : 0) + (triads ? kTriads : 0) + (tetrads ? kTetrads : 0);
  }
};

struct MotifCounts {
  std::vector<DyadCounts> dyads;      // by LayerTuples::pairs(), or one entry; empty when not asked for
  std::vector<TriadCounts> triads;    // by LayerTuples::triples(), or one entry
  std::vector<TetradCounts> tetrads;  // by the lowest of the four layers, or one entry
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

struct Ensemble {
  std::vector<Count> table;  // sample by sample, induced counts in class order
  SwapStats stats;
};

// Counts of samples first_sample .. first_sample + n_samples - 1. Parallel over samples; memory is one graph a
// thread. `stop` learns of every finished sample.
template <class Index>
Ensemble sample_counts(const GraphView<Index>& graph, const NullOptions& options, const Sizes& sizes,
                       std::uint64_t first_sample, std::int64_t n_samples, int num_threads, Stop& stop);

// Counts along `n_chains` chains from the observed graph, chain by chain: one row per record, options.swaps_per_edge
// attempts an edge apart, after `n_skipped` records that are not counted. Parallel over chains.
template <class Index>
Ensemble trace_counts(const GraphView<Index>& graph, const NullOptions& options, const Sizes& sizes,
                      std::int64_t n_chains, std::int64_t n_skipped, std::int64_t n_records, int num_threads, Stop& stop);

}  // namespace motifcount
