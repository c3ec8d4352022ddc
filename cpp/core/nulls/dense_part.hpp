// Where mutual edges, wherever they lie, leave hardly a free pair of nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/blocks.hpp"
#include "support/stop.hpp"

namespace motifcount {

// Nodes of a block within one layer or of both directions between two, by position, ascending; none where swaps of
// edges have room everywhere. All nodes of a block that is a quarter full; else, within a layer, those k of the most
// mutual edges, eight or more, between which the pairs that must be joined both ways exceed the others by the most: of
// their mutual edges, at most the sum of min(k, mutual edges) over all other nodes lead out. Depends on nothing that a
// chain with mutual edges kept changes. O(edges log(edges of a row) + nodes log nodes).
std::vector<std::uint32_t> dense_part(const Block& block, Stop& stop);

}  // namespace motifcount
