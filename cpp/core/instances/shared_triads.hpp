// How many triads of a class two nodes share, without listing them.
//
// What a linked pair shares follows from the third nodes around it (census/around_edges.hpp). What a pair without a
// link shares are its common neighbours: a row of the product of two adjacency matrices (Gustavson 1978,
// doi:10.1145/355791.355796). Workers add up a row each; no instance is held.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "census/around_edges.hpp"
#include "graph/levels.hpp"
#include "instances/wanted_roles.hpp"
#include "motifs/triads.hpp"
#include "support/threads.hpp"

namespace motifcount {

// Sums by number, which are read in ascending order. A bit a number says which were touched, and a bit for 64 of these
// which of those were.
template <class Number>
class RowSums {
 public:
  explicit RowSums(std::size_t n) : sums_(n), touched_(n / 64 + 1), any_(n / 4096 + 1) {}

  void add_one(std::size_t j) {
    ++sums_[j];
    touch(j);
  }
  void set(std::size_t j, Number sum) {
    sums_[j] = sum;
    touch(j);
  }

  // take(j, sum) for those that are not 0; all are 0 afterwards.
  template <class Take>
  void take_all(Take take) {
    for (std::size_t block = 0; block < any_.size(); ++block)
      for (; any_[block] != 0; any_[block] &= any_[block] - 1) {
        const std::size_t word = 64 * block + static_cast<std::size_t>(std::countr_zero(any_[block]));
        for (std::uint64_t bits = touched_[word]; bits != 0; bits &= bits - 1) {
          const std::size_t j = 64 * word + static_cast<std::size_t>(std::countr_zero(bits));
          if (sums_[j] != 0) take(j, sums_[j]);
          sums_[j] = 0;
        }
        touched_[word] = 0;
      }
  }

 private:
  void touch(std::size_t j) {
    touched_[j / 64] |= std::uint64_t{1} << j % 64;
    any_[j / 4096] |= std::uint64_t{1} << j / 64 % 64;
  }

  std::vector<Number> sums_;
  std::vector<std::uint64_t> touched_, any_;
};

template <class Index, class Entry>
class SharedTriads {
 public:
  SharedTriads(const GraphView<Index>& graph, const WantedRoles& wanted, int num_threads, Stop& stop)
      : n_rows_(static_cast<std::size_t>(graph.out.n_rows())), num_threads_(num_threads), stop_(stop) {
    for (std::size_t code = 0; code < kTriadCodes; ++code) wanted_[code] = wanted.holds(static_cast<Code>(code), 0, 1);
    graph_.build(graph.out, stop);
    count_at_links(graph);
    list_by_link();
  }

  // The rows are added up twice: to learn how long they are, and to fill them in.
  PairCounts<Index> count(std::size_t most_bytes) {
    PairCounts<Index> found;
    found.indptr.assign(n_rows_ + 1, 0);
    for_each_row([&](std::size_t row, RowSums<Entry>& sums) {
      std::int64_t n = 0;
      sums.take_all([&](std::size_t, Entry) { ++n; });
      found.indptr[row + 1] = n;
    });
    std::partial_sum(found.indptr.begin(), found.indptr.end(), found.indptr.begin());
    const auto n_pairs = static_cast<std::size_t>(found.indptr.back());
    if (n_pairs * (sizeof(Index) + sizeof(std::int64_t)) > most_bytes) throw std::bad_alloc();
    found.columns.resize(n_pairs);
    found.counts.resize(n_pairs);
    for_each_row([&](std::size_t row, RowSums<Entry>& sums) {
      auto next = static_cast<std::size_t>(found.indptr[row]);
      sums.take_all([&](std::size_t column, Entry n) {
        found.columns[next] = static_cast<Index>(column);
        found.counts[next++] = static_cast<std::int64_t>(n);
      });
    });
    return found;
  }

 private:
  // take(row, sums) for every row of a node with arcs.
  template <class Take>
  void for_each_row(Take take) {
    constexpr std::size_t ranks_per_task = 16;
    const std::size_t n = graph_.n_nodes();
    std::vector<std::optional<RowSums<Entry>>> workers(static_cast<std::size_t>(std::max(num_threads_, 1)));
    const auto n_tasks = static_cast<std::int64_t>((n + ranks_per_task - 1) / ranks_per_task);
    parallel_for(n_tasks, num_threads_, stop_, [&](std::int64_t task, int id) {
      auto& sums = workers[static_cast<std::size_t>(id)];
      if (!sums) sums.emplace(n_rows_);
      PacedStop paced(stop_);
      const std::size_t first = static_cast<std::size_t>(task) * ranks_per_task;
      for (std::size_t x = first; x < std::min(n, first + ranks_per_task); ++x) {
        add_row(x, *sums, paced);
        take(row_of(x), *sums);
      }
    });
  }

  // What linked pairs share, at either entry of their link.
  void count_at_links(const GraphView<Index>& graph) {
    at_entry_.assign(2 * graph_.n_edges(), 0);
    const Shape shape = find_levels(graph.out, stop_).shape;
    bool open = false;  // whether a linked pair and a third node without a link to both are wanted
    for (std::size_t code = 0; code < kTriadCodes; ++code)
      open = open || (wanted_[code] && !kTriadTables.closed[kTriadOfCode[code]]);
    if (!open && shape != Shape::kGeneral) return;  // no triangles
    const auto sum = [&](std::size_t code, const auto& thirds_at) {
      std::int64_t n = 0;
      for (std::size_t a = 0; a < 4; ++a)
        for (std::size_t b = 0; b < 4; ++b)
          if (wanted_[triad_code(code, a, b)]) n += thirds_at(a, b);
      return static_cast<Entry>(n);
    };
    for_each_edge(graph_, graph.n_nodes, shape, num_threads_, stop_,
                  [&](std::size_t u, std::size_t v, std::size_t code, const ThirdNodes& thirds) {
                    at_entry_[entry_of(u, v)] = sum(code, [&](std::size_t a, std::size_t b) { return thirds[a][b]; });
                    at_entry_[entry_of(v, u)] =
                        sum(reversed_dyad(code), [&](std::size_t a, std::size_t b) { return thirds[b][a]; });
                  });
  }

  // Neighbours by link as rows of the graph, where a pair without a link needs them.
  void list_by_link() {
    PacedStop paced(stop_);
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = 0; b < kLinks; ++b)
        if (wanted_[triad_code(0, a + 1, b + 1)]) ends_[a].push_back(kReversedLink[b]);
    for (std::size_t link = 0; link < kLinks; ++link) {
      if (std::ranges::none_of(ends_, [&](const auto& links) { return std::ranges::count(links, link) > 0; })) continue;
      Neighbours& list = by_link_[link];
      list.begin.push_back(0);
      for (std::size_t w = 0; w < graph_.n_nodes(); ++w) {
        for (const Entry entry : graph_.row(w))
          if (Graph::link_of(entry) == link) list.rows.push_back(static_cast<Index>(row_of(Graph::rank_of(entry))));
        list.begin.push_back(list.rows.size());
        paced(kScatterUnits * static_cast<std::int64_t>(graph_.row(w).size()));
      }
    }
  }

  void add_row(std::size_t x, RowSums<Entry>& sums, PacedStop& paced) const {
    const auto row = graph_.row(x);
    for (const Entry entry : row)
      for (const std::size_t link : ends_[Graph::link_of(entry)]) {
        const auto ends = by_link_[link].of(Graph::rank_of(entry));
        for (const Index j : ends) sums.add_one(static_cast<std::size_t>(j));
        paced(1 + 2 * static_cast<std::int64_t>(ends.size()));
      }
    for (std::size_t k = 0; k < row.size(); ++k)
      sums.set(row_of(Graph::rank_of(row[k])), at_entry_[first_entry(x) + k]);
    sums.set(row_of(x), 0);
    paced(kScatterUnits * static_cast<std::int64_t>(row.size() + n_rows_ / 4096));
  }

  [[nodiscard]] std::size_t row_of(std::size_t rank) const {
    return static_cast<std::size_t>(graph_.row_of_rank()[rank]);
  }
  [[nodiscard]] std::size_t first_entry(std::size_t u) const {
    return static_cast<std::size_t>(graph_.row(u).data() - graph_.row(0).data());
  }
  [[nodiscard]] std::size_t entry_of(std::size_t u, std::size_t v) const {
    const auto row = graph_.row(u);
    return first_entry(u) +
           static_cast<std::size_t>(std::ranges::lower_bound(row, v, {}, Graph::rank_of) - row.begin());
  }

  using Graph = RankedNeighbours<Entry>;

  struct Neighbours {
    std::vector<std::size_t> begin;  // by rank
    std::vector<Index> rows;

    [[nodiscard]] std::span<const Index> of(std::size_t rank) const {
      return std::span(rows).subspan(begin[rank], begin[rank + 1] - begin[rank]);
    }
  };

  std::size_t n_rows_;
  int num_threads_;
  Stop& stop_;
  std::array<bool, kTriadCodes> wanted_{};  // of a row, a column and a third node
  Graph graph_;
  LargeArray<Entry> at_entry_;
  std::array<std::vector<std::size_t>, kLinks> ends_;  // by the link to a third node, those from it to a column
  std::array<Neighbours, kLinks> by_link_;
};

}  // namespace motifcount
