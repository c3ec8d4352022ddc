// The instances of a class whose arcs have the highest weights.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "instances/instances.hpp"
#include "instances/search.hpp"
#include "support/threads.hpp"

namespace motifcount {

// Every worker keeps the best of what it finds. O(limit) memory a worker.
template <class Entry, class Index>
class HeaviestInstances {
 public:
  HeaviestInstances(const CsrView<Index>& out, std::span<const double> weights, Score score, const Plan& plan)
      : out_(out), weights_(weights), score_(score), plan_(plan) {}

  Rows find(const SearchedGraph<Entry>& graph, const Wanted<Entry>& wanted, std::size_t limit, int num_threads,
            Stop& stop) const {
    constexpr std::size_t rows_at_once = 1 << 12;
    const auto size = static_cast<std::size_t>(plan_.size),
               n_workers = static_cast<std::size_t>(std::max(num_threads, 1));
    const auto runs = root_runs(graph, plan_, stop);
    std::vector<SearchWorker> workers(n_workers, SearchWorker(stop));
    std::vector<std::vector<Scored>> best(n_workers);
    parallel_for(std::ssize(runs) - 1, num_threads, stop, [&](std::int64_t run, int id) {
      const auto k = static_cast<std::size_t>(run), worker = static_cast<std::size_t>(id);
      Search<Entry> search(graph, plan_, wanted, runs[k], runs[k + 1]);
      Rows rows;
      for (bool more = true; more;) {
        rows.clear();
        more = search.fill(rows, rows_at_once, workers[worker]);
        for (std::size_t i = 0; i < rows.size(); i += size) {
          workers[worker].pace(kHeapUnits);
          keep(scored(std::span(rows).subspan(i, size)), limit, best[worker]);
        }
      }
    });
    std::vector<Scored>& all = best[0];
    PacedStop pace(stop);
    for (std::size_t worker = 1; worker < n_workers; ++worker)
      for (const Scored& one : best[worker]) {
        pace(kHeapUnits);
        keep(one, limit, all);
      }
    std::ranges::sort(all, paced_order(pace, before));
    Rows rows;
    rows.reserve(size * all.size());
    for_each_paced(all, pace,
                   [&](const Scored& one) { rows.insert(rows.end(), one.row.begin(), one.row.begin() + plan_.size); });
    return rows;
  }

 private:
  struct Scored {
    double fraction;  // the score is fraction * 2^exponent: products of twelve weights exceed a double
    int exponent;
    std::array<std::int64_t, kMostNodes> row;
  };

  static bool before(const Scored& a, const Scored& b) {
    const auto key = [](const Scored& one) {
      const int sign = (one.fraction > 0) - (one.fraction < 0);
      return std::tuple(sign, sign * one.exponent, one.fraction);
    };
    const auto of_a = key(a), of_b = key(b);
    return of_a != of_b ? of_a > of_b : a.row < b.row;
  }

  // A heap with the last on top.
  static void keep(const Scored& one, std::size_t limit, std::vector<Scored>& heap) {
    if (heap.size() == limit) {
      if (limit == 0 || !before(one, heap.front())) return;
      std::ranges::pop_heap(heap, before);
      heap.pop_back();
    }
    heap.push_back(one);
    std::ranges::push_heap(heap, before);
  }

  [[nodiscard]] Scored scored(std::span<const std::int64_t> row) const {
    Scored one{1, 0, {}};
    std::ranges::copy(row, one.row.begin());
    for (std::size_t k = 0; k < plan_.arcs.size(); ++k) {
      const double weight = weight_of(row[plan_.arcs[k].source], row[plan_.arcs[k].target]);
      if (score_ == Score::kProduct) {
        int of_weight = 0, of_product = 0;
        one.fraction = std::frexp(one.fraction * std::frexp(weight, &of_weight), &of_product);
        one.exponent += of_weight + of_product;
      } else {
        one.fraction = k == 0 ? weight : std::min(one.fraction, weight);
      }
    }
    return one;
  }

  [[nodiscard]] double weight_of(std::int64_t source, std::int64_t target) const {
    const auto row = out_.row(source);
    const auto at = std::ranges::lower_bound(row, static_cast<Index>(target));
    const auto begin = static_cast<std::size_t>(out_.indptr[static_cast<std::size_t>(source)]);
    return weights_[begin + static_cast<std::size_t>(at - row.begin())];
  }

  CsrView<Index> out_;
  std::span<const double> weights_;
  Score score_;
  const Plan& plan_;
};

}  // namespace motifcount
