// Classes of four nodes, or roles in them, by the links of their neighbours, as tables: see open_counts.hpp for what an
// open count is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "motifs/roles.hpp"
#include "motifs/tetrads.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// What is counted at a node: the classes of the motifs that it is in, or its roles in them.
enum class ByPlace : std::uint8_t { kClass, kRole };

// Counts at a node stand in *columns*, those of a skeleton side by side, until `finish` puts them into the order of
// classes or roles. A table has the column of the class, or of the role of the node at the place that its name says.
class NodeClasses {
 public:
  explicit NodeClasses(ByPlace by);
  static const NodeClasses& of(ByPlace by);  // made once

  [[nodiscard]] std::size_t n_columns() const { return column_of_.size(); }

  template <std::size_t N>
  using Table = std::array<std::uint16_t, N>;

  // In base 3: links from a centre to three others; the role is that of the centre, or of the first other.
  Table<27> claw, claw_leaf;
  // Links of the middle edge and from its ends outwards; of the first end, and of the node beyond it.
  Table<27> path, path_end;
  // Links of a triangle (from its first node to the others, from the second to the third) and from its first node to a
  // fourth; of the first node, the second, the fourth.
  Table<81> paw, paw_side, paw_tail;
  // The link of the diagonal, and the wedges to both wings, each from both ends of the diagonal; of the first end, and
  // of the first wing.
  Table<3 * 81> diamond, diamond_wing;
  // Two wedges from a node to the one opposite; of this node, of the one between on the first wedge, of the opposite.
  Table<81> cycle, cycle_side, cycle_opposite;
  // Links from the first node to the others, from the second to the third and fourth, the last; of the first two.
  Table<729> clique, clique_second;

  struct Range {
    std::size_t first, end;
  };
  Range wings;  // columns

  // The rows of up to kNodesAtOnce nodes, from open counts by column to induced ones by class or role.
  using Rows = std::span<std::int64_t* const>;
  void finish(const TetradKernels& kernels, Rows rows) const;

 private:
  void order_columns(ByPlace by);
  void fill_tables(ByPlace by);
  void list_larger(ByPlace by);

  std::vector<std::uint16_t> column_of_;   // of each class or role
  std::array<std::uint16_t, 5> first_{};   // columns by links: see OneLinkMore
  std::vector<std::uint16_t> larger_;      // columns
  std::vector<std::uint32_t> larger_end_;  // by column
};

}  // namespace motifcount
