#define MOTIFCOUNT_ISA portable
#include "kernels/tetrad_hubs.inc"

namespace motifcount::portable {
namespace {

// By a byte, its bits as bytes.
struct Spread {
  std::uint8_t of[256][8] = {};

  constexpr Spread() {
    for (std::size_t byte = 0; byte < 256; ++byte)
      for (std::size_t bit = 0; bit < 8; ++bit) of[byte][bit] = byte >> bit & 1;
  }
};
constexpr Spread kSpread;

struct Expand {
  template <int Levels>
  static void bytes(const std::uint64_t (&words)[Levels][kWords], std::uint8_t* out) {
    for (std::size_t w = 0; w < kWords; ++w)
      for (std::size_t byte = 0; byte < 8; ++byte, out += 8) {
        std::uint64_t numbers = 0;
        for (int s = 0; s < Levels; ++s) {
          std::uint64_t bits;
          std::memcpy(&bits, kSpread.of[words[s][w] >> 8 * byte & 255], sizeof bits);
          numbers += bits << s;  // each byte is at most 1: none reaches the next
        }
        std::memcpy(out, &numbers, sizeof numbers);
      }
  }
};

template <class Counts>
void add_products_of(const Counts* counts, unsigned present, BatchProducts& products) {
  for (std::size_t s = 0; s < 9; ++s) {
    if (!(present >> s & 1)) continue;
    std::uint32_t total = 0;
    for (const std::uint32_t n : counts[s]) total += n;
    products.sums[s][9] += total;
    for (std::size_t t = s; t < 9; ++t) {
      if (!(present >> t & 1)) continue;
      std::uint32_t sum = 0;  // 512 products of numbers up to 2047
      for (std::size_t hub = 0; hub < kBatch; ++hub) sum += std::uint32_t{counts[s][hub]} * counts[t][hub];
      products.sums[s][t] += sum;
    }
  }
}

}  // namespace

unsigned count_hubs(const std::uint64_t* const* rows, std::size_t n, BatchCounts* counts) {
  return count_hubs_by<Expand>(rows, n, counts);
}

void add_batch_products(const BatchCounts* counts, unsigned present, BatchProducts& products) {
  add_products_of(counts, present, products);
}

void add_long_batch_products(const LongBatchCounts* counts, BatchProducts& products) {
  add_products_of(counts, ~0U, products);
}

}  // namespace motifcount::portable
