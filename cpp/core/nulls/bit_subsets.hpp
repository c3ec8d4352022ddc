// Random subsets of rows of bits.
#pragma once

#include <cstdint>
#include <span>

#include "support/rng.hpp"

namespace motifcount {

std::uint32_t n_set(std::span<const std::uint64_t> words);

// Makes `drawn` n_wanted of the n_among bits, every choice as likely.
void draw_subset(std::span<const std::uint64_t> among, std::uint32_t n_among, std::uint32_t n_wanted,
                 std::span<std::uint64_t> drawn, Rng& rng);

}  // namespace motifcount
