// K4s by their nodes: for each node u the nodes above it as a matrix of bits, whose rows are held against each other.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "support/stop.hpp"
#include "tetrads/node_classes.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Of one worker.
class NodeCliques {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  NodeCliques(const Graph& graph, const NodeClasses& classes, Stop& stop)
      : graph_(graph), classes_(classes), stop_(stop), element_(graph.n_nodes(), 0) {}

  // add(node, class, n) for the K4s of u and three nodes above it, n of them at a time.
  template <class Add>
  void visit(std::size_t u, Add add) {
    if (graph_.above(u).size() < 3 || !build(u)) return;
    for (std::size_t i = 0; i < elements_.size(); ++i)
      for (std::size_t w = elements_[i].position / 64; w < n_words_; ++w)
        for (std::size_t x = 0; x < kLinks; ++x) {
          std::uint64_t bits = row(i, x)[w];
          if (w == elements_[i].position / 64) bits &= behind(elements_[i].position);
          for (; bits != 0; bits &= bits - 1)
            pair(u, i, of_position_[64 * w + static_cast<std::size_t>(std::countr_zero(bits))], x, add);
        }
    clear(u);
  }

 private:
  struct Element {
    std::size_t node, link, position;
  };

  static std::uint64_t behind(std::size_t position) { return ~std::uint64_t{1} << position % 64; }
  static std::uint64_t before(std::size_t position) { return (std::uint64_t{1} << position % 64) - 1; }
  std::uint64_t* row(std::size_t i, std::size_t link) { return rows_.data() + (kLinks * i + link) * n_words_; }

  // Whether there are three edges among the nodes above u.
  bool build(std::size_t u) {
    elements_.clear();
    link_of_word_.clear();
    for (std::size_t link = 0; link < kLinks; ++link) {  // each in words of its own
      std::size_t position = 64 * link_of_word_.size();
      for (const auto entry : graph_.above(u)) {
        if (Graph::link_of(entry) != link) continue;
        if (position % 64 == 0) link_of_word_.push_back(link);
        elements_.push_back({Graph::rank_of(entry), link, position++});
      }
    }
    n_words_ = link_of_word_.size();
    of_position_.assign(64 * n_words_, 0);
    rows_.assign(kLinks * n_words_ * elements_.size(), 0);
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      of_position_[elements_[i].position] = i;
      element_[elements_[i].node] = static_cast<std::uint32_t>(i + 1);
    }
    std::size_t n_edges = 0;
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      const auto above = graph_.above(elements_[i].node);
      stop_(static_cast<std::int64_t>(above.size() + n_words_));
      for (const auto entry : above) {
        if (element_[Graph::rank_of(entry)] == 0) continue;
        const std::size_t j = element_[Graph::rank_of(entry)] - 1, link = Graph::link_of(entry);
        set(i, link, elements_[j].position);
        set(j, kReversedLink[link], elements_[i].position);
        ++n_edges;
      }
    }
    if (n_edges < 3) clear(u);
    return n_edges >= 3;
  }

  void set(std::size_t i, std::size_t link, std::size_t position) {
    row(i, link)[position / 64] |= std::uint64_t{1} << position % 64;
  }

  void clear(std::size_t u) {
    for (const auto entry : graph_.above(u)) element_[Graph::rank_of(entry)] = 0;
  }

  // Nodes k behind j make K4s that count for u, i and j; those before i make K4s that count for j, their last.
  template <class Add>
  void pair(std::size_t u, std::size_t i, std::size_t j, std::size_t link, Add& add) {
    const std::size_t first = elements_[i].position, last = elements_[j].position;
    stop_(static_cast<std::int64_t>(n_words_));
    const auto take = [&](std::size_t w, std::uint64_t mask, auto each) {
      for (std::size_t y = 0; y < kLinks; ++y) {
        const std::uint64_t of_i = row(i, y)[w] & mask;
        if (of_i == 0) continue;
        for (std::size_t z = 0; z < kLinks; ++z)
          if (const int n = std::popcount(of_i & row(j, z)[w]); n > 0)
            each(((((elements_[i].link * 3 + elements_[j].link) * 3 + link_of_word_[w]) * 3 + link) * 3 + y) * 3 + z,
                 n);
      }
    };
    for (std::size_t w = last / 64; w < n_words_; ++w)
      take(w, w == last / 64 ? behind(last) : ~std::uint64_t{0}, [&](std::size_t code, int n) {
        add(u, classes_.clique[code], n);
        add(elements_[i].node, classes_.clique_second[code], n);
        add(elements_[j].node, classes_.clique_third[code], n);
      });
    for (std::size_t w = 0; w <= first / 64; ++w)
      take(w, w == first / 64 ? before(first) : ~std::uint64_t{0},
           [&](std::size_t code, int n) { add(elements_[j].node, classes_.clique_third[code], n); });
  }

  const Graph& graph_;
  const NodeClasses& classes_;
  PacedStop stop_;
  std::vector<std::uint32_t> element_;  // of a node, and 1 more; 0 for those not above u
  std::vector<Element> elements_;
  std::vector<std::size_t> link_of_word_, of_position_;
  std::vector<std::uint64_t> rows_;
  std::size_t n_words_ = 0;
};

}  // namespace motifcount
