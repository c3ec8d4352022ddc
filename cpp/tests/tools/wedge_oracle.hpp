// Slow oracles for graphs too large for every triple: pairs of neighbours, pairs of rows.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

#include "tools/brute_force.hpp"

namespace test {

template <class Index>
bool has_arc(const Csr<Index>& csr, std::int64_t u, std::int64_t v) {
  return std::ranges::binary_search(csr.view().row(u), static_cast<Index>(v));
}

template <class Index>
Arcs arcs_among(const Csr<Index>& csr, const std::array<std::int64_t, 3>& nodes) {
  Arcs arcs = 0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      if (i != j && has_arc(csr, nodes[i], nodes[j])) arcs |= bit_of(static_cast<int>(i), static_cast<int>(j));
  return arcs;
}

// All triads of a large sparse graph. A connected one is met at each node that is linked to both others: once if it
// is open, three times if it is closed.
template <class Index>
std::array<Count, 16> triads_by_wedges(const Csr<Index>& csr) {
  const std::int64_t n = csr.view().n_rows();
  std::vector<std::vector<std::int64_t>> linked(static_cast<std::size_t>(n));
  Count mutual = 0, arcs = 0;
  for (std::int64_t u = 0; u < n; ++u)
    for (const Index v : csr.view().row(u)) {
      linked[static_cast<std::size_t>(u)].push_back(v);
      linked[static_cast<std::size_t>(v)].push_back(u);
      ++arcs;
      mutual += u < v && has_arc(csr, v, u);
    }
  std::array<Count, 16> counts{};
  std::array<Count, 16> closed{};
  Count used_mutual = 0, used_asymmetric = 0;
  for (std::int64_t u = 0; u < n; ++u) {
    auto& around = linked[static_cast<std::size_t>(u)];
    std::ranges::sort(around);
    around.erase(std::unique(around.begin(), around.end()), around.end());
    for (std::size_t i = 0; i < around.size(); ++i)
      for (std::size_t j = i + 1; j < around.size(); ++j) {
        const Arcs found = arcs_among(csr, {u, around[i], around[j]});
        const bool is_closed = (found & (bit_of(1, 2) | bit_of(2, 1))) != 0;
        ++(is_closed ? closed : counts)[static_cast<std::size_t>(triad_class(found))];
      }
  }
  for (std::size_t k = 0; k < 16; ++k) {
    counts[k] += closed[k] / 3;
    const Drawing& drawing = kTriadDrawings[k];
    used_mutual += counts[k] * (drawing.name[0] - '0');
    used_asymmetric += counts[k] * (drawing.name[1] - '0');
  }
  // Every dyad with an arc meets each of the n - 2 other nodes.
  counts[2] = mutual * (n - 2) - used_mutual;
  counts[1] = (arcs - 2 * mutual) * (n - 2) - used_asymmetric;
  counts[0] = Count{n} * (n - 1) * (n - 2) / 6;
  for (std::size_t k = 1; k < 16; ++k) counts[0] -= counts[k];
  return counts;
}

template <class Index>
Count common(std::span<const Index> a, std::span<const Index> b) {
  std::vector<Index> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return static_cast<Count>(both.size());
}

// Bi-fans and bi-parallels by every pair of nodes, by the level of the lowest of them.
template <class Index>
std::vector<std::array<Count, 2>> pair_tetrads(const Csr<Index>& out, const Csr<Index>& in,
                                               const std::vector<std::int32_t>& levels, int n_levels) {
  std::vector<std::array<Count, 2>> counts(static_cast<std::size_t>(n_levels));
  const std::int64_t n = out.view().n_rows();
  for (std::int64_t u = 0; u < n; ++u)
    for (std::int64_t v = 0; v < n; ++v) {
      const std::int32_t low = levels[static_cast<std::size_t>(u)];
      const std::int32_t high = levels[static_cast<std::size_t>(v)];
      if (high == low && u < v) {
        const Count k = common(out.view().row(u), out.view().row(v));
        counts[static_cast<std::size_t>(low)][0] += k * (k - 1) / 2;
      } else if (high == low + 2) {
        const Count k = common(out.view().row(u), in.view().row(v));
        counts[static_cast<std::size_t>(low)][1] += k * (k - 1) / 2;
      }
    }
  return counts;
}

}  // namespace test
