// Classes of four nodes by their arcs, generated from the definition.
//
// A *code* has the dyad codes of the pairs ab, ac, bc, ad, bd, cd from low to high. The *number* of a class is the least
// value, over the orders of its nodes, of the sum of 2^(4 i + j) over its arcs i -> j, as mfinder prints it (Milo et al.
// 2002, doi:10.1126/science.298.5594.824).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace motifcount {

inline constexpr std::size_t kConnectedTetrads = 199;
inline constexpr std::size_t kAllTetrads = 218;  // the connected ones first, both in the order of their numbers
inline constexpr std::size_t kTetradCodes = 4096;

struct TetradClasses {
  std::array<std::uint8_t, kTetradCodes> of_code;
  std::array<std::uint16_t, kAllTetrads> code;  // of one motif of the class
  std::array<std::uint16_t, kAllTetrads> number;
};
const TetradClasses& tetrad_classes();

// The code of four nodes by their dyad codes.
constexpr std::size_t tetrad_code(std::size_t ab, std::size_t ac, std::size_t bc, std::size_t ad, std::size_t bd,
                                  std::size_t cd) {
  return ab | ac << 2 | bc << 4 | ad << 6 | bd << 8 | cd << 10;
}

}  // namespace motifcount
