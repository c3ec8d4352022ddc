// Random orders.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "support/rng.hpp"
#include "support/stop.hpp"

namespace motifcount {

// All orders are equally likely.
inline void shuffle(std::span<std::uint32_t> items, Rng& rng, PacedStop& pace) {
  for (std::size_t k = items.size(); k > 1; --k) {
    pace(kScatterUnits);
    std::swap(items[k - 1], items[uniform_below(rng, static_cast<std::uint32_t>(k))]);
  }
}

}  // namespace motifcount
