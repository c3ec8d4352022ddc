// Sums over lines of bits, column by column, for graphs that are dense: see triangles/bit_strips.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

namespace motifcount {

// How two neighbours may be linked decides what a line of bits holds.
enum class Linked {
  kOneWay,  // the arc always comes from the node of lower rank: a line has those of 512 nodes
  kEither,  // arcs to 256 nodes in the first half, from the same 256 nodes in the second
  kMutual,  // the same, and a node may have both bits
};

inline constexpr std::size_t kHalfWords = 4, kHalfNodes = 64 * kHalfWords;
struct StripLine {
  std::uint64_t half[2][kHalfWords];
};

// For each column, how many of some lines have its bit in the first half, in the second, in both: fewer than 2^16. Bit
// b of the number is a bit of of[.][b], for b < n_bits.
inline constexpr std::size_t kSumBits = 16;
struct StripSums {
  std::uint64_t of[3][kSumBits][kHalfWords];
  std::size_t n_bits;
};

// Sums the lines [rows[k]] of a strip for k < n, which is not 0. What is both is summed if linked is kMutual. Up to
// kLinesAtOnce more rows are read behind rows[n - 1]: their lines must be 0.
inline constexpr std::size_t kLinesAtOnce = 32;
using SumLines = void (*)(const StripLine* strip, const std::uint16_t* rows, std::size_t n, Linked linked,
                          StripSums& sums);

// counts[x][y] += the numbers of `sums` by link y, in columns that the line of a node x has by link x. Links are dyad
// codes less one, where those of mutual pairs are among those of either arc too.
using CountShared = void (*)(const StripLine& x, const StripSums& sums, Linked linked, std::uint64_t (&counts)[3][3]);

// For each column w that x has: adds the number of lines y that have it too to columns[places[9 * xy + 3 * xw + yw]],
// by links of which no two hold at once; sums[xy] is of the y with this link from x. All numbers of a column together
// must stay below 2^16.
inline constexpr std::size_t kMostPlaces = 16;
struct StripColumns {
  std::uint32_t of[2 * kHalfNodes];
};
using AddColumns = void (*)(const StripLine& x, const StripSums (&sums)[3], Linked linked, const std::uint8_t* places,
                            std::size_t n_places, StripColumns* columns);

struct StripKernels {
  SumLines sum_lines;
  CountShared count_shared;
  AddColumns add_columns;
};

}  // namespace motifcount
