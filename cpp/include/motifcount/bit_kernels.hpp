// Sums over bit rows, in the fastest instruction set of the machine, chosen at run time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace motifcount {

// Sum over r in [0, n_rows) of C(|row & rows[r]|, 2), where rows[r] is the n_words words from
// rows + r * stride. The caller keeps n_rows * (64 n_words)^2 / 2 below 2^64.
using PairSum = std::uint64_t (*)(const std::uint64_t* row, const std::uint64_t* rows, std::size_t n_rows,
                                  std::size_t stride, std::size_t n_words);

// Neighbours of one node as bits: word 2 k of those that arcs lead to, word 2 k + 1 of those that they come from,
// for k in [0, n_words).
struct PlaneRow {
  const std::uint64_t* words;
  std::size_t n_words;
};

// Neighbours of another node as bits, its words without neighbours left out. index ascends; entries n_words ..
// n_words + kWordPadding - 1 can be read, and their index is kNoWord.
struct SparsePlanes {
  const std::uint64_t* index;
  const std::uint64_t* out;
  const std::uint64_t* in;
  const std::uint64_t* both;  // out & in
};
inline constexpr std::uint64_t kNoWord = ~std::uint64_t{0};
inline constexpr std::size_t kWordPadding = 8;

// With the planes 0 = out, 1 = in and 2 = both on either side:
// sums.at[3 x + y] += |plane x of node & plane y of rows[r]|, over all r in [0, n_rows).
struct PlaneSums {
  std::uint64_t at[9];
};
using PlaneProducts = void (*)(const SparsePlanes& node, const PlaneRow* rows, std::size_t n_rows, PlaneSums& sums);

// columns[64 (3 k + y) + b] = in how many rows[r] plane y has bit b of word node.index[k], for every bit b that node
// has in entry k, and every k whose word some row reaches; what else is in `columns` means nothing.
// n_rows <= kMaxColumnRows.
inline constexpr std::size_t kMaxColumnRows = 255;
inline constexpr std::size_t kColumnsPerWord = 3 * 64;
using PlaneColumns = void (*)(const SparsePlanes& node, const PlaneRow* rows, std::size_t n_rows,
                              std::uint8_t* columns);

struct BitKernels {
  const char* name;
  PairSum pair_sum;
  PlaneProducts plane_products;
  PlaneColumns plane_columns;
};

const BitKernels& bit_kernels();

// All variants this machine can run, the portable one first: for tests that hold them against each other.
struct BitKernelList {
  const BitKernels* first;
  std::size_t size;
};
BitKernelList available_bit_kernels();

}  // namespace motifcount
