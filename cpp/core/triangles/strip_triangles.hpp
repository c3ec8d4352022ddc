// Triangles of a dense graph at each of their nodes: see strip_sums.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "kernels/bit_kernels.hpp"
#include "motifs/codes.hpp"
#include "support/threads.hpp"
#include "triangles/strip_sums.hpp"

namespace motifcount {

// What one thread adds to counts that all share, where each triangle is counted twice. `Way` is that of NodeTriangles.
template <class Way>
class StripTriangles {
 public:
  using OfNode = typename Way::OfNode;

  StripTriangles(std::span<OfNode> by_rank, Linked linked, bool shared)
      : by_rank_(by_rank), linked_(linked), shared_(shared), columns_(Way::kNumbers) {
    for (std::size_t k = 0; k < kLinkTriples; ++k) {
      const std::size_t xy = k / 9 + 1, xw = k / 3 % 3 + 1, yw = k % 3 + 1;
      at_x_[k] = static_cast<std::uint8_t>(Way::place(xy, xw, yw));
      at_w_[k] = static_cast<std::uint8_t>(Way::place(reversed_dyad(xw), reversed_dyad(yw), xy));
    }
  }

  void add(std::size_t x, const StripLine& line, const StripSums (&sums)[3]) {
    PairsByLinks pairs{};
    add_triangles(line, sums, linked_, pairs);
    for (std::size_t k = 0; k < kLinkTriples; ++k) give(x, at_x_[k], 2 * static_cast<std::int64_t>(pairs[k]));
    bit_kernels().strips.add_columns(line, sums, linked_, at_w_.data(), Way::kNumbers, columns_.data());
  }

  void finish(std::size_t first_column) {
    for (std::size_t place = 0; place < Way::kNumbers; ++place)
      for (std::size_t k = 0; k < 2 * kHalfNodes; ++k)
        give(first_column + k, place, std::exchange(columns_[place].of[k], 0));
  }

 private:
  static constexpr std::size_t kLinkTriples = std::tuple_size_v<PairsByLinks>;
  static_assert(Way::kNumbers <= kMostPlaces);

  void give(std::size_t rank, std::size_t place, std::int64_t count) {
    if (count != 0) fetch_add(by_rank_[rank][place], count, shared_);
  }

  std::span<OfNode> by_rank_;
  Linked linked_;
  bool shared_;
  std::array<std::uint8_t, kLinkTriples> at_x_{}, at_w_{};  // places by links, in the order of PairsByLinks
  std::vector<StripColumns> columns_;
};

}  // namespace motifcount
