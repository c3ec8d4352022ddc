// Families of motif classes, and what follows from the arcs of their classes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "motifs/codes.hpp"
#include "motifs/dyads.hpp"
#include "motifs/layered_tetrads.hpp"
#include "motifs/motif_class.hpp"
#include "motifs/tetrads.hpp"
#include "motifs/triads.hpp"

namespace motifcount {

enum class Family : std::uint8_t { kDyad, kTriad, kLayeredTetrad, kTetrad };
inline constexpr std::array kClassesByFamily{kDyads, kTriads, kLayeredTetrads, kTetrads};
inline constexpr std::size_t kFamilies = kClassesByFamily.size();

constexpr std::size_t n_classes(Family family) { return kClassesByFamily[static_cast<std::size_t>(family)]; }

struct FamilyData {
  std::string_view name;
  int size;                             // nodes of a motif
  std::span<const MotifClass> classes;  // in the order of every result
  std::span<const Alias> aliases;
  std::span<const ClassTraits> traits;  // by class
  const std::uint8_t* contained;        // entry [k][j] of Containment at k * classes.size() + j
};

const FamilyData& data_of(Family family);

}  // namespace motifcount
