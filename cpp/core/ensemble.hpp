// Motif counts of many graphs that a null model draws. The same for any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "motifs/family_set.hpp"
#include "nulls/registry.hpp"
#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

struct SampleRange {
  std::uint64_t seed = 0;
  std::uint64_t first = 0;
  std::int64_t n = 0;
};

// What is counted along chains: records, `stride` attempts an edge apart.
struct TracePlan {
  std::uint64_t seed = 0;
  double stride = 0;
  std::int64_t records = 0;            // of each chain
  std::int64_t chains = 0;             // from the observed graph
  std::vector<std::uint64_t> samples;  // one more chain goes on from each of these
  std::uint64_t first_chain = 0;       // number of the first from the observed graph
};

// What is counted of each graph: families, or (dyads and triads) their classes by the kinds of arcs.
struct SampleClasses {
  SampleClasses(FamilySet of, std::size_t n_kinds = 0);  // of how many kinds; 0: without regard to these

  FamilySet families;
  std::size_t n_kinds;
  std::size_t n = 0;  // of classes
};

// Induced counts.
struct Ensemble {
  Ensemble(std::int64_t n_graphs, std::size_t n) : n_classes(n), table(n * static_cast<std::size_t>(n_graphs)) {}

  [[nodiscard]] Count* row(std::int64_t graph) { return table.data() + n_classes * static_cast<std::size_t>(graph); }

  std::size_t n_classes;
  std::vector<Count> table;  // graph by graph: family by family, in class order
  SwapStats stats{};
  std::vector<BlockStats> by_block;  // of chains that were traced
};

// Parallel over samples; memory is one graph a thread. `stop` learns of every finished sample. Throws NotSupported for
// counts by kind of a null model whose graphs have none.
template <class Index>
Ensemble sample_counts(const GraphView<Index>& graph, const NullSpec& null, const SampleClasses& classes,
                       const SampleRange& samples, int num_threads, Stop& stop);

// Induced counts by node, or by role, of each sample: an array for each family, sample by sample, row by row (those of
// the null model's nodes, and one more: that of a node without arcs), column by column.
struct NodeEnsemble {
  std::int64_t n_rows = 0;
  std::vector<LargeArray<std::int64_t>> tables;
};

// Parallel over samples; memory is the result and one graph with its counts a thread.
template <class Index>
NodeEnsemble sample_node_counts(const GraphView<Index>& graph, const NullSpec& null, FamilySet families, bool by_role,
                                const SampleRange& samples, int num_threads, Stop& stop);

// Chain by chain, one row per record. Parallel over chains; those of samples come last. Throws NotSupported for a null
// model without chains.
template <class Index>
Ensemble trace_counts(const GraphView<Index>& graph, const NullSpec& null, const SampleClasses& classes,
                      const TracePlan& plan, int num_threads, Stop& stop);

}  // namespace motifcount
