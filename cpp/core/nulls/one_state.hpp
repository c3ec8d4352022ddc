// Blocks that have one state: pinned ones, and those whose degrees leave no choice.
#pragma once

#include "graph/blocks.hpp"

namespace motifcount {

// Whether a null model that keeps degrees leaves a block no other arrangement of its edges. By the extreme arrangement:
// the edges of each row go to the columns of the highest in-degrees, loops left out; the degrees have one realization
// if and only if it has the same column sums (Ryser 1957 between layers, doi:10.4153/CJM-1957-044-3; threshold digraphs
// within one, Cloteaux et al. 2014, doi:10.6028/jres.119.007). O(edges + nodes log nodes).
bool has_one_state(const Block& block);

}  // namespace motifcount
