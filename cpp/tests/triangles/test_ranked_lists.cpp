// The ranked lists behind the triangle listing: every edge once, sorted, and the same in lists and bit planes.
#include "triangles/ranked_lists.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "graph/csr.hpp"
#include "support/large_array.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_ranked_lists {

using namespace motifcount;
using test::below;
using test::Random;
using Rows = std::vector<std::vector<int>>;

// Arcs that lead to or from few hubs, many of them both ways, and some anywhere. Of `n` nodes half are isolated.
Rows hubs_and_others(int n, int n_hubs, int n_arcs, Random& random) {
  std::vector<std::set<int>> arcs(static_cast<std::size_t>(n));
  for (int k = 0; k < n_arcs; ++k) {
    const int u = 2 * below(random, n / 2);
    const int v = k % 8 == 0 ? 2 * below(random, n / 2) : 2 * below(random, n_hubs);
    if (u == v) continue;
    if (k % 3 != 0) arcs[static_cast<std::size_t>(u)].insert(v);
    if (k % 3 != 1) arcs[static_cast<std::size_t>(v)].insert(u);
  }
  Rows rows;
  for (const auto& row : arcs) rows.emplace_back(row.begin(), row.end());
  return rows;
}

template <class Index>
RankedLists<Index> ranked_lists(const Csr<Index>& csr, int threads) {
  return {csr.view(), in_degrees(csr.view(), threads, test::never()), threads, test::never()};
}

// An entry of u's list, read off the arcs.
template <class Index>
unsigned code_of(const std::set<std::pair<std::size_t, std::size_t>>& arcs, std::size_t u, std::size_t v) {
  return static_cast<unsigned>(arcs.contains({u, v})) | static_cast<unsigned>(arcs.contains({v, u})) << 1;
}

template <class Index>
void hold_lists(const Csr<Index>& csr, int threads) {
  const auto ranked = ranked_lists(csr, threads);
  const auto n = static_cast<std::size_t>(csr.view().n_rows());
  std::set<std::pair<std::size_t, std::size_t>> arcs;  // by rank
  std::vector<std::int64_t> degree(n);
  for (std::size_t u = 0; u < n; ++u)
    for (const Index v : csr.view().row(static_cast<std::int64_t>(u))) {
      const auto a = static_cast<std::size_t>(ranked.rank_of()[u]);
      const auto b = static_cast<std::size_t>(ranked.rank_of()[static_cast<std::size_t>(v)]);
      arcs.emplace(a, b);
      ++degree[a];
      ++degree[b];
    }
  CHECK(std::ranges::is_sorted(degree, std::greater{}));
  std::size_t n_edges = 0;
  std::vector<std::int64_t> mutual(n);
  for (std::size_t u = 0; u < n; ++u) {
    std::int64_t previous = -1;
    for (const auto entry : ranked.row(u)) {
      const auto v = static_cast<std::size_t>(entry >> 2);
      CHECK(static_cast<std::int64_t>(v) > previous && v < u);
      CHECK_EQ(entry & 3, code_of<Index>(arcs, u, v));
      previous = static_cast<std::int64_t>(v);
      if ((entry & 3) == 3) ++mutual[u], ++mutual[v];
      n_edges += (entry & 3) == 3 ? 2 : 1;
    }
    // The planes hold the list up to its tail, and nothing else.
    const PlaneRow planes = ranked.planes(u);
    const auto tail = ranked.tail(u);
    CHECK(tail.empty() || tail.front() >> 2 >= 64 * planes.n_words);
    CHECK(planes.n_words <= ranked.most_words());
    std::vector<typename RankedLists<Index>::Entry> found;
    for (std::size_t rank = 0; rank < 64 * planes.n_words; ++rank) {
      const auto code = static_cast<unsigned>((planes.words[2 * (rank / 64)] >> rank % 64 & 1) |
                                              (planes.words[2 * (rank / 64) + 1] >> rank % 64 & 1) << 1);
      if (code != 0) found.push_back(static_cast<typename RankedLists<Index>::Entry>(rank) << 2 | code);
    }
    found.insert(found.end(), tail.begin(), tail.end());
    CHECK(std::ranges::equal(found, ranked.row(u)));
  }
  CHECK_EQ(n_edges, arcs.size());
  for (std::size_t u = 0; u < n; ++u) CHECK_EQ(ranked.mutual(u), mutual[u]);
}

template <class Index>
void lists_of_all_kinds() {
  Random random(21);
  // Hubs within one word, at its edges, over several, and beyond those that are sorted by bits.
  for (const int n_hubs : {1, 5, 63, 64, 65, 200, 5000})
    for (const int threads : {1, 3})
      hold_lists(test::to_csr<Index>(hubs_and_others(std::max(600, 3 * n_hubs), n_hubs, 12000, random)), threads);
  for (const int n : {0, 1, 2, 90}) hold_lists(test::to_csr<Index>(test::random_digraph(n, 0.7, random)), 2);
}

// Enough arcs for several tasks; the lists must not depend on who made them.
void same_for_any_threads() {
  Random random(22);
  const auto csr = test::to_csr<std::int32_t>(hubs_and_others(30000, 3000, 300000, random));
  const auto one = ranked_lists(csr, 1);
  for (const int threads : {2, 3, 7}) {
    const auto ranked = ranked_lists(csr, threads);
    bool same = std::ranges::equal(ranked.rank_of(), one.rank_of());
    for (std::size_t u = 0; u < one.n_nodes(); ++u)
      same = same && std::ranges::equal(ranked.row(u), one.row(u)) && ranked.mutual(u) == one.mutual(u);
    CHECK(same);
  }
  CHECK(one.most_words() > 1);
}

void runs_cover_all_lists() {
  Random random(23);
  const auto ranked = ranked_lists(test::to_csr<std::int32_t>(hubs_and_others(900, 20, 9000, random)), 1);
  for (const std::int64_t n : {1, 7, 1000, 1000000}) {
    const auto starts = ranked.runs_of_entries(n);
    CHECK_EQ(starts.front(), 0);
    CHECK_EQ(starts.back(), ranked.n_nodes());
    CHECK(std::ranges::is_sorted(starts, std::less_equal{}));
  }
}

// Small arrays, and arrays on pages of their own.
void large_arrays() {
  for (const std::size_t n : {std::size_t{0}, std::size_t{10}, std::size_t{1} << 18, (std::size_t{1} << 18) + 1}) {
    LargeArray<std::uint64_t> array(n, 7);
    array.resize(2 * n);
    std::fill(array.begin() + static_cast<std::ptrdiff_t>(n), array.end(), 8);
    array.push_back(9);
    CHECK_EQ(std::ranges::count(array, 7u), n);
    CHECK_EQ(std::ranges::count(array, 8u), n);
    LargeArray<std::uint64_t> other = std::move(array);
    CHECK_EQ(other.back(), 9);
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(lists_of_all_kinds<std::int32_t>);
  RUN(lists_of_all_kinds<std::int64_t>);
  RUN(same_for_any_threads);
  RUN(runs_cover_all_lists);
  RUN(large_arrays);
});

}  // namespace test_ranked_lists
