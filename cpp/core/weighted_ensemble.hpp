// Intensity and coherence of the triads of many graphs that a null model draws, whose arcs carry weights. The same for
// any number of threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "census/intensity.hpp"
#include "ensemble.hpp"
#include "nulls/registry.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// Of samples of a graph whose arcs have weights, in the order of its rows, one after the other. Throws NotSupported for
// a null model in which nodes do not keep their degrees.
template <class Index>
std::vector<TriadSums> sample_intensities(const GraphView<Index>& graph, std::span<const double> weights,
                                          const NullSpec& spec, const SampleRange& samples, int num_threads,
                                          Stop& stop);

// The weights of arcs that a null model drew as sample `k`, in the order of the rows that they make; `kinds` are theirs
// as they were drawn.
template <class Index>
std::vector<double> weights_of_sample(const GraphView<Index>& graph, std::span<const double> weights,
                                      const NullSpec& spec, std::uint64_t seed, std::uint64_t k,
                                      std::span<const Arc> arcs, std::span<const std::uint8_t> kinds, Stop& stop);

}  // namespace motifcount
