// The census of one graph in shards: whoever has the graph can count some of them. Their sums add up to what
// counts_of_sums of count.hpp takes.
#pragma once

#include <optional>

#include "census/triad_shards.hpp"
#include "count.hpp"
#include "motifs/family_set.hpp"
#include "support/part.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"
#include "tetrads/tetrad_shards.hpp"

namespace motifcount {

// Of the dyads, triads and tetrads of a graph, whose rows it borrows. Several threads may count shards at a time.
template <class Index>
class CensusShards {
 public:
  // Lays the graph out. Throws NotSupported for layered tetrads.
  CensusShards(const GraphView<Index>& graph, FamilySet families, int num_threads, Stop& stop);

  [[nodiscard]] CensusSums sums(Part part, int num_threads, Stop& stop) const;

 private:
  std::optional<TriadShards<Index>> triads_;
  std::optional<TetradShards> tetrads_;
};

}  // namespace motifcount
