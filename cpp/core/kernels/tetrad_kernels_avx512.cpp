#include <immintrin.h>

#include "kernels/tetrad_kernels_isa.hpp"

namespace motifcount::avx512 {

// Eight of the nine products of a pair stand side by side; the ninth, of two mutual planes, is counted apart.
void add_common_bits(const std::uint64_t* words, PairList pairs, const std::uint8_t* links, std::size_t n_words,
                     CommonBits* sums) {
  const __m512i of_first = _mm512_setr_epi64(0, 0, 0, 1, 1, 1, 2, 2);
  const __m512i of_second = _mm512_setr_epi64(0, 1, 2, 0, 1, 2, 0, 1);
  const RowPair* const end = pairs.first + pairs.size;
  for (std::size_t w = 0; w < n_words; ++w, words += 3) {
    const auto planes = [words](std::uint32_t row, __m512i order) {
      const __m256i three = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(words + row));
      return _mm512_permutexvar_epi64(order, _mm512_castsi256_si512(three));
    };
    std::uint64_t* const counts = sums[links[w]].data();
    __m512i eight = _mm512_loadu_si512(counts);
    for (const RowPair* pair = pairs.first; pair != end; ++pair) {
      const __m512i both = _mm512_and_si512(planes(pair->first, of_first), planes(pair->second, of_second));
      eight = _mm512_add_epi64(eight, _mm512_popcnt_epi64(both));
    }
    _mm512_storeu_si512(counts, eight);
    if (!pairs.mutual) continue;
    for (const RowPair* pair = pairs.first; pair != end; ++pair)
      counts[8] += static_cast<std::uint64_t>(_mm_popcnt_u64(words[pair->first + 2] & words[pair->second + 2]));
  }
}

namespace {

// Pairs of lanes against the same turned by R lanes, and so on down to 0.
template <int R>
inline void add_turned(__m512i lanes, __m512i* sums) {
  sums[R] = _mm512_dpwssd_epi32(sums[R], lanes, _mm512_alignr_epi32(lanes, lanes, R));
  if constexpr (R > 0) add_turned<R - 1>(lanes, sums);
}

}  // namespace

void add_products(LaneVectors& vectors, LaneProducts& products) {
  if (vectors.size == 0) return;
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(vectors.of[vectors.size]), _mm256_setzero_si256());
  alignas(64) std::uint16_t order[32];  // two vectors, lane beside lane
  for (std::uint16_t s = 0; s < 32; ++s) order[s] = static_cast<std::uint16_t>(s / 2 + s % 2 * 16);
  const __m512i beside = _mm512_load_si512(order);
  const __m512i none = _mm512_setzero_si512();
  __m512i sums[9] = {none, none, none, none, none, none, none, none, none};
  for (std::size_t k = 0; k < vectors.size; k += 2)
    add_turned<8>(_mm512_permutexvar_epi16(beside, _mm512_loadu_si512(vectors.of[k])), sums);
  for (std::size_t r = 0; r < 9; ++r) {
    std::uint32_t of_lane[kLanes];
    _mm512_storeu_si512(of_lane, sums[r]);
    for (std::size_t s = 0; s < (r == 8 ? 8 : kLanes); ++s) {
      const std::size_t t = (s + r) % kLanes;
      const std::size_t low = s < t ? s : t;
      if (low < 9) products.of[low][s + t - low] += of_lane[s];
    }
  }
  vectors.size = 0;
}

}  // namespace motifcount::avx512
