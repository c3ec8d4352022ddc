// One namespace per instruction set, each compiled in a file of its own with its own flags. Those files include
// nothing that could leave an inline function of theirs in the program.
#pragma once

#include "kernels/bit_kernels.hpp"

namespace motifcount {

// [uv][uw - 1][vw - 1]: place in kClosedTriad by these dyad codes. No std::array: see above.
struct ClosedTable {
  std::size_t at[4][3][3];
};
inline constexpr ClosedTable kClosed = [] {
  ClosedTable table{};
  for (std::size_t uv = 1; uv < 4; ++uv)
    for (std::size_t x = 0; x < 3; ++x)
      for (std::size_t y = 0; y < 3; ++y) table.at[uv][x][y] = closed_index(uv, x + 1, y + 1);
  return table;
}();

// Of a dyad code, less one, seen from the other end.
inline constexpr std::size_t kSeenBack[3] = {1, 0, 2};

}  // namespace motifcount

#define MOTIFCOUNT_DECLARE_KERNELS(isa)                                                                               \
  namespace motifcount::isa {                                                                                         \
  std::uint64_t pair_sum(const std::uint64_t* row, const std::uint64_t* rows, std::size_t n_rows, std::size_t stride, \
                         std::size_t n_words);                                                                        \
  void add_triangles(const SparsePlanes& u, const RowsByCode& rows, std::uint64_t (&counts)[kClosedLanes]);           \
  void add_triangles_by_node(const SparsePlanes& u, const RowsByCode& rows, ClosedCounts* by_position);               \
  void add_triangles_by_link(const SparsePlanes& u, const RowsByCode& rows, LinkCounts* by_position);                 \
  }
MOTIFCOUNT_DECLARE_KERNELS(portable)
MOTIFCOUNT_DECLARE_KERNELS(popcnt)
MOTIFCOUNT_DECLARE_KERNELS(avx512)
#undef MOTIFCOUNT_DECLARE_KERNELS

#define MOTIFCOUNT_DECLARE_STRIPS(isa)                                                                              \
  namespace motifcount::isa {                                                                                       \
  void sum_lines(const StripLine* strip, const std::uint16_t* rows, std::size_t n, Linked linked, StripSums& sums); \
  void count_shared(const StripLine& x, const StripSums& sums, Linked linked, std::uint64_t (&counts)[3][3]);       \
  void add_columns(const StripLine& x, const StripSums (&sums)[3], Linked linked, const std::uint8_t* places,       \
                   std::size_t n_places, StripColumns* columns);                                                    \
  inline constexpr StripKernels kStrips{sum_lines, count_shared, add_columns};                                      \
  }
MOTIFCOUNT_DECLARE_STRIPS(portable)
MOTIFCOUNT_DECLARE_STRIPS(avx2)
#undef MOTIFCOUNT_DECLARE_STRIPS
