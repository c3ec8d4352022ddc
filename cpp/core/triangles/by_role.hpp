// Triangles at each of their nodes, by the role of the node.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "kernels/bit_kernels.hpp"
#include "motifs/roles.hpp"
#include "motifs/triads.hpp"

namespace motifcount {

// The roles in closed triads, in ascending order, and which a node has by the dyad codes, less one, to two others and
// from the first of these to the second: at 9 * x + 3 * y + z.
struct ClosedRoles {
  static constexpr std::size_t kNumber = 15;
  std::array<std::uint16_t, kNumber> roles{};
  std::array<std::uint8_t, 27> place{};

  ClosedRoles() {
    const RolesOfFamily& all = roles_of(Family::kTriad);
    std::size_t n = 0;
    for (std::size_t role = 0; role < n_roles(Family::kTriad); ++role)
      if (kTriadTables.closed[all.class_of(role)]) roles.at(n++) = static_cast<std::uint16_t>(role);
    for (std::size_t k = 0; k < 27; ++k) {
      const std::uint16_t role = all.of(static_cast<Code>(triad_code(k / 9 + 1, k / 3 % 3 + 1, k % 3 + 1)), 0);
      place[k] = static_cast<std::uint8_t>(std::ranges::find(roles, role) - roles.begin());
    }
  }
};

inline const ClosedRoles& closed_roles() {
  static const ClosedRoles instance;
  return instance;
}

// A way of NodeTriangles: by closed role.
class TrianglesByRole {
 public:
  static constexpr std::size_t kNumbers = ClosedRoles::kNumber;
  using OfNode = std::array<std::int64_t, kNumbers + 1>;  // and one more, which is 0
  using AtPosition = LinkCounts;

  static std::size_t place(std::size_t first, std::size_t second, std::size_t between) {
    return closed_roles().place[9 * (first - 1) + 3 * (second - 1) + between - 1];
  }
  static void add_planes(const SparsePlanes& u, const RowsByCode& rows, AtPosition* by_position) {
    bit_kernels().add_triangles_by_link(u, rows, by_position);
  }
  static void add(AtPosition& at_v, AtPosition& at_w, std::size_t uv, std::size_t uw, std::size_t vw) {
    ++at_v.of[3 * (uw - 1) + vw - 1];
    ++at_w.of[3 * (uv - 1) + kBack[vw - 1]];
  }

  // What is counted at a node of the list of u, which sees it by this dyad code.
  const std::array<std::uint32_t, kNumbers + 1>& take(const AtPosition& counts, std::size_t code) {
    at_node_ = {};
    for (std::size_t x = 0; x < 3; ++x)
      for (std::size_t y = 0; y < 3; ++y) at_node_[places_[9 * kBack[code - 1] + 3 * y + x]] += counts.of[3 * x + y];
    auto& at_u = twice_at_u_[code - 1];
    for (std::size_t k = 0; k < at_u.size(); ++k) at_u[k] += counts.of[k];
    return at_node_;
  }
  OfNode take_u() {
    OfNode at_u{};
    for (std::size_t k = 0; k < places_.size(); ++k) at_u[places_[k]] += twice_at_u_[k / 9][k % 9];
    twice_at_u_ = {};
    for (std::int64_t& count : at_u) count /= 2;
    return at_u;
  }

 private:
  static constexpr std::array<std::size_t, 3> kBack{1, 0, 2};

  const std::array<std::uint8_t, 27>& places_ = closed_roles().place;
  std::array<std::uint32_t, kNumbers + 1> at_node_{};
  // By the dyad code from u to a node, then by its links to a third and between these: triangles are met at both nodes.
  std::array<std::array<std::int64_t, kLinkLanes>, 3> twice_at_u_{};
};

}  // namespace motifcount
