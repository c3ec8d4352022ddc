// One namespace per instruction set, each compiled in a file of its own with its own flags. Those files include
// nothing that could leave an inline function of theirs in the program.
#pragma once

#include "motifcount/bit_kernels.hpp"

#define MOTIFCOUNT_DECLARE_KERNELS(isa)                                                                              \
  namespace motifcount::isa {                                                                                        \
  std::uint64_t pair_sum(const std::uint64_t* row, const std::uint64_t* rows, std::size_t n_rows,                    \
                         std::size_t stride, std::size_t n_words);                                                   \
  void plane_products(const SparsePlanes& node, const PlaneRow* rows, std::size_t n_rows, PlaneSums& sums);          \
  void plane_columns(const SparsePlanes& node, const PlaneRow* rows, std::size_t n_rows, std::uint8_t* columns);     \
  }
MOTIFCOUNT_DECLARE_KERNELS(portable)
MOTIFCOUNT_DECLARE_KERNELS(popcnt)
MOTIFCOUNT_DECLARE_KERNELS(avx512)
