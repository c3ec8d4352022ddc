// Weights of arcs that move: on a random graph in which nodes keep their degrees, every arc has the weight of one that
// left the same node in the observed graph, for the same layer, and, where the null model keeps these, of the same kind
// and as mutual. All ways to deal them out are equally likely: it is the distribution that swaps have in which an arc
// keeps its source and its weight. Arcs into pinned layers keep their own.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nulls/null_model.hpp"
#include "support/rng.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

template <class Index>
class CarriedWeights {
 public:
  // Of a graph, which it borrows, the weights of its arcs, and the options of a null model. O(m log m).
  CarriedWeights(const GraphView<Index>& graph, std::span<const double> weights, const NullOptions& options,
                 Stop& stop);

  // The weights of the arcs of a random graph, in the order of its rows; `kinds` are its arcs', where these are kept.
  // Throws NotSupported for a graph in which nodes have other degrees.
  void deal(const CsrView<Index>& out, std::span<const std::uint8_t> kinds, Rng& rng, std::vector<double>& weights,
            Stop& stop);

 private:
  // What arcs must share to have each other's weights, and where they are.
  using Slot = std::pair<std::uint64_t, std::size_t>;

  // Fills slots_ with those of the arcs of a row, ascending.
  void find_slots(const CsrView<Index>& out, std::span<const std::uint8_t> kinds, std::int64_t u);

  GraphView<Index> graph_;
  bool by_kind_, by_mutual_;
  std::vector<std::uint64_t> shared_;  // row by row, ascending
  std::vector<double> weights_;        // of arcs in that order
  std::vector<Slot> slots_;
};

}  // namespace motifcount
