#include <immintrin.h>

#define MOTIFCOUNT_ISA avx2
#include "kernels/tetrad_hubs.inc"

namespace motifcount::avx2 {
namespace {

struct Expand {
  template <int Levels>
  static void bytes(const std::uint64_t (&words)[Levels][kWords], std::uint8_t* out) {
    // Byte k of 32 gets byte k / 8 of four, of which it looks at bit k % 8.
    const __m256i byte_of = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bit_of = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201));
    for (std::size_t half = 0; half < 2 * kWords; ++half) {
      __m256i numbers = _mm256_setzero_si256();
      for (int s = Levels - 1; s >= 0; --s) {
        const __m256i four = _mm256_set1_epi32(static_cast<int>(words[s][half / 2] >> 32 * (half % 2)));
        const __m256i bits = _mm256_and_si256(_mm256_shuffle_epi8(four, byte_of), bit_of);
        numbers = _mm256_sub_epi8(_mm256_add_epi8(numbers, numbers), _mm256_cmpeq_epi8(bits, bit_of));
      }
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + 32 * half), numbers);
    }
  }
};

inline __m256i load(const void* at) { return _mm256_loadu_si256(static_cast<const __m256i*>(at)); }

// Of numbers up to 127: the sum of two products fits in 15 bits.
inline __m256i dot(const std::uint8_t* a, const std::uint8_t* b) {
  __m256i sum = _mm256_setzero_si256();
  for (std::size_t k = 0; k < kBatch; k += 32)
    sum =
        _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(load(a + k), load(b + k)), _mm256_set1_epi16(1)));
  return sum;
}

inline __m256i dot(const std::uint16_t* a, const std::uint16_t* b) {
  __m256i sum = _mm256_setzero_si256();
  for (std::size_t k = 0; k < kBatch; k += 16) sum = _mm256_add_epi32(sum, _mm256_madd_epi16(load(a + k), load(b + k)));
  return sum;
}

inline void add_to(std::uint32_t* sums, __m256i numbers) {
  _mm256_store_si256(reinterpret_cast<__m256i*>(sums), _mm256_add_epi32(load(sums), numbers));
}

template <class Number>
void add_products_of(const Number (*counts)[kBatch], unsigned present, BatchProducts& products) {
  alignas(32) Number ones[kBatch];
  for (Number& one : ones) one = 1;
  for (std::size_t s = 0; s < 9; ++s) {
    if (!(present >> s & 1)) continue;
    add_to(products.lanes[s][9], dot(counts[s], ones));
    for (std::size_t t = s; t < 9; ++t)
      if (present >> t & 1) add_to(products.lanes[s][t], dot(counts[s], counts[t]));
  }
}

}  // namespace

unsigned count_hubs(const std::uint64_t* const* rows, std::size_t n, BatchCounts* counts) {
  return count_hubs_by<Expand>(rows, n, counts);
}

void add_batch_products(const BatchCounts* counts, unsigned present, BatchProducts& products) {
  make_room(products, kBatch / 8 * kMostShort * kMostShort);
  add_products_of(counts, present, products);
}

void add_long_batch_products(const LongBatchCounts* counts, BatchProducts& products) {
  make_room(products, kBatch / 8 * kMostLong * kMostLong);
  add_products_of(counts, ~0U, products);
}

}  // namespace motifcount::avx2
