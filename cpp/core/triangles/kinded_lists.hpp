// The states of the pairs in ranked lists: beside their entries, and as bit planes beside theirs.
#pragma once

#include <cstdint>
#include <span>

#include "motifs/kinds.hpp"
#include "support/large_array.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"
#include "triangles/ranked_lists.hpp"

namespace motifcount {

// Two bits of a word of the planes tell the kind of an arc out, two that of an arc in.
inline constexpr std::size_t kKindPlanes = 4;

template <class Index>
class KindedLists {
 public:
  // Parallel; a byte per arc and 32 per word of the planes, beside the lists.
  KindedLists(const RankedLists<Index>& ranked, const CsrView<Index>& out, const ArcKinds& kinds, int num_threads,
              Stop& stop);

  // Of the entries of the list of the node of rank u, seen from it.
  [[nodiscard]] std::span<const std::uint8_t> row(std::size_t u) const {
    return {states_.data() + ranked_.first_entry(u), ranked_.row(u).size()};
  }
  // kKindPlanes words for each word pair of ranked.planes(u): low and high bits of kinds out, then of kinds in.
  [[nodiscard]] const std::uint64_t* planes(std::size_t u) const {
    return words_.data() + kKindPlanes * ranked_.first_word(u);
  }

 private:
  void fill_states(const CsrView<Index>& out, const ArcKinds& kinds, int num_threads, Stop& stop);
  void fill_planes(int num_threads, Stop& stop);

  const RankedLists<Index>& ranked_;
  PairStates pair_states_;
  LargeArray<std::uint8_t> states_;
  LargeArray<std::uint64_t> words_;
};

}  // namespace motifcount
