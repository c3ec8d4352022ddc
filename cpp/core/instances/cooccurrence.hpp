// In how many instances of a class two nodes are together: the motif adjacency matrix of Benson, Gleich and Leskovec
// 2016 (doi:10.1126/science.aad9029).
//
// Of triads from counts (shared_triads.hpp), of other classes by searching their instances (shared_by_search.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "motifs/codes.hpp"
#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// A sparse matrix by rows of the graph; columns ascend in each row.
template <class Index>
struct PairCounts {
  LargeArray<std::int64_t> indptr;
  LargeArray<Index> columns;
  LargeArray<std::int64_t> counts;
};

// Two roles of a class, each by one of its nodes.
struct RolePair {
  std::size_t row, column;
};

// Entry (i, j) counts the instances of the class in which i and j have the given roles, or any. The class must be
// connected. Throws std::bad_alloc where the result, or what a search finds on the way to it, takes more than
// `most_bytes`.
template <class Index>
PairCounts<Index> cooccurrence(const GraphView<Index>& graph, int size, Code code, std::optional<RolePair> roles,
                               std::size_t most_bytes, int num_threads, Stop& stop);

}  // namespace motifcount
