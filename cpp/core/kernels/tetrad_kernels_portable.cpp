#include <algorithm>
#include <bit>
#include <cstring>

#include "kernels/tetrad_kernels_isa.hpp"

namespace motifcount::portable {

std::size_t list_pairs(const std::uint64_t* words, RowRange rows, const std::uint32_t* row_at, RowPair* pairs) {
  RowPair* next = pairs;
  for (std::uint32_t row = rows.first; row != rows.end; row += rows.size)
    for (std::uint64_t bits = words[row]; bits != 0; bits &= bits - 1) *next++ = {row, row_at[std::countr_zero(bits)]};
  return static_cast<std::size_t>(next - pairs);
}

namespace {

using Words = std::uint64_t __attribute__((vector_size(32)));

// Replaces the bits of every byte by their number.
inline void count_in_bytes(Words& words) {
  words -= words >> 1 & 0x5555555555555555;
  words = (words & 0x3333333333333333) + (words >> 2 & 0x3333333333333333);
  words = (words + (words >> 4)) & 0x0f0f0f0f0f0f0f0f;
}

inline std::uint64_t sum_of_bytes(std::uint64_t word) {
  const std::uint64_t pairs = (word & 0x00ff00ff00ff00ff) + (word >> 8 & 0x00ff00ff00ff00ff);
  return pairs * 0x0001000100010001 >> 48;
}

constexpr std::size_t kMostInBytes = 31;  // pairs of words, of 8 bits in a byte at most

}  // namespace

void add_common_bits(const std::uint64_t* words, PairList pairs, const std::uint8_t* links, std::size_t n_words,
                     CommonBits* sums) {
  const std::size_t n_planes = pairs.mutual ? 3 : 2;
  for (std::size_t w = 0; w < n_words; ++w, words += 3)
    for (std::size_t begin = 0; begin < pairs.size; begin += kMostInBytes) {
      Words totals[3] = {};
      for (std::size_t k = begin; k < std::min(begin + kMostInBytes, pairs.size); ++k) {
        Words second;
        std::memcpy(&second, words + pairs.first[k].second, sizeof second);
        for (std::size_t x = 0; x < n_planes; ++x) {
          Words both = second & words[pairs.first[k].first + x];
          count_in_bytes(both);
          totals[x] += both;
        }
      }
      for (std::size_t x = 0; x < n_planes; ++x)
        for (std::size_t y = 0; y < 3; ++y) sums[links[w]][3 * x + y] += sum_of_bytes(totals[x][y]);
    }
}

void add_products(LaneVectors& vectors, LaneProducts& products) {
  std::uint32_t sums[9][kLanes] = {};
  for (std::size_t k = 0; k < vectors.size; ++k) {
    const std::uint16_t* const lanes = vectors.of[k];
    for (std::size_t s = 0; s < 9; ++s) {
      if (lanes[s] == 0) continue;
      for (std::size_t t = 0; t < kLanes; ++t) sums[s][t] += std::uint32_t{lanes[s]} * lanes[t];
    }
  }
  for (std::size_t s = 0; s < 9; ++s)
    for (std::size_t t = s; t < kLanes; ++t) products.of[s][t] += sums[s][t];
  vectors.size = 0;
}

void take_counters(std::uint8_t* counters, std::size_t n, LaneVectors& vectors, LaneProducts& products) {
  for (std::uint8_t* const end = counters + kLanes * n; counters != end; counters += kLanes) {
    std::uint64_t low, high;
    std::memcpy(&low, counters, sizeof low);
    std::memcpy(&high, counters + 8, sizeof high);
    if ((low | high) == 0) continue;
    const std::uint64_t bits = low | high;
    const bool single = (low == 0 || high == 0) && std::has_single_bit(bits) && (bits & 0x0101010101010101) != 0;
    if (!single) {
      std::uint16_t* const lanes = vectors.of[vectors.size];
      for (std::size_t s = 0; s + 1 < kLanes; ++s) lanes[s] = counters[s];
      lanes[kLanes - 1] = 1;
      if (++vectors.size == kMostVectors) add_products(vectors, products);
    }
    std::memset(counters, 0, kLanes);
  }
}

}  // namespace motifcount::portable
