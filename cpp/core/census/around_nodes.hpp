// What a census by node needs to know about every node: its numbers of neighbours, theirs, and its triangles.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <span>
#include <vector>

#include "graph/csr.hpp"
#include "graph/levels.hpp"
#include "triangles/bit_strips.hpp"
#include "triangles/by_class.hpp"
#include "triangles/by_node.hpp"
#include "triangles/listing.hpp"
#include "triangles/strip_triangles.hpp"

namespace motifcount {

// Triangles are counted in this way: see NodeTriangles.
template <class Index, class Way>
class AroundNodes {
 public:
  using DyadNumbers = std::array<Index, 4>;  // of a node's neighbours, by dyad code; sums of them are at most m

  // take(v, numbers) gets the triangles of the row v. `shape` is what is known of the graph.
  template <class Take>
  AroundNodes(const CsrView<Index>& out, Shape shape, bool want_triads, int num_threads, Stop& stop, Take take)
      : out_(out), num_threads_(std::max(num_threads, 1)), stop_(stop), n_rows_(out.n_rows()) {
    {
      const std::vector<Index> in_degree = in_degrees(out_, num_threads_, stop_);
      if (shape == Shape::kStrict) number_neighbours(in_degree, [](std::int64_t) { return Index{0}; });
      else if (!want_triads) number_by_transpose(in_degree);
      else if (const auto strips = BitStrips<Index>::of_dense(out_, in_degree, num_threads_, stop_))
        use(*strips, in_degree, shape, take);
      else use(RankedLists<Index>(out_, in_degree, num_threads_, stop_), in_degree, shape, take);
    }
    if (want_triads) add_in_ends();
  }

  [[nodiscard]] const DyadNumbers& numbers(std::int64_t v) const { return numbers_[static_cast<std::size_t>(v)]; }

  // Open triads that v is an end of, by the dyad codes from the centre to v and to the other end.
  [[nodiscard]] std::array<std::array<std::int64_t, 4>, 4> ends(std::int64_t v) const {
    // Neighbours' numbers, by the code that they see v with; those of mutual ones come by either arc.
    DyadNumbers others[4] = {{}, in_ends_[static_cast<std::size_t>(v)], {}, {}};
    for (const Index u : out_.row(v)) add(others[2], numbers_[static_cast<std::size_t>(u)]);
    if (!mutual_ends_.empty()) others[3] = mutual_ends_[static_cast<std::size_t>(v)];
    std::array<std::array<std::int64_t, 4>, 4> found{};
    for (unsigned y = 1; y < 4; ++y) {
      found[1][y] = others[1][y] - others[3][y];
      found[2][y] = others[2][y] - others[3][y];
      found[3][y] = others[3][y];
    }
    for (unsigned x = 1; x < 4; ++x) found[x][x] -= numbers(v)[reversed_dyad(x)];  // v itself
    return found;
  }

  // body(v) for every row.
  template <class Body>
  void for_each_row(Body body) {
    for_each_row(num_threads_, [&](std::int64_t v, int) { body(v); });
  }

 private:
  static constexpr std::int64_t kNodesPerTask = 1 << 8;
  static constexpr std::int64_t kArcsPerSum = 4;  // that make a worker's own sums at a node worth while

  static void add(DyadNumbers& sums, const DyadNumbers& more) {
    for (std::size_t y = 0; y < 4; ++y) sums[y] += more[y];
  }

  template <class Body>
  void for_each_row(int num_threads, Body body) {
    parallel_for((n_rows_ + kNodesPerTask - 1) / kNodesPerTask, num_threads, stop_, [&](std::int64_t task, int id) {
      const std::int64_t last = std::min(n_rows_, (task + 1) * kNodesPerTask);
      for (std::int64_t v = task * kNodesPerTask; v < last; ++v) body(v, id);
    });
  }
  template <class Mutual>
  void number_neighbours(std::span<const Index> in_degree, Mutual mutual) {
    numbers_.resize(static_cast<std::size_t>(n_rows_));
    for_each_row([&](std::int64_t v) {
      const auto n_out = static_cast<Index>(out_.degree(v));
      const Index n_in = in_degree[static_cast<std::size_t>(v)], n_mutual = mutual(v);
      numbers_[static_cast<std::size_t>(v)] = {0, n_out - n_mutual, n_in - n_mutual, n_mutual};
    });
  }

  void number_by_transpose(std::span<const Index> in_degree) {
    const Csr<Index> in = transpose(out_, stop_);
    number_neighbours(in_degree, [&](std::int64_t v) {
      Index mutual = 0;
      for_each_neighbour(out_.row(v), in.view().row(v), [&](Index, unsigned code) { mutual += code == 3; });
      return mutual;
    });
  }

  // Of all neighbours, as lists or as bits.
  template <class Ranked, class Take>
  void use(const Ranked& ranked, std::span<const Index> in_degree, Shape shape, Take take) {
    const auto rank = [&](std::int64_t v) {
      return static_cast<std::size_t>(ranked.rank_of()[static_cast<std::size_t>(v)]);
    };
    number_neighbours(in_degree, [&](std::int64_t v) { return static_cast<Index>(ranked.mutual(rank(v))); });
    add_mutual_ends(ranked, rank);
    if (shape != Shape::kGeneral) return;
    LargeArray<typename Way::OfNode> closed(ranked.n_nodes());
    for_each_row([&](std::int64_t v) { closed[static_cast<std::size_t>(v)] = {}; });
    add_triangles(ranked, closed);
    for_each_row([&](std::int64_t v) { take(v, closed[rank(v)]); });
  }

  // At every node, the numbers of its mutual neighbours.
  template <class Ranked, class Rank>
  void add_mutual_ends(const Ranked& ranked, Rank rank) {
    const std::size_t n = ranked.n_nodes();
    LargeArray<DyadNumbers> numbers(n), ends(n);
    std::atomic<bool> any{false};
    for_each_row([&](std::int64_t v) {
      numbers[rank(v)] = numbers_[static_cast<std::size_t>(v)];
      ends[rank(v)] = {};
      if (numbers[rank(v)][3] != 0 && !any.load(std::memory_order_relaxed)) any.store(true, std::memory_order_relaxed);
    });
    if (!any) return;
    const auto add_shared = [&](DyadNumbers& sums, const DyadNumbers& more) {
      for (std::size_t y = 0; y < 4; ++y)
        if (more[y] != 0) fetch_add(sums[y], more[y], num_threads_ > 1);
    };
    ranked.for_each_mutual(num_threads_, stop_, [&](std::size_t u, std::size_t v) {
      add_shared(ends[u], numbers[v]);
      add_shared(ends[v], numbers[u]);
    });
    mutual_ends_.resize(n);
    for_each_row([&](std::int64_t v) { mutual_ends_[static_cast<std::size_t>(v)] = ends[rank(v)]; });
  }

  // At every node, the numbers of those with an arc to it. Workers add up apart, if their arrays are small beside the
  // arcs.
  void add_in_ends() {
    const auto n = static_cast<std::size_t>(n_rows_);
    const std::int64_t most_workers = out_.n_edges() / (kArcsPerSum * std::max<std::int64_t>(n_rows_, 1));
    const auto n_workers = static_cast<int>(std::clamp<std::int64_t>(most_workers, 1, num_threads_));
    std::vector<LargeArray<DyadNumbers>> parts(static_cast<std::size_t>(n_workers));
    parts[0].resize(n);
    for_each_row([&](std::int64_t v) { parts[0][static_cast<std::size_t>(v)] = {}; });
    for_each_row(n_workers, [&](std::int64_t u, int id) {
      auto& ends = parts[static_cast<std::size_t>(id)];
      if (ends.empty()) ends.assign(n, DyadNumbers{});
      for (const Index v : out_.row(u)) add(ends[static_cast<std::size_t>(v)], numbers_[static_cast<std::size_t>(u)]);
    });
    for (std::size_t p = 1; p < parts.size(); ++p)
      if (!parts[p].empty())
        for_each_row(
            [&](std::int64_t v) { add(parts[0][static_cast<std::size_t>(v)], parts[p][static_cast<std::size_t>(v)]); });
    in_ends_ = std::move(parts[0]);
  }

  // The triangles of each node, by rank.
  void add_triangles(const RankedLists<Index>& ranked, std::span<typename Way::OfNode> closed) {
    std::vector<std::optional<NodeTriangles<Index, Way>>> triangles(static_cast<std::size_t>(num_threads_));
    for_each_last_node(ranked, num_threads_, stop_, [&](std::size_t u, const auto& marks, std::size_t id) {
      if (!triangles[id]) triangles[id].emplace(ranked, closed, num_threads_ > 1);
      triangles[id]->add(u, marks);
    });
    for (auto& worker : triangles)
      if (worker) worker->give_hubs();
  }
  void add_triangles(const BitStrips<Index>& strips, std::span<typename Way::OfNode> closed) {
    const StripTriangles<Way> worker(closed, strips.linked(), num_threads_ > 1);
    std::vector workers(static_cast<std::size_t>(num_threads_), worker);
    for_each_strip_sum(strips, true, workers, stop_);
    for_each_row([&](std::int64_t v) {
      for (auto& count : closed[static_cast<std::size_t>(v)]) count /= 2;  // see StripTriangles
    });
  }

  CsrView<Index> out_;
  int num_threads_;
  Stop& stop_;
  std::int64_t n_rows_;
  LargeArray<DyadNumbers> numbers_, in_ends_;
  LargeArray<DyadNumbers> mutual_ends_;  // empty when nothing is mutual
};

}  // namespace motifcount
