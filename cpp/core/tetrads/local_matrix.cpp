#include "tetrads/local_matrix.hpp"

#include <algorithm>
#include <bit>
#include <string>

namespace motifcount {
namespace {

constexpr std::size_t kPlanes = kLinks;
constexpr std::size_t kPlanesAhead = 6;                   // rows of planes that are fetched before they are looked at
constexpr std::size_t kWalkedPerPiece = 12;               // entries of a row walked along in the time of a piece
constexpr std::size_t kMatrixOfFew = 12000;               // what a matrix takes beside extraction, in the same unit
constexpr std::size_t kMostWords = std::size_t{1} << 32;  // of a matrix: some 300,000 nodes above one

}  // namespace

template <class Entry>
std::size_t LocalMatrix<Entry>::n_extracted(const HubPlanes<Entry>& hubs, std::size_t u) {
  const std::size_t n_hubs = hubs.n_above(u);
  const auto above = hubs.graph().above(u);
  if (n_hubs == 0 || above.size() < 2) return 0;
  std::size_t n_walked = 0;
  for (const Entry entry : above) n_walked += hubs.n_above(RankedNeighbours<Entry>::rank_of(entry));
  const std::size_t n_words = RankedNeighbours<Entry>::rank_of(above[n_hubs - 1]) / kWordBits + 1;
  const std::size_t n_pieces = std::min(n_hubs, kLinks * n_words);
  const std::size_t matrix = above.size() * (3 * n_pieces + 10) + (above.size() <= kFewNodes ? kMatrixOfFew : 0);
  return kWalkedPerPiece * n_walked < matrix || n_walked < 12 * above.size() ? 0 : n_hubs;
}

// Neighbours of v among those that are not hubs.
template <class Entry>
std::uint32_t LocalMatrix<Entry>::find_in_row(std::size_t v, std::size_t member, std::size_t n_skipped,
                                              std::uint32_t (&counts)[kWedges]) {
  std::uint32_t n_found = 0;
  const std::size_t own = layout_.position(member);
  const typename RankTable<Entry>::View positions(position_);
  for (const Entry entry : graph_.above(v).subspan(n_skipped)) {
    std::size_t position = positions[graph_.rank_of(entry)];
    if (position == 0) continue;
    --position;
    const std::size_t link = graph_.link_of(entry);
    ++counts[3 * link + layout_.back_links()[position / kWordBits]];
    ++n_found;
    if (position > own) set_bit(member, position, link);
    else set_bit(layout_.member_at(position), own, kReversedLink[link]);
  }
  return n_found;
}

// Fills the rows: every pair of neighbours once, in the row of the one of the lower position.
template <class Entry>
std::size_t LocalMatrix<Entry>::find_edges(std::span<const Entry> above, std::size_t n_hubs) {
  const std::size_t row_size = n_words_ * kPlanes;
  if (above.size() * row_size > kMostWords)
    throw NotSupported("four-node counts of a graph where " + std::to_string(above.size()) +
                       " neighbours of a node have as many arcs as it");
  words_.assign(above.size() * row_size + 1, 0);
  seen_.assign(n_words_, 0);
  const RowLayout layout{layout_.pieces(), layout_.piece_ends(), layout_.first_hub_word(),
                         n_words_,         layout_.back_links(), seen_.data()};
  std::size_t n_edges = 0;
  for (std::size_t k = 0; k < above.size(); ++k) {
    if (n_hubs > 0 && k + kPlanesAhead < above.size())
      hubs_->prefetch(graph_.rank_of(above[k + kPlanesAhead]), graph_.rank_of(above[n_hubs - 1]));
    const std::size_t v = graph_.rank_of(above[k]), member = layout_.member(k), position = layout_.position(member);
    std::uint32_t counts[kWedges] = {};
    std::uint32_t n_found = 0;
    if (n_hubs > 0 && hubs_->row(v) != nullptr)
      n_found += kernels_.extract_row(hubs_->row(v), layout, position, words_.data() + member * row_size, counts);
    if (k < n_hubs) seen_[position / kWordBits] |= std::uint64_t{1} << position % kWordBits;
    else n_found += find_in_row(v, member, n_hubs > 0 ? hubs_->n_above(v) : 0, counts);
    if (n_found > 0) triangles_.set(k, counts);
    n_edges += n_found;
    stop_(static_cast<std::int64_t>(graph_.above(v).size()));
  }
  return n_edges;
}

template <class Entry>
void LocalMatrix<Entry>::add(std::size_t u) {
  const auto above = graph_.above(u);
  triangles_.reset(above.size());
  if (above.size() < 2) return;
  const std::size_t n_hubs = hubs_ != nullptr ? n_extracted(*hubs_, u) : 0;
  if (n_hubs == 0 && above.size() <= kFewNodes) return add_few(above);
  layout_.make(above, n_hubs);
  n_words_ = layout_.n_words();
  position_.reserve(above.size() - n_hubs);
  for (std::size_t k = n_hubs; k < above.size(); ++k)
    position_.set(graph_.rank_of(above[k]), static_cast<std::uint32_t>(layout_.position(layout_.member(k))) + 1);
  const std::size_t n_edges = find_edges(above, n_hubs);
  for (const Entry entry : above.subspan(n_hubs)) position_.clear(graph_.rank_of(entry));
  if (n_edges >= 3) count_pairs();
}

// Without a matrix: one K4 after the other.
template <class Entry>
void LocalMatrix<Entry>::add_few(std::span<const Entry> above) {
  std::uint32_t rows[kFewNodes] = {};  // bits of the neighbours before
  std::uint8_t links[kFewNodes][kFewNodes];
  position_.reserve(above.size());
  for (std::size_t k = 0; k < above.size(); ++k)
    position_.set(graph_.rank_of(above[k]), static_cast<std::uint32_t>(k) + 1);
  const typename RankTable<Entry>::View positions(position_);
  for (std::size_t i = 1; i < above.size(); ++i) {
    const auto row = graph_.above(graph_.rank_of(above[i]));
    std::uint32_t counts[kWedges] = {};
    for (const Entry entry : row) {
      const std::size_t behind = positions[graph_.rank_of(entry)];
      if (behind == 0) continue;
      const std::size_t j = behind - 1, link = graph_.link_of(entry);
      ++counts[3 * link + kReversedLink[graph_.link_of(above[j])]];
      rows[i] |= std::uint32_t{1} << j;
      links[i][j] = static_cast<std::uint8_t>(link);
    }
    if (rows[i] != 0) triangles_.set(i, counts);
    stop_(static_cast<std::int64_t>(row.size()));
  }
  for (const Entry entry : above) position_.clear(graph_.rank_of(entry));
  for (std::size_t i = 2; i < above.size(); ++i)
    for (std::uint32_t js = rows[i]; js != 0; js &= js - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(js));
      auto& counts = cliques_[graph_.link_of(above[i])][graph_.link_of(above[j])][links[i][j]];
      for (std::uint32_t ks = rows[i] & rows[j]; ks != 0; ks &= ks - 1) {
        const auto k = static_cast<std::size_t>(std::countr_zero(ks));
        ++counts[graph_.link_of(above[k])][std::size_t{3} * links[i][k] + links[j][k]];
      }
    }
}

// All pairs of rows i and j of given links, a word at a time.
template <class Entry>
void LocalMatrix<Entry>::count_pairs() {
  const std::size_t row_size = n_words_ * kPlanes;
  row_at_.resize(n_words_ * kWordBits);
  for (std::size_t member = 0; member < layout_.n_members(); ++member)
    row_at_[layout_.position(member)] = static_cast<std::uint32_t>(member * row_size);
  bool mutual = false;
  for (std::size_t k = 2; k < layout_.n_members() * row_size; k += kPlanes) mutual |= words_[k] != 0;
  const auto groups = layout_.groups();
  for (std::size_t g = 0; g + 1 < groups.size(); ++g)
    for (std::size_t w = groups[g].first_word; w < n_words_; ++w)
      for (std::size_t i_to_j = 0; i_to_j < kLinks; ++i_to_j) {
        const std::size_t n_pairs = list_pairs(g, w, i_to_j);
        if (n_pairs == 0) continue;
        const std::size_t n_words = n_words_ - w;
        stop_(4 * static_cast<std::int64_t>(n_pairs * n_words));
        kernels_.add_common_bits(words_.data() + w * kPlanes, {pairs_.data(), n_pairs, mutual}, layout_.links() + w,
                                 n_words, cliques_[groups[g].link][layout_.links()[w]][i_to_j].data());
      }
}

template <class Entry>
std::size_t LocalMatrix<Entry>::list_pairs(std::size_t group, std::size_t word, std::size_t i_to_j) {
  const std::size_t row_size = n_words_ * kPlanes;
  const std::size_t first = layout_.groups()[group].first_member, end = layout_.groups()[group + 1].first_member;
  const std::size_t most = kWordBits * (end - first) + kPairsBehind;
  if (pairs_.size() < most) pairs_.resize(most);
  const RowRange rows{static_cast<std::uint32_t>(first * row_size), static_cast<std::uint32_t>(end * row_size),
                      static_cast<std::uint32_t>(row_size)};
  return kernels_.list_pairs(words_.data() + word * kPlanes + i_to_j, rows, row_at_.data() + word * kWordBits,
                             pairs_.data());
}

template <class Entry>
void LocalMatrix<Entry>::give(CliqueCounts& cliques) const {
  for (std::size_t ui = 0; ui < kLinks; ++ui)
    for (std::size_t uj = 0; uj < kLinks; ++uj)
      for (std::size_t ij = 0; ij < kLinks; ++ij)
        for (std::size_t uk = 0; uk < kLinks; ++uk)
          for (std::size_t s = 0; s < 9; ++s) cliques[ui][uj][ij][uk][s] += cliques_[ui][uj][ij][uk][s];
}

template class LocalMatrix<std::uint32_t>;
template class LocalMatrix<std::uint64_t>;

}  // namespace motifcount
