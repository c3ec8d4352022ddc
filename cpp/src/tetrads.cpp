#include "motifcount/tetrads.hpp"

#include <algorithm>

#include "motifcount/bit_kernels.hpp"
#include "motifcount/graph.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 13;
constexpr double kWorkPerTask = 1 << 17;    // word operations
constexpr double kWordsPerWedge = 4;        // cost of counting one wedge, in word operations
constexpr double kWordsPerRow = 4;          // overhead of comparing one pair of rows
constexpr std::int64_t kAlwaysPack = 1 << 14;  // words that are never too many to pack

struct BitRows {
  std::size_t stride = 0;
  std::vector<std::uint64_t> words;

  void reset(std::size_t n_rows, std::size_t n_bits) {
    stride = (n_bits + 63) / 64;
    words.assign(n_rows * stride, 0);
  }
  void set(std::size_t row, std::size_t bit) { words[row * stride + bit / 64] |= std::uint64_t{1} << (bit % 64); }
  [[nodiscard]] const std::uint64_t* row(std::size_t r) const { return words.data() + r * stride; }
};

// The live nodes of one level: first those with arcs in and out, then those with arcs out only, then in only.
struct Level {
  std::int64_t begin = 0;  // position of the first in the node order
  std::int64_t both = 0, out_only = 0, in_only = 0;
  std::int64_t arcs_out = 0;
  double out_pairs = 0, in_pairs = 0, paths = 0;  // sums of C(o, 2), C(i, 2) and i * o
  bool pack_out = false, pack_in = false;
  BitRows out_rows, in_rows;  // over the positions in the next level, and in the one before

  [[nodiscard]] std::int64_t size() const { return both + out_only + in_only; }
};

// Pairs of nodes to be compared: each of `starts` against rows of `others`, or along wedges.
template <class Index>
struct PairJob {
  Tetrad tetrad;
  std::int64_t base;             // lowest level of the motif
  std::int64_t begin, end;       // start nodes, as positions in the node order
  bool unordered;                // compare a start only with what comes before it
  const BitRows* starts = nullptr;  // null: count wedges along `first`, then `second`
  const BitRows* others = nullptr;
  std::size_t first_row = 0, n_others = 0, n_words = 0;
  CsrView<Index> first, second;
  double work = 0;
};

template <class Index>
class Counter {
 public:
  Counter(const CsrView<Index>& out, std::span<const std::int32_t> level_of, std::int64_t n_levels, bool by_level,
          int num_threads, Stop& stop)
      : out_(out),
        level_of_(level_of),
        by_level_(by_level),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop),
        in_degree_(in_degrees(out)),
        levels_(static_cast<std::size_t>(n_levels)),
        n_results_(by_level ? static_cast<std::size_t>(n_levels) : 1) {}

  std::vector<TetradCounts> run() {
    order_live_nodes();
    sum_over_degrees();
    plan_pairs();
    pack_rows();
    count_pairs();
    for (TetradCounts& counts : totals_) {
      // The sums so far count subgraphs; take out those inside a bi-fan or a bi-parallel.
      counts[kZigzag] -= tetrad_contained(kZigzag, kBifan) * counts[kBifan];
      counts[kChainThenIn] -= tetrad_contained(kChainThenIn, kBiparallel) * counts[kBiparallel];
      counts[kOutThenChain] -= tetrad_contained(kOutThenChain, kBiparallel) * counts[kBiparallel];
    }
    return std::move(totals_);
  }

 private:
  using Accumulators = std::vector<std::vector<TetradCounts>>;

  Level& level(std::int64_t l) { return levels_[static_cast<std::size_t>(l)]; }
  std::int64_t n_levels() const { return static_cast<std::int64_t>(levels_.size()); }
  std::int64_t in_degree(std::int64_t v) const { return in_degree_[static_cast<std::size_t>(v)]; }
  std::size_t result(std::int64_t base) const { return by_level_ ? static_cast<std::size_t>(base) : 0; }

  void order_live_nodes() {
    const std::int64_t n = out_.n_rows();
    const auto kind = [&](std::int64_t v) { return in_degree(v) == 0 ? 1 : out_.degree(v) == 0 ? 2 : 0; };
    for (std::int64_t v = 0; v < n; ++v) {
      const std::int64_t o = out_.degree(v);
      const std::int64_t i = in_degree(v);
      if (o + i == 0) continue;
      Level& at = level(level_of_[static_cast<std::size_t>(v)]);
      ++(o == 0 ? at.in_only : i == 0 ? at.out_only : at.both);
      at.arcs_out += o;
      at.out_pairs += 0.5 * static_cast<double>(o) * static_cast<double>(o - 1);
      at.in_pairs += 0.5 * static_cast<double>(i) * static_cast<double>(i - 1);
      at.paths += static_cast<double>(i) * static_cast<double>(o);
    }
    std::int64_t live = 0;
    std::vector<std::array<std::int64_t, 3>> cursor;
    for (Level& at : levels_) {
      at.begin = live;
      cursor.push_back({live, live + at.both, live + at.both + at.out_only});
      live += at.size();
    }
    order_.resize(static_cast<std::size_t>(live));
    position_.resize(static_cast<std::size_t>(n));
    for (std::int64_t v = 0; v < n; ++v) {
      if (out_.degree(v) + in_degree(v) == 0) continue;
      const auto l = static_cast<std::size_t>(level_of_[static_cast<std::size_t>(v)]);
      const std::int64_t at = cursor[l][static_cast<std::size_t>(kind(v))]++;
      order_[static_cast<std::size_t>(at)] = static_cast<Index>(v);
      position_[static_cast<std::size_t>(v)] = static_cast<Index>(at - levels_[l].begin);
    }
  }

  Accumulators accumulators() const {
    return Accumulators(static_cast<std::size_t>(num_threads_), std::vector<TetradCounts>(n_results_, TetradCounts{}));
  }

  void add_up(const Accumulators& parts) {
    totals_.resize(n_results_, TetradCounts{});
    for (const auto& part : parts)
      for (std::size_t r = 0; r < n_results_; ++r)
        for (std::size_t k = 0; k < kTetrads; ++k) totals_[r][k] += part[r][k];
  }

  void sum_over_degrees() {
    const auto n = static_cast<std::int64_t>(order_.size());
    Accumulators parts = accumulators();
    parallel_for((n + kNodesPerTask - 1) / kNodesPerTask, num_threads_, stop_, [&](std::int64_t task, int id) {
      auto& part = parts[static_cast<std::size_t>(id)];
      const std::int64_t last = std::min(n, (task + 1) * kNodesPerTask);
      for (std::int64_t k = task * kNodesPerTask; k < last; ++k)
        add_node(static_cast<std::int64_t>(order_[static_cast<std::size_t>(k)]), part);
    });
    add_up(parts);
  }

  void add_node(std::int64_t u, std::vector<TetradCounts>& part) const {
    const Count o = out_.degree(u);
    const Count i = in_degree(u);
    const std::int64_t at = level_of_[static_cast<std::size_t>(u)];
    Count next_out = 0;
    Count next_in = 0;  // other arcs into the targets
    for (const Index w : out_.row(u)) {
      next_out += out_.degree(static_cast<std::int64_t>(w));
      next_in += in_degree(static_cast<std::int64_t>(w)) - 1;
    }
    if (o > 0) {
      TetradCounts& here = part[result(at)];
      here[kOutStar] += choose3(o);
      here[kOutThenChain] += (o - 1) * next_out;
      here[kZigzag] += (o - 1) * next_in;
    }
    if (i > 0) {
      TetradCounts& below = part[result(at - 1)];
      below[kInStar] += choose3(i);
      below[kYOut] += i * choose2(o);
      below[kYIn] += choose2(i) * o;
      below[kChain4] += i * next_out;
      below[kChainThenIn] += i * next_in;
    }
  }

  static double compare_cost(std::int64_t n_starts, std::int64_t n_others, std::int64_t n_bits) {
    return static_cast<double>(n_starts) * static_cast<double>(n_others) *
           (static_cast<double>((n_bits + 63) / 64) + kWordsPerRow);
  }

  static bool may_pack(std::int64_t n_rows, std::int64_t n_bits, std::int64_t n_arcs) {
    const std::int64_t words = (n_bits + 63) / 64;
    return words <= std::max(kAlwaysPack, n_arcs) / std::max<std::int64_t>(n_rows, 1);
  }

  void plan_pairs() {
    for (std::int64_t l = 0; l + 1 < n_levels(); ++l) {
      if (level(l).arcs_out == 0) continue;
      plan_bifans(l);
      if (l + 2 < n_levels() && level(l + 1).both > 0) plan_biparallels(l);
    }
    const bool wedges = std::ranges::any_of(jobs_, [](const auto& job) { return !job.starts; });
    if (!wedges) return;
    in_ = transpose(out_);
    for (PairJob<Index>& job : jobs_) {
      const bool from_targets = job.tetrad == kBifan && level_at(job.begin) != job.base;
      job.first = from_targets ? in_.view() : out_;
      job.second = job.tetrad == kBiparallel || from_targets ? out_ : in_.view();
    }
  }

  std::int64_t level_at(std::int64_t position) const {
    return level_of_[static_cast<std::size_t>(order_[static_cast<std::size_t>(position)])];
  }

  void plan_bifans(std::int64_t l) {
    Level& a = level(l);
    Level& b = level(l + 1);
    const std::int64_t sources = a.both + a.out_only;
    const std::int64_t targets = b.size();  // in-rows exist for all, so that positions are rows
    const double never = 1e300;
    const std::array<double, 4> cost{
        may_pack(sources, b.size(), a.arcs_out) ? compare_cost(sources, sources, b.size()) / 2 : never,
        may_pack(targets, a.size(), a.arcs_out) ? compare_cost(targets, targets, a.size()) / 2 : never,
        kWordsPerWedge * (b.in_pairs + static_cast<double>(a.arcs_out)),
        kWordsPerWedge * (a.out_pairs + static_cast<double>(a.arcs_out))};
    const auto best = std::ranges::min_element(cost) - cost.begin();
    const bool from_sources = best % 2 == 0;
    PairJob<Index> job{.tetrad = kBifan, .base = l, .begin = from_sources ? a.begin : b.begin, .end = 0,
                       .unordered = true, .first = {}, .second = {}};
    job.end = job.begin + (from_sources ? sources : targets);
    job.work = cost[static_cast<std::size_t>(best)];
    if (best == 0) {
      a.pack_out = true;
      job.starts = job.others = &a.out_rows;
      job.n_words = words(b.size());
    } else if (best == 1) {
      b.pack_in = true;
      job.starts = job.others = &b.in_rows;
      job.n_words = words(a.size());
    }
    jobs_.push_back(job);
  }

  void plan_biparallels(std::int64_t l) {
    Level& a = level(l);
    Level& middle = level(l + 1);
    Level& d = level(l + 2);
    const std::int64_t sources = a.both + a.out_only;
    const std::int64_t ends = d.both + d.in_only;
    const double wedges = kWordsPerWedge * (middle.paths + static_cast<double>(a.arcs_out));
    const double bits = may_pack(sources, middle.size(), a.arcs_out) &&
                                may_pack(d.size(), middle.size(), middle.arcs_out)
                            ? compare_cost(sources, ends, middle.both)
                            : 1e300;
    PairJob<Index> job{.tetrad = kBiparallel, .base = l, .begin = a.begin, .end = a.begin + sources,
                       .unordered = false, .first = {}, .second = {}};
    job.work = std::min(bits, wedges);
    if (bits <= wedges) {
      a.pack_out = d.pack_in = true;
      job.starts = &a.out_rows;
      job.others = &d.in_rows;
      job.n_others = static_cast<std::size_t>(d.size());
      job.n_words = words(middle.both);
    }
    jobs_.push_back(job);
  }

  static std::size_t words(std::int64_t n_bits) { return static_cast<std::size_t>((n_bits + 63) / 64); }

  void pack_rows() {
    for (std::int64_t l = 0; l + 1 < n_levels(); ++l) {
      Level& a = level(l);
      Level& b = level(l + 1);
      if (!a.pack_out && !b.pack_in) continue;
      if (a.pack_out) a.out_rows.reset(static_cast<std::size_t>(a.both + a.out_only), static_cast<std::size_t>(b.size()));
      if (b.pack_in) b.in_rows.reset(static_cast<std::size_t>(b.size()), static_cast<std::size_t>(a.size()));
      for (std::int64_t r = 0; r < a.both + a.out_only; ++r)
        for (const Index w : out_.row(static_cast<std::int64_t>(order_[static_cast<std::size_t>(a.begin + r)]))) {
          const auto c = static_cast<std::size_t>(position_[static_cast<std::size_t>(w)]);
          if (a.pack_out) a.out_rows.set(static_cast<std::size_t>(r), c);
          if (b.pack_in) b.in_rows.set(c, static_cast<std::size_t>(r));
        }
    }
  }

  void count_pairs() {
    struct Task {
      std::size_t job;
      std::int64_t begin, end;
    };
    std::vector<Task> tasks;
    for (std::size_t j = 0; j < jobs_.size(); ++j) {
      const std::int64_t n = jobs_[j].end - jobs_[j].begin;
      const auto n_tasks = std::clamp<std::int64_t>(static_cast<std::int64_t>(jobs_[j].work / kWorkPerTask), 1, n);
      for (std::int64_t t = 0; t < n_tasks; ++t)
        tasks.push_back({j, jobs_[j].begin + n * t / n_tasks, jobs_[j].begin + n * (t + 1) / n_tasks});
    }
    Accumulators parts = accumulators();
    std::vector<std::vector<std::uint32_t>> seen(static_cast<std::size_t>(num_threads_));
    parallel_for(static_cast<std::int64_t>(tasks.size()), num_threads_, stop_, [&](std::int64_t t, int id) {
      const Task& task = tasks[static_cast<std::size_t>(t)];
      const PairJob<Index>& job = jobs_[task.job];
      Count& total = parts[static_cast<std::size_t>(id)][result(job.base)][job.tetrad];
      for (std::int64_t at = task.begin; at < task.end; ++at)
        total += job.starts ? compare_rows(job, at) : walk_wedges(job, at, seen[static_cast<std::size_t>(id)]);
    });
    add_up(parts);
  }

  Count compare_rows(const PairJob<Index>& job, std::int64_t at) const {
    const auto r = static_cast<std::size_t>(at - job.begin);
    return bit_kernels().pair_sum(job.starts->row(r), job.others->words.data(), job.unordered ? r : job.n_others,
                                  job.others->stride, job.n_words);
  }

  // Each node reached k times makes C(k, 2) pairs: the k-th arrival adds k - 1.
  Count walk_wedges(const PairJob<Index>& job, std::int64_t at, std::vector<std::uint32_t>& seen) const {
    if (seen.empty()) seen.assign(static_cast<std::size_t>(out_.n_rows()), 0);
    const Index start = order_[static_cast<std::size_t>(at)];
    const auto for_each_end = [&](auto visit) {
      for (const Index middle : job.first.row(static_cast<std::int64_t>(start)))
        for (const Index end : job.second.row(static_cast<std::int64_t>(middle))) {
          if (job.unordered && end >= start) break;
          visit(seen[static_cast<std::size_t>(end)]);
        }
    };
    Count total = 0;
    for_each_end([&](std::uint32_t& count) { total += count++; });
    for_each_end([](std::uint32_t& count) { count = 0; });
    return total;
  }

  CsrView<Index> out_;
  std::span<const std::int32_t> level_of_;
  bool by_level_;
  int num_threads_;
  Stop& stop_;
  std::vector<Index> in_degree_;
  std::vector<Level> levels_;
  std::size_t n_results_;
  std::vector<Index> order_, position_;  // live nodes by level; position of a node within its level
  Csr<Index> in_;
  std::vector<PairJob<Index>> jobs_;
  std::vector<TetradCounts> totals_;
};

}  // namespace

template <class Index>
std::vector<TetradCounts> tetrads(const CsrView<Index>& out, std::span<const std::int32_t> levels,
                                  std::int64_t n_levels, bool by_level, int num_threads, Stop& stop) {
  return Counter<Index>(out, levels, n_levels, by_level, num_threads, stop).run();
}

template std::vector<TetradCounts> tetrads(const CsrView<std::int32_t>&, std::span<const std::int32_t>, std::int64_t,
                                           bool, int, Stop&);
template std::vector<TetradCounts> tetrads(const CsrView<std::int64_t>&, std::span<const std::int32_t>, std::int64_t,
                                           bool, int, Stop&);

std::array<std::int32_t, 4> tetrad_layers(Tetrad tetrad) {
  switch (tetrad) {
    case kOutStar: return {0, 1, 1, 1};
    case kInStar: return {0, 0, 0, 1};
    case kChain4: return {0, 1, 2, 3};
    case kYOut: return {0, 1, 2, 2};
    case kYIn: return {0, 0, 1, 2};
    case kZigzag:
    case kBifan: return {0, 0, 1, 1};
    case kChainThenIn:
    case kOutThenChain:
    case kBiparallel: break;
  }
  return {0, 1, 1, 2};
}

int tetrad_contained(Tetrad k, Tetrad j) {
  if (k == j) return 1;
  if (j == kBifan && k == kZigzag) return 4;
  if (j == kBiparallel && (k == kChainThenIn || k == kOutThenChain)) return 2;
  return 0;
}

}  // namespace motifcount
