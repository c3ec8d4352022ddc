// For each node u the nodes above it as a matrix of bits: K4s are bits that rows share, diamonds bits of a row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "support/stop.hpp"
#include "tetrads/edge_wedges.hpp"
#include "tetrads/node_classes.hpp"
#include "tetrads/node_table.hpp"

namespace motifcount {

// What all workers look at: where the numbers that are found for u, a node r above it and its neighbours go.
class CliqueColumns {
 public:
  explicit CliqueColumns(const NodeClasses& classes);

  struct Term {
    std::uint16_t of_r, of_u;  // columns
    bool twice;                // met from j and from k
  };
  // By the links from u to r, u to j and r to j: terms by the link from u to k and their place in its CommonBits, and a
  // bit for each that is not met the other way round too.
  struct Terms {
    std::array<Term, kLinks * kWedges> at;
    std::uint32_t met_once;
  };
  std::array<std::array<std::array<Terms, kLinks>, kLinks>, kLinks> terms{};
  std::size_t first;  // column of K4s
};

// Of one worker.
class NodeCliques {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  NodeCliques(const Graph& graph, const NodeClasses& classes, const CliqueColumns& columns,
              const TetradKernels& kernels, Stop& stop)
      : graph_(graph),
        classes_(classes),
        columns_(columns),
        kernels_(kernels),
        stop_(stop),
        bit_of_(graph.n_nodes(), 0),
        of_u_(classes.n_columns(), 0) {}

  // Adds to the edges from u upwards the triangles whose third node ranks above both ends, the only ones that may be
  // missing there. Then the K4s of u and three nodes above it, and those of the diamonds with a diagonal from u upwards
  // whose wing ranks above u, at that wing: see NodeWings.
  void visit(std::size_t u, EdgeWedges& wedges, const NodeTable& table);

 private:
  static constexpr std::size_t kPlanes = kLinks;

  void place(std::size_t u);
  std::size_t find_edges(std::size_t u, EdgeWedges& wedges);
  void set(std::size_t row, std::size_t bit, std::size_t link) {
    words_[row_size_ * row + kPlanes * (bit / 64) + link] |= std::uint64_t{1} << bit % 64;
  }
  void add_row(std::size_t u, std::size_t k, const EdgeWedges& wedges, const NodeTable& table);
  std::size_t list_pairs(std::size_t row, std::size_t link_of_j, std::size_t row_to_j);
  void add_wings(std::size_t first_edge, std::size_t n, std::size_t first_column, const EdgeWedges& wedges,
                 NodeTable::Row row) const;

  const Graph& graph_;
  const NodeClasses& classes_;
  const CliqueColumns& columns_;
  const TetradKernels& kernels_;
  PacedStop stop_;
  std::vector<std::uint32_t> bit_of_;                 // of a node above u, and 1 more; 0 for others
  std::array<std::size_t, kLinks + 1> first_word_{};  // of the nodes by their link from u, each in words of their own
  std::vector<std::uint8_t> link_of_word_;
  std::vector<std::uint32_t> row_of_;  // by bit
  std::vector<std::uint32_t> hits_;    // entries of a row that are above u
  std::size_t row_size_ = 0;
  std::vector<std::uint64_t> words_;  // the k-th row is that of the k-th node above u; 2^32 would take 10^10 edges
  std::vector<RowPair> pairs_;        // a row r, and those of its neighbours j
  std::vector<std::uint32_t> rows_;   // of these
  std::vector<std::int64_t> of_u_;    // by column; a K4 is met by each of its other nodes r
};

}  // namespace motifcount
