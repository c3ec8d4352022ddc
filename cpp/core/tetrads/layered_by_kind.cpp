#include "tetrads/layered_by_kind.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "graph/csr.hpp"
#include "support/threads.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kKindedNodesPerTask = 1 << 8;

// Rows with the kind of each arc.
template <class Index>
struct KindedRows {
  CsrView<Index> rows;
  std::span<const std::uint8_t> kinds;

  template <class Visit>
  void for_each(std::size_t u, Visit visit) const {
    const auto first = static_cast<std::size_t>(rows.indptr[u]), last = static_cast<std::size_t>(rows.indptr[u + 1]);
    for (std::size_t k = first; k < last; ++k) visit(static_cast<std::size_t>(rows.indices[k]), kinds[k]);
  }
  // The entries of a row, which ascend, below `end`.
  template <class Visit>
  void for_each_below(std::size_t u, std::size_t end, Visit visit) const {
    const auto first = static_cast<std::size_t>(rows.indptr[u]), last = static_cast<std::size_t>(rows.indptr[u + 1]);
    for (std::size_t k = first; k < last && static_cast<std::size_t>(rows.indices[k]) < end; ++k)
      visit(static_cast<std::size_t>(rows.indices[k]), kinds[k]);
  }
};

template <class Index>
class KindedTetradCounter {
 public:
  KindedTetradCounter(const GraphView<Index>& graph, int num_threads, Stop& stop)
      : n_(static_cast<std::size_t>(graph.out.n_rows())),
        base_(graph.kinds.n_kinds),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop),
        in_(transpose(graph.out, stop)),
        out_rows_{graph.out, graph.kinds.of_arc} {
    in_kinds_.resize(graph.kinds.of_arc.size());
    out_degrees_.assign(n_ * base_, 0);
    in_degrees_.assign(n_ * base_, 0);
    std::vector<Index> ends(in_.indptr.begin(), in_.indptr.end() - 1);
    PacedStop pace(stop);
    for (std::size_t u = 0; u < n_; ++u) {
      pace(kScatterUnits * graph.out.degree(static_cast<std::int64_t>(u)));
      out_rows_.for_each(u, [&](std::size_t v, std::size_t kind) {
        in_kinds_[static_cast<std::size_t>(ends[v]++)] = static_cast<std::uint8_t>(kind);
        ++out_degrees_[u * base_ + kind];
        ++in_degrees_[v * base_ + kind];
      });
    }
    in_rows_ = {in_.view(), in_kinds_};
  }

  KindedLayeredTetrads run(bool induced) {
    const bool from_sources = pairs(in_degrees_) <= pairs(out_degrees_);
    std::vector<Worker> workers(static_cast<std::size_t>(num_threads_));
    const auto n_tasks = (static_cast<std::int64_t>(n_) + kKindedNodesPerTask - 1) / kKindedNodesPerTask;
    parallel_for(n_tasks, num_threads_, stop_, [&](std::int64_t task, int id) {
      Worker& worker = workers[static_cast<std::size_t>(id)];
      if (worker.reached.empty()) worker.prepare(n_, base_);
      PacedStop pace(stop_);
      const auto first = static_cast<std::size_t>(task * kKindedNodesPerTask);
      for (std::size_t u = first; u < std::min(n_, first + static_cast<std::size_t>(kKindedNodesPerTask)); ++u) {
        add_trees(u, worker, pace);
        if (from_sources) add_pairs<true>(u, out_rows_, in_rows_, worker.counts[kBifan], worker, pace, true);
        else add_pairs<true>(u, in_rows_, out_rows_, worker.counts[kBifan], worker, pace, false);
        add_pairs<false>(u, out_rows_, out_rows_, worker.counts[kBiparallel], worker, pace, true);
      }
    });
    KindedLayeredTetrads total = empty(base_);
    for (const Worker& worker : workers)
      if (!worker.reached.empty())
        for (std::size_t k = 0; k < kLayeredTetrads; ++k)
          for (std::size_t code = 0; code < total[k].size(); ++code) total[k][code] += worker.counts[k][code];
    if (induced) take_out_contained(total);
    return total;
  }

 private:
  struct Worker {
    KindedLayeredTetrads counts;
    std::vector<std::uint32_t> reached;  // by node, paths to it by the kinds of their two arcs
    std::vector<std::size_t> ends;       // nodes that were reached, once for each two kinds
    std::vector<std::uint64_t> pairs;    // of paths from one node, by the kinds of both
    std::vector<Count> next_out, next_in;

    void prepare(std::size_t n, std::size_t base) {
      counts = empty(base);
      reached.assign(n * base * base + 1, 0);
      pairs.assign(base * base * base * base, 0);
    }
  };

  static KindedLayeredTetrads empty(std::size_t base) {
    KindedLayeredTetrads counts;
    for (std::size_t k = 0; k < kLayeredTetrads; ++k)
      counts[k].assign(kArcsOfLayered[k] == 3 ? base * base * base : base * base * base * base, 0);
    return counts;
  }

  // Of a node by its degrees, how many pairs of arcs there are.
  Count pairs(const std::vector<std::int64_t>& degrees) const {
    Count found = 0;
    for (std::size_t u = 0; u < n_; ++u) {
      Count degree = 0;
      for (std::size_t k = 0; k < base_; ++k) degree += degrees[u * base_ + k];
      found += degree * degree;
    }
    return found;
  }

  [[nodiscard]] std::size_t code(std::size_t i, std::size_t j, std::size_t k) const {
    return (i * base_ + j) * base_ + k;
  }

  // Stars, and what has u as the node of the first or second level in its middle.
  void add_trees(std::size_t u, Worker& worker, PacedStop& pace) {
    const std::span<const std::int64_t> o(&out_degrees_[u * base_], base_), i(&in_degrees_[u * base_], base_);
    auto& counts = worker.counts;
    worker.next_out.assign(base_ * base_, 0);
    worker.next_in.assign(base_ * base_, 0);
    out_rows_.for_each(u, [&](std::size_t v, std::size_t kind) {
      pace(kScatterUnits);
      for (std::size_t k = 0; k < base_; ++k) {
        worker.next_out[kind * base_ + k] += out_degrees_[v * base_ + k];
        worker.next_in[kind * base_ + k] += in_degrees_[v * base_ + k] - (k == kind);
      }
    });
    for (std::size_t x = 0; x < base_; ++x)
      for (std::size_t y = 0; y < base_; ++y)
        for (std::size_t z = 0; z < base_; ++z) {
          const Count out_yz = worker.next_out[y * base_ + z];
          counts[kChain4][code(x, y, z)] += i[x] * out_yz;
          counts[kChainThenIn][code(x, y, z)] += i[x] * worker.next_in[y * base_ + z];
          counts[kOutThenChain][code(x, y, z)] += (Count{o[x]} - (x == y)) * out_yz;
          counts[kZigzag][code(x, y, z)] += worker.next_in[y * base_ + x] * (Count{o[z]} - (z == y));
          if (y <= z) {
            counts[kYOut][code(x, y, z)] += i[x] * two(o, y, z);
            counts[kYIn][code(y, z, x)] += two(i, y, z) * o[x];
          }
          if (x <= y && y <= z) {
            counts[kOutStar][code(x, y, z)] += three(o, x, y, z);
            counts[kInStar][code(x, y, z)] += three(i, x, y, z);
          }
        }
  }

  // Ways to choose arcs of two or three kinds, which ascend, by the numbers of each kind.
  static Count two(std::span<const std::int64_t> of, std::size_t y, std::size_t z) {
    return y == z ? choose2(of[y]) : Count{of[y]} * of[z];
  }
  static Count three(std::span<const std::int64_t> of, std::size_t x, std::size_t y, std::size_t z) {
    if (x == y && y == z) return choose3(of[x]);
    if (x == y) return choose2(of[x]) * of[z];
    return of[x] * two(of, y, z);
  }

  // Pairs of two-step paths from u to the same end by their kinds; back to u's own level, to lower nodes only.
  template <bool to_own_level>
  void add_pairs(std::size_t u, const KindedRows<Index>& first, const KindedRows<Index>& second,
                 std::vector<Count>& counts, Worker& worker, PacedStop& pace, bool forward) {
    const std::size_t n_states = base_ * base_;
    first.for_each(u, [&](std::size_t t, std::size_t x) {
      pace(kScatterUnits * second.rows.degree(static_cast<std::int64_t>(t)));
      second.for_each_below(t, to_own_level ? u : n_, [&](std::size_t w, std::size_t y) {
        if (worker.reached[w * n_states + x * base_ + y]++ == 0) worker.ends.push_back(w);
      });
    });
    std::uint64_t* const pairs = worker.pairs.data();
    for (const std::size_t w : worker.ends) {
      std::uint32_t* const paths = &worker.reached[w * n_states];
      for (std::size_t s = 0; s < n_states; ++s) {
        const std::uint64_t n = std::exchange(paths[s], 0);
        if (n == 0) continue;
        pairs[s * n_states + s] += n * (n - 1) / 2;
        for (std::size_t t = s + 1; t < n_states; ++t) pairs[s * n_states + t] += n * paths[t];
      }
    }
    if (worker.ends.empty()) return;
    worker.ends.clear();
    for (std::size_t s = 0; s < n_states; ++s)
      for (std::size_t t = s; t < n_states; ++t)
        counts[code_of_pair(s, t, to_own_level && !forward, to_own_level)] +=
            std::exchange(pairs[s * n_states + t], std::uint64_t{0});
  }

  // Of two paths of kinds (x, y) and (z, w): a bi-parallel has the first arcs first; a bi-fan those of its first
  // source.
  [[nodiscard]] std::size_t code_of_pair(std::size_t s, std::size_t t, bool of_targets, bool is_bifan) const {
    const std::size_t x = s / base_, y = s % base_, z = t / base_, w = t % base_;
    if (is_bifan && of_targets) return code(x, y, z) * base_ + w;  // the first path goes over the first source
    return code(x, z, y) * base_ + w;
  }

  // Bi-fans hold four zigzags, bi-parallels two of each class with a chain.
  void take_out_contained(KindedLayeredTetrads& counts) const {
    for (std::size_t p = 0; p < counts[kBifan].size(); ++p) {
      const std::size_t ac = p / (base_ * base_ * base_), ad = p / (base_ * base_) % base_, bc = p / base_ % base_,
                        bd = p % base_;
      for (const std::size_t zigzag : {code(ad, bd, bc), code(ac, bc, bd), code(bd, ad, ac), code(bc, ac, ad)})
        counts[kZigzag][zigzag] -= counts[kBifan][p];
      const std::size_t ab = ac, other = ad, second = bc, last = bd;  // a -> b, a -> c, b -> d, c -> d
      for (const std::size_t chain : {code(other, last, second), code(ab, second, last)})
        counts[kChainThenIn][chain] -= counts[kBiparallel][p];
      for (const std::size_t chain : {code(ab, other, last), code(other, ab, second)})
        counts[kOutThenChain][chain] -= counts[kBiparallel][p];
    }
  }

  std::size_t n_, base_;
  int num_threads_;
  Stop& stop_;
  Csr<Index> in_;
  KindedRows<Index> out_rows_, in_rows_{};
  std::vector<std::uint8_t> in_kinds_;
  std::vector<std::int64_t> out_degrees_, in_degrees_;  // by node and kind
};

}  // namespace

template <class Index>
KindedLayeredTetrads layered_tetrads_by_kind(const GraphView<Index>& graph, bool induced, int num_threads, Stop& stop) {
  return KindedTetradCounter<Index>(graph, num_threads, stop).run(induced);
}

template KindedLayeredTetrads layered_tetrads_by_kind(const GraphView<std::int32_t>&, bool, int, Stop&);
template KindedLayeredTetrads layered_tetrads_by_kind(const GraphView<std::int64_t>&, bool, int, Stop&);

}  // namespace motifcount
