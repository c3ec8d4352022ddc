// A motif class is a name and the arcs of one motif; what else is known of a class follows from the arcs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "motifs/codes.hpp"

namespace motifcount {

struct MotifClass {
  std::string_view name;
  Code code;
};

struct Alias {
  std::string_view alias;
  std::string_view name;
};

inline constexpr std::uint8_t kNoClass = 255;

struct ClassTraits {
  std::uint8_t labelled;    // different ways to lay the class on its nodes
  std::uint8_t reversed;    // class of the motif with all its arcs turned round
  std::uint8_t complement;  // class of the motif with just the other arcs; kNoClass where there is none
  // By node, the first node of its *role*: nodes that an automorphism exchanges have one role.
  std::array<std::uint8_t, kMostNodes> role;
};

// The class of every code of a family, kNoClass where there is none.
template <int Size, std::size_t N>
constexpr std::array<std::uint8_t, n_codes(Size)> class_of_code(const std::array<MotifClass, N>& classes) {
  std::array<std::uint8_t, n_codes(Size)> table{};
  table.fill(kNoClass);
  for (std::size_t k = 0; k < N; ++k)
    for (std::size_t order = 0; order < n_orders(Size); ++order)
      table[permuted(classes[k].code, order)] = static_cast<std::uint8_t>(k);
  return table;
}

// [k][j]: arc subsets of one motif of class j that form class k.
template <std::size_t N>
using Containment = std::array<std::array<std::uint8_t, N>, N>;

// Of the first N classes.
template <std::size_t N, std::size_t Classes, std::size_t Codes>
constexpr Containment<N> contained_in(const std::array<MotifClass, Classes>& classes,
                                      const std::array<std::uint8_t, Codes>& class_of) {
  Containment<N> contained{};
  for (std::size_t j = 0; j < N; ++j)
    for_each_subset(classes[j].code, [&](Code subset) {
      if (const std::size_t k = class_of[subset]; k < N) ++contained[k][j];
    });
  return contained;
}

template <int Size, std::size_t N>
constexpr std::array<ClassTraits, N> traits_of(const std::array<MotifClass, N>& classes,
                                               const std::array<std::uint8_t, n_codes(Size)>& class_of) {
  std::array<ClassTraits, N> traits{};
  for (std::size_t k = 0; k < N; ++k) {
    const Code code = classes[k].code;
    std::size_t automorphisms = 0;
    traits[k].role = {0, 1, 2, 3};
    for (std::size_t order = 0; order < n_orders(Size); ++order) {
      if (permuted(code, order) != code) continue;
      ++automorphisms;
      for (std::size_t u = 0; u < Size; ++u)
        if (kOrders[order][u] < traits[k].role[u]) traits[k].role[u] = kOrders[order][u];
    }
    traits[k].labelled = static_cast<std::uint8_t>(n_orders(Size) / automorphisms);
    traits[k].reversed = class_of[reversed(code)];
    traits[k].complement = class_of[complement(code, Size)];
  }
  return traits;
}

constexpr std::size_t n_roles(std::span<const ClassTraits> traits, std::uint8_t size) {
  std::size_t n = 0;
  for (const ClassTraits& of_class : traits)
    for (std::uint8_t u = 0; u < size; ++u) n += of_class.role[u] == u;
  return n;
}

}  // namespace motifcount
