// Roles: the places in a motif that no automorphism exchanges. A role belongs to a class and is called by its first
// node.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "motifs/families.hpp"

namespace motifcount {

inline constexpr std::array kRolesByFamily{std::size_t{4}, std::size_t{36}, std::size_t{31}, std::size_t{697}};

constexpr std::size_t n_roles(Family family) { return kRolesByFamily[static_cast<std::size_t>(family)]; }

// In a motif where a node has the role `larger` it has the role `smaller` in so many of the motifs that fewer links, or
// fewer arcs, leave.
struct ContainedRole {
  std::uint16_t larger, smaller, times;
};

// Roles stand in the order of their classes, and of their first nodes within one.
class RolesOfFamily {
 public:
  explicit RolesOfFamily(Family family);

  // Of the node of a motif of this code; kNoRole where the family has no such class.
  [[nodiscard]] std::uint16_t of(Code code, std::size_t node) const { return of_[kMostNodes * code + node]; }
  [[nodiscard]] std::size_t class_of(std::size_t role) const { return class_of_[role]; }
  // The code of the class, and the first node of the role in it.
  [[nodiscard]] Code code_of(std::size_t role) const;
  [[nodiscard]] std::size_t node_of(std::size_t role) const { return node_of_[role]; }

  // By links that are left out, those of the most links first: from open counts to induced ones.
  [[nodiscard]] std::span<const ContainedRole> by_links() const { return by_links_; }
  // By arcs, a motif itself included: from induced counts to those of subgraphs.
  [[nodiscard]] std::span<const ContainedRole> by_arcs() const { return by_arcs_; }

  static constexpr std::uint16_t kNoRole = 0xffff;

 private:
  void add_contained(std::size_t role, std::vector<std::uint16_t>& times);

  const FamilyData& family_;
  std::vector<std::uint16_t> of_;
  std::vector<std::uint8_t> class_of_, node_of_;
  std::vector<ContainedRole> by_links_, by_arcs_;
};

const RolesOfFamily& roles_of(Family family);

// Open counts at a node to induced ones, in place.
template <class Counts>
void make_roles_induced(Family family, Counts& counts) {
  for (const ContainedRole& c : roles_of(family).by_links())
    if (counts[c.larger] != 0) counts[c.smaller] -= counts[c.larger] * c.times;
}

}  // namespace motifcount
