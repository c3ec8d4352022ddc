// The ten connected four-node classes of a strictly layered graph, induced counts.
//
// Stars, paths and zigzags are sums over degrees, O(n + m). Bi-fans are pairs of nodes by common targets,
// bi-parallels pairs by two-step paths, counted block by block in the way that takes least work (pair_plan.hpp): rows
// of bits and their population counts, or wedges counted at their ends (both in shared_neighbours.hpp), or squares of
// the underlying graph (squares/layered.hpp). Memory O(n + m) a thread.
//
// The slow counts to hold it against are brute_tetrads in cpp/tests/tools/brute_force.hpp and pair_tetrads in
// cpp/tests/tools/wedge_oracle.hpp.
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
