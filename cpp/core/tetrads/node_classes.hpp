// Classes of four nodes, or roles in them, by the links of their neighbours, as tables: see open_counts.hpp for what an
// open count is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "motifs/roles.hpp"
#include "motifs/tetrads.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// What is counted at a node: the classes of the motifs that it is in, or its roles in them.
enum class ByPlace : std::uint8_t { kClass, kRole };

// A table has the class, or the role of the node at the place that its name says.
struct NodeClasses {
  template <std::size_t N>
  using Table = std::array<std::uint16_t, N>;

  // In base 3: links from a centre to three others; the role is that of the centre, or of the first other.
  Table<27> star, star_leaf;
  // Links of the middle edge and from its ends outwards; of the first end, and of the node beyond it.
  Table<27> path, path_end;
  // Links of a triangle (from its first node to the others, from the second to the third) and from its first node to a
  // fourth; of the first node, the second, the fourth.
  Table<81> tailed, tailed_side, tailed_tail;
  // The link of the diagonal, and the wedges to both wings, each from both ends of the diagonal; of the first end, and
  // of the first wing.
  Table<3 * 81> diamond, diamond_wing;
  // Two wedges from a node to the one opposite; of this node, of the one between on the first wedge, of the opposite.
  Table<81> cycle, cycle_side, cycle_opposite;
  // Links from the first node to the others, from the second to the third and fourth, the last; of the first three.
  Table<729> clique, clique_second, clique_third;

  explicit NodeClasses(ByPlace by) {
    const RolesOfFamily& roles = roles_of(Family::kTetrad);
    const auto code_of = [](std::size_t ab, std::size_t ac, std::size_t ad, std::size_t bc, std::size_t bd,
                            std::size_t cd) { return static_cast<Code>(tetrad_code(ab, ac, bc, ad, bd, cd)); };
    const auto at = [&](Code code, std::size_t node) {
      return by == ByPlace::kRole ? roles.of(code, node) : std::uint16_t{kTetradOfCode[code]};
    };
    const auto digit = [](std::size_t k, std::size_t place) { return k / place % 3; };
    const auto back = [](std::size_t link) { return kReversedLink[link] + 1; };
    for (std::size_t k = 0; k < 729; ++k) {
      const Code code =
          code_of(digit(k, 243) + 1, digit(k, 81) + 1, digit(k, 27) + 1, digit(k, 9) + 1, digit(k, 3) + 1, k % 3 + 1);
      clique[k] = at(code, 0);
      clique_second[k] = at(code, 1);
      clique_third[k] = at(code, 2);
    }
    for (std::size_t k = 0; k < 243; ++k) {
      const Code code = code_of(k / 81 + 1, digit(k, 27) + 1, digit(k, 3) + 1, digit(k, 9) + 1, k % 3 + 1, 0);
      diamond[k] = at(code, 0);
      diamond_wing[k] = at(code, 2);
    }
    for (std::size_t k = 0; k < 81; ++k) {
      const Code triangle = code_of(digit(k, 27) + 1, digit(k, 9) + 1, k % 3 + 1, digit(k, 3) + 1, 0, 0);
      tailed[k] = at(triangle, 0);
      tailed_side[k] = at(triangle, 1);
      tailed_tail[k] = at(triangle, 3);
      const Code round = code_of(digit(k, 27) + 1, 0, digit(k, 3) + 1, digit(k, 9) + 1, 0, back(k % 3));
      cycle[k] = at(round, 0);
      cycle_side[k] = at(round, 1);
      cycle_opposite[k] = at(round, 2);
    }
    for (std::size_t k = 0; k < 27; ++k) {
      const Code around = code_of(digit(k, 9) + 1, digit(k, 3) + 1, k % 3 + 1, 0, 0, 0);
      star[k] = at(around, 0);
      star_leaf[k] = at(around, 1);
      const Code along = code_of(digit(k, 9) + 1, digit(k, 3) + 1, 0, 0, k % 3 + 1, 0);
      path[k] = at(along, 0);
      path_end[k] = at(along, 2);
    }
  }
};

}  // namespace motifcount
