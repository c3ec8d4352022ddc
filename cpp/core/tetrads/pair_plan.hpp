// How the bi-fans and bi-parallels of each level are counted: in the way that takes least work.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/linked_levels.hpp"
#include "motifs/layered_tetrads.hpp"
#include "squares/layered.hpp"
#include "support/stop.hpp"

namespace motifcount {

// Pairs of start nodes of a level (bi-fans), or of a start node and a node two levels above it (bi-parallels).
struct PairPlan {
  LayeredTetrad tetrad;
  std::int64_t base;  // lowest level of the motif
  bool packed;        // rows of bits are compared; else wedges are walked
  bool from_targets;  // bi-fans: the start nodes are those that the arcs lead to
  double work;        // in operations on a word of packed rows
};

template <class Index>
std::vector<PairPlan> plan_pairs(const LinkedLevels<Index>& graph);

// Takes out the plans that cost less as squares, if they save more than the squares take to set up; else none.
template <class Index>
WantedSquares take_squares(std::vector<PairPlan>& plans, const LinkedLevels<Index>& graph, int num_threads, Stop& stop);

}  // namespace motifcount
