// Intensity and coherence of connected triads (Onnela, Saramäki, Kertész and Kaski 2005,
// doi:10.1103/PhysRevE.71.065103), induced.
//
// The intensity of a triad with l arcs is the geometric mean of their weights, its coherence that divided by their
// arithmetic mean. Means of other than two values do not follow from sums over neighbours, so every connected triad is
// visited: from a node u to a neighbour v, and on to one of v's, w. If w is no neighbour of u they are an open triad
// around v, which is taken where u is the lower end; else a closed one, taken where u is the lowest node and w the
// highest. The slow sums are in cpp/tests/census/test_intensity.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "motifs/triads.hpp"
#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

enum Measure : std::uint8_t { kIntensity, kCoherence };
inline constexpr std::size_t kMeasures = 2;

// By measure and class, sums over triads. 0 of classes that are not connected.
using TriadSums = std::array<std::array<double, kTriads>, kMeasures>;

// Over all triads of a graph, whose arcs have positive weights, in the order of its rows. O(sum over nodes of the
// square of the degree) time, O(m) memory. Sums are added up in an order that does not depend on the number of threads.
template <class Index>
TriadSums triad_intensities(const CsrView<Index>& graph, std::span<const double> weights, int num_threads, Stop& stop);

// By row, over the triads that contain the node. Four times the work, and 256 bytes a node.
template <class Index>
LargeArray<TriadSums> triad_intensities_by_node(const CsrView<Index>& graph, std::span<const double> weights,
                                                int num_threads, Stop& stop);

}  // namespace motifcount
