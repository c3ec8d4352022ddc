#include "tetrads/shared_neighbours.hpp"

#include <algorithm>

#include "graph/csr.hpp"
#include "kernels/bit_kernels.hpp"
#include "squares/layered.hpp"
#include "support/arrival_counts.hpp"
#include "tetrads/pair_plan.hpp"

namespace motifcount {
namespace {

constexpr double kWorkPerTask = 1 << 17;  // operations on words of packed rows
constexpr std::size_t kRowsAhead = 4;     // prefetched while walking

struct BitRows {
  bool wanted = false;
  std::size_t stride = 0;
  std::vector<std::uint64_t> words;

  void reset(std::size_t n_rows, std::size_t n_bits) {
    stride = (n_bits + 63) / 64;
    words.assign(n_rows * stride, 0);
  }
  void set(std::size_t row, std::size_t bit) { words[row * stride + bit / 64] |= std::uint64_t{1} << (bit % 64); }
  [[nodiscard]] const std::uint64_t* row(std::size_t r) const { return words.data() + r * stride; }
};

// Bit rows of one level's linked nodes, over the positions in the next level and in the one before.
struct Packed {
  BitRows out_rows, in_rows;
};

// Pairs of nodes to be compared: each start against rows of `others`, or along wedges.
template <class Index>
struct PairJob {
  PairPlan plan;
  bool unordered;                   // compare a start only with what comes before it
  std::int64_t begin = 0, end = 0;  // start nodes, as positions in the node order
  BitRows* starts = nullptr;        // null: count wedges along `first`, then `second`
  BitRows* others = nullptr;
  std::size_t n_others = 0, n_words = 0;
  CsrView<Index> first{}, second{};
};

template <class Index>
class PairCounter {
 public:
  PairCounter(const LinkedLevels<Index>& graph, int num_threads, Stop& stop)
      : graph_(graph),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop),
        packed_(static_cast<std::size_t>(graph.n_levels())) {}

  void run(const AddPairs& add) {
    std::vector<PairPlan> plans = plan_pairs(graph_);
    const WantedSquares squares = take_squares(plans, graph_, num_threads_, stop_);
    if (!squares.bifans.empty()) count_squares(graph_, squares, num_threads_, stop_, add);
    if (std::ranges::any_of(plans, [](const PairPlan& plan) { return !plan.packed; }))
      in_ = transpose(graph_.out(), stop_);
    for (const PairPlan& plan : plans) jobs_.push_back(plan.tetrad == kBifan ? bifan_job(plan) : biparallel_job(plan));
    pack_rows();
    count_pairs(add);
  }

 private:
  Packed& packed(std::int64_t l) { return packed_[static_cast<std::size_t>(l)]; }

  static std::size_t words(std::int64_t n_bits) { return static_cast<std::size_t>((n_bits + 63) / 64); }

  PairJob<Index> bifan_job(const PairPlan& plan) {
    const LinkedLevel& a = graph_.level(plan.base);
    const LinkedLevel& b = graph_.level(plan.base + 1);
    PairJob<Index> job{.plan = plan, .unordered = true};
    job.begin = plan.from_targets ? b.begin : a.begin;
    job.end = job.begin + (plan.from_targets ? b.size() : a.sources());
    if (plan.packed) {
      job.starts = job.others = plan.from_targets ? &packed(plan.base + 1).in_rows : &packed(plan.base).out_rows;
      job.n_words = words(plan.from_targets ? a.size() : b.size());
    } else {
      job.first = plan.from_targets ? in_.view() : graph_.out();
      job.second = plan.from_targets ? graph_.out() : in_.view();
    }
    return job;
  }

  PairJob<Index> biparallel_job(const PairPlan& plan) {
    const LinkedLevel& a = graph_.level(plan.base);
    PairJob<Index> job{.plan = plan, .unordered = false};
    job.begin = a.begin;
    job.end = a.begin + a.sources();
    if (plan.packed) {
      job.starts = &packed(plan.base).out_rows;
      job.others = &packed(plan.base + 2).in_rows;
      job.n_others = static_cast<std::size_t>(graph_.level(plan.base + 2).size());
      job.n_words = words(graph_.level(plan.base + 1).both);
    } else {
      job.first = job.second = graph_.out();
    }
    return job;
  }

  void pack_rows() {
    bool any = false;
    for (const PairJob<Index>& job : jobs_)
      if (job.starts) any = job.starts->wanted = job.others->wanted = true;
    if (!any) return;
    std::vector<Index> position(static_cast<std::size_t>(graph_.out().n_rows()));  // of a node within its level
    for (std::int64_t l = 0; l < graph_.n_levels(); ++l)
      for (std::int64_t k = 0; k < graph_.level(l).size(); ++k)
        position[static_cast<std::size_t>(graph_.node_at(graph_.level(l).begin + k))] = static_cast<Index>(k);
    for (std::int64_t l = 0; l + 1 < graph_.n_levels(); ++l) {
      const LinkedLevel& a = graph_.level(l);
      const auto n_targets = static_cast<std::size_t>(graph_.level(l + 1).size());
      Packed& here = packed(l);
      Packed& next = packed(l + 1);
      const bool want_out = here.out_rows.wanted;
      const bool want_in = next.in_rows.wanted;
      if (!want_out && !want_in) continue;
      if (want_out) here.out_rows.reset(static_cast<std::size_t>(a.sources()), n_targets);
      if (want_in) next.in_rows.reset(n_targets, static_cast<std::size_t>(a.size()));
      for (std::int64_t r = 0; r < a.sources(); ++r)
        for (const Index w : graph_.out().row(graph_.node_at(a.begin + r))) {
          const std::size_t c = static_cast<std::size_t>(position[static_cast<std::size_t>(w)]);
          if (want_out) here.out_rows.set(static_cast<std::size_t>(r), c);
          if (want_in) next.in_rows.set(c, static_cast<std::size_t>(r));
        }
    }
  }

  void count_pairs(const AddPairs& add) {
    struct Task {
      std::size_t job;
      std::int64_t begin, end;
    };
    std::vector<Task> tasks;
    double work = 0;
    for (const PairJob<Index>& job : jobs_) work += job.plan.work;
    const int num_threads = work < 2 * kWorkPerTask ? 1 : num_threads_;  // starting threads takes as long
    for (std::size_t j = 0; j < jobs_.size(); ++j) {
      const std::int64_t n = jobs_[j].end - jobs_[j].begin;
      const auto n_tasks = std::clamp<std::int64_t>(static_cast<std::int64_t>(jobs_[j].plan.work / kWorkPerTask), 1, n);
      for (std::int64_t t = 0; t < n_tasks; ++t)
        tasks.push_back({j, jobs_[j].begin + n * t / n_tasks, jobs_[j].begin + n * (t + 1) / n_tasks});
    }
    std::vector<ArrivalCounts<std::uint32_t>> arrivals(static_cast<std::size_t>(num_threads));
    parallel_for(static_cast<std::int64_t>(tasks.size()), num_threads, stop_, [&](std::int64_t t, int id) {
      const Task& task = tasks[static_cast<std::size_t>(t)];
      const PairJob<Index>& job = jobs_[task.job];
      Count total = 0;
      for (std::int64_t at = task.begin; at < task.end; ++at)
        total += job.starts ? compare_rows(job, at) : walk_wedges(job, at, arrivals[static_cast<std::size_t>(id)]);
      add(job.plan.tetrad, job.plan.base, total, id);
    });
  }

  Count compare_rows(const PairJob<Index>& job, std::int64_t at) const {
    const auto r = static_cast<std::size_t>(at - job.begin);
    return bit_kernels().pair_sum(job.starts->row(r), job.others->words.data(), job.unordered ? r : job.n_others,
                                  job.others->stride, job.n_words);
  }

  // Each node reached k times makes C(k, 2) pairs: the k-th arrival adds k - 1.
  Count walk_wedges(const PairJob<Index>& job, std::int64_t at, ArrivalCounts<std::uint32_t>& arrivals) const {
    const std::int64_t start = graph_.node_at(at);
    const auto middles = job.first.row(start);
    arrivals.next_start(static_cast<std::size_t>(graph_.out().n_rows()), middles.size());
    Count total = 0;
    for (std::size_t k = 0; k < middles.size(); ++k) {
      if (k + kRowsAhead < middles.size())
        __builtin_prefetch(job.second.row(static_cast<std::int64_t>(middles[k + kRowsAhead])).data());
      std::uint64_t repeated = 0;
      for (const Index end : job.second.row(static_cast<std::int64_t>(middles[k]))) {
        if (job.unordered && static_cast<std::int64_t>(end) >= start) break;
        repeated += arrivals.count(static_cast<std::size_t>(end));
      }
      total += static_cast<Count>(repeated);
    }
    return total;
  }

  const LinkedLevels<Index>& graph_;
  int num_threads_;
  Stop& stop_;
  std::vector<Packed> packed_;  // by level
  Csr<Index> in_;
  std::vector<PairJob<Index>> jobs_;
};

}  // namespace

template <class Index>
void count_node_pairs(const LinkedLevels<Index>& graph, int num_threads, Stop& stop, const AddPairs& add) {
  PairCounter<Index>(graph, num_threads, stop).run(add);
}

template void count_node_pairs(const LinkedLevels<std::int32_t>&, int, Stop&, const AddPairs&);
template void count_node_pairs(const LinkedLevels<std::int64_t>&, int, Stop&, const AddPairs&);

}  // namespace motifcount
