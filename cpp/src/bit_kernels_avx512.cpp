#include <immintrin.h>

#include "bit_kernels_isa.hpp"

namespace motifcount::avx512 {

std::uint64_t pair_sum(const std::uint64_t* row, const std::uint64_t* rows, std::size_t n_rows,
                       std::size_t stride, std::size_t n_words) {
  const std::size_t full = n_words / 8;
  const __mmask8 tail = static_cast<__mmask8>((1u << (n_words % 8)) - 1);
  std::uint64_t total = 0;
  for (std::size_t r = 0; r < n_rows; ++r, rows += stride) {
    __m512i sums = _mm512_popcnt_epi64(_mm512_and_si512(_mm512_maskz_loadu_epi64(tail, row + 8 * full),
                                                        _mm512_maskz_loadu_epi64(tail, rows + 8 * full)));
    for (std::size_t w = 0; w < full; ++w)
      sums = _mm512_add_epi64(sums, _mm512_popcnt_epi64(_mm512_and_si512(_mm512_loadu_si512(row + 8 * w),
                                                                         _mm512_loadu_si512(rows + 8 * w))));
    const auto common = static_cast<std::uint64_t>(_mm512_reduce_add_epi64(sums));
    total += common * (common - 1) / 2;
  }
  return total;
}

}  // namespace motifcount::avx512
