// What can stand at the places of a plan, from place 0 on.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "instances/plan.hpp"
#include "instances/searched_graph.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// What a worker has for its searches, which may outlast it.
struct SearchWorker {
  explicit SearchWorker(Stop& stop) : pace(stop) {}

  PacedStop pace;
  std::vector<std::uint32_t> walks[2];  // by node; 0 between searches
};

// Lists are ranks in ascending order. With `once`, what would find an instance in another of its ways is left out.
template <class Entry>
class Matcher {
 public:
  using Graph = SearchedGraph<Entry>;
  using List = std::vector<Entry>;

  Matcher(const Graph& graph, const Plan& plan, bool once) : graph_(graph), plan_(plan), once_(once) {}

  // Must come first.
  void employ(SearchWorker& worker) { worker_ = &worker; }

  // Puts u at place 0; `anchors` are then those that may be at place 1.
  void set_root(std::size_t u) {
    at_[0] = u;
    for (List& list : of_root_) list.clear();
    for (const Entry entry : graph_.row(u))
      of_root_[Graph::code_of(entry)].push_back(static_cast<Entry>(Graph::rank_of(entry)));
    paced(1 + static_cast<std::int64_t>(graph_.row(u).size()));
    ways_.clear();
    switch (plan_.anchors) {
      case Plan::Anchors::kLinked: anchors_ = of_root_[plan_.at(0, 1)]; break;
      case Plan::Anchors::kOpposite: walk(); break;
      case Plan::Anchors::kAny: list_all(anchors_); keep(anchors_, u, 0);
    }
    if (plan_.anchors != Plan::Anchors::kOpposite) drop_before(anchors_, lowest(1, 1));
  }

  // Puts w, one of the anchors, at place 1; `choices` are then what may be at the places 2 and 3.
  void set_anchor(std::size_t w) {
    at_[1] = w;
    if (has_none()) {
      for (List& list : choices_) list.clear();
      return;
    }
    for (int p = 2; p < plan_.size; ++p) {
      const auto place = static_cast<std::size_t>(p);
      if (p == 3 && plan_.alike) choices_[1] = unbounded_;
      else list_choices(place, choices_[place - 2]);
      if (p == 2 && plan_.alike) unbounded_ = choices_[0];
      drop_before(choices_[place - 2], lowest(place, 2));
    }
  }

  // Puts r at place 2; `last` is then what may be at place 3, of the choices for it or of some of them.
  void set_third(std::size_t r) { set_third(r, choices_[1]); }
  void set_third(std::size_t r, const List& choices) {
    at_[2] = r;
    select(choices, r, plan_.at(2, 3), last_);
    drop_before(last_, lowest(3, 3));
  }

  // In how many ways places 2 and 3 can be chosen for the k-th anchor, whatever is between them, or, if the class is
  // not connected, whatever it is; may set the anchor. Only without `once`.
  Count ways(std::size_t k) {
    if (plan_.size == 2) return 1;
    if (!plan_.is_connected()) return static_cast<Count>(graph_.n_nodes());
    if (!ways_.empty()) return ways_[k];
    at_[1] = anchors_[k];
    const std::size_t n = n_choices(2);
    return product(n, plan_.size == 3 ? 1 : plan_.alike || n == 0 ? n : n_choices(3));
  }

  [[nodiscard]] const List& anchors() const { return anchors_; }
  [[nodiscard]] const List& choices(std::size_t place) const { return choices_[place - 2]; }
  [[nodiscard]] const List& last() const { return last_; }
  [[nodiscard]] const std::array<std::size_t, kMostNodes>& at() const { return at_; }

 private:
  void paced(std::int64_t units) { worker_->pace(units); }

  static constexpr std::size_t kSearched = 16;  // times the length of a list that makes searching it worth while

  [[nodiscard]] Count product(std::size_t a, std::size_t b) const {
    return plan_.alike ? Count{a} * (Count{a} - (a > 0)) : Count{a} * Count{b};
  }

  [[nodiscard]] bool has_none() {
    if (!plan_.is_connected()) return false;
    for (int p = 2; p < plan_.size; ++p)
      if (n_choices(static_cast<std::size_t>(p)) == 0) return true;
    return false;
  }

  // The size of the list of choices, whatever is behind what; in O(the lower degree of both anchors), of a class that
  // is connected.
  [[nodiscard]] std::size_t n_choices(std::size_t place) {
    const unsigned from_root = plan_.at(0, place), from_anchor = plan_.at(1, place);
    const std::size_t shared = n_shared(from_root, from_anchor);
    if (from_root != 0 && from_anchor != 0) return shared;
    if (from_root != 0) return of_root_[from_root].size() - (plan_.at(0, 1) == from_root) - shared;
    return graph_.degree(at_[1], from_anchor) - (plan_.at(1, 0) == from_anchor) - shared;
  }

  // Common neighbours of the anchors by these codes, 0 being any.
  [[nodiscard]] std::size_t n_shared(unsigned from_root, unsigned from_anchor) {
    auto few = graph_.row(at_[0]), many = graph_.row(at_[1]);
    unsigned of_few = from_root, of_many = from_anchor;
    if (few.size() > many.size()) {
      std::swap(few, many);
      std::swap(of_few, of_many);
    }
    const auto has = [](Entry entry, unsigned code) { return code == 0 || Graph::code_of(entry) == code; };
    const bool searched = kSearched * few.size() < many.size();
    paced(searched ? kScatterUnits * static_cast<std::int64_t>(few.size())
                   : static_cast<std::int64_t>(few.size() + many.size()));
    std::size_t n = 0;
    auto at = many.begin();
    for (const Entry entry : few) {
      if (!has(entry, of_few)) continue;
      const std::size_t v = Graph::rank_of(entry);
      if (searched) at = std::ranges::lower_bound(at, many.end(), v, {}, Graph::rank_of);
      else
        while (at != many.end() && Graph::rank_of(*at) < v) ++at;
      if (at == many.end()) break;
      n += Graph::rank_of(*at) == v && has(*at, of_many);
    }
    return n;
  }

  // The lowest rank that may be at a place, by the first places, which are set.
  [[nodiscard]] std::size_t lowest(std::size_t place, std::size_t n_set) const {
    std::size_t low = 0;
    for (std::size_t p = 0; once_ && p < n_set; ++p)
      if (plan_.behind[place] >> p & 1) low = std::max(low, at_[p] + 1);
    return low;
  }
  static void drop_before(List& list, std::size_t low) {
    if (low > 0) list.erase(list.begin(), std::ranges::lower_bound(list, static_cast<Entry>(low)));
  }

  void list_all(List& list) {
    list.resize(graph_.n_nodes());
    for (std::size_t v = 0; v < list.size(); ++v) list[v] = static_cast<Entry>(v);
    paced(static_cast<std::int64_t>(list.size()));
  }

  void list_choices(std::size_t place, List& list) {
    const unsigned from_root = plan_.at(0, place), from_anchor = plan_.at(1, place);
    if (from_root != 0) return select(of_root_[from_root], at_[1], from_anchor, list);
    if (from_anchor != 0) {
      list.clear();
      for (const Entry entry : graph_.row(at_[1]))
        if (Graph::code_of(entry) == from_anchor) list.push_back(static_cast<Entry>(Graph::rank_of(entry)));
      paced(static_cast<std::int64_t>(graph_.row(at_[1]).size()));
    } else {
      list_all(list);
      keep(list, at_[1], 0);
    }
    keep(list, at_[0], 0);
  }

  void keep(List& list, std::size_t node, unsigned code) {
    select(list, node, code, kept_);
    list.swap(kept_);
  }

  // The nodes of a list, without `node`, that `node` has this dyad code to.
  void select(const List& from, std::size_t node, unsigned code, List& into) {
    into.clear();
    const auto row = graph_.row(node);
    if (kSearched * from.size() < row.size()) {
      auto at = row.begin();
      for (const Entry v : from) {
        at = std::ranges::lower_bound(at, row.end(), static_cast<std::size_t>(v), {}, Graph::rank_of);
        const unsigned found = at != row.end() && Graph::rank_of(*at) == v ? Graph::code_of(*at) : 0;
        if (found == code && v != node) into.push_back(v);
      }
      paced(static_cast<std::int64_t>(kScatterUnits * static_cast<std::int64_t>(from.size())));
    } else if (code != 0 && kSearched * row.size() < from.size()) {
      auto at = from.begin();
      for (const Entry entry : row) {
        if (Graph::code_of(entry) != code) continue;
        at = std::lower_bound(at, from.end(), static_cast<Entry>(Graph::rank_of(entry)));
        if (at != from.end() && *at == Graph::rank_of(entry)) into.push_back(*at);
      }
      paced(static_cast<std::int64_t>(kScatterUnits * static_cast<std::int64_t>(row.size())));
    } else {
      auto at = row.begin();
      for (const Entry v : from) {
        while (at != row.end() && Graph::rank_of(*at) < v) ++at;
        const unsigned found = at != row.end() && Graph::rank_of(*at) == v ? Graph::code_of(*at) : 0;
        if (found == code && v != node) into.push_back(v);
      }
      paced(static_cast<std::int64_t>(from.size() + row.size()));
    }
  }

  // The nodes two links away that have what the places 2 and 3 need between them and the root.
  void walk() {
    const std::size_t u = at_[0], low = lowest(1, 1);
    const int n_kinds = plan_.size == 4 && !plan_.alike ? 2 : 1;
    anchors_.clear();
    for (std::size_t kind = 0; kind < static_cast<std::size_t>(n_kinds); ++kind) {
      auto& count = worker_->walks[kind];
      count.resize(graph_.n_nodes(), 0);
      const unsigned back = plan_.at(2 + kind, 1);
      for (const Entry v : of_root_[plan_.at(0, 2 + kind)]) {
        const auto row = graph_.row(v);
        paced(kScatterUnits * static_cast<std::int64_t>(row.size()));
        for (const Entry entry : row)
          if (const std::size_t w = Graph::rank_of(entry); Graph::code_of(entry) == back && w >= low && w != u)
            if (count[w]++ == 0 && kind == 0) anchors_.push_back(static_cast<Entry>(w));
      }
    }
    std::ranges::sort(anchors_);
    List reached = anchors_;
    keep(anchors_, u, 0);
    const auto n_ways = [&](std::size_t w) {
      const std::size_t first = worker_->walks[0][w];
      return product(first, plan_.size == 3 ? 1 : n_kinds == 1 ? first : worker_->walks[1][w]);
    };
    std::erase_if(anchors_, [&](Entry w) { return n_ways(w) == 0; });
    for (const Entry w : anchors_) ways_.push_back(n_ways(w));
    for (const Entry w : reached) worker_->walks[0][w] = 0;
    if (n_kinds == 2)
      for (const Entry v : of_root_[plan_.at(0, 3)])
        for (const Entry entry : graph_.row(v)) worker_->walks[1][Graph::rank_of(entry)] = 0;
  }

  const Graph& graph_;
  const Plan& plan_;
  bool once_;
  SearchWorker* worker_ = nullptr;
  std::array<std::size_t, kMostNodes> at_{};
  std::array<List, 4> of_root_;  // neighbours of the root, by dyad code
  List anchors_, unbounded_, last_, kept_;
  std::array<List, 2> choices_;
  std::vector<Count> ways_;  // of opposite anchors
};

}  // namespace motifcount
