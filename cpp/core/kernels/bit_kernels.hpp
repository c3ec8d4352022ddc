// Sums over bit rows, in the fastest instruction set of the machine, chosen at run time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/strip_kernels.hpp"
#include "motifs/triads.hpp"

namespace motifcount {

// Sum over r in [0, n_rows) of C(|row & rows[r]|, 2), where rows[r] is the n_words words from
// rows + r * stride. The caller keeps n_rows * (64 n_words)^2 / 2 below 2^64.
using PairSum = std::uint64_t (*)(const std::uint64_t* row, const std::uint64_t* rows, std::size_t n_rows,
                                  std::size_t stride, std::size_t n_words);

// Neighbours of one node v as bits: word 2 k of those that arcs lead to, word 2 k + 1 of those that they come from,
// for k in [0, n_words).
struct PlaneRow {
  const std::uint64_t* words;
  std::size_t n_words;
  std::size_t position;  // of v in the list of another node u, in rows that are about one
};

// Neighbours of u as bits, by dyad code less one, its words without neighbours left out. index ascends; kWordPadding
// more entries can be read, and their index is kNoWord.
struct SparsePlanes {
  const std::uint64_t* index;
  const std::uint64_t* of_code[3];
};
inline constexpr std::uint64_t kNoWord = ~std::uint64_t{0};
inline constexpr std::size_t kWordPadding = 8;

// Rows of some v in the list of u, by dyad code from u to v.
struct PlaneRows {
  const PlaneRow* first;
  std::size_t size;
};
struct RowsByCode {
  PlaneRows of[4];
  bool has_mutual;  // whether any pair of nodes, of u and w or v and w too, may be mutual
};

// Numbers by closed class, of which vectors hold a power of two; the last is 0.
inline constexpr std::size_t kClosedLanes = 8;
static_assert(kClosedLanes > kClosedTriads);

// Adds the triangles of u, the v of any row and a w that both have, by closed class.
using AddTriangles = void (*)(const SparsePlanes& u, const RowsByCode& rows, std::uint64_t (&counts)[kClosedLanes]);

// Adds them at every v and every w of the list, whose first entries are the bits of u. For up to kMostRows rows, those
// of a code with the most words first.
struct ClosedCounts {
  std::uint32_t of[kClosedLanes];
};
inline constexpr std::size_t kMostRows = 255;
using AddTrianglesByNode = void (*)(const SparsePlanes& u, const RowsByCode& rows, ClosedCounts* by_position);

// The same told apart by links: the number of triangles of u, the node at a position and a third node, by 3 * x + y
// where x + 1 is the dyad code from u to the third node, y + 1 that from the node at the position.
inline constexpr std::size_t kLinkLanes = 16;
struct LinkCounts {
  std::uint32_t of[kLinkLanes];
};
using AddTrianglesByLink = void (*)(const SparsePlanes& u, const RowsByCode& rows, LinkCounts* by_position);

struct BitKernels {
  const char* name;
  PairSum pair_sum;
  AddTriangles add_triangles;
  AddTrianglesByNode add_triangles_by_node;
  AddTrianglesByLink add_triangles_by_link;
  StripKernels strips;
};

const BitKernels& bit_kernels();

// All variants this machine can run, the portable one first: for tests that hold them against each other.
struct BitKernelList {
  const BitKernels* first;
  std::size_t size;
};
BitKernelList available_bit_kernels();

}  // namespace motifcount
