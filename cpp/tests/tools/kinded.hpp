// Arcs with kinds, and what their nodes keep of each kind.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "tools/null_tools.hpp"

namespace test {

using KindedArcs = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint8_t>>;  // by source, then target

inline KindedArcs kinded_arcs(const ArcList& arcs, std::span<const std::uint8_t> kinds) {
  KindedArcs found;
  for (std::size_t k = 0; k < arcs.size(); ++k) found.emplace_back(arcs[k].source, arcs[k].target, kinds[k]);
  std::ranges::sort(found);
  return found;
}

// Of every arc a kind that looks random.
inline std::vector<std::uint8_t> kinds_by_place(std::size_t n_arcs, std::size_t n_kinds) {
  std::vector<std::uint8_t> kinds(n_arcs);
  for (std::size_t k = 0; k < n_arcs; ++k) kinds[k] = static_cast<std::uint8_t>((k * k + k / 3) % 7 % n_kinds);
  return kinds;
}

// How many arcs each node has by their direction, kind and the layer of the other end; with `mutual` these are apart
// for pairs of one arc, and of another arc back by its kind. Empty where arcs are not simple.
inline std::map<std::tuple<std::uint32_t, std::int32_t, int, int>, int> kept_by_kind(const KindedArcs& arcs,
                                                                                     const Layers& layers,
                                                                                     bool mutual) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> kind_of;
  for (const auto& [u, v, kind] : arcs)
    if (u == v || !kind_of.emplace(std::pair{u, v}, kind).second) return {};
  const auto layer = [&](std::uint32_t v) { return layers.of.empty() ? 0 : layers.of[v]; };
  std::map<std::tuple<std::uint32_t, std::int32_t, int, int>, int> kept;
  constexpr int none = -1;
  for (const auto& [u, v, kind] : arcs) {
    const auto reverse = kind_of.find({v, u});
    const int back = mutual && reverse != kind_of.end() ? reverse->second : none;
    ++kept[{u, layer(v), kind, back}];
    ++kept[{v, layer(u), back, kind}];
  }
  return kept;
}

}  // namespace test
