// Dyads and triads whose arcs have kinds: classes under every order of the nodes, generated from the plain classes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "motifs/families.hpp"

namespace motifcount {

inline constexpr std::size_t kMostKinds = 4;
inline constexpr std::size_t kMostStates = (kMostKinds + 1) * (kMostKinds + 1);
inline constexpr std::size_t kMostKindedArcs = 6;

// The *state* of a pair of nodes u, v is the kind of its arc u -> v plus (n_kinds + 1) times that of v -> u, kinds
// counted from 1, and 0 for no arc: the dyad code of a graph with one kind.
class PairStates {
 public:
  explicit constexpr PairStates(std::size_t n_kinds) : base_(n_kinds + 1) {}

  [[nodiscard]] constexpr std::size_t size() const { return base_ * base_; }
  [[nodiscard]] constexpr std::size_t of(std::size_t out, std::size_t in) const { return out + base_ * in; }
  [[nodiscard]] constexpr std::size_t out(std::size_t state) const { return state % base_; }
  [[nodiscard]] constexpr std::size_t in(std::size_t state) const { return state / base_; }
  [[nodiscard]] constexpr std::size_t reversed(std::size_t state) const { return of(in(state), out(state)); }

 private:
  std::size_t base_;
};

struct KindedClass {
  std::uint8_t plain;  // the class in its family
  // Of one motif of the class, the kinds of its arcs, from 0, by the bits of the plain class's code from low to high.
  std::array<std::uint8_t, kMostKindedArcs> kinds;
};

// The classes of a family (dyads or triads) for a number of kinds, in the order of the plain classes, and within one in
// that of the kinds of the first motif met. There are ((k+1)^2 + (k+1)) / 2 dyads and ((k+1)^6 + 3 (k+1)^3 + 2 (k+1)^2)
// / 6 triads (Burnside): with two kinds 6 and 138.
class KindedFamily {
 public:
  KindedFamily(Family family, std::size_t n_kinds);

  [[nodiscard]] const PairStates& states() const { return states_; }
  [[nodiscard]] const std::vector<KindedClass>& classes() const { return classes_; }

  // Of the states of the pairs ab, ac, bc; of two nodes, of ab alone.
  [[nodiscard]] std::size_t class_of(std::size_t ab, std::size_t ac = 0, std::size_t bc = 0) const {
    return class_of_[ab + states_.size() * (ac + states_.size() * bc)];
  }

  // The states of ab, ac, bc in one motif of a class.
  [[nodiscard]] std::array<std::size_t, 3> pairs(std::size_t k) const;

  // The classes of the motifs that the subsets of a motif's arcs make, one entry for each of the subsets.
  [[nodiscard]] std::vector<std::size_t> contained_in(std::size_t k) const;

 private:
  using Kinds =
      std::array<std::array<std::size_t, 4>, 4>;  // by source and target, from 1; 0 for no arc; of up to four nodes

  [[nodiscard]] std::size_t class_of(const Kinds& kinds) const;
  [[nodiscard]] Kinds kinds_of(const KindedClass& of_class) const;

  Family family_;
  PairStates states_;
  std::vector<KindedClass> classes_;
  std::vector<std::uint16_t> class_of_;
};

// Made once for each number of kinds, 1 to kMostKinds. Throws NotSupported for other families than dyads and triads.
const KindedFamily& kinded_family(Family family, std::size_t n_kinds);

}  // namespace motifcount
