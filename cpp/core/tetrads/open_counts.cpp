#include "tetrads/open_counts.hpp"

#include <vector>

namespace motifcount {
namespace {

// The class of four nodes a, b, c, d by the dyad codes of their pairs.
std::size_t class_of(std::size_t ab, std::size_t ac, std::size_t ad, std::size_t bc, std::size_t bd, std::size_t cd) {
  return kTetradOfCode[tetrad_code(ab, ac, bc, ad, bd, cd)];
}

constexpr std::size_t kNone = 0;
constexpr std::size_t dyad(std::size_t link) { return link + 1; }
constexpr std::size_t back(std::size_t link) { return kReversedLink[link] + 1; }

// A wedge u - v - w.
struct Wedge {
  std::size_t uv, vw;
};
constexpr Wedge wedge(std::size_t s) { return {s / kLinks, s % kLinks}; }

// Pairs of two wedges, from the sums of their numbers' products.
Wide pairs_of_wedges(const LaneSums& sums, std::size_t s, std::size_t t) {
  return s == t ? (sums[s][s] - sums[s][kOne]) / 2 : sums[s][t];
}

void add_cliques(const CliqueCounts& cliques, AllTetrads& open) {
  for (std::size_t ui = 0; ui < kLinks; ++ui)
    for (std::size_t uj = 0; uj < kLinks; ++uj)
      for (std::size_t ij = 0; ij < kLinks; ++ij)
        for (std::size_t uk = 0; uk < kLinks; ++uk)
          for (std::size_t z = 0; z < 9; ++z)
            open[class_of(dyad(ui), dyad(uj), dyad(uk), dyad(ij), dyad(z / 3), dyad(z % 3))] +=
                cliques[ui][uj][ij][uk][z];
}

void add_cycles(const LaneSums& cycles, AllTetrads& open) {
  for (std::size_t s = 0; s < kWedges; ++s)
    for (std::size_t t = s; t < kWedges; ++t) {
      const Wedge v = wedge(s), z = wedge(t);  // u, v, w, z around the cycle
      open[class_of(dyad(v.uv), kNone, dyad(z.uv), dyad(v.vw), kNone, back(z.vw))] += pairs_of_wedges(cycles, s, t);
    }
}

// Motifs around an edge u, w of link c with a common neighbour v.
void add_triangles(std::size_t c, const LaneSums& sums, Wide n_nodes, AllTetrads& open, AllTetrads& twice,
                   AllTetrads& thrice) {
  for (std::size_t s = 0; s < kWedges; ++s) {
    const Wedge v = wedge(s);
    for (std::size_t t = s; t < kWedges; ++t) {
      const Wedge z = wedge(t);
      open[class_of(dyad(c), dyad(v.uv), dyad(z.uv), back(v.vw), back(z.vw), kNone)] += pairs_of_wedges(sums, s, t);
    }
    for (std::size_t q = 0; q < kLinks; ++q) {  // a fourth node at u, or at w
      const Wide of_triangle_at_u = (q == c) + (q == v.uv);
      twice[class_of(dyad(c), dyad(v.uv), dyad(q), back(v.vw), kNone, kNone)] +=
          sums[s][kUpperDegrees + q] - sums[s][kOne] * of_triangle_at_u;
      const Wide of_triangle_at_w = (q == kReversedLink[c]) + (q == kReversedLink[v.vw]);
      twice[class_of(dyad(c), dyad(v.uv), kNone, back(v.vw), dyad(q), kNone)] +=
          sums[s][kLowerDegrees + q] - sums[s][kOne] * of_triangle_at_w;
    }
    thrice[class_of(dyad(c), dyad(v.uv), kNone, back(v.vw), kNone, kNone)] += sums[s][kOne] * (n_nodes - 3);
  }
}

void add_paths(const WalkSums& walks, AllTetrads& open) {
  for (std::size_t c = 0; c < kLinks; ++c)
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = 0; b < kLinks; ++b) {
        const Wide closed = walks.edges[c][3 * a + kReversedLink[b]][kOne];  // both ends are one node
        open[class_of(dyad(c), dyad(a), kNone, kNone, dyad(b), kNone)] += walks.paths[c][a][b] - closed;
      }
}

void add_claws_and_pairs(const DegreeSums& sums, Wide n, Wide n_arcs, AllTetrads& open) {
  Wide wedges_of[2][2] = {};  // by whether their edges are mutual
  for (std::size_t a = 0; a < kLinks; ++a)
    for (std::size_t b = a; b < kLinks; ++b) {
      for (std::size_t c = b; c < kLinks; ++c)
        open[class_of(dyad(a), dyad(b), dyad(c), kNone, kNone, kNone)] += sums.claws[a][b][c];
      open[class_of(dyad(a), dyad(b), kNone, kNone, kNone, kNone)] += sums.wedges[a][b] * (n - 3);
      wedges_of[a == 2][b == 2] += sums.wedges[a][b];
    }
  const Wide asymmetric = n_arcs - sums.mutual_ends, mutual = sums.mutual_ends / 2;
  const auto two_edges = [&](std::size_t first, std::size_t second) -> Wide& {
    return open[class_of(first, kNone, kNone, kNone, kNone, second)];
  };
  two_edges(1, 1) += n_pairs(asymmetric) - wedges_of[0][0];
  two_edges(1, 3) += asymmetric * mutual - wedges_of[0][1];
  two_edges(3, 3) += n_pairs(mutual) - wedges_of[1][1];
  if (n < 4) return;
  open[class_of(1, kNone, kNone, kNone, kNone, kNone)] += asymmetric * n_pairs(n - 2);
  open[class_of(3, kNone, kNone, kNone, kNone, kNone)] += mutual * n_pairs(n - 2);
  const auto triples = static_cast<Wide>(choose3(static_cast<Count>(n)));
  open[class_of(kNone, kNone, kNone, kNone, kNone, kNone)] += triples / 4 * (n - 3) + triples % 4 * (n - 3) / 4;
}

// In 64 bits where they suffice: a division of 128 takes long.
Wide triples(std::uint64_t n) {
  if (n < 2) return 0;
  return n < std::uint64_t{1} << 21 ? n * (n - 1) / 2 * (n - 2) / 3 : static_cast<Wide>(choose3(static_cast<Count>(n)));
}

std::vector<Contained> make_contained() {
  std::vector<Contained> all;
  std::array<std::vector<std::size_t>, 7> by_n_edges;
  const auto dyads_of = [](std::size_t code) {
    std::vector<std::size_t> dyads;
    for (std::size_t p = 0; p < 6; ++p)
      if (const std::size_t mask = code & std::size_t{3} << (2 * p); mask != 0) dyads.push_back(mask);
    return dyads;
  };
  for (std::size_t k = 0; k < kAllTetrads; ++k) by_n_edges[dyads_of(kTetradClasses[k].code).size()].push_back(k);
  for (std::size_t n_edges = 6; n_edges > 0; --n_edges)
    for (const std::size_t larger : by_n_edges[n_edges]) {
      const auto dyads = dyads_of(kTetradClasses[larger].code);
      std::array<std::uint16_t, kAllTetrads> times{};
      for (std::size_t subset = 0; subset + 1 < std::size_t{1} << n_edges; ++subset) {
        std::size_t code = 0;
        for (std::size_t e = 0; e < n_edges; ++e)
          if (subset >> e & 1) code |= dyads[e];
        ++times[kTetradOfCode[code]];
      }
      for (std::size_t k = 0; k < kAllTetrads; ++k)
        if (times[k] > 0) all.push_back({static_cast<std::uint8_t>(larger), static_cast<std::uint8_t>(k), times[k]});
    }
  return all;
}

}  // namespace

template <class Entry>
void DegreeSums::add(const std::array<Entry, kLinks>& degrees) {
  const std::array<Wide, kLinks> d{degrees[0], degrees[1], degrees[2]};
  for (std::size_t a = 0; a < kLinks; ++a) {
    if (d[a] == 0) continue;
    const Wide two = n_pairs(d[a]);
    wedges[a][a] += two;
    claws[a][a][a] += triples(degrees[a]);
    for (std::size_t b = 0; b < kLinks; ++b) {
      if (a == b) continue;
      if (a < b) wedges[a][b] += d[a] * d[b];
      if (a < b) claws[a][a][b] += two * d[b];
      else claws[b][a][a] += two * d[b];
    }
  }
  claws[0][1][2] += d[0] * d[1] * d[2];
  mutual_ends += d[2];
}

void DegreeSums::add(const DegreeSums& others) {
  for (std::size_t a = 0; a < kLinks; ++a)
    for (std::size_t b = a; b < kLinks; ++b) {
      wedges[a][b] += others.wedges[a][b];
      for (std::size_t c = b; c < kLinks; ++c) claws[a][b][c] += others.claws[a][b][c];
    }
  mutual_ends += others.mutual_ends;
}

template void DegreeSums::add(const std::array<std::uint32_t, kLinks>&);
template void DegreeSums::add(const std::array<std::uint64_t, kLinks>&);

void TetradSums::add(const TetradSums& others) {
  for (std::size_t ui = 0; ui < kLinks; ++ui)
    for (std::size_t uj = 0; uj < kLinks; ++uj)
      for (std::size_t ij = 0; ij < kLinks; ++ij)
        for (std::size_t uk = 0; uk < kLinks; ++uk)
          for (std::size_t z = 0; z < 9; ++z) cliques[ui][uj][ij][uk][z] += others.cliques[ui][uj][ij][uk][z];
  walks.add(others.walks);
  degrees.add(others.degrees);
}

AllTetrads open_counts(const TetradSums& sums, Wide n_nodes, Wide n_arcs) {
  AllTetrads open{}, twice{}, thrice{};
  add_cliques(sums.cliques, open);
  add_cycles(sums.walks.cycles, open);
  for (std::size_t c = 0; c < kLinks; ++c) add_triangles(c, sums.walks.edges[c], n_nodes, open, twice, thrice);
  add_paths(sums.walks, open);
  add_claws_and_pairs(sums.degrees, n_nodes, n_arcs, open);
  for (std::size_t k = 0; k < kAllTetrads; ++k) open[k] += twice[k] / 2 + thrice[k] / 3;
  return open;
}

std::span<const Contained> contained_tetrads() {
  static const std::vector<Contained> contained = make_contained();
  return contained;
}

}  // namespace motifcount
