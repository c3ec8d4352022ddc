#include "tetrads/local_matrix.hpp"

#include <algorithm>
#include <bit>
#include <string>

namespace motifcount {
namespace {

constexpr std::size_t kWordBits = 64;
constexpr std::size_t kPlanes = kLinks;
constexpr std::size_t kWalkedPerPiece = 12;               // entries of a row walked along in the time of a piece
constexpr std::size_t kMostWords = std::size_t{1} << 32;  // of a matrix: some 300,000 nodes above one

}  // namespace

// The hubs above u, or 0 where walking along the rows of its neighbours costs less than extracting bits.
template <class Entry>
std::size_t LocalMatrix<Entry>::n_hubs_of(std::size_t u, std::span<const Entry> above) const {
  if (hubs_ == nullptr || hubs_->n_above(u) == 0) return 0;
  const std::size_t n_hubs = hubs_->n_above(u);
  std::size_t n_walked = 0;
  for (const Entry entry : above) n_walked += hubs_->n_above(graph_.rank_of(entry));
  const std::size_t n_words = graph_.rank_of(above[n_hubs - 1]) / kWordBits + 1;
  const std::size_t n_pieces = std::min(n_hubs, kLinks * n_words);
  return kWalkedPerPiece * n_walked < above.size() * (3 * n_pieces + 10) || n_walked < 12 * above.size() ? 0 : n_hubs;
}

template <class Entry>
void LocalMatrix<Entry>::add_member(std::size_t index, std::size_t position) {
  member_of_[index] = static_cast<std::uint32_t>(position_of_.size());
  member_at_.resize(kWordBits * n_words_);
  member_at_[position] = static_cast<std::uint32_t>(position_of_.size());
  position_of_.push_back(static_cast<std::uint32_t>(position));
}

// Those of one link that are not hubs.
template <class Entry>
void LocalMatrix<Entry>::add_group(std::size_t link, std::span<const Entry> above, std::size_t first_index) {
  groups_.push_back({link, position_of_.size(), n_words_});
  std::size_t position = kWordBits * n_words_;
  for (std::size_t k = first_index; k < above.size(); ++k) {
    if (graph_.link_of(above[k]) != link) continue;
    if (position == kWordBits * n_words_) ++n_words_;
    position_[graph_.rank_of(above[k])] = static_cast<std::uint32_t>(position) + 1;
    add_member(k, position++);
  }
}

// The hubs of one link: what a word of the planes has of them becomes a piece of a word of the rows.
template <class Entry>
void LocalMatrix<Entry>::add_hubs(std::size_t u, std::size_t link, std::span<const Entry> hubs) {
  groups_.push_back({link, position_of_.size(), n_words_});
  const std::uint64_t* const planes = hubs_->row(u);
  std::size_t shift = kWordBits, k = 0;
  for (std::uint32_t source = 0; source < HubPlanes<Entry>::kWords; ++source) {
    const std::uint64_t out = planes[2 * source], in = planes[2 * source + 1];
    std::uint64_t mask = link == 0 ? out & ~in : link == 1 ? in & ~out : out & in;
    if (u / kWordBits <= source) mask &= u / kWordBits == source ? (std::uint64_t{1} << u % kWordBits) - 1 : 0;
    if (mask == 0) continue;
    const auto n = static_cast<std::size_t>(std::popcount(mask));
    if (shift + n > kWordBits) {
      ++n_words_;
      shift = 0;
    }
    pieces_.push_back({mask, source, static_cast<std::uint32_t>(n_words_ - 1), static_cast<std::uint32_t>(shift)});
    for (std::size_t found = 0; found < n; ++k)
      if (graph_.link_of(hubs[k]) == link) add_member(k, kWordBits * (n_words_ - 1) + shift + found++);
    shift += n;
  }
}

// Others before hubs, the rarest link first: pairs of rows begin with the words of their first row.
template <class Entry>
void LocalMatrix<Entry>::lay_out(std::size_t u, std::span<const Entry> above, std::size_t n_hubs) {
  position_of_.clear();
  member_of_.resize(above.size());
  groups_.clear();
  pieces_.clear();
  link_of_word_.clear();
  n_words_ = 0;
  std::array<std::array<std::size_t, kLinks>, 2> sizes{};  // of others and hubs
  for (std::size_t k = 0; k < above.size(); ++k) ++sizes[k < n_hubs][graph_.link_of(above[k])];
  for (const bool hubs : {false, true}) {
    std::array<std::size_t, kLinks> links{0, 1, 2};
    std::ranges::sort(links, {}, [&](std::size_t link) { return sizes[hubs][link]; });
    for (const std::size_t link : links) {
      if (sizes[hubs][link] == 0) continue;
      if (hubs) add_hubs(u, link, above.first(n_hubs));
      else add_group(link, above, n_hubs);
      link_of_word_.resize(n_words_, static_cast<std::uint8_t>(link));
    }
  }
  groups_.push_back({0, position_of_.size(), n_words_});
  back_link_of_word_.resize(n_words_);
  for (std::size_t w = 0; w < n_words_; ++w)
    back_link_of_word_[w] = static_cast<std::uint8_t>(kReversedLink[link_of_word_[w]]);
}

// Neighbours of v among those that are not hubs.
template <class Entry>
std::uint32_t LocalMatrix<Entry>::find_in_row(std::size_t v, std::size_t member, std::size_t n_skipped,
                                              std::uint32_t (&counts)[kWedges]) {
  std::uint32_t n_found = 0;
  const std::size_t own = position_of_[member];
  for (const Entry entry : graph_.above(v).subspan(n_skipped)) {
    std::size_t position = position_[graph_.rank_of(entry)];
    if (position == 0) continue;
    --position;
    const std::size_t link = graph_.link_of(entry);
    ++counts[3 * link + back_link_of_word_[position / kWordBits]];
    ++n_found;
    if (position > own) set_bit(member, position, link);
    else set_bit(member_at_[position], own, kReversedLink[link]);
  }
  return n_found;
}

// Fills the rows: every pair of neighbours once, in the row of the one of the lower position.
template <class Entry>
std::size_t LocalMatrix<Entry>::find_edges(std::size_t u, std::span<const Entry> above, std::size_t n_hubs) {
  const std::size_t row_size = n_words_ * kPlanes;
  if (above.size() * row_size > kMostWords)
    throw NotSupported("four-node counts of a graph where " + std::to_string(above.size()) +
                       " neighbours of a node have as many arcs as it");
  words_.assign(above.size() * row_size + 1, 0);
  seen_.assign(n_words_, 0);
  const std::size_t first_word = pieces_.empty() ? n_words_ : pieces_.front().target;
  const RowLayout layout{pieces_.data(), pieces_.size(), first_word, n_words_, back_link_of_word_.data(), seen_.data()};
  std::size_t n_edges = 0;
  for (std::size_t k = 0; k < above.size(); ++k) {
    const std::size_t v = graph_.rank_of(above[k]), member = member_of_[k], position = position_of_[member];
    std::uint32_t counts[kWedges] = {};
    std::uint32_t n_found = 0;
    if (n_hubs > 0 && hubs_->row(v) != nullptr)
      n_found += kernels_.extract_row(hubs_->row(v), layout, position, words_.data() + member * row_size, counts);
    if (k < n_hubs) seen_[position / kWordBits] |= std::uint64_t{1} << position % kWordBits;
    else n_found += find_in_row(v, member, n_hubs > 0 ? hubs_->n_above(v) : 0, counts);
    if (n_found > 0) triangles_.set(u, k, counts);
    n_edges += n_found;
    stop_(static_cast<std::int64_t>(graph_.above(v).size()));
  }
  return n_edges;
}

template <class Entry>
void LocalMatrix<Entry>::add(std::size_t u) {
  const auto above = graph_.above(u);
  if (above.size() < 2) return;
  const std::size_t n_hubs = n_hubs_of(u, above);
  lay_out(u, above, n_hubs);
  const std::size_t n_edges = find_edges(u, above, n_hubs);
  for (const Entry entry : above.subspan(n_hubs)) position_[graph_.rank_of(entry)] = 0;
  if (n_edges < 3) return;
  if (above.size() <= kFewNodes) count_few();
  else count_pairs();
}

// One K4 after the other.
template <class Entry>
void LocalMatrix<Entry>::count_few() {
  const std::size_t row_size = n_words_ * kPlanes;
  for (std::size_t i = 0; i + 2 < position_of_.size(); ++i) {
    const std::uint64_t* const row_i = words_.data() + i * row_size;
    auto& of_i = cliques_[link_of_word_[position_of_[i] / kWordBits]];
    for (std::size_t w = position_of_[i] / kWordBits; w < n_words_; ++w)
      for (std::size_t i_to_j = 0; i_to_j < kLinks; ++i_to_j)
        for (std::uint64_t bits = row_i[w * kPlanes + i_to_j]; bits != 0; bits &= bits - 1) {
          const std::size_t j = member_at_[w * kWordBits + static_cast<std::size_t>(std::countr_zero(bits))];
          const std::uint64_t* const row_j = words_.data() + j * row_size;
          for (std::size_t z = w; z < n_words_; ++z) {
            const std::uint64_t* const p = row_i + z * kPlanes;
            const std::uint64_t* const q = row_j + z * kPlanes;
            auto& counts = of_i[link_of_word_[w]][i_to_j][link_of_word_[z]];
            for (std::uint64_t both = (p[0] | p[1] | p[2]) & (q[0] | q[1] | q[2]); both != 0; both &= both - 1) {
              const std::uint64_t bit = both & (~both + 1);
              const std::size_t x = p[0] & bit ? 0 : p[1] & bit ? 1 : 2;
              const std::size_t y = q[0] & bit ? 0 : q[1] & bit ? 1 : 2;
              ++counts[3 * x + y];
            }
          }
        }
  }
}

// All pairs of rows i and j of given links, a word at a time.
template <class Entry>
void LocalMatrix<Entry>::count_pairs() {
  bool mutual = false;
  for (std::size_t k = 2; k < position_of_.size() * n_words_ * kPlanes; k += kPlanes) mutual |= words_[k] != 0;
  for (std::size_t g = 0; g + 1 < groups_.size(); ++g) {
    auto& of_i = cliques_[groups_[g].link];
    for (std::size_t w = groups_[g].first_word; w < n_words_; ++w)
      for (std::size_t i_to_j = 0; i_to_j < kLinks; ++i_to_j) {
        const std::size_t n_pairs = gather_pairs(g, w, i_to_j);
        if (n_pairs == 0) continue;
        for (std::size_t z = w; z < n_words_; ++z) {
          std::uint64_t sums[9] = {};
          stop_(4 * static_cast<std::int64_t>(n_pairs));
          kernels_.add_common_bits(words_.data() + z * kPlanes, pairs_.data(), n_pairs, mutual, sums);
          auto& counts = of_i[link_of_word_[w]][i_to_j][link_of_word_[z]];
          for (std::size_t s = 0; s < 9; ++s) counts[s] += sums[s];
        }
      }
  }
}

template <class Entry>
std::size_t LocalMatrix<Entry>::gather_pairs(std::size_t group, std::size_t word, std::size_t i_to_j) {
  const std::size_t row_size = n_words_ * kPlanes;
  const std::uint32_t* const member_at = member_at_.data() + word * kWordBits;
  const std::size_t most = kWordBits * (groups_[group + 1].first_member - groups_[group].first_member);
  if (pairs_.size() < most) pairs_.resize(most);
  RowPair* next = pairs_.data();
  for (std::size_t i = groups_[group].first_member; i < groups_[group + 1].first_member; ++i)
    for (std::uint64_t bits = words_[i * row_size + word * kPlanes + i_to_j]; bits != 0; bits &= bits - 1) {
      const std::size_t j = member_at[std::countr_zero(bits)];
      *next++ = {static_cast<std::uint32_t>(i * row_size), static_cast<std::uint32_t>(j * row_size)};
    }
  return static_cast<std::size_t>(next - pairs_.data());
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
