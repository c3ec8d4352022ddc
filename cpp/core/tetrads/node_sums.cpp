#include "tetrads/node_sums.hpp"

#include <algorithm>

#include "tetrads/lane_sums.hpp"

namespace motifcount {
namespace {

// Lanes of an edge from x to v: T, degrees of v in two parts, 1.
constexpr std::size_t kLow = kWedges, kHigh = kLow + kLinks;
constexpr std::size_t kSumEdgesAhead = 4;  // edges that are fetched before they are looked at
constexpr unsigned kLowBits = 11;
constexpr std::uint32_t kMostInLane = (1U << kLowBits) - 1;

static_assert(sizeof(Around) == kRowNumbers * sizeof(std::int64_t));

// Of n triangles of a node and an ordered pair of its neighbours by x and y, linked by z: n in one of the two orders of
// this pair, 0 in the other, half of them where both look alike.
constexpr std::int64_t in_one_order(std::size_t x, std::size_t y, std::size_t z, std::int64_t n) {
  if (x != y) return x < y ? n : 0;
  return z == 2 ? n / 2 : z == 0 ? n : 0;
}

constexpr std::size_t index_of_pair(std::size_t a, std::size_t b) { return a * (5 - a) / 2 + b; }  // a <= b < 3

}  // namespace

template <class Visit, class Prefetch>
void NodeSums::for_each_edge(std::size_t x, Visit visit, Prefetch prefetch) {
  std::array<std::uint32_t, kWedges> shared;
  const auto row = graph_.row(x);
  const std::size_t n_above = graph_.above(x).size();
  for (std::size_t k = 0; k < row.size(); ++k) {
    if (k + 2 * kSumEdgesAhead < row.size()) __builtin_prefetch(&cursors_[Graph::rank_of(row[k + 2 * kSumEdgesAhead])]);
    if (k + kSumEdgesAhead < row.size()) {
      const std::size_t ahead = Graph::rank_of(row[k + kSumEdgesAhead]);
      if (ahead > x) __builtin_prefetch(wedges_[wedges_.edge(ahead, cursors_[ahead])]);
      prefetch(ahead);
    }
    const std::size_t v = Graph::rank_of(row[k]);
    if (k < n_above) {
      std::copy_n(wedges_[wedges_.edge(x, k)], kWedges, shared.begin());
    } else {
      const auto above = graph_.above(v);
      std::uint32_t& cursor = cursors_[v];
      while (Graph::rank_of(above[cursor]) < x) ++cursor;
      const std::uint32_t* const found = wedges_[wedges_.edge(v, cursor)];
      for (std::size_t s = 0; s < kWedges; ++s) shared[s] = found[kLinks * (s % kLinks) + s / kLinks];
    }
    visit(v, Graph::link_of(row[k]), shared);
  }
}

Around NodeSums::sum(std::size_t x) {
  Around sums{};
  for_each_edge(
      x,
      [&](std::size_t v, std::size_t c, const auto& shared) {
        for (std::size_t q = 0; q < kLinks; ++q) sums.beyond[kLinks * c + q] += degree(v, q);
        for (std::size_t s = 0; s < kWedges; ++s) sums.triangles[kWedges * c + s] += shared[s];
      },
      [](std::size_t) {});
  return sums;
}

void NodeSums::add(std::size_t x, std::span<const Around> around, Counts counts) {
  for_each_edge(
      x,
      [&](std::size_t v, std::size_t c, const auto& shared) {
        OfLink& sums = of_link_[c];
        ++sums.n;
        neighbours_[c].push_back(static_cast<std::uint32_t>(v));
        push(v, c, shared);
      },
      [&](std::size_t v) {
        for (std::size_t byte = 0; byte < sizeof(Around); byte += 64)
          __builtin_prefetch(reinterpret_cast<const char*>(&around[v]) + byte);
      });
  add_claw_centres(x, counts);
  for (std::size_t c = 0; c < kLinks; ++c) {
    if (of_link_[c].n == 0) continue;
    take_products(c);
    kernels_.sum_rows(around.data()->beyond.data(), neighbours_[c].data(), neighbours_[c].size(),
                      of_link_[c].around.beyond.data());
    neighbours_[c].clear();
    add_leaves_and_paths(x, c, counts);
    add_triangles(x, c, counts);
    of_link_[c] = {};
  }
}

// The products of an edge.
void NodeSums::push(std::size_t v, std::size_t c, const std::array<std::uint32_t, kWedges>& shared) {
  OfLink& sums = of_link_[c];
  Numbers<kLinks> others;
  for (std::size_t q = 0; q < kLinks; ++q) others[q] = degree(v, q) - (q == kReversedLink[c]);
  for (std::size_t a = 0; a < kLinks; ++a) {
    sums.others[a] += others[a];
    for (std::size_t b = a; b < kLinks; ++b)
      sums.pairs_of_others[index_of_pair(a, b)] += a == b ? n_pairs(others[a]) : others[a] * others[b];
  }
  std::uint32_t all = 0, most = 0;
  for (const std::uint32_t n : shared) {
    all |= n;
    most = std::max(most, n);
  }
  if (all == 0) return;
  if (most <= kMostInLane) {
    LaneVectors& vectors = vectors_[c];
    std::uint16_t* const lanes = vectors.of[vectors.size];
    for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = static_cast<std::uint16_t>(shared[s]);
    for (std::size_t q = 0; q < kLinks; ++q) {
      lanes[kLow + q] = static_cast<std::uint16_t>(others[q] & kMostInLane);
      lanes[kHigh + q] = static_cast<std::uint16_t>(others[q] >> kLowBits);
    }
    lanes[kOne] = 1;
    vectors.degrees = true;
    if (++vectors.size == kMostVectors) take_products(c);
    return;
  }
  for (std::size_t s = 0; s < kWedges; ++s) {
    const std::int64_t n = shared[s];
    sums.shared[s] += n;
    for (std::size_t q = 0; q < kLinks; ++q) sums.sides[kLinks * s + q] += n * others[q];
    sums.pairs[s][s] += n_pairs(n);
    for (std::size_t t = s + 1; t < kWedges; ++t) sums.pairs[s][t] += n * shared[t];
  }
}

void NodeSums::take_products(std::size_t c) {
  if (vectors_[c].size == 0) return;
  OfLink& sums = of_link_[c];
  LaneProducts products{};
  kernels_.add_products(vectors_[c], products);
  for (std::size_t s = 0; s < kWedges; ++s) {
    const auto of = [&](std::size_t t) { return static_cast<std::int64_t>(products.of[s][t]); };
    sums.shared[s] += of(kOne);
    for (std::size_t q = 0; q < kLinks; ++q) sums.sides[kLinks * s + q] += of(kLow + q) + (of(kHigh + q) << kLowBits);
    sums.pairs[s][s] += (of(s) - of(kOne)) / 2;
    for (std::size_t t = s + 1; t < kWedges; ++t) sums.pairs[s][t] += of(t);
  }
}

void NodeSums::add_claw_centres(std::size_t x, Counts own) const {
  for (std::size_t a = 0; a < kLinks; ++a)
    for (std::size_t b = a; b < kLinks; ++b)
      for (std::size_t c = b; c < kLinks; ++c) {
        const std::int64_t p = degree(x, a), q = degree(x, b), r = degree(x, c);
        own[classes_.claw[9 * a + 3 * b + c]] += a == b && b == c ? static_cast<std::int64_t>(choose3(p))
                                                 : a == b         ? n_pairs(p) * r
                                                 : b == c         ? p * n_pairs(q)
                                                                  : p * q * r;
      }
}

// x as a leaf of a claw around v, and as an end or a middle of a path that goes on from v.
void NodeSums::add_leaves_and_paths(std::size_t x, std::size_t c, Counts own) const {
  const OfLink& sums = of_link_[c];
  const std::size_t r = kReversedLink[c];
  for (std::size_t a = 0; a < kLinks; ++a)
    for (std::size_t b = a; b < kLinks; ++b)
      own[classes_.claw_leaf[9 * r + 3 * a + b]] += sums.pairs_of_others[index_of_pair(a, b)];
  for (std::size_t p = 0; p < kLinks; ++p)
    for (std::size_t q = 0; q < kLinks; ++q) {
      own[classes_.path[9 * c + 3 * p + q]] += (degree(x, p) - (p == c)) * sums.others[q] - sums.shared[3 * p + q];
      const std::int64_t far = sums.around.beyond[3 * p + q] - (p == r ? sums.n * degree(x, q) : 0);
      const std::int64_t back = q == kReversedLink[p] ? sums.others[p] : 0;
      own[classes_.path_end[9 * p + 3 * r + q]] += far - back - sums.shared[3 * kReversedLink[q] + p];
    }
}

// x as a node or the tail of a triangle with a tail, and as an end of a diagonal.
void NodeSums::add_triangles(std::size_t x, std::size_t c, Counts own) const {
  const OfLink& sums = of_link_[c];
  const std::size_t r = kReversedLink[c];
  for (std::size_t k = 0; k < 27; ++k)
    own[classes_.paw_tail[3 * k + r]] += in_one_order(k / 9, k / 3 % 3, k % 3, sums.around.triangles[k]);
  for (std::size_t s = 0; s < kWedges; ++s) {
    const std::int64_t n = sums.shared[s];
    if (n == 0) continue;
    const std::size_t y = s / 3, z = s % 3;  // x to the third node, v to it
    const std::int64_t once = in_one_order(c, y, z, n);
    for (std::size_t q = 0; q < kLinks; ++q) {
      own[classes_.paw_side[27 * r + 9 * z + 3 * y + q]] += sums.sides[kLinks * s + q] - (q == z ? n : 0);
      own[classes_.paw[27 * c + 9 * y + 3 * z + q]] += once * (degree(x, q) - (q == c) - (q == y));
    }
    own[classes_.paw_tail[27 * r + 9 * z + 3 * y + r]] -= n;
    for (std::size_t t = s; t < kWedges; ++t) own[classes_.diamond[(c * 9 + s) * 9 + t]] += sums.pairs[s][t];
    // As a wing of the diagonal from v to the third node NodeWings paired the triangle with itself.
    const std::size_t wedge = kLinks * r + kReversedLink[y];
    own[classes_.diamond_wing[(z * 9 + wedge) * 9 + wedge]] -= once;
  }
}

}  // namespace motifcount
