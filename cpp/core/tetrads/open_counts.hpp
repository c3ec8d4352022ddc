// From sums over edges, nodes and K4s to the induced counts of all classes.
//
// The *skeleton* of a motif is the undirected graph below its arcs. A motif P is counted *open* where the skeleton's
// other pairs of nodes may carry arcs or not: open(P) = sum over classes D of induced(D) * (subsets of the skeleton
// edges of D that leave P). Skeletons with the most edges come first, and are taken out of those below them.
#pragma once

#include <array>
#include <span>

#include "motifs/tetrads.hpp"
#include "tetrads/lane_sums.hpp"
#include "tetrads/local_matrix.hpp"
#include "tetrads/wedge_walk.hpp"

namespace motifcount {

// Modulo 2^128; in the order of kTetradClasses, so that those of all classes add up to C(n, 4).
using AllTetrads = std::array<Wide, kAllTetrads>;

// Sums over the nodes of two arcs or more, by their degrees.
struct DegreeSums {
  std::array<std::array<std::array<Wide, kLinks>, kLinks>, kLinks> claws{};  // three neighbours, by links a <= b <= c
  std::array<std::array<Wide, kLinks>, kLinks> wedges{};                     // two, a <= b
  Wide mutual_ends = 0;                                                      // of mutual edges

  template <class Entry>
  void add(const std::array<Entry, kLinks>& degrees);
  void add(const DegreeSums& others);
};

// Of some nodes w: K4s and edges whose lowest node is w, and 4-cycles in which w is opposite to the highest.
struct TetradSums {
  CliqueCounts cliques{};
  WalkSums walks{};
  DegreeSums degrees{};

  void add(const TetradSums& others);
};

// From the sums over all nodes.
AllTetrads open_counts(const TetradSums& sums, Wide n_nodes, Wide n_arcs);

// Subsets of the skeleton edges of the class `larger`, not all of them, that leave the class `smaller`.
struct Contained {
  std::uint8_t larger, smaller;
  std::uint16_t times;
};

// The `larger` of more edges first.
std::span<const Contained> contained_tetrads();

// Open counts to induced ones, in place: of all classes, or of the connected ones, which come first.
template <class Counts>
void make_induced(Counts& counts) {
  for (const Contained& c : contained_tetrads())
    if (c.smaller < counts.size() && counts[c.larger] != 0) counts[c.smaller] -= counts[c.larger] * c.times;
}

}  // namespace motifcount
