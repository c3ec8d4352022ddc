// Four nodes that are all neighbours (K4), each found at its lowest-ranked node u: the neighbours of u above it make
// the rows and columns of a bit matrix, and K4s are the bits that two neighbouring rows share.
//
// The rows also give the triangles of each edge whose third node ranks above both ends.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "tetrads/hub_planes.hpp"
#include "tetrads/local_layout.hpp"
#include "tetrads/rank_table.hpp"
#include "tetrads/ranked_neighbours.hpp"
#include "tetrads/upper_triangles.hpp"

namespace motifcount {

// By links: of u to i, u to j, i to j, u to k, then 3 * (i to k) + (j to k).
template <class T>
using ByLink = std::array<T, kLinks>;
using CliqueCounts = ByLink<ByLink<ByLink<ByLink<CommonBits>>>>;

// Of one worker.
template <class Entry>
class LocalMatrix {
 public:
  // Without `hubs` all is found by walking along rows.
  LocalMatrix(const RankedNeighbours<Entry>& graph, const HubPlanes<Entry>* hubs, const TetradKernels& kernels,
              Stop& stop)
      : graph_(graph), hubs_(hubs), kernels_(kernels), stop_(stop), position_(graph.n_nodes()) {}

  // The hubs above u whose bits are extracted from planes, or 0 where walking along the rows of its neighbours is
  // faster.
  static std::size_t n_extracted(const HubPlanes<Entry>& hubs, std::size_t u);

  // Counts the K4s, and the triangles of all edges from u upwards.
  void add(std::size_t u);
  [[nodiscard]] const LowerEndTriangles& triangles() const { return triangles_; }  // of the last u

  void give(CliqueCounts& cliques) const;

 private:
  static constexpr std::size_t kFewNodes = 32;  // bits of `add_few`

  std::size_t find_edges(std::span<const Entry> above, std::size_t n_hubs);
  std::uint32_t find_in_row(std::size_t v, std::size_t member, std::size_t n_skipped, std::uint32_t (&counts)[kWedges]);
  void set_bit(std::size_t row, std::size_t position, std::size_t link) {
    words_[(row * n_words_ + position / 64) * 3 + link] |= std::uint64_t{1} << position % 64;
  }
  void add_few(std::span<const Entry> above);
  void count_pairs();
  std::size_t list_pairs(std::size_t group, std::size_t word, std::size_t i_to_j);

  const RankedNeighbours<Entry>& graph_;
  const HubPlanes<Entry>* hubs_;
  const TetradKernels& kernels_;
  PacedStop stop_;
  LowerEndTriangles triangles_;
  LocalLayout<Entry> layout_;
  RankTable<Entry> position_;          // of neighbours above u that are no hubs, plus one
  std::vector<std::uint32_t> row_at_;  // by position: where its row begins
  std::vector<std::uint64_t> seen_;    // bits of the hubs above the one whose row is filled
  std::size_t n_words_ = 0;            // of a plane of a row
  std::vector<std::uint64_t> words_;
  std::vector<RowPair> pairs_;  // the first of them, as many as list_pairs says
  CliqueCounts cliques_{};
};

}  // namespace motifcount
