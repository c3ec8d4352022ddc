// A set of families of motif classes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "motifs/families.hpp"

namespace motifcount {

class FamilySet {
 public:
  constexpr FamilySet() = default;
  constexpr FamilySet(std::initializer_list<Family> families) {
    for (const Family family : families) add(family);
  }

  constexpr void add(Family family) { bits_ |= bit(family); }
  [[nodiscard]] constexpr bool has(Family family) const { return (bits_ & bit(family)) != 0; }

  // In the order of the enumeration, which is that of every result.
  template <class Visit>
  constexpr void for_each(Visit visit) const {
    for (std::size_t f = 0; f < kFamilies; ++f)
      if (const auto family = static_cast<Family>(f); has(family)) visit(family);
  }
  // Of all families together.
  [[nodiscard]] constexpr std::size_t n_classes() const {
    std::size_t n = 0;
    for_each([&](Family family) { n += motifcount::n_classes(family); });
    return n;
  }

 private:
  static constexpr unsigned bit(Family family) { return 1u << static_cast<unsigned>(family); }

  unsigned bits_ = 0;
};

}  // namespace motifcount
