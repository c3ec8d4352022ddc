#include "tetrads/shared_neighbours.hpp"

#include <algorithm>

#include "support/arrival_counts.hpp"
#include "kernels/bit_kernels.hpp"
#include "squares/layered.hpp"

namespace motifcount {
namespace {

constexpr double kWorkPerTask = 1 << 17;       // word operations
constexpr double kWordsPerWedge = 4;           // cost of counting one wedge, in word operations
constexpr double kWordsPerPath = 8;            // cost of counting one path of a square
constexpr double kWordsPerRankedArc = 64;      // cost of building adjacencies by rank, for each arc
constexpr double kWordsPerRow = 4;             // overhead of comparing one pair of rows
constexpr std::size_t kRowsAhead = 4;          // prefetched while walking
constexpr std::int64_t kAlwaysPack = 1 << 14;  // words that are never too many to pack

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

// Bit rows of one level's graph nodes, over the positions in the next level and in the one before.
struct Packed {
  BitRows out_rows, in_rows;
};

// Pairs of nodes to be compared: each of `starts` against rows of `others`, or along wedges.
template <class Index>
struct PairJob {
  LayeredTetrad tetrad;
  std::int64_t base;             // lowest level of the motif
  std::int64_t begin, end;       // start nodes, as positions in the node order
  bool unordered;                // compare a start only with what comes before it
  BitRows* starts = nullptr;  // null: count wedges along `first`, then `second`
  BitRows* others = nullptr;
  std::size_t first_row = 0, n_others = 0, n_words = 0;
  CsrView<Index> first, second;
  double work = 0;
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
    plan_pairs();
    leave_to_squares(add);
    turn_arcs();
    pack_rows();
    count_pairs(add);
  }

 private:
  Packed& packed(std::int64_t l) { return packed_[static_cast<std::size_t>(l)]; }

  static double compare_cost(std::int64_t n_starts, std::int64_t n_others, std::int64_t n_bits) {
    return static_cast<double>(n_starts) * static_cast<double>(n_others) *
           (static_cast<double>((n_bits + 63) / 64) + kWordsPerRow);
  }

  static bool may_pack(std::int64_t n_rows, std::int64_t n_bits, std::int64_t n_arcs) {
    const std::int64_t words = (n_bits + 63) / 64;
    return words <= std::max(kAlwaysPack, n_arcs) / std::max<std::int64_t>(n_rows, 1);
  }

  void plan_pairs() {
    for (std::int64_t l = 0; l + 1 < graph_.n_levels(); ++l) {
      if (graph_.level(l).arcs_out == 0) continue;
      plan_bifans(l);
      if (l + 2 < graph_.n_levels() && graph_.level(l + 1).both > 0) plan_biparallels(l);
    }
  }

  // Counts as squares those jobs that take less work so, if they save more than the squares take to set up.
  void leave_to_squares(const AddPairs& add) {
    const double set_up = kWordsPerRankedArc * static_cast<double>(graph_.out().n_edges());
    double work = 0;
    for (const PairJob<Index>& job : jobs_) work += job.work;
    if (work < 2 * set_up) return;  // not even worth asking how many paths there are
    const std::vector<double> paths = square_paths(graph_, num_threads_, stop_);
    // Half of the paths over an arc end on the level they started from, half two levels away.
    const auto saved = [&](const PairJob<Index>& job) {
      const auto l = static_cast<std::size_t>(job.base);
      return job.work - kWordsPerPath / 2 * (job.tetrad == kBifan ? paths[l] : paths[l] + paths[l + 1]);
    };
    WantedSquares wanted{std::vector<bool>(paths.size()), std::vector<bool>(paths.size())};
    double gain = -set_up;
    for (const PairJob<Index>& job : jobs_) {
      if (saved(job) <= 0) continue;
      gain += saved(job);
      (job.tetrad == kBifan ? wanted.bifans : wanted.biparallels)[static_cast<std::size_t>(job.base)] = true;
    }
    if (gain <= 0) return;
    std::erase_if(jobs_, [&](const PairJob<Index>& job) { return saved(job) > 0; });
    count_squares(graph_, wanted, num_threads_, stop_, add);
  }

  void turn_arcs() {
    const bool wedges = std::ranges::any_of(jobs_, [](const auto& job) { return !job.starts; });
    if (!wedges) return;
    in_ = transpose(graph_.out(), stop_);
    for (PairJob<Index>& job : jobs_) {
      const bool from_targets = job.tetrad == kBifan && job.begin != graph_.level(job.base).begin;
      job.first = from_targets ? in_.view() : graph_.out();
      job.second = job.tetrad == kBiparallel || from_targets ? graph_.out() : in_.view();
    }
  }

  void plan_bifans(std::int64_t l) {
    const LinkedLevel& a = graph_.level(l);
    const LinkedLevel& b = graph_.level(l + 1);
    const std::int64_t sources = a.sources();
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
      job.starts = job.others = &packed(l).out_rows;
      job.n_words = words(b.size());
    } else if (best == 1) {
      job.starts = job.others = &packed(l + 1).in_rows;
      job.n_words = words(a.size());
    }
    jobs_.push_back(job);
  }

  void plan_biparallels(std::int64_t l) {
    const LinkedLevel& a = graph_.level(l);
    const LinkedLevel& middle = graph_.level(l + 1);
    const LinkedLevel& d = graph_.level(l + 2);
    const std::int64_t sources = a.sources();
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
      job.starts = &packed(l).out_rows;
      job.others = &packed(l + 2).in_rows;
      job.n_others = static_cast<std::size_t>(d.size());
      job.n_words = words(middle.both);
    }
    jobs_.push_back(job);
  }

  static std::size_t words(std::int64_t n_bits) { return static_cast<std::size_t>((n_bits + 63) / 64); }

  void pack_rows() {
    for (const PairJob<Index>& job : jobs_)
      if (job.starts) job.starts->wanted = job.others->wanted = true;
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
          const std::size_t c = graph_.position(static_cast<std::int64_t>(w));
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
    for (const PairJob<Index>& job : jobs_) work += job.work;
    const int num_threads = work < 2 * kWorkPerTask ? 1 : num_threads_;  // starting threads takes as long
    for (std::size_t j = 0; j < jobs_.size(); ++j) {
      const std::int64_t n = jobs_[j].end - jobs_[j].begin;
      const auto n_tasks = std::clamp<std::int64_t>(static_cast<std::int64_t>(jobs_[j].work / kWorkPerTask), 1, n);
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
      add(job.tetrad, job.base, total, id);
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
