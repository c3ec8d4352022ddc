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
#include <memory>
#include <new>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "census/around_edges.hpp"
#include "graph/levels.hpp"
#include "instances/wanted_roles.hpp"
#include "motifs/triads.hpp"
#include "support/threads.hpp"

namespace motifcount {

// A set of numbers, which are read in ascending order. A bit for each, and a bit for 64 of these, which may be set
// where they are not.
class NumberSet {
 public:
  explicit NumberSet(std::size_t n) : bits_(n / 64 + 1), any_(n / 4096 + 1) {}

  void insert(std::size_t j) {
    bits_[j / 64] |= std::uint64_t{1} << j % 64;
    any_[j / 4096] |= std::uint64_t{1} << j / 64 % 64;
  }
  void erase(std::size_t j) { bits_[j / 64] &= ~(std::uint64_t{1} << j % 64); }

  // take(j) for all; the set is empty afterwards.
  template <class Take>
  void take_all(Take take) {
    take_words([&](std::size_t word, std::uint64_t bits) {
      for (; bits != 0; bits &= bits - 1) take(64 * word + static_cast<std::size_t>(std::countr_zero(bits)));
    });
  }
  // How many there were.
  std::int64_t take_size() {
    std::int64_t n = 0;
    take_words([&](std::size_t, std::uint64_t bits) { n += std::popcount(bits); });
    return n;
  }

 private:
  template <class Take>
  void take_words(Take take) {
    for (std::size_t block = 0; block < any_.size(); ++block)
      for (; any_[block] != 0; any_[block] &= any_[block] - 1) {
        const std::size_t word = 64 * block + static_cast<std::size_t>(std::countr_zero(any_[block]));
        take(word, std::exchange(bits_[word], 0));
      }
  }

  std::vector<std::uint64_t> bits_, any_;
};

template <class Index, class Entry>
class SharedTriads {
 public:
  SharedTriads(const GraphView<Index>& graph, const WantedRoles& wanted, int num_threads, Stop& stop)
      : n_rows_(static_cast<std::size_t>(graph.out.n_rows())), num_threads_(num_threads), stop_(stop) {
    for (std::size_t code = 0; code < kTriadCodes; ++code) wanted_[code] = wanted.holds(static_cast<Code>(code), 0, 1);
    const Shape shape = find_levels(graph.out, stop).shape;
    if (!wants_open() && shape != Shape::kGeneral) return;  // there are no triangles
    graph_.build(graph.out, stop);
    count_at_links(graph, shape);
    list_by_link();
  }

  // Every row is gone over twice: to learn how long it is, and to fill it in.
  PairCounts<Index> count(std::size_t most_bytes) {
    PairCounts<Index> found;
    found.indptr.assign(n_rows_ + 1, 0);
    for_each_row([&](std::size_t x, Worker& worker) {
      find_row(x, worker, [](std::size_t) {});
      found.indptr[row_of(x) + 1] = worker.columns.take_size();
    });
    std::partial_sum(found.indptr.begin(), found.indptr.end(), found.indptr.begin());
    const auto n_pairs = static_cast<std::size_t>(found.indptr.back());
    if (n_pairs * (sizeof(Index) + sizeof(std::int64_t)) > most_bytes) throw std::bad_alloc();
    found.columns.resize(n_pairs);
    found.counts.resize(n_pairs);
    for_each_row([&](std::size_t x, Worker& worker) {
      worker.sums.resize(n_rows_);
      find_row(x, worker, [&](std::size_t column) { ++worker.sums[column]; });
      const auto row = graph_.row(x);
      for (std::size_t k = 0; k < row.size(); ++k)
        worker.sums[row_of(Graph::rank_of(row[k]))] = at_entry_[first_entry(x) + k];
      worker.sums[row_of(x)] = 0;
      auto next = static_cast<std::size_t>(found.indptr[row_of(x)]);
      worker.columns.take_all([&](std::size_t column) {
        found.columns[next] = static_cast<Index>(column);
        found.counts[next++] = static_cast<std::int64_t>(std::exchange(worker.sums[column], 0));
      });
    });
    return found;
  }

 private:
  struct Worker {
    Worker(std::size_t n_rows, Stop& stop) : columns(n_rows), pace(stop) {}

    NumberSet columns;
    std::vector<Entry> sums;  // by column; 0 between rows
    PacedStop pace;
  };

  // take(x, worker) for every node with arcs.
  template <class Take>
  void for_each_row(Take take) {
    constexpr std::size_t ranks_per_task = 16;
    const std::size_t n = graph_.n_nodes();
    std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(std::max(num_threads_, 1)));
    const auto n_tasks = static_cast<std::int64_t>((n + ranks_per_task - 1) / ranks_per_task);
    parallel_for(n_tasks, num_threads_, stop_, [&](std::int64_t task, int id) {
      auto& worker = workers[static_cast<std::size_t>(id)];
      if (!worker) worker = std::make_unique<Worker>(n_rows_, stop_);
      const std::size_t first = static_cast<std::size_t>(task) * ranks_per_task;
      for (std::size_t x = first; x < std::min(n, first + ranks_per_task); ++x) take(x, *worker);
    });
  }

  // Whether the class has two nodes without a link.
  [[nodiscard]] bool wants_open() const {
    for (std::size_t code = 0; code < kTriadCodes; ++code)
      if (wanted_[code] && !kTriadTables.closed[kTriadOfCode[code]]) return true;
    return false;
  }

  // What linked pairs share, at either entry of their link.
  void count_at_links(const GraphView<Index>& graph, Shape shape) {
    at_entry_.assign(2 * graph_.n_edges(), 0);
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

  // Sets the columns of a row, and calls add(column) for each third node of a pair, linked pairs among them.
  template <class Add>
  void find_row(std::size_t x, Worker& worker, Add add) const {
    const auto row = graph_.row(x);
    for (const Entry entry : row)
      for (const std::size_t link : ends_[Graph::link_of(entry)]) {
        const auto ends = by_link_[link].of(Graph::rank_of(entry));
        for (const Index j : ends) {
          worker.columns.insert(static_cast<std::size_t>(j));
          add(static_cast<std::size_t>(j));
        }
        worker.pace(1 + 2 * static_cast<std::int64_t>(ends.size()));
      }
    for (std::size_t k = 0; k < row.size(); ++k) {
      const std::size_t column = row_of(Graph::rank_of(row[k]));
      if (at_entry_[first_entry(x) + k] != 0) worker.columns.insert(column);
      else worker.columns.erase(column);
    }
    worker.columns.erase(row_of(x));
    worker.pace(kScatterUnits * static_cast<std::int64_t>(row.size() + n_rows_ / 4096));
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
