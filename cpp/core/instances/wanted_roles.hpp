// Which places of an instance two nodes must have for it to be counted at their pair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "instances/cooccurrence.hpp"
#include "motifs/roles.hpp"

namespace motifcount {

class WantedRoles {
 public:
  WantedRoles(int size, Code code, std::optional<RolePair> pair)
      : roles_(roles_of(size == 4   ? Family::kTetrad
                        : size == 3 ? Family::kTriad
                                    : Family::kDyad)),
        class_(roles_.class_of(roles_.of(code, 0))),
        any_(!pair) {
    if (!pair) return;
    row_ = roles_.of(code, pair->row);
    column_ = roles_.of(code, pair->column);
  }

  // Whether the first of two nodes of a motif of this code counts as a row, the second as a column.
  [[nodiscard]] bool holds(Code code, std::size_t first, std::size_t second) const {
    const std::uint16_t of_first = roles_.of(code, first), of_second = roles_.of(code, second);
    if (of_first == RolesOfFamily::kNoRole || roles_.class_of(of_first) != class_) return false;
    return any_ || (of_first == row_ && of_second == column_);
  }
  [[nodiscard]] bool are_symmetric() const { return any_ || row_ == column_; }

 private:
  const RolesOfFamily& roles_;
  std::size_t class_;
  bool any_;
  std::uint16_t row_ = 0, column_ = 0;
};

}  // namespace motifcount
