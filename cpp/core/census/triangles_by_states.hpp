// The triangles of a graph with kinds of arcs, by what the three pairs of nodes have.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "motifs/kinds.hpp"
#include "triangles/kinded_lists.hpp"
#include "triangles/listing.hpp"

namespace motifcount {

// Triangles by the states of their three pairs, uv + S (uw + S vw), summed over many last-ranked nodes u.
template <class Index>
class alignas(kCacheLine) TrianglesByStates {
 public:
  TrianglesByStates(const RankedLists<Index>& ranked, const KindedLists<Index>& kinds, const PairStates& states)
      : ranked_(ranked),
        kinds_(kinds),
        n_states_(states.size()),
        counts_(n_states_ * n_states_ * n_states_, 0),
        state_of_(ranked.n_nodes(), 0) {
    for (std::size_t bits = 0; bits < state_of_bits_.size(); ++bits) {
      const std::size_t out = bits & 1 ? 1 + (bits >> 2 & 3) : 0;
      const std::size_t in = bits >> 1 & 1 ? 1 + (bits >> 4 & 3) : 0;
      state_of_bits_[bits] = static_cast<std::uint32_t>(states.of(out, in) * n_states_ * n_states_);
    }
  }

  void add(std::size_t u, const NeighbourMarks<Index>& marks) {
    const auto row = ranked_.row(u);
    const auto states = kinds_.row(u);
    for (std::size_t k = 0; k < row.size(); ++k) state_of_[static_cast<std::size_t>(row[k] >> 2)] = states[k];
    lists_.for_each_batch(ranked_, u, [&] {
      for (const auto& tail : lists_.tails())
        add_tail(static_cast<std::size_t>(row[tail.position] >> 2), tail.entries, states[tail.position]);
      for (const auto& rows : lists_.planes().of)
        for (const PlaneRow& planes : std::span(rows.first, rows.size))
          add_planes(static_cast<std::size_t>(row[planes.position] >> 2), planes, states[planes.position], marks);
    });
    for (const auto entry : row) state_of_[static_cast<std::size_t>(entry >> 2)] = 0;
  }

  [[nodiscard]] std::span<const std::uint64_t> counts() const { return counts_; }

 private:
  using Entry = typename RankedLists<Index>::Entry;

  void add_tail(std::size_t v, std::span<const Entry> tail, std::size_t uv) {
    const auto states = kinds_.row(v).last(tail.size());
    std::uint64_t* const counts = counts_.data() + uv;
    for (std::size_t k = 0; k < tail.size(); ++k)
      if (const std::size_t uw = state_of_[static_cast<std::size_t>(tail[k] >> 2)]; uw != 0)
        ++counts[n_states_ * (uw + n_states_ * states[k])];
  }

  void add_planes(std::size_t v, const PlaneRow& planes, std::size_t uv, const NeighbourMarks<Index>& marks) {
    const std::uint64_t* kinds = kinds_.planes(v);
    std::uint64_t* const counts = counts_.data() + uv;
    for (std::size_t k = 0; k < planes.n_words; ++k, kinds += kKindPlanes) {
      const std::uint64_t out = planes.words[2 * k];
      const std::uint64_t in = planes.words[2 * k + 1];
      for (std::uint64_t bits = marks.word(k) & (out | in); bits != 0; bits &= bits - 1) {
        const int bit = std::countr_zero(bits);
        const auto of = [bit](std::uint64_t word) { return static_cast<std::size_t>(word >> bit & 1); };
        const std::size_t vw = state_of_bits_[of(out) | of(in) << 1 | of(kinds[0]) << 2 | of(kinds[1]) << 3 |
                                              of(kinds[2]) << 4 | of(kinds[3]) << 5];
        ++counts[vw + n_states_ * state_of_[k * kWordBits + static_cast<std::size_t>(bit)]];
      }
    }
  }

  const RankedLists<Index>& ranked_;
  const KindedLists<Index>& kinds_;
  std::size_t n_states_;
  std::vector<std::uint64_t> counts_;
  std::vector<std::uint8_t> state_of_;             // by rank, seen from u; 0 between nodes
  std::array<std::uint32_t, 64> state_of_bits_{};  // the place of vw in the counts, by dyad code and bits of kinds
  NeighbourLists<Index> lists_;
};

}  // namespace motifcount
