// The 199 connected four-node classes of any digraph, induced counts.
//
// Nothing is enumerated: K4s are bits that rows of local matrices share, 4-cycles pairs of wedges between two nodes,
// diamonds, paws, paths and stars products of triangles and degrees around an edge or a node; the induced counts follow
// by inclusion and exclusion. The idea is that of Ortmann and Brandes (2017, doi:10.1007/s41109-017-0027-2).
// O(sum over edges of the lower degree, + triangles * degeneracy / 64) time; the result does not depend on the number
// of threads. cpp/tests/tools/every_four.hpp counts the same by looking at every four nodes.
#pragma once

#include <array>
#include <memory>

#include "kernels/tetrad_kernels.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"
#include "tetrads/open_counts.hpp"

namespace motifcount {

using GeneralTetradCounts = std::array<Count, kTetrads>;

// Keeps its memory from graph to graph.
template <class Index>
class TetradCensus {
 public:
  explicit TetradCensus(const TetradKernels& kernels = tetrad_kernels());
  ~TetradCensus();

  GeneralTetradCounts count(const GraphView<Index>& graph, int num_threads, Stop& stop);

  // Also of the disconnected classes, modulo 2^128: in all C(n, 4).
  AllTetrads count_all(const GraphView<Index>& graph, int num_threads, Stop& stop);

 private:
  class Memory;
  const TetradKernels& kernels_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace motifcount
