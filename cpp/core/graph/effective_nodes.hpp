// The nodes of a network that can matter to its outputs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// What is left of a network after nodes that cannot matter are taken out (the clean-up of Zahn, Daniel and
// Kutz 2024, arXiv:2403.00974). First ghosts: a node with role kHidden and no incoming arc loses its outgoing
// ones, repeatedly; then dead nodes: a kHidden or kBias node without outgoing arcs loses its incoming ones,
// repeatedly. Returns 1 for each node that stays. kFixed nodes always stay.
enum class Role : std::uint8_t { kFixed, kHidden, kBias };

template <class Index>
std::vector<std::uint8_t> effective_nodes(const CsrView<Index>& out, std::span<const std::uint8_t> roles, Stop& stop);

}  // namespace motifcount
