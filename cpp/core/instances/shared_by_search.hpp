// How many instances of a class two nodes share, by searching them all. Nodes that are found together for the same two
// anchors are added at once, so that an instance costs one addition at a random place.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "instances/matcher.hpp"
#include "instances/pair_sums.hpp"
#include "instances/search.hpp"
#include "instances/wanted_roles.hpp"
#include "support/threads.hpp"

namespace motifcount {

template <class Index, class Entry>
class SharedBySearch {
 public:
  SharedBySearch(const GraphView<Index>& graph, const Plan& plan, Code code, const WantedRoles& wanted, int num_threads,
                 Stop& stop)
      : plan_(plan),
        n_rows_(static_cast<std::size_t>(graph.out.n_rows())),
        graph_(graph.out, graph.out.n_rows(), stop),
        symmetric_(wanted.are_symmetric()),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop) {
    for (std::size_t p = 0; p < static_cast<std::size_t>(plan.size); ++p)
      for (std::size_t q = 0; q < static_cast<std::size_t>(plan.size); ++q)
        wanted_[p][q] = p != q && wanted.holds(code, plan.node[p], plan.node[q]);
  }

  PairCounts<Index> count(std::size_t most_bytes) {
    const auto n_workers = static_cast<std::size_t>(num_threads_);
    std::vector<std::unique_ptr<Worker>> workers(n_workers);
    const auto runs = root_runs(graph_, plan_, stop_);
    parallel_for(std::ssize(runs) - 1, num_threads_, stop_, [&](std::int64_t run, int id) {
      auto& worker = workers[static_cast<std::size_t>(id)];
      if (!worker) worker = std::make_unique<Worker>(graph_, plan_, most_bytes / 2 / n_workers, stop_);
      for (std::size_t u = runs[static_cast<std::size_t>(run)]; u < runs[static_cast<std::size_t>(run) + 1]; ++u) {
        worker->matcher.set_root(u);
        for (const Entry w : worker->matcher.anchors()) add_around(u, w, *worker);
      }
    });
    return in_rows(workers, most_bytes / 2);
  }

 private:
  using Matches = Matcher<Entry>;

  struct Worker {
    Worker(const SearchedGraph<Entry>& graph, const Plan& plan, std::size_t most_bytes, Stop& stop)
        : search(stop), matcher(graph, plan, true), with_last(graph.n_linked()), sums(most_bytes) {
      matcher.employ(search);
    }

    SearchWorker search;
    Matches matcher;
    std::vector<std::int64_t> with_last;  // instances by the node at place 3; 0 between anchors
    PairSums sums;
  };

  // The instances with these anchors.
  void add_around(std::size_t u, std::size_t w, Worker& worker) const {
    if (plan_.size == 2) return add(0, 1, u, w, 1, worker.sums);
    Matches& matcher = worker.matcher;
    matcher.set_anchor(w);
    if (plan_.size == 3 || matcher.choices(3).empty()) return;
    std::int64_t n = 0;
    for (const Entry r : matcher.choices(2)) {
      matcher.set_third(r);
      const auto n_last = static_cast<std::int64_t>(matcher.last().size());
      add(0, 2, u, r, n_last, worker.sums);
      add(1, 2, w, r, n_last, worker.sums);
      for (const Entry v : matcher.last()) {
        add(2, 3, r, v, 1, worker.sums);
        ++worker.with_last[v];
      }
      n += n_last;
      worker.search.pace(kScatterUnits * n_last);
    }
    for (const Entry v : matcher.choices(3)) {
      const std::int64_t n_last = std::exchange(worker.with_last[v], 0);
      add(0, 3, u, v, n_last, worker.sums);
      add(1, 3, w, v, n_last, worker.sums);
    }
    add(0, 1, u, w, n, worker.sums);
  }

  // Nodes at two places in `n` instances. Of a matrix that is symmetric, one half is added up.
  void add(std::size_t p, std::size_t q, std::size_t at_p, std::size_t at_q, std::int64_t n, PairSums& sums) const {
    if (n == 0) return;
    if (symmetric_) {
      if (wanted_[p][q]) sums.add(std::min(at_p, at_q), std::max(at_p, at_q), n);
      return;
    }
    if (wanted_[p][q]) sums.add(at_p, at_q, n);
    if (wanted_[q][p]) sums.add(at_q, at_p, n);
  }

  struct InRow {
    Index column;
    std::int64_t count;
  };

  // The workers' sums, of which each has its own, by row.
  PairCounts<Index> in_rows(std::vector<std::unique_ptr<Worker>>& workers, std::size_t most_bytes) const {
    PairCounts<Index> found;
    PacedStop paced(stop_);
    const auto for_each_entry = [&](auto visit) {
      const auto number = [&](std::uint64_t rank) { return static_cast<std::size_t>(graph_.number(rank)); };
      for (const auto& worker : workers)
        if (worker)
          worker->sums.for_each([&](std::uint64_t first, std::uint64_t second, std::int64_t n) {
            visit(number(first), number(second), n);
            if (symmetric_) visit(number(second), number(first), n);
            paced(2 * kScatterUnits);
          });
    };
    std::vector<std::size_t> next(n_rows_ + 1, 0);
    for_each_entry([&](std::size_t row, std::size_t, std::int64_t) { ++next[row + 1]; });
    std::partial_sum(next.begin(), next.end(), next.begin());
    const std::vector<std::size_t> begin = next;
    if (begin.back() * (sizeof(InRow) + sizeof(Index) + sizeof(std::int64_t)) > most_bytes) throw std::bad_alloc();
    LargeArray<InRow> entries(begin.back());
    for_each_entry([&](std::size_t row, std::size_t column, std::int64_t n) {
      entries[next[row]++] = {static_cast<Index>(column), n};
    });
    workers.clear();
    found.indptr.assign(n_rows_ + 1, 0);
    for_each_part([&](std::size_t row) {
      const auto of_row = std::span(entries).subspan(begin[row], begin[row + 1] - begin[row]);
      found.indptr[row + 1] = static_cast<std::int64_t>(merge_equal(of_row));
    });
    std::partial_sum(found.indptr.begin(), found.indptr.end(), found.indptr.begin());
    found.columns.resize(static_cast<std::size_t>(found.indptr.back()));
    found.counts.resize(found.columns.size());
    for_each_part([&](std::size_t row) {
      auto entry = begin[row];
      for (auto k = static_cast<std::size_t>(found.indptr[row]); k < static_cast<std::size_t>(found.indptr[row + 1]);
           ++k) {
        found.columns[k] = entries[entry].column;
        found.counts[k] = entries[entry++].count;
      }
    });
    return found;
  }

  template <class Body>
  void for_each_part(Body body) const {
    constexpr std::size_t rows_per_part = 256;
    const auto n_parts = static_cast<std::int64_t>((n_rows_ + rows_per_part - 1) / rows_per_part);
    parallel_for(n_parts, num_threads_, stop_, [&](std::int64_t part, int) {
      const std::size_t first = static_cast<std::size_t>(part) * rows_per_part;
      for (std::size_t row = first; row < std::min(n_rows_, first + rows_per_part); ++row) body(row);
    });
  }

  // Sorts by column and adds up those of one column. Returns how many are left, in front.
  static std::size_t merge_equal(std::span<InRow> entries) {
    std::ranges::sort(entries, {}, &InRow::column);
    std::size_t kept = 0;
    for (const InRow& entry : entries)
      if (kept > 0 && entries[kept - 1].column == entry.column) entries[kept - 1].count += entry.count;
      else entries[kept++] = entry;
    return kept;
  }

  const Plan& plan_;
  std::size_t n_rows_;
  SearchedGraph<Entry> graph_;
  bool symmetric_;
  std::array<std::array<bool, kMostNodes>, kMostNodes> wanted_{};  // by places of a row and a column
  int num_threads_;
  Stop& stop_;
};

}  // namespace motifcount
