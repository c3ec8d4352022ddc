// The ten connected four-node classes of a strictly layered graph by the kinds of their arcs, which tetrads/layered.hpp
// counts without regard to these.
//
// Stars, paths and zigzags are sums over degrees by kind, bi-fans pairs of nodes by common targets or sources, and
// bi-parallels pairs by two-step paths, counted at their ends. The slow count is in
// cpp/tests/tetrads/test_layered_by_kind.cpp.
#pragma once

#include <array>
#include <vector>

#include "motifs/layered_tetrads.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// By class, counts by the kinds of its arcs, taken as digits to the base of the number of kinds: the first arc of
// kArcsOfLayered is the highest. A motif that may be read in several orders is counted in one of them.
using KindedLayeredTetrads = std::array<std::vector<Count>, kLayeredTetrads>;

// Arcs by source, then target, nodes being a, b, c, d.
inline constexpr std::array<std::size_t, kLayeredTetrads> kArcsOfLayered{3, 3, 3, 3, 3, 3, 3, 3, 4, 4};

// Of a strictly layered graph with kinds. O(min over ends of the sum of squared degrees, + two-step paths) time, O(n)
// memory a thread and kind squared.
template <class Index>
KindedLayeredTetrads layered_tetrads_by_kind(const GraphView<Index>& graph, bool induced, int num_threads, Stop& stop);

}  // namespace motifcount
