// The dyad and triad census of one graph in shards.
//
// Of every shard come the sums over its nodes: the triangles whose last-ranked node is one of them, and the open triads
// around others of as many. Whoever counts a shard makes the lists of all nodes first: O(n + m) time and memory.
#pragma once

#include <vector>

#include "census/triads.hpp"
#include "support/part.hpp"
#include "support/types.hpp"
#include "triangles/ranked_lists.hpp"

namespace motifcount {

// Of shards, or of all nodes together.
struct TriadCensusSums {
  Count asymmetric = 0, mutual_ends = 0;  // of dyads
  TriadCounts wedges{};                   // open triads around a node, whether its neighbours are linked or not
  TriadCounts closed{};

  void add(const TriadCensusSums& others);
};

// Keeps what it borrows of the graph. Several threads may count shards of it at a time.
template <class Index>
class TriadShards {
 public:
  TriadShards(const GraphView<Index>& graph, int num_threads, Stop& stop);

  [[nodiscard]] TriadCensusSums sums(Part part, int num_threads, Stop& stop) const;

 private:
  void add_open(Part part, TriadCensusSums& sums, Stop& stop) const;

  CsrView<Index> out_;
  std::vector<Index> in_degrees_;
  RankedLists<Index> ranked_;
};

// From the sums over all nodes of a graph to the census of `census`.
Census census_of(const TriadCensusSums& sums, std::int64_t n_nodes);

}  // namespace motifcount
