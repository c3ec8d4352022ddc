// The ten connected four-node classes of a strictly layered graph, induced counts.
//
// Stars, paths and zigzags are sums over degrees, O(n + m). Bi-fans are pairs of nodes by common targets,
// bi-parallels pairs by two-step paths: per block, whichever is cheapest of packed bit rows with population
// counts and wedges counted into an array (Chiba and Nishizeki 1985, doi:10.1137/0214017; Wang et al. 2019,
// doi:10.14778/3339490.3339497). Memory O(n + m) a thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "motifs/layered_tetrads.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

using LayeredTetradCounts = std::array<Count, kLayeredTetrads>;

// `levels`: every arc climbs exactly one, 0 .. n_levels - 1. With `by_level` one entry per level, the lowest of a
// motif's nodes; else a single one.
template <class Index>
std::vector<LayeredTetradCounts> layered_tetrads(const CsrView<Index>& out, std::span<const std::int32_t> levels,
                                                 std::int64_t n_levels, bool by_level, int num_threads, Stop& stop);

}  // namespace motifcount
