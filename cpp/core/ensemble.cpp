#include "ensemble.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <string>

#include "count.hpp"
#include "graph/build.hpp"
#include "motifs/kinds.hpp"
#include "nulls/arcs_by_row.hpp"
#include "support/threads.hpp"

namespace motifcount {
namespace {

// Adjacency of one sample after another. Where nodes without arcs would dominate, only the others get rows.
template <class Index>
class SampleRows {
 public:
  CsrView<Index> build(std::vector<Arc>& arcs, std::int64_t n_nodes, Stop& stop) {
    if (isolated_nodes_dominate(n_nodes, std::ssize(arcs))) n_nodes = renumber(arcs);
    rows_.build(arcs, n_nodes, out_, stop);
    return out_.view();
  }

 private:
  std::int64_t renumber(std::vector<Arc>& arcs) {
    nodes_.clear();
    for (const Arc& arc : arcs) nodes_.insert(nodes_.end(), {arc.source, arc.target});
    std::ranges::sort(nodes_);
    nodes_.erase(std::unique(nodes_.begin(), nodes_.end()), nodes_.end());
    const auto row = [&](std::uint32_t v) {
      return static_cast<std::uint32_t>(std::ranges::lower_bound(nodes_, v) - nodes_.begin());
    };
    for (Arc& arc : arcs) arc = {row(arc.source), row(arc.target)};
    return static_cast<std::int64_t>(nodes_.size());
  }

  SortedRows<Index, std::uint32_t> rows_;
  std::vector<std::uint32_t> nodes_;
  Csr<Index> out_;
};

// The kinds of the arcs that null models draw, if these are to be counted by them.
std::vector<std::uint8_t> kinds_of(const NullModel& null, const NullSpec& spec, const SampleClasses& classes,
                                   Stop& stop) {
  if (classes.n_kinds == 0) return {};
  std::vector<std::uint8_t> kinds = null.kinds(stop);
  if (kinds.empty())
    throw NotSupported("the arcs that null=\"" + std::string(spec.entry->name) + "\" draws have no kinds");
  return kinds;
}

// Counts one random graph after another, with memory that it keeps.
template <class Index>
class SampleCounter {
 public:
  // `kinds` are those of the arcs in the order in which they are drawn.
  SampleCounter(const GraphView<Index>& graph, const NullModel& null, const SampleClasses& classes,
                std::span<const std::uint8_t> kinds)
      : graph_(graph), n_nodes_(null.n_nodes()), n_kinds_(classes.n_kinds), kinds_(kinds), options_{classes.families} {}

  // The arcs of the next graph. They are numbered anew while it is counted.
  std::vector<Arc>& arcs() { return arcs_; }

  void count(Count* row, Stop& stop) {
    GraphView<Index> sample{rows_.build(arcs_, n_nodes_, stop), graph_.n_nodes, graph_.groups};
    if (n_kinds_ == 0) {
      const MotifCounts counts = counter_.count(sample, options_, 1, stop);
      options_.families.for_each([&](Family family) { row = std::ranges::copy(counts[family].row(0), row).out; });
    } else {
      order_by_row(sample.out, arcs_, kinds_, by_row_, stop);
      sample.kinds = {by_row_, n_kinds_};
      const KindedCensus counts = count_motifs_by_kind(sample, options_.families, true, 1, stop);
      for (const auto* const some : {&counts.dyads, &counts.triads}) row = std::ranges::copy(*some, row).out;
    }
  }

 private:
  const GraphView<Index>& graph_;
  std::int64_t n_nodes_;
  std::size_t n_kinds_;
  std::span<const std::uint8_t> kinds_;
  CountOptions options_;
  std::vector<Arc> arcs_;
  std::vector<std::uint8_t> by_row_;
  SampleRows<Index> rows_;
  MotifCounter<Index> counter_;
};

}  // namespace

SampleClasses::SampleClasses(FamilySet of, std::size_t kinds) : families(of), n_kinds(kinds) {
  families.for_each(
      [&](Family family) { n += n_kinds == 0 ? n_classes(family) : kinded_family(family, n_kinds).classes().size(); });
}

template <class Index>
Ensemble sample_counts(const GraphView<Index>& graph, const NullSpec& spec, const SampleClasses& classes,
                       const SampleRange& samples, int num_threads, Stop& stop) {
  Steps steps(stop, samples.n);
  const std::unique_ptr<NullModel> null = prepare_null(graph, spec, samples.seed, num_threads, stop);
  null->prepare_drawers(num_threads, stop);
  struct Worker {
    std::unique_ptr<Drawer> drawer;
    SampleCounter<Index> counter;
    SwapStats stats{};
  };
  std::vector<Worker> workers;
  const std::vector<std::uint8_t> kinds = kinds_of(*null, spec, classes, stop);
  for (int id = 0; id < std::max(num_threads, 1); ++id) workers.push_back({nullptr, {graph, *null, classes, kinds}});
  Ensemble result(samples.n, classes.n);
  parallel_for(samples.n, num_threads, stop, [&](std::int64_t s, int id) {
    Worker& worker = workers[static_cast<std::size_t>(id)];
    if (!worker.drawer) worker.drawer = null->drawer();
    worker.stats += worker.drawer->draw(samples.first + static_cast<std::uint64_t>(s), worker.counter.arcs(), stop);
    worker.counter.count(result.row(s), stop);
    steps.add();
  });
  for (const Worker& worker : workers) result.stats += worker.stats;
  return result;
}

template <class Index>
NodeEnsemble sample_node_counts(const GraphView<Index>& graph, const NullSpec& spec, FamilySet families, bool by_role,
                                const SampleRange& samples, int num_threads, Stop& stop) {
  Steps steps(stop, samples.n);
  const std::unique_ptr<NullModel> null = prepare_null(graph, spec, samples.seed, num_threads, stop);
  null->prepare_drawers(num_threads, stop);
  struct Worker {
    std::unique_ptr<Drawer> drawer;
    std::vector<Arc> arcs;
    SortedRows<Index, std::uint32_t> rows;
    Csr<Index> out;
  };
  std::vector<Worker> workers(static_cast<std::size_t>(std::max(num_threads, 1)));
  NodeEnsemble result{null->n_nodes() + 1, {}};
  families.for_each([&](Family family) {
    const std::size_t n_columns = by_role ? n_roles(family) : n_classes(family);
    result.tables.emplace_back(static_cast<std::size_t>(samples.n * result.n_rows) * n_columns);
  });
  parallel_for(samples.n, num_threads, stop, [&](std::int64_t s, int id) {
    Worker& worker = workers[static_cast<std::size_t>(id)];
    if (!worker.drawer) worker.drawer = null->drawer();
    worker.drawer->draw(samples.first + static_cast<std::uint64_t>(s), worker.arcs, stop);
    worker.rows.build(worker.arcs, null->n_nodes(), worker.out, stop);
    const GraphView<Index> sample{worker.out.view(), graph.n_nodes, graph.groups};
    const auto keep = [&](auto counts) {
      auto table = result.tables.begin();
      counts.for_each(families, [&](Family, const auto& rows) {
        const std::size_t n_numbers = table->size() / static_cast<std::size_t>(samples.n);
        auto to = table++->begin() + s * static_cast<std::int64_t>(n_numbers);
        for (const auto& row : rows) to = std::ranges::copy(row, to).out;
      });
    };
    if (by_role) keep(count_motifs_by_role(sample, families, true, 1, stop));
    else keep(count_motifs_by_node(sample, families, true, 1, stop));
    steps.add();
  });
  return result;
}

template <class Index>
Ensemble trace_counts(const GraphView<Index>& graph, const NullSpec& spec, const SampleClasses& classes,
                      const TracePlan& plan, int num_threads, Stop& stop) {
  if (!spec.entry->has_chain)
    throw NotSupported("null=\"" + std::string(spec.entry->name) + "\" draws its samples directly: it has no chain");
  const std::int64_t n_chains = plan.chains + std::ssize(plan.samples);
  Steps steps(stop, n_chains * plan.records);
  const std::unique_ptr<NullModel> null = prepare_null(graph, spec, plan.seed, num_threads, stop);
  if (!plan.samples.empty()) null->prepare_drawers(num_threads, stop);
  const std::vector<std::uint8_t> kinds = kinds_of(*null, spec, classes, stop);
  Ensemble result(n_chains * plan.records, classes.n);
  std::vector<std::vector<BlockStats>> stats(static_cast<std::size_t>(n_chains));
  parallel_for(n_chains, num_threads, stop, [&](std::int64_t c, int) {
    SampleCounter<Index> counter(graph, *null, classes, kinds);
    const std::unique_ptr<Chain> chain =
        c < plan.chains ? null->chain(plan.first_chain + static_cast<std::uint64_t>(c), stop)
                        : null->chain_of_sample(plan.samples[static_cast<std::size_t>(c - plan.chains)], stop);
    for (std::int64_t k = 0; k < plan.records; ++k) {
      chain->advance(plan.stride, stop);
      chain->collect(counter.arcs(), stop);
      counter.count(result.row(c * plan.records + k), stop);
      steps.add();
    }
    stats[static_cast<std::size_t>(c)] = chain->stats();
  });
  result.by_block = stats.empty() ? std::vector<BlockStats>{} : std::move(stats.front());
  for (std::size_t c = 1; c < stats.size(); ++c)
    for (std::size_t b = 0; b < stats[c].size(); ++b) result.by_block[b].swaps += stats[c][b].swaps;
  for (const BlockStats& block : result.by_block) result.stats += block.swaps;
  return result;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                                                 \
  template NodeEnsemble sample_node_counts(const GraphView<Index>&, const NullSpec&, FamilySet, bool,                 \
                                           const SampleRange&, int, Stop&);                                           \
  template Ensemble sample_counts(const GraphView<Index>&, const NullSpec&, const SampleClasses&, const SampleRange&, \
                                  int, Stop&);                                                                        \
  template Ensemble trace_counts(const GraphView<Index>&, const NullSpec&, const SampleClasses&, const TracePlan&,    \
                                 int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
