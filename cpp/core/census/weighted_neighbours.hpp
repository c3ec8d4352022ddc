// A graph with weights of arcs as its triads see it: the neighbours of every node, with what intensities are made of.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/csr.hpp"
#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"
#include "triangles/by_class.hpp"

namespace motifcount {

// A neighbour, and the one or two arcs between it and the node.
template <class Index>
struct WeightedNeighbour {
  // Of the product of their weights, the root that they have in an open triad whose other pair has one arc, or two.
  std::array<double, 2> root;
  double sum, log_product;
  Index node;
  std::uint8_t code;  // seen from the node whose neighbour it is
};

constexpr std::size_t arcs_of_dyad(std::size_t code) { return code == 3 ? 2 : 1; }

template <class Index>
class WeightedNeighbours {
 public:
  using Neighbour = WeightedNeighbour<Index>;

  // Weights are positive. O(m) time; 40 bytes for each neighbour of each node, 48 with 64-bit indices.
  WeightedNeighbours(const CsrView<Index>& out, std::span<const double> weights, Stop& stop) {
    const Csr<Index> in = transpose(out, stop);
    const LargeArray<double> in_weights = weights_of(out, weights, in, stop);
    const auto n = static_cast<std::size_t>(out.n_rows());
    starts_.assign(3 * n + 1, 0);
    const auto for_each_pair = [&](auto visit) {
      PacedStop pace(stop);
      for (std::size_t u = 0; u < n; ++u) {
        const auto there = out.row(static_cast<std::int64_t>(u)), back = in.view().row(static_cast<std::int64_t>(u));
        pace(kScatterUnits * (std::ssize(there) + std::ssize(back)));
        const double* of_out = weights.data() + out.indptr[u];
        const double* of_in = in_weights.data() + in.indptr[u];
        for_each_neighbour(there, back, [&](Index v, unsigned code) {
          visit(u, v, code, code & 1 ? *of_out++ : 0, code & 2 ? *of_in++ : 0);
        });
      }
    };
    for_each_pair([&](std::size_t u, Index, unsigned code, double, double) { ++starts_[3 * u + code]; });
    for (std::size_t k = 1; k < starts_.size(); ++k) starts_[k] += starts_[k - 1];
    std::vector<std::size_t> ends(starts_.begin(), starts_.end() - 1);
    neighbours_.resize(starts_.back());
    for_each_pair([&](std::size_t u, Index v, unsigned code, double there, double back) {
      neighbours_[ends[3 * u + code - 1]++] = neighbour(v, code, there, back);
    });
  }

  // Of a node those of a dyad code, ascending, or all, those of one code after those of another.
  [[nodiscard]] std::span<const Neighbour> row(std::size_t u, std::size_t code) const {
    return between(3 * u + code - 1, 3 * u + code);
  }
  [[nodiscard]] std::span<const Neighbour> row(std::size_t u) const { return between(3 * u, 3 * u + 3); }

 private:
  [[nodiscard]] std::span<const Neighbour> between(std::size_t first, std::size_t last) const {
    return std::span(neighbours_).subspan(starts_[first], starts_[last] - starts_[first]);
  }

  static Neighbour neighbour(Index v, unsigned code, double there, double back) {
    const auto kept = static_cast<std::uint8_t>(code);
    if (code != 3) {
      const double weight = there + back;
      return {{std::sqrt(weight), std::cbrt(weight)}, weight, std::log(weight), v, kept};
    }
    // Each by itself: the product of two small ones may be 0.
    return {{std::cbrt(there) * std::cbrt(back), std::sqrt(std::sqrt(there)) * std::sqrt(std::sqrt(back))},
            there + back,
            std::log(there) + std::log(back),
            v,
            kept};
  }

  static LargeArray<double> weights_of(const CsrView<Index>& out, std::span<const double> weights, const Csr<Index>& in,
                                       Stop& stop) {
    LargeArray<double> found(weights.size());
    std::vector<Index> ends(in.indptr.begin(), in.indptr.end() - 1);
    PacedStop pace(stop);
    for_each_below(weights.size(), pace, [&](std::size_t k) {
      found[static_cast<std::size_t>(ends[static_cast<std::size_t>(out.indices[k])]++)] = weights[k];
    });
    return found;
  }

  std::vector<std::size_t> starts_;
  LargeArray<Neighbour> neighbours_;
};

}  // namespace motifcount
