// A directed graph in which every change of a pair of nodes also changes the counts of the closed triads.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/blocks.hpp"
#include "motifs/triads.hpp"
#include "nulls/dyads_of_block.hpp"
#include "nulls/edge_sets.hpp"

namespace motifcount {

// Counts of closed triads, in the order of kClosedTriad.
using ClosedTriads = std::array<std::int64_t, kClosedTriads>;

enum Dyad : std::uint8_t { kAsymmetric, kMutual };

// `Set` holds the arcs. Every node keeps as many neighbours as it has, so that lists of them need no more room.
template <class Set>
class TriadGraph {
 public:
  struct Neighbour {
    std::uint32_t node, place;  // of the other node; of the edge in edges(dyad)
  };

  TriadGraph(const Block& block, Stop& stop)
      : arcs_(static_cast<std::uint32_t>(block.rows.size()), static_cast<std::uint32_t>(block.rows.size()),
              block.edges.size(), stop) {
    PacedStop pace(stop);
    for_each_dyad(
        block, stop, [this](const Cell& edge) { edges_[kAsymmetric].push_back(edge); },
        [this](const Cell& pair) { edges_[kMutual].push_back(pair); });
    first_.assign(block.rows.size() + 1, 0);
    for_each_edge([&](const Cell& edge, Dyad) {
      ++first_[edge.source + 1];
      ++first_[edge.target + 1];
    });
    for (std::size_t v = 1; v < first_.size(); ++v) first_[v] += first_[v - 1];
    end_.assign(first_.begin(), first_.end() - 1);
    neighbours_.resize(first_.back());
    for (const Dyad dyad : {kAsymmetric, kMutual})
      for (std::uint32_t place = 0; place < edges_[dyad].size(); ++place) {
        pace(kScatterUnits * degree(edges_[dyad][place].source));
        put_in(edges_[dyad][place], dyad, place);
      }
  }

  [[nodiscard]] const ClosedTriads& closed() const { return closed_; }
  // Of mutual pairs, one of the two.
  [[nodiscard]] std::vector<Cell>& edges(Dyad dyad) { return edges_[dyad]; }
  [[nodiscard]] const std::vector<Cell>& edges(Dyad dyad) const { return edges_[dyad]; }
  [[nodiscard]] std::span<const Neighbour> neighbours(std::uint32_t v) const {
    return {neighbours_.data() + first_[v], neighbours_.data() + end_[v]};
  }
  // 1 for an arc from u to v, 2 for one from v to u, 3 for both.
  [[nodiscard]] std::size_t code(std::uint32_t u, std::uint32_t v) const {
    return std::size_t{arcs_.contains(u, v)} | std::size_t{arcs_.contains(v, u)} << 1;
  }

  // Joins two nodes that are not joined, by the edge at a place of edges(dyad).
  void put_in(const Cell& edge, Dyad dyad, std::uint32_t place) {
    const auto [u, v] = edge;
    count(edge, dyad, 1);
    arcs_.insert(u, v);
    if (dyad == kMutual) arcs_.insert(v, u);
    neighbours_[end_[u]++] = {v, place};
    neighbours_[end_[v]++] = {u, place};
  }
  void take_out(const Cell& edge, Dyad dyad) {
    const auto [u, v] = edge;
    arcs_.erase(u, v);
    if (dyad == kMutual) arcs_.erase(v, u);
    forget(u, v);
    forget(v, u);
    count(edge, dyad, -1);
  }

 private:
  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (const Dyad dyad : {kAsymmetric, kMutual})
      for (const Cell& edge : edges_[dyad]) visit(edge, dyad);
  }
  [[nodiscard]] std::int64_t degree(std::uint32_t v) const { return end_[v] - first_[v]; }

  void forget(std::uint32_t v, std::uint32_t node) {
    std::uint32_t k = first_[v];
    while (neighbours_[k].node != node) ++k;
    neighbours_[k] = neighbours_[--end_[v]];
  }

  // The closed triads that two nodes are part of, or would be if they were joined.
  void count(const Cell& edge, Dyad dyad, std::int64_t times) {
    const auto [u, v] = edge;
    const std::size_t uv = dyad == kMutual ? 3 : 1;
    const bool of_v = degree(v) < degree(u);
    const std::uint32_t other = of_v ? u : v;
    for (const auto& [w, place] : neighbours(of_v ? v : u))
      if (code(other, w) != 0) closed_[closed_index(uv, code(u, w), code(v, w))] += times;
  }

  Set arcs_;
  std::array<std::vector<Cell>, 2> edges_;
  std::vector<std::uint32_t> first_, end_;  // by node, of its neighbours
  std::vector<Neighbour> neighbours_;
  ClosedTriads closed_{};
};

}  // namespace motifcount
