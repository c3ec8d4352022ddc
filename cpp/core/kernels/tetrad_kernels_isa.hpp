// One namespace per instruction set: see bit_kernels_isa.hpp.
#pragma once

#include "kernels/tetrad_kernels.hpp"

namespace motifcount {
// Room in the lanes for `more`, the largest number that one of them can get.
void make_room(BatchProducts& products, std::uint64_t more);
}  // namespace motifcount

#define MOTIFCOUNT_DECLARE_KERNELS(isa)                                                                            \
  namespace motifcount::isa {                                                                                      \
  std::size_t list_pairs(const std::uint64_t* words, RowRange rows, const std::uint32_t* row_at, RowPair* pairs);  \
  void add_common_bits(const std::uint64_t* words, PairList pairs, const std::uint8_t* links, std::size_t n_words, \
                       CommonBits* sums);                                                                          \
  std::uint32_t extract_row(const std::uint64_t* planes, const RowLayout& layout, std::size_t position,            \
                            std::uint64_t* row, std::uint32_t (&counts)[9]);                                       \
  void add_products(LaneVectors& vectors, LaneProducts& products);                                                 \
  void take_counters(std::uint8_t* counters, std::size_t n, LaneVectors& vectors, LaneProducts& products);         \
  unsigned count_hubs(const std::uint64_t* const* rows, std::size_t n, BatchCounts* counts);                       \
  void add_batch_products(const BatchCounts* counts, unsigned present, BatchProducts& products);                   \
  void add_long_batch_products(const LongBatchCounts* counts, BatchProducts& products);                            \
  void sum_bytes(const std::uint8_t* counters, const std::uint32_t* entries, std::size_t n,                        \
                 std::uint16_t (*sums)[kLanes]);                                                                   \
  void sum_shorts(const std::uint16_t* counters, const std::uint32_t* entries, std::size_t n,                      \
                  std::uint32_t (*sums)[kLanes]);                                                                  \
  void sum_edges(const std::uint32_t* numbers, const std::uint32_t* edges, std::size_t n, std::uint32_t* sums);    \
  void sum_rows(const std::int64_t* rows, const std::uint32_t* which, std::size_t n, std::int64_t* sums);          \
  void make_induced(const OneLinkMore& motifs, FourNodes* columns, FourNodes* scratch);                            \
  }
MOTIFCOUNT_DECLARE_KERNELS(portable)
MOTIFCOUNT_DECLARE_KERNELS(avx2)
MOTIFCOUNT_DECLARE_KERNELS(avx512)
#undef MOTIFCOUNT_DECLARE_KERNELS
