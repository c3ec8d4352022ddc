// All moves on the graph between the nodes of one group: swaps, turns and reversals, and, where mutual edges are kept,
// swaps of these and joint moves.
//
// Which kind of move comes next depends on degrees alone, which moves never change. Long chains make runs of moves of
// one kind: all runs have one length, so that the chain is the same backwards.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nulls/edge_sets.hpp"
#include "nulls/path_moves.hpp"
#include "nulls/swaps.hpp"
#include "nulls/tile_sets.hpp"
#include "support/stop.hpp"

namespace motifcount {

// Edges between nodes numbered from 0.
struct GroupGraph {
  std::span<Cell> edges;   // without those of mutual pairs where these are kept
  std::span<Cell> mutual;  // one edge for each pair
  std::uint32_t n_nodes = 0;
  std::uint32_t n_first = 0;  // nodes of the first of two layers that edges lead between; 0 within one layer
};

struct GroupPlan {
  std::int64_t attempts = 0;
  bool keep_mutual = false;
  bool uses_bits = true;
  bool of_hubs = false;  // then more reversals, which few other groups have
};

// Laid out for moves; the memory is kept from one use to the next.
class GroupMoves {
 public:
  // Makes at least plan.attempts, and leaves the edges in another order.
  SwapStats run(const GroupGraph& graph, const GroupPlan& plan, Rng& rng, Stop& stop);

 private:
  template <class Set>
  SwapStats run_with(Set& set, const GroupGraph& graph, const GroupPlan& plan, Rng& rng, Stop& stop);
  template <class Taken>
  SwapStats move(Taken& taken, const GroupGraph& graph, const GroupPlan& plan, Rng& rng, Stop& stop);

  EdgeSlots slots_;
  ReversalCosts reversals_;
  TileBits bits_;
  HashSet hash_;
};

}  // namespace motifcount
