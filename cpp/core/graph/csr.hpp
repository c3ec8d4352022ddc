// Checking, transposing and cutting adjacency, each in O(n + m). Adjacency is made in build.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

// True when `view` is canonical (see CsrView). Throws InvalidGraph when it is not a graph at all: indptr that
// does not start at 0, falls, or ends past the indices; an index outside [0, n_cols).
template <class Index>
bool is_canonical(const CsrView<Index>& view, std::int64_t n_cols, int num_threads, Stop& stop);

// Throws InvalidGraph: `what` has a node `value`, which a graph of n nodes has not.
[[noreturn]] void throw_out_of_range(const char* what, std::int64_t value, std::int64_t n);

// Rows reversed: row v of the result lists, in ascending order, the u with v in row u.
template <class Index>
Csr<Index> transpose(const CsrView<Index>& view, Stop& stop);

// Parallel where there are many arcs per node.
template <class Index>
std::vector<Index> in_degrees(const CsrView<Index>& view, int num_threads, Stop& stop);

// Rows and columns v with keep[v] != 0, numbered anew in their order.
template <class Index>
Csr<Index> induced_subgraph(const CsrView<Index>& view, std::span<const std::uint8_t> keep, Stop& stop);

}  // namespace motifcount
