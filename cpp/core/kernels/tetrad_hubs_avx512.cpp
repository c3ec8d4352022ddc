#include <immintrin.h>

#include <cstring>

#include "kernels/tetrad_kernels_isa.hpp"

namespace motifcount::avx512 {
namespace {

constexpr std::size_t kWords = kBatch / 64;

// Those of one plane only, and of both.
struct Bits {
  __m512i first, second, both;
};

inline Bits bits_of(const std::uint64_t* row) {
  const __m512i low = _mm512_loadu_si512(row), high = _mm512_loadu_si512(row + 2 * kSecondPlane);
  const __m512i a = _mm512_shuffle_i64x2(low, high, 0x44), b = _mm512_shuffle_i64x2(low, high, 0xee);
  return {_mm512_andnot_si512(b, a), _mm512_andnot_si512(a, b), _mm512_and_si512(a, b)};
}

// Adds three bits of a place: the lower bit of their sum replaces `a`, the higher one is returned.
inline __m512i add_bits(__m512i& a, __m512i b, __m512i c) {
  const __m512i carry = _mm512_ternarylogic_epi64(a, b, c, 0xe8);
  a = _mm512_ternarylogic_epi64(a, b, c, 0x96);
  return carry;
}

// Numbers of `Levels` bits for each place: bit s is in vector s.
template <int Levels>
struct Sliced {
  __m512i of[Levels];

  void add(__m512i bits, int level) {
    for (int s = level; s < Levels; ++s) {
      const __m512i carry = _mm512_and_si512(of[s], bits);
      of[s] = _mm512_xor_si512(of[s], bits);
      bits = carry;
    }
  }
  void add_four(__m512i a, __m512i b, __m512i c, __m512i d) {
    const __m512i first = add_bits(of[0], a, b), second = add_bits(of[0], c, d);
    add(add_bits(of[1], first, second), 2);
  }
  [[nodiscard]] bool any() const {
    __m512i any = of[0];
    for (int s = 1; s < Levels; ++s) any = _mm512_or_si512(any, of[s]);
    return _mm512_test_epi64_mask(any, any) != 0;
  }
};

template <int Levels>
inline void expand(const Sliced<Levels>& sliced, std::uint8_t* out) {
  alignas(64) std::uint64_t words[Levels][kWords];
  for (int s = 0; s < Levels; ++s) _mm512_store_si512(words[s], sliced.of[s]);
  for (std::size_t w = 0; w < kWords; ++w) {
    __m512i numbers = _mm512_setzero_si512();
    for (int s = 0; s < Levels; ++s)
      numbers = _mm512_mask_add_epi8(numbers, _cvtu64_mask64(words[s][w]), numbers,
                                     _mm512_set1_epi8(static_cast<char>(1 << s)));
    _mm512_storeu_si512(out + 64 * w, numbers);
  }
}

template <int Levels>
unsigned count(const std::uint64_t* const* rows, std::size_t n, BatchCounts* counts) {
  Sliced<Levels> sliced[3] = {};
  std::size_t k = 0;
  if constexpr (Levels > 2)
    for (; k + 4 <= n; k += 4) {
      const Bits a = bits_of(rows[k]), b = bits_of(rows[k + 1]), c = bits_of(rows[k + 2]), d = bits_of(rows[k + 3]);
      sliced[0].add_four(a.first, b.first, c.first, d.first);
      sliced[1].add_four(a.second, b.second, c.second, d.second);
      sliced[2].add_four(a.both, b.both, c.both, d.both);
    }
  for (; k < n; ++k) {
    const Bits a = bits_of(rows[k]);
    sliced[0].add(a.first, 0);
    sliced[1].add(a.second, 0);
    sliced[2].add(a.both, 0);
  }
  unsigned present = 0;
  for (std::size_t z = 0; z < 3; ++z) {
    if (sliced[z].any()) {
      present |= 1U << z;
      expand(sliced[z], counts[z]);
    } else {
      std::memset(counts[z], 0, kBatch);
    }
  }
  return present;
}

}  // namespace

unsigned count_hubs(const std::uint64_t* const* rows, std::size_t n, BatchCounts* counts) {
  if (n < 2) return count<1>(rows, n, counts);
  if (n < 4) return count<2>(rows, n, counts);
  if (n < 8) return count<3>(rows, n, counts);
  if (n < 16) return count<4>(rows, n, counts);
  if (n < 32) return count<5>(rows, n, counts);
  if (n < 64) return count<6>(rows, n, counts);
  if (n < 128) return count<7>(rows, n, counts);
  return count<8>(rows, n, counts);
}

namespace {

constexpr std::size_t kBatchVectors = kBatch / 64;

inline void add_to(std::uint32_t* sums, __m512i numbers) {
  _mm512_store_si512(sums, _mm512_add_epi32(_mm512_load_si512(sums), numbers));
}

inline __m512i dot(const __m512i (&a)[kBatchVectors], const std::uint8_t* b) {
  __m512i even = _mm512_setzero_si512(), odd = even;
  for (std::size_t r = 0; r < kBatchVectors; r += 2) {
    even = _mm512_dpbusd_epi32(even, a[r], _mm512_loadu_si512(b + 64 * r));
    odd = _mm512_dpbusd_epi32(odd, a[r + 1], _mm512_loadu_si512(b + 64 * r + 64));
  }
  return _mm512_add_epi32(even, odd);
}

inline __m512i dot(const std::uint16_t* a, const std::uint16_t* b) {
  __m512i sum = _mm512_setzero_si512();
  for (std::size_t k = 0; k < kBatch; k += 32)
    sum = _mm512_dpwssd_epi32(sum, _mm512_loadu_si512(a + k), _mm512_loadu_si512(b + k));
  return sum;
}

}  // namespace

void add_batch_products(const BatchCounts* counts, unsigned present, BatchProducts& products) {
  make_room(products, 4 * kBatchVectors * kMostShort * kMostShort);
  for (std::size_t s = 0; s < 9; ++s) {
    if (!(present >> s & 1)) continue;
    __m512i of[kBatchVectors];
    __m512i sum = _mm512_setzero_si512();
    for (std::size_t r = 0; r < kBatchVectors; ++r) {
      of[r] = _mm512_loadu_si512(counts[s] + 64 * r);
      sum = _mm512_dpbusd_epi32(sum, of[r], _mm512_set1_epi8(1));
    }
    add_to(products.lanes[s][9], sum);
    for (std::size_t t = s; t < 9; ++t)
      if (present >> t & 1) add_to(products.lanes[s][t], dot(of, counts[t]));
  }
}

void add_long_batch_products(const LongBatchCounts* counts, BatchProducts& products) {
  make_room(products, 2 * (kBatch / 32) * kMostLong * kMostLong);
  for (std::size_t s = 0; s < 9; ++s) {
    __m512i sum = _mm512_setzero_si512();
    for (std::size_t k = 0; k < kBatch; k += 32)
      sum = _mm512_dpwssd_epi32(sum, _mm512_loadu_si512(counts[s] + k), _mm512_set1_epi16(1));
    add_to(products.lanes[s][9], sum);
    for (std::size_t t = s; t < 9; ++t) add_to(products.lanes[s][t], dot(counts[s], counts[t]));
  }
}

}  // namespace motifcount::avx512
