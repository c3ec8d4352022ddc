#include <immintrin.h>

#include "kernels/tetrad_kernels_isa.hpp"

namespace motifcount::avx2 {
namespace {

inline std::uint64_t n_bits(std::uint64_t word) { return static_cast<std::uint64_t>(_mm_popcnt_u64(word)); }

inline __m256i load(const void* at) { return _mm256_loadu_si256(static_cast<const __m256i*>(at)); }

inline void store(void* at, __m256i value) { _mm256_storeu_si256(static_cast<__m256i*>(at), value); }

}  // namespace

// Four at a time: their number is foreseen more often than that of single ones.
std::size_t list_pairs(const std::uint64_t* words, RowRange rows, const std::uint32_t* row_at, RowPair* pairs) {
  RowPair* next = pairs;
  for (std::uint32_t row = rows.first; row != rows.end; row += rows.size) {
    std::uint64_t bits = words[row];
    const std::uint64_t n = n_bits(bits);
    for (std::uint64_t k = 0; k < n; k += 4)
      for (std::uint64_t ahead = k; ahead < k + 4; ++ahead, bits &= bits - 1)
        next[ahead] = {row, row_at[_tzcnt_u64(bits) % 64]};
    next += n;
  }
  return static_cast<std::size_t>(next - pairs);
}

void add_common_bits(const std::uint64_t* words, PairList pairs, const std::uint8_t* links, std::size_t n_words,
                     CommonBits* sums) {
  const RowPair* const end = pairs.first + pairs.size;
  for (std::size_t w = 0; w < n_words; ++w, words += 3) {
    std::uint64_t n[6] = {};  // in two rounds, for the sums to stay in registers
    for (const RowPair* pair = pairs.first; pair != end; ++pair) {
      const std::uint64_t* const p = words + pair->first;
      const std::uint64_t* const q = words + pair->second;
      n[0] += n_bits(p[0] & q[0]);
      n[1] += n_bits(p[0] & q[1]);
      n[2] += n_bits(p[0] & q[2]);
      n[3] += n_bits(p[1] & q[0]);
      n[4] += n_bits(p[1] & q[1]);
      n[5] += n_bits(p[1] & q[2]);
    }
    for (std::size_t s = 0; s < 6; ++s) sums[links[w]][s] += n[s];
    if (!pairs.mutual) continue;
    n[0] = n[1] = n[2] = 0;
    for (const RowPair* pair = pairs.first; pair != end; ++pair) {
      const std::uint64_t p = words[pair->first + 2];
      const std::uint64_t* const q = words + pair->second;
      n[0] += n_bits(p & q[0]);
      n[1] += n_bits(p & q[1]);
      n[2] += n_bits(p & q[2]);
    }
    for (std::size_t s = 0; s < 3; ++s) sums[links[w]][6 + s] += n[s];
  }
}

std::uint32_t extract_row(const std::uint64_t* planes, const RowLayout& layout, std::size_t position,
                          std::uint64_t* row, std::uint32_t (&counts)[9]) {
  std::uint64_t n_counted = 0;
  const RowPiece* piece = layout.pieces;
  for (std::size_t w = layout.first_word; w < layout.n_words; ++w) {
    std::uint64_t first = 0, second = 0;
    for (const RowPiece* const end = layout.pieces + layout.piece_ends[w]; piece != end; ++piece) {
      first |= _pext_u64(planes[piece->source], piece->mask) << piece->shift;
      second |= _pext_u64(planes[piece->source + kSecondPlane], piece->mask) << piece->shift;
    }
    const std::uint64_t by_plane[3] = {first & ~second, second & ~first, first & second};
    const std::uint64_t after = ~std::uint64_t{1} << position % 64;
    const std::uint64_t behind = w > position / 64 ? ~std::uint64_t{0} : w == position / 64 ? after : 0;
    for (std::size_t x = 0; x < 3; ++x) {
      const std::uint64_t n = n_bits(by_plane[x] & layout.counted[w]);
      counts[3 * x + layout.last_link[w]] += static_cast<std::uint32_t>(n);
      n_counted += n;
      row[3 * w + x] = by_plane[x] & behind;
    }
  }
  return static_cast<std::uint32_t>(n_counted);
}

namespace {

// Two vectors turned into pairs of their lanes, and sums of products of such pairs.
template <bool Degrees>
class PairProducts {
 public:
  void add(__m256i a, __m256i b) {
    const __m256i low = _mm256_unpacklo_epi16(a, b), high = _mm256_unpackhi_epi16(a, b);
    const __m256i x = _mm256_permute2x128_si256(low, high, 0x20);  // lanes 0 to 7
    const __m256i y = _mm256_permute2x128_si256(low, high, 0x31);  // lanes 8 to 15
    for (int r = 0; r < 5; ++r) add_to(turned_[r], x, r == 0 ? x : turn(x, r));
    for (int q = 0; q < 8; ++q) {
      if (!Degrees && q != 0 && q != 7) continue;
      const __m256i lane = _mm256_permutevar8x32_epi32(y, _mm256_set1_epi32(q));
      add_to(by_lane_[q], x, lane);
      if (q == 0) add_to(of_eight_, y, lane);
    }
  }

  void give(LaneProducts& products) const {
    std::uint32_t sums[8];
    for (int r = 0; r < 5; ++r) {
      store(sums, turned_[r]);
      for (int s = 0; s < (r == 4 ? 4 : 8); ++s) {
        const int t = (s + r) % 8;
        products.of[s < t ? s : t][s < t ? t : s] += sums[s];
      }
    }
    for (int q = 0; q < 8; ++q) {
      store(sums, by_lane_[q]);
      for (int s = 0; s < 8; ++s) products.of[s][8 + q] += sums[s];
    }
    store(sums, of_eight_);
    for (int q = 0; q < 8; ++q) products.of[8][8 + q] += sums[q];
  }

 private:
  static void add_to(__m256i& sum, __m256i a, __m256i b) { sum = _mm256_add_epi32(sum, _mm256_madd_epi16(a, b)); }
  static __m256i turn(__m256i x, int r) {
    const __m256i at = _mm256_add_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32(r));
    return _mm256_permutevar8x32_epi32(x, at);  // looks at three bits of each
  }

  __m256i turned_[5] = {}, by_lane_[8] = {}, of_eight_ = {};
};

template <bool Degrees>
void add_vectors(const LaneVectors& vectors, LaneProducts& products) {
  PairProducts<Degrees> sums;
  for (std::size_t k = 0; k < vectors.size; k += 2) sums.add(load(vectors.of[k]), load(vectors.of[k + 1]));
  sums.give(products);
}

}  // namespace

void add_products(LaneVectors& vectors, LaneProducts& products) {
  if (vectors.size == 0) return;
  store(vectors.of[vectors.size], _mm256_setzero_si256());
  if (vectors.degrees) add_vectors<true>(vectors, products);
  else add_vectors<false>(vectors, products);
  vectors.size = 0;
}

namespace {

// Appended always, and kept where a node has two wedges or more.
inline void append(__m128i counters, bool keep, LaneVectors& vectors) {
  const __m256i one = _mm256_setr_epi64x(0, 0, 0, static_cast<long long>(std::uint64_t{1} << 48));
  store(vectors.of[vectors.size], _mm256_or_si256(_mm256_cvtepu8_epi16(counters), one));
  vectors.size += keep;
}

}  // namespace

void take_counters(std::uint8_t* counters, std::size_t n, LaneVectors& vectors, LaneProducts& products) {
  const __m256i none = _mm256_setzero_si256();
  for (; n > 0; n -= n == 1 ? 1 : 2, counters += 2 * kLanes) {
    const auto only = [&] { return _mm_loadu_si128(reinterpret_cast<__m128i*>(counters)); };
    const __m256i two = n == 1 ? _mm256_zextsi128_si256(only()) : load(counters);
    if (_mm256_testz_si256(two, two)) continue;
    if (n == 1) _mm_storeu_si128(reinterpret_cast<__m128i*>(counters), _mm_setzero_si128());
    else store(counters, none);
    __m256i total = _mm256_sad_epu8(two, none);
    total = _mm256_add_epi64(total, _mm256_shuffle_epi32(total, 0x4e));
    const int several = _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(total, _mm256_set1_epi64x(1))));
    append(_mm256_castsi256_si128(two), several & 1, vectors);
    append(_mm256_extracti128_si256(two, 1), several >> 3, vectors);
    if (vectors.size >= kMostVectors) add_products(vectors, products);
  }
}

}  // namespace motifcount::avx2
