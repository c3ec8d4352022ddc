#include "tetrads/local_matrix.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace motifcount {
namespace {

constexpr std::size_t kWordBits = 64;
constexpr std::size_t kPlanes = kLinks;

}  // namespace

// The rarest link first: pairs of rows begin with the words of their first row.
template <class Entry>
void LocalMatrix<Entry>::lay_out(std::span<const Entry> above) {
  std::array<std::size_t, kLinks> sizes{};
  for (const Entry entry : above) ++sizes[graph_.link_of(entry)];
  link_of_group_ = {0, 1, 2};
  std::ranges::sort(link_of_group_, {}, [&](std::size_t link) { return sizes[link]; });
  std::array<std::size_t, kLinks> next_member{}, next_position{};
  n_words_ = 0;
  std::size_t n_members = 0;
  link_of_word_.clear();
  for (std::size_t g = 0; g < kLinks; ++g) {
    const std::size_t link = link_of_group_[g];
    const std::size_t n_words = (sizes[link] + kWordBits - 1) / kWordBits;
    first_member_[g] = next_member[link] = n_members;
    first_word_[g] = n_words_;
    next_position[link] = kWordBits * n_words_;
    n_members += sizes[link];
    n_words_ += n_words;
    link_of_word_.insert(link_of_word_.end(), n_words, static_cast<std::uint8_t>(link));
  }
  first_member_[kLinks] = n_members;
  first_word_[kLinks] = n_words_;
  members_.resize(n_members);
  member_at_.resize(kWordBits * n_words_);
  for (std::size_t k = 0; k < above.size(); ++k) {
    const std::size_t link = graph_.link_of(above[k]);
    const std::size_t position = next_position[link]++;
    const std::size_t member = next_member[link]++;
    members_[member] = {static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(k)};
    member_at_[position] = static_cast<std::uint32_t>(member);
    position_[graph_.rank_of(above[k])] = static_cast<std::uint32_t>(position) + 1;
  }
}

// Fills the rows: every pair of neighbours once, in the row of the one of the lower position.
template <class Entry>
std::size_t LocalMatrix<Entry>::find_edges(std::size_t u, std::span<const Entry> above) {
  words_.assign(members_.size() * n_words_ * kPlanes + 1, 0);
  std::size_t n_edges = 0;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const Member member = members_[i];
    std::array<std::uint32_t, kWedges> counts{};
    std::size_t n_found = 0;
    for (const Entry entry : graph_.above(graph_.rank_of(above[member.index]))) {
      std::size_t position = position_[graph_.rank_of(entry)];
      if (position == 0) continue;
      --position;
      const std::size_t link = graph_.link_of(entry);
      ++counts[3 * link + kReversedLink[link_of_word_[position / kWordBits]]];
      ++n_found;
      if (position > member.position) set_bit(i, position, link);
      else set_bit(member_at_[position], member.position, kReversedLink[link]);
    }
    if (n_found > 0) triangles_.set(u, member.index, counts);
    n_edges += n_found;
    stop_(static_cast<std::int64_t>(graph_.above(graph_.rank_of(above[member.index])).size()));
  }
  return n_edges;
}

template <class Entry>
void LocalMatrix<Entry>::add(std::size_t u) {
  const auto above = graph_.above(u);
  if (above.size() < 2) return;
  lay_out(above);
  const std::size_t n_edges = find_edges(u, above);
  for (const Entry entry : above) position_[graph_.rank_of(entry)] = 0;
  if (n_edges < 3) return;
  if (above.size() <= kFewNodes) count_few();
  else count_pairs();
}

// One K4 after the other.
template <class Entry>
void LocalMatrix<Entry>::count_few() {
  const std::size_t row_size = n_words_ * kPlanes;
  for (std::size_t i = 0; i + 2 < members_.size(); ++i) {
    const std::uint64_t* const row_i = words_.data() + i * row_size;
    auto& of_i = cliques_[link_of_word_[members_[i].position / kWordBits]];
    for (std::size_t w = members_[i].position / kWordBits; w < n_words_; ++w)
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
  for (std::size_t k = 2; k < members_.size() * n_words_ * kPlanes; k += kPlanes) mutual |= words_[k] != 0;
  for (std::size_t g = 0; g < kLinks; ++g) {
    if (first_member_[g] == first_member_[g + 1]) continue;
    auto& of_i = cliques_[link_of_group_[g]];
    for (std::size_t w = first_word_[g]; w < n_words_; ++w)
      for (std::size_t i_to_j = 0; i_to_j < kLinks; ++i_to_j) {
        gather_pairs(g, w, i_to_j);
        if (pairs_.empty()) continue;
        for (std::size_t z = w; z < n_words_; ++z) {
          std::uint64_t sums[9] = {};
          stop_(4 * static_cast<std::int64_t>(pairs_.size()));
          kernels_.add_common_bits(words_.data() + z * kPlanes, pairs_.data(), pairs_.size(), mutual, sums);
          auto& counts = of_i[link_of_word_[w]][i_to_j][link_of_word_[z]];
          for (std::size_t s = 0; s < 9; ++s) counts[s] += sums[s];
        }
      }
  }
}

template <class Entry>
void LocalMatrix<Entry>::gather_pairs(std::size_t group, std::size_t word, std::size_t i_to_j) {
  pairs_.clear();
  const std::size_t row_size = n_words_ * kPlanes;
  const std::uint32_t* const member_at = member_at_.data() + word * kWordBits;
  for (std::size_t i = first_member_[group]; i < first_member_[group + 1]; ++i)
    for (std::uint64_t bits = words_[i * row_size + word * kPlanes + i_to_j]; bits != 0; bits &= bits - 1) {
      const std::size_t j = member_at[std::countr_zero(bits)];
      pairs_.push_back({static_cast<std::uint32_t>(i * row_size), static_cast<std::uint32_t>(j * row_size)});
    }
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
