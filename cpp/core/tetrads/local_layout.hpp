// Where the neighbours above a node stand in its local bit matrix: see LocalMatrix.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Neighbours are grouped by their link to the node, hubs apart from the others, and each group fills words of its own,
// so that a word of a row has one link. *Members* are the neighbours in the order of groups, one a row of the matrix.
template <class Entry>
class LocalLayout {
 public:
  struct Group {
    std::size_t link, first_member, first_word;
  };

  // The first `n_hubs` of the neighbours are hubs.
  void make(std::span<const Entry> above, std::size_t n_hubs);

  [[nodiscard]] std::size_t n_members() const { return position_of_.size(); }
  [[nodiscard]] std::size_t n_words() const { return n_words_; }
  [[nodiscard]] std::size_t first_hub_word() const { return first_hub_word_; }
  // And one more, where the last ends.
  [[nodiscard]] std::span<const Group> groups() const { return groups_; }

  // By index among the neighbours.
  [[nodiscard]] std::size_t member(std::size_t index) const { return member_of_[index]; }
  // The bit of a member in all rows, and the other way round.
  [[nodiscard]] std::size_t position(std::size_t member) const { return position_of_[member]; }
  [[nodiscard]] std::size_t member_at(std::size_t position) const { return member_at_[position]; }

  // By word: the link of the node to the neighbours there, and the same seen from these.
  [[nodiscard]] const std::uint8_t* links() const { return links_.data(); }
  [[nodiscard]] const std::uint8_t* back_links() const { return back_links_.data(); }

  // The pieces of the planes of hubs that make the words of hubs.
  [[nodiscard]] const RowPiece* pieces() const { return pieces_.data(); }
  [[nodiscard]] const std::uint32_t* piece_ends() const { return piece_ends_.data(); }

 private:
  void add_others(std::size_t end);
  void add_hubs(std::span<const Entry> above, std::size_t end);
  void place(std::size_t member, std::size_t position) {
    position_of_[member] = static_cast<std::uint32_t>(position);
    member_at_[position] = static_cast<std::uint32_t>(member);
  }

  std::size_t n_words_ = 0, first_hub_word_ = 0;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> member_of_, index_of_;  // by index, and by member
  std::vector<std::uint32_t> position_of_, member_at_;
  std::vector<std::uint8_t> links_, back_links_;
  std::vector<RowPiece> pieces_;
  std::vector<std::uint32_t> piece_ends_;
};

}  // namespace motifcount
