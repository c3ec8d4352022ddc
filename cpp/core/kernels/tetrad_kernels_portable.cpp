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

void add_common_bits(const std::uint64_t* words, PairList pairs, const std::uint8_t* links, std::size_t n_words,
                     CommonBits* sums) {
  const std::size_t n_planes = pairs.mutual ? 3 : 2;
  for (std::size_t w = 0; w < n_words; ++w, words += 3)
    for (std::size_t k = 0; k < pairs.size; ++k)
      for (std::size_t x = 0; x < n_planes; ++x)
        for (std::size_t y = 0; y < 3; ++y)
          sums[links[w]][3 * x + y] += static_cast<std::uint64_t>(
              std::popcount(words[pairs.first[k].first + x] & words[pairs.first[k].second + y]));
}

void add_products(LaneVectors& vectors, LaneProducts& products) {
  for (std::size_t k = 0; k < vectors.size; ++k) {
    const std::uint16_t* const lanes = vectors.of[k];
    for (std::size_t s = 0; s < 9; ++s) {
      if (lanes[s] == 0) continue;
      for (std::size_t t = s; t < kLanes; ++t) products.of[s][t] += std::uint32_t{lanes[s]} * lanes[t];
    }
  }
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
