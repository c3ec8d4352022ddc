// Classes of four nodes by the links of their neighbours, as tables: see open_counts.hpp for what an open count is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "motifs/tetrads.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

struct NodeClasses {
  using Class = std::uint8_t;
  template <std::size_t N>
  using Table = std::array<Class, N>;

  // In base 3: links from a centre to three others; of the middle edge and from its ends outwards; of a triangle (from
  // its first node to the others, from the second to the third) and from its first node to a fourth.
  Table<27> star, path;
  Table<81> tailed;
  Table<3 * 81> diamond;  // the link of the diagonal, and the wedges to both wings, each from both ends of the diagonal
  Table<81> cycle;        // two wedges from a node to the one opposite
  Table<729> clique;      // from the first node to the others, from the second to the third and fourth, the last

  NodeClasses() {
    const auto of = [](std::size_t ab, std::size_t ac, std::size_t ad, std::size_t bc, std::size_t bd, std::size_t cd) {
      return kTetradOfCode[tetrad_code(ab, ac, bc, ad, bd, cd)];
    };
    const auto digit = [](std::size_t k, std::size_t place) { return k / place % 3; };
    const auto back = [](std::size_t link) { return kReversedLink[link] + 1; };
    for (std::size_t k = 0; k < 729; ++k)
      clique[k] =
          of(digit(k, 243) + 1, digit(k, 81) + 1, digit(k, 27) + 1, digit(k, 9) + 1, digit(k, 3) + 1, k % 3 + 1);
    for (std::size_t k = 0; k < 243; ++k)
      diamond[k] = of(k / 81 + 1, digit(k, 27) + 1, digit(k, 3) + 1, digit(k, 9) + 1, k % 3 + 1, 0);
    for (std::size_t k = 0; k < 81; ++k) {
      tailed[k] = of(digit(k, 27) + 1, digit(k, 9) + 1, k % 3 + 1, digit(k, 3) + 1, 0, 0);
      cycle[k] = of(digit(k, 27) + 1, 0, digit(k, 3) + 1, digit(k, 9) + 1, 0, back(k % 3));
    }
    for (std::size_t k = 0; k < 27; ++k) {
      star[k] = of(digit(k, 9) + 1, digit(k, 3) + 1, k % 3 + 1, 0, 0, 0);
      path[k] = of(digit(k, 9) + 1, digit(k, 3) + 1, 0, 0, k % 3 + 1, 0);
    }
  }
};

}  // namespace motifcount
