#include "nulls/bit_subsets.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

namespace motifcount {
namespace {

constexpr int kTries = 64;
constexpr unsigned kLevels = 5;  // of the share of bits that is drawn at first, in steps of 2^-5

// One of the n bits of word(k), k below n_words, as (k, bit): by places drawn at random, or, where these have few, by
// its number.
template <class Word>
std::pair<std::size_t, std::uint64_t> draw_bit(std::size_t n_words, std::uint32_t n, Rng& rng, Word word) {
  for (int k = 0; k < kTries; ++k) {
    const std::uint32_t place = uniform_below(rng, static_cast<std::uint32_t>(64 * n_words));
    const std::uint64_t bit = std::uint64_t{1} << place % 64;
    if (word(place / 64) & bit) return {place / 64, bit};
  }
  std::uint32_t rank = uniform_below(rng, n);
  for (std::size_t k = 0;; ++k) {
    std::uint64_t left = word(k);
    const auto here = static_cast<std::uint32_t>(std::popcount(left));
    if (rank < here) {
      for (; rank > 0; --rank) left &= left - 1;
      return {k, left & -left};
    }
    rank -= here;
  }
}

}  // namespace

// Bits are added up byte by byte, which vector instructions do, where std::popcount calls a function.
std::uint32_t n_set(std::span<const std::uint64_t> words) {
  constexpr std::uint64_t ones = ~std::uint64_t{0}, twos = ones / 3, fours = ones / 5, bytes = ones / 255;
  constexpr std::size_t stretch = 31;  // words whose sums fit a byte
  std::uint32_t n = 0;
  for (std::size_t k = 0; k < words.size(); k += stretch) {
    std::uint64_t sums = 0;
    for (std::uint64_t word : words.subspan(k, std::min(stretch, words.size() - k))) {
      word -= word >> 1 & twos;
      word = (word & fours) + (word >> 2 & fours);
      sums += (word + (word >> 4)) & 15 * bytes;
    }
    // neighbouring bytes first: the sum of all eight does not fit a byte
    constexpr std::uint64_t pairs = ones / 0xffff;
    sums = (sums & 0xff * pairs) + (sums >> 8 & 0xff * pairs);
    n += static_cast<std::uint32_t>(sums * pairs >> 48);
  }
  return n;
}

// Every bit is first drawn independently, with one probability; then random ones are added, or taken away: given their
// number, all choices stay alike.
void draw_subset(std::span<const std::uint64_t> among, std::uint32_t n_among, std::uint32_t n_wanted,
                 std::span<std::uint64_t> drawn, Rng& rng) {
  constexpr std::uint64_t steps = 1 << kLevels;
  const std::uint64_t share = (2 * steps * n_wanted + n_among) / (2 * std::uint64_t{n_among});  // of `steps`, rounded
  if (share == 0 || share == steps) {
    if (share == 0) std::ranges::fill(drawn, 0);
    else std::ranges::copy(among, drawn.begin());
  } else {
    const auto lowest = static_cast<unsigned>(std::countr_zero(share));
    Rng own = rng;  // which the compiler can leave in registers
    for (std::size_t k = 0; k < drawn.size(); ++k) {
      std::uint64_t random = own.next();  // each bit set with a probability of 1/2, then of share / steps
      for (unsigned level = lowest + 1; level < kLevels; ++level)
        random = share >> level & 1 ? random | own.next() : random & own.next();
      drawn[k] = among[k] & random;
    }
    rng = own;
  }
  std::uint32_t n = n_set(drawn);
  for (; n > n_wanted; --n) {
    const auto [k, bit] = draw_bit(drawn.size(), n, rng, [&](std::size_t w) { return drawn[w]; });
    drawn[k] ^= bit;
  }
  for (; n < n_wanted; ++n) {
    const auto [k, bit] = draw_bit(drawn.size(), n_among - n, rng, [&](std::size_t w) { return among[w] & ~drawn[w]; });
    drawn[k] ^= bit;
  }
}

}  // namespace motifcount
