// Dyad and triad census, induced counts, whole or broken down by the layers of a motif's nodes.
//
// Open triads follow from each node's numbers of out-only, in-only and mutual neighbours; closed ones come from
// one listing of the triangles of the underlying undirected graph; 003, 012 and 102 from totals. This is the
// scheme of Ortmann and Brandes (2017, doi:10.1007/s41109-017-0027-2). O(m^1.5) time, O(n + m) memory.
// Where the underlying graph is bipartite, strictly layered ones included, there is no triangle to list: O(n + m).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "graph/levels.hpp"
#include "motifs/motif_classes.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

inline constexpr std::int64_t kMaxBlockLayers = 128;  // tables grow with the cube of the number of layers

// Multisets of two and three layers, in lexicographic order of their sorted tuples.
class LayerTuples {
 public:
  explicit LayerTuples(std::int64_t n_layers);

  [[nodiscard]] std::int64_t n_layers() const { return n_layers_; }
  [[nodiscard]] const std::vector<std::array<std::int32_t, 2>>& pairs() const { return pairs_; }
  [[nodiscard]] const std::vector<std::array<std::int32_t, 3>>& triples() const { return triples_; }
  // Position of {a, b} and of {a, b, c}, in any order of the arguments.
  [[nodiscard]] std::size_t pair(std::int64_t a, std::int64_t b) const {
    return static_cast<std::size_t>(pair_id_[static_cast<std::size_t>(a * n_layers_ + b)]);
  }
  [[nodiscard]] std::size_t triple(std::int64_t a, std::int64_t b, std::int64_t c) const {
    return static_cast<std::size_t>(triple_id_[static_cast<std::size_t>((a * n_layers_ + b) * n_layers_ + c)]);
  }

 private:
  std::int64_t n_layers_;
  std::vector<std::array<std::int32_t, 2>> pairs_;
  std::vector<std::array<std::int32_t, 3>> triples_;
  std::vector<std::int32_t> pair_id_, triple_id_;
};

using DyadCounts = std::array<Count, kDyads>;
using TriadCounts = std::array<Count, kTriads>;

struct Census {
  std::vector<DyadCounts> dyads;    // by LayerTuples::pairs(); one entry when not by block
  std::vector<TriadCounts> triads;  // by LayerTuples::triples(); empty when not asked for
};

// `shape` is what is known of the underlying graph (kGeneral is always safe). With `by_block` the graph needs
// layers, at most kMaxBlockLayers of them.
template <class Index>
Census census(const GraphView<Index>& graph, Shape shape, bool want_triads, bool by_block, int num_threads,
              Stop& stop);

}  // namespace motifcount
