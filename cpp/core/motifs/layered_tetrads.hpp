// The ten connected four-node classes of a strictly layered graph.
#pragma once

#include "motifs/motif_class.hpp"

namespace motifcount {

inline constexpr std::size_t kLayeredTetrads = 10;

enum LayeredTetrad : std::uint8_t {
  kOutStar,
  kInStar,
  kChain4,
  kYOut,
  kYIn,
  kChainThenIn,
  kOutThenChain,
  kZigzag,
  kBifan,
  kBiparallel,
};

inline constexpr std::array<MotifClass, kLayeredTetrads> kLayeredTetradClasses{{
    {"out_star", code_of("ab ac ad")},
    {"in_star", code_of("ad bd cd")},
    {"chain4", code_of("ab bc cd")},
    {"y_out", code_of("ab bc bd")},
    {"y_in", code_of("ac bc cd")},
    {"chain_then_in", code_of("ab bc dc")},
    {"out_then_chain", code_of("ab ac cd")},
    {"zigzag", code_of("ac bc bd")},
    {"bifan", code_of("ac ad bc bd")},
    {"biparallel", code_of("ab ac bd cd")},
}};

inline constexpr Containment<kLayeredTetrads> kLayeredTetradsContained =
    contained_in<kLayeredTetrads>(kLayeredTetradClasses, class_of_code<4>(kLayeredTetradClasses));

}  // namespace motifcount
