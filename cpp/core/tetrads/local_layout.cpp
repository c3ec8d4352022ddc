#include "tetrads/local_layout.hpp"

#include <algorithm>

#include "tetrads/hub_planes.hpp"

namespace motifcount {

// Others before hubs, the rarest link first: pairs of rows begin with the words of their first row.
template <class Entry>
void LocalLayout<Entry>::make(std::span<const Entry> above, std::size_t n_hubs) {
  using Graph = RankedNeighbours<Entry>;
  const std::size_t n = above.size();
  member_of_.resize(n);
  index_of_.resize(n);
  position_of_.resize(n);
  member_at_.resize(2 * n + 7 * kWordBits);  // of two words of a group that stand side by side, one is half full
  groups_.clear();
  pieces_.clear();
  piece_ends_.clear();
  links_.clear();
  back_links_.clear();
  n_words_ = 0;
  std::size_t begin = 0;
  for (const bool hubs : {false, true}) {
    first_hub_word_ = n_words_;
    const std::size_t first = hubs ? 0 : n_hubs, last = hubs ? n_hubs : n;
    std::array<std::size_t, kLinks> sizes{}, links{0, 1, 2};
    for (std::size_t k = first; k < last; ++k) ++sizes[Graph::link_of(above[k])];
    std::ranges::sort(links, {}, [&](std::size_t link) { return sizes[link]; });
    std::array<std::size_t, kLinks> next{};
    for (std::size_t member = begin; const std::size_t link : links) {
      next[link] = member;
      member += sizes[link];
    }
    for (std::size_t k = first; k < last; ++k) {
      const std::size_t member = next[Graph::link_of(above[k])]++;
      member_of_[k] = static_cast<std::uint32_t>(member);
      index_of_[member] = static_cast<std::uint32_t>(k);
    }
    for (const std::size_t link : links) {
      if (sizes[link] == 0) continue;
      groups_.push_back({link, begin, n_words_});
      if (hubs) add_hubs(above, next[link]);
      else add_others(next[link]);
      begin = next[link];
      links_.resize(n_words_, static_cast<std::uint8_t>(link));
      back_links_.resize(n_words_, static_cast<std::uint8_t>(kReversedLink[link]));
    }
  }
  groups_.push_back({0, n, n_words_});
}

// The members of the last group, up to `end`.
template <class Entry>
void LocalLayout<Entry>::add_others(std::size_t end) {
  std::size_t position = kWordBits * n_words_;
  for (std::size_t member = groups_.back().first_member; member < end; ++member) place(member, position++);
  n_words_ = (position + kWordBits - 1) / kWordBits;
}

// The hubs of a word of the planes become a piece of a word of the rows.
template <class Entry>
void LocalLayout<Entry>::add_hubs(std::span<const Entry> above, std::size_t end) {
  const auto rank = [&](std::size_t member) { return RankedNeighbours<Entry>::rank_of(above[index_of_[member]]); };
  std::size_t shift = kWordBits;
  for (std::size_t member = groups_.back().first_member; member < end;) {
    RowPiece piece{0, static_cast<std::uint32_t>(plane_word(rank(member))), 0};
    std::size_t behind = member;
    for (; behind < end && plane_word(rank(behind)) == piece.source; ++behind)
      piece.mask |= std::uint64_t{1} << rank(behind) % kWordBits;
    if (shift + behind - member > kWordBits) {
      ++n_words_;
      shift = 0;
    }
    piece.shift = static_cast<std::uint32_t>(shift);
    pieces_.push_back(piece);
    piece_ends_.resize(n_words_);
    piece_ends_.back() = static_cast<std::uint32_t>(pieces_.size());
    while (member < behind) place(member++, kWordBits * (n_words_ - 1) + shift++);
  }
}

template class LocalLayout<std::uint32_t>;
template class LocalLayout<std::uint64_t>;

}  // namespace motifcount
