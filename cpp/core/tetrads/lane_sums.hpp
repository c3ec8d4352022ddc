// Sums of products of the sixteen numbers about a pair of nodes, in 128 bits.
//
// Lanes 0 to 8 count wedges between the two nodes by their links; where the two are neighbours, lanes 9 to 11 have the
// degrees of the lower one by link and lanes 12 to 14 those of the upper one; lane 15 is 1.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels/tetrad_kernels.hpp"
#include "support/types.hpp"
#include "tetrads/upper_triangles.hpp"

namespace motifcount {

__extension__ typedef unsigned __int128 Wide;  // sums modulo 2^128; the counts that they lead to are below 2^127

inline constexpr std::size_t kLowerDegrees = 9, kUpperDegrees = 12, kOne = 15;

// [s][t] for s <= t: the sum of the products of the lanes s and t.
using LaneSums = std::array<std::array<Wide, kLanes>, kWedges>;

inline void add_to(LaneSums& sums, const LaneSums& others) {
  for (std::size_t s = 0; s < kWedges; ++s)
    for (std::size_t t = s; t < kLanes; ++t) sums[s][t] += others[s][t];
}

// Sums over nodes; by the link c from u to w.
struct WalkSums {
  LaneSums cycles{};
  std::array<LaneSums, kLinks> edges{};
  // [c][a][b]: pairs of an arc end at u by link a and one at w by link b, other than the edge itself.
  std::array<std::array<std::array<Wide, kLinks>, kLinks>, kLinks> paths{};

  void add(const WalkSums& others) {
    add_to(cycles, others.cycles);
    for (std::size_t c = 0; c < kLinks; ++c) {
      add_to(edges[c], others.edges[c]);
      for (std::size_t a = 0; a < kLinks; ++a)
        for (std::size_t b = 0; b < kLinks; ++b) paths[c][a][b] += others.paths[c][a][b];
    }
  }
};

// Numbers that fit go through the kernel, a few vectors at a time.
class LaneAdder {
 public:
  LaneAdder(const TetradKernels& kernels, bool degrees) : kernels_(kernels) { vectors_.degrees = degrees; }

  LaneVectors& vectors() { return vectors_; }
  LaneProducts& products() { return products_; }

  // Where lanes of the next vector go; counted by `push`.
  std::uint16_t* next() { return vectors_.of[vectors_.size]; }
  void push() {
    if (++vectors_.size == kMostVectors) kernels_.add_products(vectors_, products_);
  }

  void add_wide(const std::array<std::uint64_t, kLanes>& lanes) {
    for (std::size_t s = 0; s < kWedges; ++s) {
      if (lanes[s] == 0) continue;
      for (std::size_t t = s; t < kLanes; ++t) sums_[s][t] += Wide{lanes[s]} * lanes[t];
    }
  }

  // All that was added.
  LaneSums& sums() {
    kernels_.add_products(vectors_, products_);
    for (std::size_t s = 0; s < kWedges; ++s)
      for (std::size_t t = s; t < kLanes; ++t) sums_[s][t] += products_.of[s][t];
    products_ = {};
    return sums_;
  }

 private:
  const TetradKernels& kernels_;
  LaneVectors vectors_{};
  LaneProducts products_{};
  LaneSums sums_{};
};

}  // namespace motifcount
