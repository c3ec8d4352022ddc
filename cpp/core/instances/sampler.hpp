// A uniform random sample of the instances of a class, without listing them.
//
// An *arrangement* puts nodes at the places of the plan, fitting the class but for the link between the places 2 and 3;
// of a class that is not connected, any nodes at the places that are not linked. The numbers of arrangements with a
// node at place 0 are counted; a number drawn below their sum is an arrangement, which is kept if that link fits too.
// Every instance has as many arrangements as its class has automorphisms, so the first distinct instances that are kept
// are a uniform sample, in random order. If too few of the arrangements are kept, the instances are listed after all,
// each with a random key, and those of the lowest keys are taken. That depends on how many were kept, not on which, so
// the sample is uniform either way.
//
// O(sum over edges of the lower degree) time for most classes to count arrangements; 16 bytes a node.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "instances/row_set.hpp"
#include "instances/search.hpp"
#include "instances/stream.hpp"
#include "support/rng.hpp"
#include "support/threads.hpp"
#include "tetrads/lane_sums.hpp"

namespace motifcount {

// A uniform integer on [0, n).
inline Count uniform_count_below(Rng& rng, Count n) {
  const auto most = static_cast<Wide>(n - 1);
  const auto high = static_cast<std::uint64_t>(most >> 64), low = static_cast<std::uint64_t>(most);
  const auto mask = [](std::uint64_t bits) { return bits == 0 ? 0 : ~std::uint64_t{0} >> std::countl_zero(bits); };
  for (;;) {
    const std::uint64_t a = high == 0 ? 0 : rng.next() & mask(high);
    const std::uint64_t b = rng.next() & (high == 0 ? mask(low) : ~std::uint64_t{0});
    if (const Wide drawn = Wide{a} << 64 | b; drawn <= most) return static_cast<Count>(drawn);
  }
}

template <class Entry>
class InstanceSampler {
 public:
  InstanceSampler(const SearchedGraph<Entry>& graph, const Plan& plan, int num_threads, Stop& stop)
      : graph_(graph), plan_(plan), num_threads_(std::max(num_threads, 1)), stop_(stop) {}

  // `limit` instances, or all if there are no more. With `wanted`, of those that are.
  Rows sample(std::size_t limit, std::uint64_t seed, const Wanted<Entry>& wanted) {
    if (limit == 0) return {};
    if (wanted.everything())
      if (std::optional<Rows> rows = draw(limit, seed)) return std::move(*rows);
    return listed(limit, seed, wanted);
  }

 private:
  // Arrangements drawn at a time: no more than the limit, if that is neither small nor large.
  static constexpr std::size_t kLeastInRound = 1 << 8, kInRound = 1 << 12, kMostInRound = 1 << 18;
  static constexpr std::size_t kDrawsPerTask = 1 << 6;
  // Listing takes less time for an arrangement than drawing, by this factor.
  static constexpr int kListed = 16;

  using Row = std::array<std::int64_t, kMostNodes>;

  void count_arrangements() {
    if (plan_.anchors == Plan::Anchors::kAny) {
      before_ = {0, 1};
      for (int p = 0; p < plan_.size; ++p) before_[1] *= static_cast<Count>(graph_.n_nodes());
      return;
    }
    const std::vector<std::size_t> runs = root_runs(graph_, plan_, stop_);
    before_.assign(runs.back() + 1, 0);
    auto workers = make_workers();
    parallel_for(std::ssize(runs) - 1, num_threads_, stop_, [&](std::int64_t run, int id) {
      Matcher<Entry> matcher(graph_, plan_, false);
      matcher.employ(workers[static_cast<std::size_t>(id)]);
      const auto k = static_cast<std::size_t>(run);
      for (std::size_t u = runs[k]; u < runs[k + 1]; ++u) {
        matcher.set_root(u);
        for (std::size_t i = 0; i < matcher.anchors().size(); ++i) before_[u + 1] += matcher.ways(i);
      }
    });
    std::partial_sum(before_.begin(), before_.end(), before_.begin());
  }

  // None if that takes more draws than listing would take time.
  std::optional<Rows> draw(std::size_t limit, std::uint64_t seed) {
    count_arrangements();
    const Count affordable = before_.back() / kListed;
    PacedStop pace(stop_);
    RowSet found(static_cast<std::size_t>(plan_.size), pace);
    Count n_drawn = 0;
    Steps steps(stop_, static_cast<std::int64_t>(limit));
    for (std::uint64_t round = 0; found.size() < limit; ++round) {
      const double kept = static_cast<double>(found.size() + 1) / static_cast<double>(n_drawn + 1);
      const double needed = 1.25 * static_cast<double>(limit - found.size()) / kept;
      const auto most = static_cast<double>(std::clamp(limit, kInRound, kMostInRound));
      const std::size_t n = std::max(kLeastInRound, static_cast<std::size_t>(std::min(needed, most)));
      n_drawn += static_cast<Count>(n);
      if (n_drawn > affordable) return std::nullopt;
      const std::size_t before = found.size();
      add_round(n, Rng(seed, 0, round), limit, pace, found);
      steps.add(static_cast<std::int64_t>(found.size() - before));
    }
    return found.take();
  }

  // Draws n arrangements and adds the new ones among the instances, in the order of the draws.
  void add_round(std::size_t n, Rng rng, std::size_t limit, PacedStop& pace, RowSet& found) {
    std::vector<std::pair<Count, std::size_t>> draws(n);
    for (std::size_t k = 0; k < n; ++k) draws[k] = {uniform_count_below(rng, before_.back()), k};
    std::ranges::sort(draws, paced_order(pace, std::less{}));
    std::vector<Rows> drawn(n);  // of one row, or none if it does not fit
    auto workers = make_workers();
    const auto n_tasks = static_cast<std::int64_t>((n + kDrawsPerTask - 1) / kDrawsPerTask);
    parallel_for(n_tasks, num_threads_, stop_, [&](std::int64_t task, int id) {
      Matcher<Entry> matcher(graph_, plan_, false);
      matcher.employ(workers[static_cast<std::size_t>(id)]);
      const auto begin = static_cast<std::size_t>(task) * kDrawsPerTask;
      look_up(std::span(draws).subspan(begin, std::min(kDrawsPerTask, n - begin)), matcher, drawn);
    });
    for (const Rows& row : drawn)
      if (!row.empty() && found.size() < limit) found.insert(row);
  }

  // The arrangements of ascending numbers.
  void look_up(std::span<const std::pair<Count, std::size_t>> draws, Matcher<Entry>& matcher,
               std::vector<Rows>& found) const {
    std::size_t root = before_.size(), anchor = 0;
    bool is_set = false;
    Count first = 0, ways = 0;  // of the anchor: the number of its first arrangement, and how many it has
    for (const auto& [number, draw] : draws) {
      if (plan_.anchors == Plan::Anchors::kAny) {
        add_if_it_fits({}, 0, number, found[draw]);
        continue;
      }
      const auto u = static_cast<std::size_t>(std::ranges::upper_bound(before_, number) - before_.begin()) - 1;
      if (u != root) {
        matcher.set_root(root = u);
        anchor = 0;
        first = before_[u];
        ways = matcher.ways(0);
        is_set = false;
      }
      while (number >= first + ways) {
        first += ways;
        ways = matcher.ways(++anchor);
        is_set = false;
      }
      if (!plan_.is_connected()) {
        add_if_it_fits({u, matcher.anchors()[anchor]}, 2, number - first, found[draw]);
        continue;
      }
      if (!is_set && plan_.size > 2) matcher.set_anchor(matcher.anchors()[anchor]);
      is_set = true;
      add_if_it_fits({u, matcher.anchors()[anchor]}, static_cast<std::size_t>(number - first), matcher, found[draw]);
    }
  }

  // The arrangement of a number among those with the anchors of the matcher.
  void add_if_it_fits(std::array<std::size_t, kMostNodes> at, std::size_t number, const Matcher<Entry>& matcher,
                      Rows& rows) const {
    if (plan_.size == 3) at[2] = matcher.choices(2)[number];
    if (plan_.size == 4) {
      const std::size_t n_last = matcher.choices(3).size() - plan_.alike;
      const std::size_t i = number / n_last, j = number % n_last;
      at[2] = matcher.choices(2)[i];
      at[3] = matcher.choices(3)[j + (plan_.alike && j >= i)];  // another than the i-th
      if (graph_.code(at[2], at[3]) != plan_.at(2, 3)) return;
    }
    append_row(graph_, plan_, at, rows);
  }

  // The same, all nodes being possible from place `n_set` on.
  void add_if_it_fits(std::array<std::size_t, kMostNodes> at, std::size_t n_set, Count number, Rows& rows) const {
    const auto n_nodes = static_cast<Count>(graph_.n_nodes());
    for (auto p = n_set; p < static_cast<std::size_t>(plan_.size); ++p, number /= n_nodes) {
      at[p] = static_cast<std::size_t>(number % n_nodes);
      for (std::size_t q = 0; q < p; ++q)
        if (at[p] == at[q] || graph_.code(at[p], at[q]) != 0) return;
    }
    append_row(graph_, plan_, at, rows);
  }

  Rows listed(std::size_t limit, std::uint64_t seed, const Wanted<Entry>& wanted) {
    constexpr std::size_t rows_at_once = std::size_t{1} << 14;
    const auto size = static_cast<std::size_t>(plan_.size);
    Rng rng(seed, 1, 0);
    std::priority_queue<std::pair<std::uint64_t, Row>> lowest;  // the highest key on top
    InstanceStream<Entry> stream(graph_, plan_, wanted, stop_);
    PacedStop pace(stop_);
    for (;;) {
      const Rows rows = stream.next(rows_at_once, num_threads_, stop_);
      for (std::size_t k = 0; k < rows.size(); k += size) {
        const std::uint64_t key = rng.next();
        if (lowest.size() == limit && key >= lowest.top().first) continue;
        pace(kHeapUnits);
        Row row{};
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(k), size, row.begin());
        lowest.emplace(key, row);
        if (lowest.size() > limit) lowest.pop();
      }
      if (rows.size() < size * rows_at_once) break;
    }
    Rows sample(size * lowest.size());
    for (std::size_t end = sample.size(); end > 0; end -= size, lowest.pop()) {
      pace(kHeapUnits);
      std::copy_n(lowest.top().second.begin(), size, sample.begin() + static_cast<std::ptrdiff_t>(end - size));
    }
    return sample;
  }

  std::vector<SearchWorker> make_workers() const {
    return std::vector<SearchWorker>(static_cast<std::size_t>(num_threads_), SearchWorker(stop_));
  }

  const SearchedGraph<Entry>& graph_;
  const Plan& plan_;
  int num_threads_;
  Stop& stop_;
  std::vector<Count> before_;  // arrangements with lower nodes at place 0; one entry more
};

}  // namespace motifcount
