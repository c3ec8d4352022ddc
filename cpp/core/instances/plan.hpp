// In which order the nodes of a motif class are looked for in a graph.
//
// Places 0 and 1 of a *plan* are its *anchors*: every other node of a connected class is a neighbour of one of them, so
// what can stand at the places 2 and 3 follows from the neighbours of the two. Where the class allows it the anchors
// are linked and places 2 and 3 are not, so that little of what is tried fails in the end.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "motifs/codes.hpp"

namespace motifcount {

struct Plan {
  using Order = std::array<std::uint8_t, kMostNodes>;

  enum class Anchors : std::uint8_t {
    kLinked,
    kOpposite,  // not linked, but with common neighbours
    kAny,       // not linked, in a class without any link between them and others
  };

  int size = 0;
  Order node{};                                                         // of the class, by place
  std::array<std::array<std::uint8_t, kMostNodes>, kMostNodes> code{};  // dyad codes, by two places
  Anchors anchors = Anchors::kLinked;
  bool alike = false;  // places 2 and 3 have the same codes to the anchors
  // By place, as bits, the places that must hold nodes of lower rank. This singles out one of the ways in which an
  // instance fits the class.
  std::array<std::uint8_t, kMostNodes> behind{};
  std::vector<Order> automorphisms;  // node u of the class becomes [u]
  int reach = 0;               // of the links between place 0 and the node farthest from it; -1 where there is none
  std::vector<MotifArc> arcs;  // of the class

  [[nodiscard]] bool is_connected() const { return reach >= 0; }
  [[nodiscard]] unsigned at(std::size_t from, std::size_t to) const { return code[from][to]; }
};

Plan plan_for(int size, Code code);

}  // namespace motifcount
