// Closed triads by listing each triangle of the underlying undirected graph once.
//
// Nodes are ranked by undirected degree; each edge is kept at its lower-ranked end, with its dyad code packed
// beside the rank of the other end. For every node the codes of its list are laid out in a byte per node, and the
// lists of its neighbours are looked up there: O(m^1.5), and branch-free, because a miss is counted too, in a
// bin that nobody reads. (Ordering: Latapy 2008, doi:10.1016/j.tcs.2008.07.017.)
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "motifcount/census.hpp"
#include "motifcount/types.hpp"

namespace motifcount {

// Calls visit(v, code) for the undirected neighbours v of a node in ascending order; `code` is the dyad code
// seen from the node whose `out` and `in` rows these are.
template <class Index, class Visit>
void for_each_neighbour(std::span<const Index> out, std::span<const Index> in, Visit visit) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < out.size() && j < in.size()) {
    if (out[i] < in[j]) visit(out[i++], 1u);
    else if (out[i] > in[j]) visit(in[j++], 2u);
    else { visit(out[i], 3u); ++i; ++j; }
  }
  for (; i < out.size(); ++i) visit(out[i], 1u);
  for (; j < in.size(); ++j) visit(in[j], 2u);
}

// Counts of the closed triad classes (the others stay 0), one entry per layer triple of `tuples`, or a single
// one when `layers` is empty. `degrees` are undirected degrees.
template <class Index>
std::vector<TriadCounts> closed_triads(const CsrView<Index>& out, const CsrView<Index>& in,
                                       std::span<const Index> degrees, std::span<const std::int32_t> layers,
                                       const LayerTuples& tuples, int num_threads, Stop& stop);

}  // namespace motifcount
