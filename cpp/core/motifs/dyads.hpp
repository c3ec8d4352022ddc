// The three classes of two nodes.
#pragma once

#include "motifs/motif_class.hpp"

namespace motifcount {

inline constexpr std::size_t kDyads = 3;

enum Dyad : std::uint8_t { kMutual, kAsymmetric, kNull };

inline constexpr std::array<MotifClass, kDyads> kDyadClasses{{
    {"mutual", code_of("ab ba")},
    {"asymmetric", code_of("ab")},
    {"null", code_of("")},
}};

// Many readers of tables take the word "null" for an empty cell.
inline constexpr std::array<Alias, 1> kDyadAliases{{{"null_dyad", "null"}}};

}  // namespace motifcount
