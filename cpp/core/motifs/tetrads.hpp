// The classes of four nodes: 199 connected ones, and 19 that are not.
//
// The *number* of a class is the least value, over the orders of its nodes, of the sum of 2^(4 i + j) over its arcs
// i -> j. mfinder and FANMOD print these numbers (Milo et al. 2002, doi:10.1126/science.298.5594.824). Classes stand in
// the order of their numbers, connected ones first. A class is named by its number, a layered tetrad by its word.
#pragma once

#include "motifs/layered_tetrads.hpp"
#include "motifs/motif_class.hpp"

namespace motifcount {

inline constexpr std::size_t kTetrads = 199;     // connected
inline constexpr std::size_t kAllTetrads = 218;  // and those that are not
inline constexpr std::size_t kTetradCodes = n_codes(4);

// The code of four nodes by the dyad codes of their pairs.
constexpr std::size_t tetrad_code(std::size_t ab, std::size_t ac, std::size_t bc, std::size_t ad, std::size_t bd,
                                  std::size_t cd) {
  return ab | ac << 2 | bc << 4 | ad << 6 | bd << 8 | cd << 10;
}

// The nodes of a class are in the order that gives its number, those of a layered tetrad as in kLayeredTetradClasses.
extern const std::array<MotifClass, kAllTetrads> kTetradClasses;
extern const std::array<std::uint16_t, kAllTetrads> kTetradNumbers;
extern const std::array<std::uint8_t, kTetradCodes> kTetradOfCode;
extern const std::array<ClassTraits, kAllTetrads> kTetradTraits;
extern const std::array<Alias, kLayeredTetrads> kTetradAliases;  // the numbers of the layered tetrads

extern const Containment<kTetrads> kTetradsContained;

}  // namespace motifcount
