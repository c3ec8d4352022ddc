// Closed triads by listing each triangle of the underlying undirected graph once, at its last-ranked node u.
//
// For every u the dyad codes of its list are laid out by rank, and the lists of its neighbours v are looked up there
// (see ranked_lists.hpp for the order of the nodes). Where both lists are bit planes, 64 candidates at a time: the
// sizes of nine intersections of planes tell how many w there are of every pair of codes. Else one at a time.
// O(m^1.5) time; memory O(n) a worker besides the lists.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/layer_tuples.hpp"
#include "motifs/triads.hpp"
#include "support/part.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"
#include "triangles/ranked_lists.hpp"

namespace motifcount {

using TriadCounts = std::array<Count, kTriads>;

// Calls visit(v, code) for the undirected neighbours v of a node in ascending order; `code` is the dyad code
// seen from the node whose `out` and `in` rows these are.
template <class Index, class Visit>
void for_each_neighbour(std::span<const Index> out, std::span<const Index> in, Visit visit) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < out.size() && j < in.size()) {
    if (out[i] < in[j]) visit(out[i++], 1u);
    else if (out[i] > in[j]) visit(in[j++], 2u);
    else {
      visit(out[i], 3u);
      ++i;
      ++j;
    }
  }
  for (; i < out.size(); ++i) visit(out[i], 1u);
  for (; j < in.size(); ++j) visit(in[j], 2u);
}

template <class Index>
struct ClosedTriads {
  std::vector<TriadCounts> counts;  // the closed classes; the others stay 0
  std::vector<Index> mutual;        // by node, the number of its mutual neighbours
};

// Counts by layer triple of `tuples`, or a single entry when `layers` is empty.
template <class Index>
ClosedTriads<Index> closed_triads(const CsrView<Index>& out, std::span<const Index> in_degrees,
                                  std::span<const std::int32_t> layers, const LayerTuples& tuples, int num_threads,
                                  Stop& stop);

// Of the triangles whose last-ranked node belongs to the part.
template <class Index>
TriadCounts closed_triads(const RankedLists<Index>& ranked, Part part, int num_threads, Stop& stop);

inline constexpr std::int64_t kMostGroups = 32;

// Of a graph with layers, each closed triad (u, v, w) once, its nodes in some order: counts by layers and code,
// ((layer of u · layers + layer of v) · layers + layer of w) · 64 + code. Throws NotSupported above kMostGroups layers.
template <class Index>
std::vector<std::uint64_t> closed_codes_by_layers(const GraphView<Index>& graph, int num_threads, Stop& stop);

}  // namespace motifcount
