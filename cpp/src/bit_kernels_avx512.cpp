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

namespace {

// The pairs that index[0 .. 3] name, or pair `last` for what lies beyond it. Loads and shuffles take half the
// time of gathers (Zen 4).
inline __m512i four_pairs(const std::uint64_t* words, const std::uint64_t* index, std::uint64_t last) {
  const auto pair = [&](std::size_t k) {
    const std::uint64_t at = index[k] < last ? index[k] : last;
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(words + 2 * at));
  };
  const __m256i low = _mm256_inserti128_si256(_mm256_castsi128_si256(pair(0)), pair(1), 1);
  const __m256i high = _mm256_inserti128_si256(_mm256_castsi128_si256(pair(2)), pair(3), 1);
  return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

// Element k of the result is the sum of the elements of parts[k].
inline __m512i eight_sums(const __m512i* parts) {
  const auto pair = [&](std::size_t k) {  // halves of two sums, by blocks of 128 bits
    return _mm512_add_epi64(_mm512_unpacklo_epi64(parts[k], parts[k + 1]),
                            _mm512_unpackhi_epi64(parts[k], parts[k + 1]));
  };
  const auto join = [](__m512i a, __m512i b) {  // neighbouring blocks are added
    return _mm512_add_epi64(_mm512_shuffle_i64x2(a, b, 0x88), _mm512_shuffle_i64x2(a, b, 0xdd));
  };
  return join(join(pair(0), pair(2)), join(pair(4), pair(6)));
}

}  // namespace

void plane_products(const SparsePlanes& node, const PlaneRow* rows, std::size_t n_rows, PlaneSums& sums) {
  const __m512i evens = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
  const __m512i odds = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
  const __m512i none = _mm512_setzero_si512();
  __m512i products[9] = {none, none, none, none, none, none, none, none, none};
  for (const PlaneRow* row = rows; row != rows + n_rows; ++row)
    for (std::size_t k = 0; node.index[k] < row->n_words; k += 8) {
      const __m512i index = _mm512_loadu_si512(node.index + k);
      const __mmask8 there = _mm512_cmplt_epu64_mask(index, _mm512_set1_epi64(static_cast<long long>(row->n_words)));
      const __m512i first = four_pairs(row->words, node.index + k, row->n_words - 1);
      const __m512i second = four_pairs(row->words, node.index + k + 4, row->n_words - 1);
      const __m512i out = _mm512_maskz_permutex2var_epi64(there, first, evens, second);
      const __m512i in = _mm512_maskz_permutex2var_epi64(there, first, odds, second);
      const __m512i planes[3] = {_mm512_loadu_si512(node.out + k), _mm512_loadu_si512(node.in + k),
                                 _mm512_loadu_si512(node.both + k)};
      const __m512i others[3] = {out, in, _mm512_and_si512(out, in)};
      for (std::size_t x = 0; x < 3; ++x)
        for (std::size_t y = 0; y < 3; ++y)
          products[3 * x + y] =
              _mm512_add_epi64(products[3 * x + y], _mm512_popcnt_epi64(_mm512_and_si512(planes[x], others[y])));
    }
  _mm512_storeu_si512(sums.at, _mm512_add_epi64(_mm512_loadu_si512(sums.at), eight_sums(products)));
  sums.at[8] += static_cast<std::uint64_t>(_mm512_reduce_add_epi64(products[8]));
}

// A word is a mask over 64 counters of a byte each.
void plane_columns(const SparsePlanes& node, const PlaneRow* rows, std::size_t n_rows, std::uint8_t* columns) {
  const __m512i one = _mm512_set1_epi8(1);
  std::size_t most_words = 0;
  for (std::size_t r = 0; r < n_rows; ++r) most_words = most_words < rows[r].n_words ? rows[r].n_words : most_words;
  for (std::size_t k = 0; node.index[k] < most_words; ++k) {
    __m512i out = _mm512_setzero_si512(), in = out, both = out;
    for (const PlaneRow* row = rows; row != rows + n_rows; ++row) {
      if (node.index[k] >= row->n_words) continue;
      const std::uint64_t outs = row->words[2 * node.index[k]];
      const std::uint64_t ins = row->words[2 * node.index[k] + 1];
      out = _mm512_mask_add_epi8(out, outs, out, one);
      in = _mm512_mask_add_epi8(in, ins, in, one);
      both = _mm512_mask_add_epi8(both, outs & ins, both, one);
    }
    std::uint8_t* const at = columns + kColumnsPerWord * k;
    _mm512_storeu_si512(at, out);
    _mm512_storeu_si512(at + 64, in);
    _mm512_storeu_si512(at + 128, both);
  }
}

}  // namespace motifcount::avx512
