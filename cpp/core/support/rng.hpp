// Random streams: xoshiro256++ (Blackman and Vigna 2021, doi:10.1145/3460772), one independent stream per
// (seed, sample, block), keyed through SplitMix64, so that a sample is the same on any thread or machine.
// Bounded integers are exactly uniform (Lemire 2019, doi:10.1145/3230636).
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <utility>

namespace motifcount {

class Rng {
 public:
  Rng(std::uint64_t seed, std::uint64_t sample, std::uint64_t block) {
    std::uint64_t key = mix(seed + kGolden);
    key = mix(key ^ mix(sample + 2 * kGolden));
    key = mix(key ^ mix(block + 3 * kGolden));
    for (auto& word : state_) word = mix(key += kGolden);
  }

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

 private:
  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;

  static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::array<std::uint64_t, 4> state_;
};

// A uniform integer on [0, n), n from 1 to 2^32 - 1.
inline std::uint32_t uniform_below(Rng& rng, std::uint32_t n) {
  std::uint64_t product = (rng.next() >> 32) * n;
  if (static_cast<std::uint32_t>(product) < n) {
    const std::uint32_t threshold = static_cast<std::uint32_t>(-n) % n;
    while (static_cast<std::uint32_t>(product) < threshold) product = (rng.next() >> 32) * n;
  }
  return static_cast<std::uint32_t>(product >> 32);
}

// Independent pairs (i, j), i uniform on [0, n_i) and j on [0, n_j); both bounds in 1 .. 2^32 - 1.
// One 64-bit draw gives both; a draw whose halves fall into the biased remainder is thrown away whole.
class PairDraw {
 public:
  PairDraw(std::uint32_t n_i, std::uint32_t n_j)
      : n_i_(n_i), n_j_(n_j), threshold_i_(remainder(n_i)), threshold_j_(remainder(n_j)) {}

  std::pair<std::uint32_t, std::uint32_t> operator()(Rng& rng) const {
    for (;;) {
      const std::uint64_t bits = rng.next();
      const std::uint64_t a = (bits >> 32) * n_i_;
      const std::uint64_t b = (bits & 0xffffffff) * n_j_;
      if (static_cast<std::uint32_t>(a) >= threshold_i_ && static_cast<std::uint32_t>(b) >= threshold_j_)
        return {static_cast<std::uint32_t>(a >> 32), static_cast<std::uint32_t>(b >> 32)};
    }
  }

 private:
  static std::uint32_t remainder(std::uint32_t n) { return static_cast<std::uint32_t>(-n) % n; }

  std::uint64_t n_i_, n_j_;
  std::uint32_t threshold_i_, threshold_j_;
};

}  // namespace motifcount
