// Four nodes that are all neighbours (K4), each found at its lowest-ranked node u: the neighbours of u above it make the
// rows and columns of a bit matrix, and K4s are the bits that two neighbouring rows share.
//
// The rows also give the triangles of each edge whose third node ranks above both ends.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "tetrads/ranked_neighbours.hpp"
#include "tetrads/upper_triangles.hpp"

namespace motifcount {

// By links: of u to i, u to j, i to j, u to k, then 3 * (i to k) + (j to k).
using CliqueCounts = std::array<std::array<std::array<std::array<std::array<std::uint64_t, 9>, kLinks>, kLinks>, kLinks>, kLinks>;

// Of one worker.
template <class Entry>
class LocalMatrix {
 public:
  LocalMatrix(const RankedNeighbours<Entry>& graph, UpperTriangles<Entry>& triangles, const TetradKernels& kernels,
              Stop& stop)
      : graph_(graph), triangles_(triangles), kernels_(kernels), stop_(stop), position_(graph.n_nodes(), 0) {}

  // Sets the triangles of all edges from u upwards, and counts the K4s.
  void add(std::size_t u);

  void give(CliqueCounts& cliques) const;

 private:
  static constexpr std::size_t kFewNodes = 24;

  // A neighbour above u. Those of one link fill words of their own, so that a word of a row has one link to u.
  struct Member {
    std::uint32_t position;  // in the rows' bits
    std::uint32_t index;     // among the neighbours above u
  };

  void lay_out(std::span<const Entry> above);
  std::size_t find_edges(std::size_t u, std::span<const Entry> above);
  void set_bit(std::size_t row, std::size_t position, std::size_t link) {
    words_[(row * n_words_ + position / 64) * 3 + link] |= std::uint64_t{1} << position % 64;
  }
  void count_few();
  void count_pairs();
  void gather_pairs(std::size_t link, std::size_t word, std::size_t i_to_j);

  const RankedNeighbours<Entry>& graph_;
  UpperTriangles<Entry>& triangles_;
  const TetradKernels& kernels_;
  PacedStop stop_;
  std::vector<std::uint32_t> position_;  // by rank: of a neighbour above u, plus one; else 0
  std::vector<Member> members_;          // by position
  std::array<std::size_t, kLinks + 1> first_member_{}, first_word_{};  // of each link
  std::array<std::size_t, kLinks> link_of_group_{};
  std::vector<std::uint8_t> link_of_word_;
  std::vector<std::uint32_t> member_at_;  // by position
  std::size_t n_words_ = 0;               // of a plane of a row
  std::vector<std::uint64_t> words_;
  std::vector<RowPair> pairs_;
  CliqueCounts cliques_{};
};

}  // namespace motifcount
