#include "tetrads/node_cliques.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace motifcount {

CliqueColumns::CliqueColumns(const NodeClasses& classes) : first(*std::ranges::min_element(classes.clique)) {
  for (std::size_t ur = 0; ur < kLinks; ++ur)
    for (std::size_t uj = 0; uj < kLinks; ++uj)
      for (std::size_t rj = 0; rj < kLinks; ++rj)
        for (std::size_t uk = uj; uk < kLinks; ++uk)
          for (std::size_t rk = uk == uj ? rj : 0; rk < kLinks; ++rk)
            for (std::size_t jk = 0; jk < kLinks; ++jk) {
              const bool same = uj == uk && rj == rk;  // j and k change places where jk is reversed
              if (same && jk == 1) continue;
              const std::size_t code = ((((ur * 3 + uj) * 3 + uk) * 3 + rj) * 3 + rk) * 3 + jk;
              const std::size_t at = kWedges * uk + 3 * rk + jk;
              terms[ur][uj][rj].at[at] = {classes.clique_second[code], classes.clique[code], same && jk == 2};
              terms[ur][uj][rj].met_once |= 1U << at;
            }
}

void NodeCliques::visit(std::size_t u, EdgeWedges& wedges, const NodeTable& table) {
  const auto above = graph_.above(u);
  if (above.size() < 2) return;
  place(u);
  const std::size_t n_edges = find_edges(u, wedges);
  for (const auto entry : above) bit_of_[Graph::rank_of(entry)] = 0;
  if (n_edges == 0) return;
  const auto [first, end] = classes_.wings;
  for (std::size_t k = 0; k < above.size(); ++k) {
    if (k + 1 < above.size()) table.prefetch(Graph::rank_of(above[k + 1]), first, end);
    add_row(u, k, wedges, table);
  }
  const NodeTable::Row row = table.row(u);
  for (std::size_t column = columns_.first; column < of_u_.size(); ++column)
    if (of_u_[column] != 0) row.add(column, std::exchange(of_u_[column], 0) / 3);
}

void NodeCliques::place(std::size_t u) {
  const auto above = graph_.above(u);
  std::array<std::size_t, kLinks> next{};
  for (const auto entry : above) ++next[Graph::link_of(entry)];
  link_of_word_.clear();
  for (std::size_t link = 0; link < kLinks; ++link) {
    first_word_[link + 1] = first_word_[link] + (next[link] + 63) / 64;
    next[link] = 64 * first_word_[link];
    link_of_word_.resize(first_word_[link + 1], static_cast<std::uint8_t>(link));
  }
  row_size_ = kPlanes * link_of_word_.size();
  row_of_.resize(64 * link_of_word_.size());
  if (rows_.size() < above.size()) {
    rows_.resize(above.size());
    pairs_.resize(above.size());
  }
  words_.assign(row_size_ * above.size() + 1, 0);
  for (std::size_t k = 0; k < above.size(); ++k) {
    const std::size_t bit = next[Graph::link_of(above[k])]++;
    bit_of_[Graph::rank_of(above[k])] = static_cast<std::uint32_t>(bit + 1);
    row_of_[bit] = static_cast<std::uint32_t>(k);
  }
}

std::size_t NodeCliques::find_edges(std::size_t u, EdgeWedges& wedges) {
  const auto above = graph_.above(u);
  std::size_t n_edges = 0;
  for (std::size_t i = 0; i < above.size(); ++i) {
    const auto of_i = graph_.above(Graph::rank_of(above[i]));
    stop_(static_cast<std::int64_t>(of_i.size() + link_of_word_.size()));
    if (hits_.size() < of_i.size()) hits_.resize(of_i.size());
    std::size_t n_hits = 0;  // without a branch, which would be mispredicted
    for (const auto entry : of_i) {
      hits_[n_hits] = entry;
      n_hits += bit_of_[Graph::rank_of(entry)] != 0;
    }
    if (n_hits == 0) continue;
    n_edges += n_hits;
    const std::size_t own = bit_of_[Graph::rank_of(above[i])] - 1;
    std::uint32_t* const triangles = wedges[wedges.edge(u, i)];
    for (std::size_t k = 0; k < n_hits; ++k) {
      const std::size_t bit = bit_of_[Graph::rank_of(hits_[k])] - 1, link = Graph::link_of(hits_[k]);
      ++triangles[kLinks * link_of_word_[bit / 64] + link];
      set(i, bit, link);
      set(row_of_[bit], own, kReversedLink[link]);
    }
  }
  return n_edges;
}

// The k-th node r above u: the K4s of both and two others j and k, and the diamonds with the diagonal from u to j.
void NodeCliques::add_row(std::size_t u, std::size_t k, const EdgeWedges& wedges, const NodeTable& table) {
  const auto entry = graph_.above(u)[k];
  const std::size_t ur = Graph::link_of(entry), row = row_size_ * k, n_words = link_of_word_.size();
  const NodeTable::Row row_of_r = table.row(Graph::rank_of(entry));
  std::uint64_t any = 0, mutual = 0;
  for (std::size_t w = 0; w < n_words; ++w) {
    const std::uint64_t* const planes = &words_[row + kPlanes * w];
    any |= planes[0] | planes[1] | planes[2];
    mutual |= planes[2];
  }
  if (any == 0) return;
  std::array<CommonBits, kLinks> numbers;
  for (std::size_t uj = 0; uj < kLinks; ++uj)
    for (std::size_t rj = 0; rj < kLinks; ++rj) {
      const std::size_t n_pairs = list_pairs(row, uj, rj);
      if (n_pairs == 0) continue;
      add_wings(wedges.edge(u, 0), n_pairs, kWedges * (kWedges * uj + kLinks * ur + kReversedLink[rj]), wedges,
                row_of_r);
      const std::size_t first = first_word_[uj];
      stop_(static_cast<std::int64_t>(16 + 2 * n_pairs * (1 + n_words - first)));
      std::memset(&numbers[uj], 0, (kLinks - uj) * sizeof numbers[uj]);
      kernels_.add_common_bits(words_.data() + kPlanes * first, {pairs_.data(), n_pairs, mutual != 0},
                               link_of_word_.data() + first, n_words - first, numbers.data());
      const auto& terms = columns_.terms[ur][uj][rj];
      std::uint32_t found = 0;  // without a branch, which would be mispredicted
      for (std::size_t uk = uj; uk < kLinks; ++uk)
        for (std::size_t at = 0; at < kWedges; ++at)
          found |= std::uint32_t{numbers[uk][at] != 0} << (kWedges * uk + at);
      for (found &= terms.met_once; found != 0; found &= found - 1) {
        const auto at = static_cast<std::size_t>(std::countr_zero(found));
        const auto [of_r, of_u, twice] = terms.at[at];
        const auto n = static_cast<std::int64_t>(numbers[at / kWedges][at % kWedges] >> twice);
        row_of_r.add(of_r, n);
        of_u_[of_u] += n;
      }
    }
}

// Returns their number.
std::size_t NodeCliques::list_pairs(std::size_t row, std::size_t link_of_j, std::size_t row_to_j) {
  std::size_t n = 0;
  for (std::size_t w = first_word_[link_of_j]; w < first_word_[link_of_j + 1]; ++w)
    for (std::uint64_t bits = words_[row + kPlanes * w + row_to_j]; bits != 0; bits &= bits - 1, ++n) {
      rows_[n] = row_of_[64 * w + static_cast<std::size_t>(std::countr_zero(bits))];
      pairs_[n] = {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(row_size_ * rows_[n])};
    }
  return n;
}

// At r, a wing of the diagonals from u to the listed nodes, whose triangles are the other wings.
void NodeCliques::add_wings(std::size_t first_edge, std::size_t n, std::size_t first_column, const EdgeWedges& wedges,
                            NodeTable::Row row) const {
  constexpr std::size_t at_once = std::size_t{1} << 12;  // numbers below 2^20 stay below 2^32
  for (std::size_t begin = 0; begin < n; begin += at_once) {
    std::uint32_t sums[EdgeWedges::kReadable];
    kernels_.sum_edges(wedges[first_edge], rows_.data() + begin, std::min(at_once, n - begin), sums);
    for (std::size_t t = 0; t < kWedges; ++t) row.add(classes_.diamond_wing[first_column + t], std::int64_t{sums[t]});
  }
}

}  // namespace motifcount
