#include "tetrads/node_sums.hpp"

namespace motifcount {

void NodeSums::sum(std::size_t u) {
  Around sums{};
  const auto row = graph_.row(u);
  for (std::size_t k = 0; k < row.size(); ++k) {
    const std::size_t v = Graph::rank_of(row[k]), c = Graph::link_of(row[k]);
    for (std::size_t q = 0; q < kLinks; ++q) sums.beyond[3 * c + q] += degree(v, q);
    const Wedges shared = wedges_.seen_from(u, v, k);
    for (std::size_t s = 0; s < kWedges; ++s) sums.triangles[9 * c + s] += shared[s];
  }
  around_[u] = sums;
}

void NodeSums::add(std::size_t x, Counts counts, std::vector<std::int64_t>& twice) const {
  twice.assign(counts.size(), 0);
  add_star_centres(x, counts);
  const auto row = graph_.row(x);
  for (std::size_t k = 0; k < row.size(); ++k) {
    const std::size_t v = Graph::rank_of(row[k]);
    const Wedges shared = wedges_.seen_from(x, v, k);
    const Edge edge{x, v, Graph::link_of(row[k]), shared, counts, twice};
    add_leaves_and_paths(edge);
    add_triangles(edge);
  }
  for (std::size_t k = 0; k < counts.size(); ++k) counts[k] += twice[k] / 2;
}

void NodeSums::add_star_centres(std::size_t x, Counts own) const {
  for (std::size_t a = 0; a < kLinks; ++a)
    for (std::size_t b = a; b < kLinks; ++b)
      for (std::size_t c = b; c < kLinks; ++c) {
        const std::int64_t p = degree(x, a), q = degree(x, b), r = degree(x, c);
        own[classes_.star[9 * a + 3 * b + c]] += a == b && b == c ? static_cast<std::int64_t>(choose3(p))
                                                 : a == b         ? n_pairs(p) * r
                                                 : b == c         ? p * n_pairs(q)
                                                                  : p * q * r;
      }
}

// x as a leaf of a star around v, and as an end or a middle of a path that goes on from v.
void NodeSums::add_leaves_and_paths(const Edge& edge) const {
  const auto& [x, v, c, shared, own, twice] = edge;
  const std::size_t r = kReversedLink[c];
  for (std::size_t a = 0; a < kLinks; ++a)
    for (std::size_t b = a; b < kLinks; ++b)
      own[classes_.star_leaf[9 * r + 3 * a + b]] +=
          a == b ? n_pairs(others(edge, a)) : others(edge, a) * others(edge, b);
  for (std::size_t p = 0; p < kLinks; ++p)
    for (std::size_t q = 0; q < kLinks; ++q) {
      own[classes_.path[9 * c + 3 * p + q]] += (degree(x, p) - (p == c)) * others(edge, q) - shared[3 * p + q];
      const std::int64_t far = around_[v].beyond[3 * p + q] - (p == r ? degree(x, q) : 0);
      const std::int64_t back = q == kReversedLink[p] ? others(edge, p) : 0;
      own[classes_.path_end[9 * p + 3 * r + q]] += far - back - shared[3 * kReversedLink[q] + p];
    }
}

// x as a node or the tail of a triangle with a tail, and as an end of a diagonal.
void NodeSums::add_triangles(const Edge& edge) const {
  const auto& [x, v, c, shared, own, twice] = edge;
  const std::size_t r = kReversedLink[c];
  for (std::size_t k = 0; k < 27; ++k) twice[classes_.tailed_tail[3 * k + r]] += around_[v].triangles[k];
  for (std::size_t s = 0; s < kWedges; ++s) {
    const std::int64_t n = shared[s];
    if (n == 0) continue;
    const std::size_t y = s / 3, z = s % 3;  // x to the third node, v to it
    for (std::size_t q = 0; q < kLinks; ++q) {
      own[classes_.tailed_side[27 * r + 9 * z + 3 * y + q]] += n * (others(edge, q) - (q == z));
      twice[classes_.tailed[27 * c + 9 * y + 3 * z + q]] += n * (degree(x, q) - (q == c) - (q == y));
    }
    twice[classes_.tailed_tail[27 * r + 9 * z + 3 * y + r]] -= n;
    twice[classes_.tailed_tail[27 * z + 9 * r + 3 * kReversedLink[y] + r]] -= n;
  }
  for_each_pair(shared, [&, c = c, own = own](std::size_t s, std::size_t t, std::int64_t n) {
    own[classes_.diamond[(c * 9 + s) * 9 + t]] += n;
  });
}

}  // namespace motifcount
