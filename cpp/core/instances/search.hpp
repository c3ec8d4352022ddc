// All instances of a class with their place 0 among some nodes, in an order that the graph alone decides.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "instances/matcher.hpp"
#include "instances/plan.hpp"
#include "instances/searched_graph.hpp"
#include "support/stop.hpp"

namespace motifcount {

// Instances, each as the numbers of its nodes in the order of the nodes of the class, one after the other.
using Rows = std::vector<std::int64_t>;

inline constexpr std::int64_t kHeapUnits = 256;  // of a PacedStop, for an entry of a large heap

// Appends an instance, of the ways to write it down the one that comes first.
template <class Entry>
void append_row(const SearchedGraph<Entry>& graph, const Plan& plan, const std::array<std::size_t, kMostNodes>& at,
                Rows& rows) {
  const auto size = static_cast<std::size_t>(plan.size);
  std::array<std::int64_t, kMostNodes> row{}, best{}, other{};
  for (std::size_t p = 0; p < size; ++p) row[plan.node[p]] = graph.number(at[p]);
  best = row;
  if (plan.automorphisms.size() > 1)
    for (const Plan::Order& moved : plan.automorphisms) {
      for (std::size_t u = 0; u < size; ++u) other[moved[u]] = row[u];
      if (other < best) best = other;
    }
  rows.insert(rows.end(), best.begin(), best.begin() + plan.size);
}

// Can be left and taken up again after any instance.
template <class Entry>
class Search {
 public:
  Search(const SearchedGraph<Entry>& graph, const Plan& plan, const Wanted<Entry>& wanted, std::size_t begin,
         std::size_t end)
      : graph_(graph), plan_(plan), wanted_(wanted), matcher_(graph, plan, true), next_root_(begin), end_(end) {}

  // Appends instances until `rows` has `most` of them. False if there are no more.
  bool fill(Rows& rows, std::size_t most, SearchWorker& worker) {
    matcher_.employ(worker);
    const auto size = static_cast<std::size_t>(plan_.size);
    do {
      for (; next_last_ < n_last_; ++next_last_) {
        auto at = matcher_.at();
        at[size - 1] = last_list()[next_last_];
        if (!wanted_.holds(plan_, at)) continue;
        if (rows.size() >= size * most) return true;
        append_row(graph_, plan_, at, rows);
      }
      n_last_ = next_last_ = 0;
    } while (next_third() || next_anchor() || next_root());
    return false;
  }

 private:
  using List = typename Matcher<Entry>::List;

  [[nodiscard]] const List& last_list() const {
    return plan_.size == 2 ? matcher_.anchors() : plan_.size == 3 ? matcher_.choices(2) : matcher_.last();
  }

  bool next_third() {
    if (next_third_ >= n_thirds_) return false;
    const std::size_t r = matcher_.choices(2)[next_third_++];
    if (all_helped_ || wanted_.has(r)) matcher_.set_third(r);
    else matcher_.set_third(r, helping_);
    n_last_ = matcher_.last().size();
    return true;
  }

  bool next_anchor() {
    if (plan_.size == 2 || next_anchor_ >= matcher_.anchors().size()) return false;
    const std::size_t w = matcher_.anchors()[next_anchor_++];
    matcher_.set_anchor(w);
    all_helped_ = wanted_.everything() || wanted_.has(matcher_.at()[0]) || wanted_.has(w);
    if (plan_.size == 3) {
      n_last_ = matcher_.choices(2).size();
      return true;
    }
    next_third_ = 0;
    n_thirds_ = matcher_.choices(3).empty() ? 0 : matcher_.choices(2).size();
    if (all_helped_) return true;
    helping_.clear();
    const auto helps = [&](Entry v) { return wanted_.has(v); };
    std::ranges::copy_if(matcher_.choices(3), std::back_inserter(helping_), helps);
    if (helping_.empty() && std::ranges::none_of(matcher_.choices(2), helps)) n_thirds_ = 0;
    return true;
  }

  bool next_root() {
    while (next_root_ < end_ && !wanted_.root(next_root_)) ++next_root_;
    if (next_root_ >= end_) return false;
    matcher_.set_root(next_root_++);
    next_anchor_ = 0;
    if (plan_.size == 2) n_last_ = matcher_.anchors().size();
    return true;
  }

  const SearchedGraph<Entry>& graph_;
  const Plan& plan_;
  const Wanted<Entry>& wanted_;
  Matcher<Entry> matcher_;
  std::size_t next_root_, end_;
  std::size_t next_anchor_ = 0;
  std::size_t next_third_ = 0, n_thirds_ = 0;
  std::size_t next_last_ = 0, n_last_ = 0;
  bool all_helped_ = true;  // an anchor helps, or all nodes do
  List helping_;            // of the choices for place 3
};

// Runs of places 0 that are searched as one task: [k] to [k + 1].
template <class Entry>
std::vector<std::size_t> root_runs(const SearchedGraph<Entry>& graph, const Plan& plan, Stop& stop) {
  constexpr std::size_t kEntriesPerRun = 512;
  const std::size_t n = plan.anchors == Plan::Anchors::kAny ? graph.n_nodes() : graph.n_linked();
  PacedStop pace(stop);
  std::vector<std::size_t> bounds{0};
  std::size_t entries = 0;
  for_each_below(n, pace, [&](std::size_t u) {
    entries += 1 + graph.row(u).size();
    if (entries < kEntriesPerRun && u + 1 < n) return;
    bounds.push_back(u + 1);
    entries = 0;
  });
  return bounds;
}

}  // namespace motifcount
