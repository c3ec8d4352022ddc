// Slow oracles for graphs too large for every triple: pairs of neighbours, pairs of rows.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "tools/brute_force.hpp"

namespace test {

// A node v linked to u: 1 for the arc u -> v, 2 for v -> u, 3 for both.
struct Link {
  std::size_t to;
  unsigned code;
};

template <class Index>
std::vector<std::vector<Link>> links_of(const Csr<Index>& csr) {
  std::vector<std::map<std::size_t, unsigned>> codes(static_cast<std::size_t>(csr.view().n_rows()));
  for (std::size_t u = 0; u < codes.size(); ++u)
    for (const Index v : csr.view().row(static_cast<std::int64_t>(u))) {
      codes[u][static_cast<std::size_t>(v)] |= 1;
      codes[static_cast<std::size_t>(v)][u] |= 2;
    }
  std::vector<std::vector<Link>> links;
  for (const auto& of_node : codes) {
    links.emplace_back();
    for (const auto& [v, code] : of_node) links.back().push_back({v, code});
  }
  return links;
}

constexpr Arcs arcs_between(int u, int v, unsigned code) {
  return (code & 1 ? bit_of(u, v) : 0) | (code & 2 ? bit_of(v, u) : 0);
}

// All triads of a large sparse graph. A connected one is met at each node that is linked to both others: once if it
// is open, three times if it is closed.
template <class Index>
std::array<Count, 16> triads_by_wedges(const Csr<Index>& csr) {
  const auto links = links_of(csr);
  const std::int64_t n = csr.view().n_rows(), arcs = csr.view().n_edges();
  std::array<Count, 16> counts{};
  std::array<Count, 16> closed{};
  Count mutual = 0, used_mutual = 0, used_asymmetric = 0;
  std::vector<unsigned> from_v(links.size(), 0);
  for (const auto& of_u : links)
    for (const auto& [v, uv] : of_u) {
      mutual += uv == 3;
      for (const auto& [w, vw] : links[v]) from_v[w] = vw;
      for (const auto& [w, uw] : of_u) {
        if (w <= v) continue;
        const Arcs found = arcs_between(0, 1, uv) | arcs_between(0, 2, uw) | arcs_between(1, 2, from_v[w]);
        ++(from_v[w] != 0 ? closed : counts)[static_cast<std::size_t>(triad_class(found))];
      }
      for (const auto& [w, vw] : links[v]) from_v[w] = 0;
    }
  mutual /= 2;
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

// Bi-fans and bi-parallels by every pair of nodes, by the level of the lowest of them: nodes that both lead to, and
// those on paths from one to the other.
template <class Index>
std::vector<std::array<Count, 2>> pair_tetrads(const Csr<Index>& out, const Csr<Index>& in,
                                               const std::vector<std::int32_t>& levels, int n_levels) {
  std::vector<std::array<Count, 2>> counts(static_cast<std::size_t>(n_levels));
  std::vector<std::int64_t> shared(levels.size()), paths(levels.size());
  for (std::size_t u = 0; u < levels.size(); ++u) {
    std::ranges::fill(shared, 0);
    std::ranges::fill(paths, 0);
    for (const Index w : out.view().row(static_cast<std::int64_t>(u))) {
      for (const Index v : in.view().row(w)) ++shared[static_cast<std::size_t>(v)];
      for (const Index v : out.view().row(w)) ++paths[static_cast<std::size_t>(v)];
    }
    auto& of_level = counts[static_cast<std::size_t>(levels[u])];
    for (std::size_t v = 0; v < levels.size(); ++v) {
      if (levels[v] == levels[u] && u < v) of_level[0] += shared[v] * (shared[v] - 1) / 2;
      of_level[1] += paths[v] * (paths[v] - 1) / 2;
    }
  }
  return counts;
}

}  // namespace test
