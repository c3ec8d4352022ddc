#include "counts.hpp"

#include <algorithm>
#include <string>

#include "graph/build.hpp"
#include "graph/levels.hpp"

namespace motifcount {
namespace {

// Of dyads and triads, of the whole graph or of its nodes.
template <class Counts>
void to_subgraph_counts(Counts& counts, Stop& stop) {
  PacedStop pace(stop);
  for (auto& d : counts.dyads) {
    pace(1);
    d[kNull] += d[kMutual] + d[kAsymmetric];
    d[kAsymmetric] += 2 * d[kMutual];
  }
  for (auto& triads : counts.triads) {
    pace(kTriads * kTriads);
    const auto induced = triads;
    for (std::size_t k = 0; k < kTriads; ++k) {
      triads[k] = 0;
      for (std::size_t j = 0; j < kTriads; ++j) triads[k] += kTriadTables.contained[k][j] * induced[j];
    }
  }
}

void to_subgraph_counts(MotifCounts& counts, Stop& stop) {
  to_subgraph_counts<MotifCounts>(counts, stop);
  for (LayeredTetradCounts& tetrads : counts.tetrads) {
    const LayeredTetradCounts induced = tetrads;
    for (std::size_t k = 0; k < kLayeredTetrads; ++k) {
      tetrads[k] = 0;
      for (std::size_t j = 0; j < kLayeredTetrads; ++j)
        tetrads[k] += kLayeredTetradsContained[k][j] * induced[j];
    }
  }
}

template <class Index>
bool has_strict_layers(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  const bool layered = !graph.groups.layers.empty() || graph.out.n_rows() == 0;
  return layered && is_strict(graph.out, graph.groups.layers, num_threads, stop);
}

// Adjacency of one sample after another. Where nodes without arcs would dominate, only the others get rows.
template <class Index>
class SampleRows {
 public:
  CsrView<Index> build(std::vector<Arc>& arcs, std::int64_t n_nodes, Stop& stop) {
    if (n_nodes > 8 * static_cast<std::int64_t>(arcs.size()) + (1 << 16)) n_nodes = renumber(arcs);
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

void write_row(const MotifCounts& counts, const Sizes& sizes, Count* row) {
  if (sizes.dyads) row = std::ranges::copy(counts.dyads[0], row).out;
  if (sizes.triads) row = std::ranges::copy(counts.triads[0], row).out;
  if (sizes.tetrads) std::ranges::copy(counts.tetrads[0], row);
}

// Counts one graph after another, of those that a null model draws, with memory that it keeps.
template <class Index>
class SampleCounter {
 public:
  SampleCounter(const GraphView<Index>& graph, const NullModel& null, const Sizes& sizes)
      : graph_(graph), n_nodes_(null.n_nodes()), sizes_(sizes) {}

  // The arcs of the next graph. They are numbered anew while it is counted.
  std::vector<Arc>& arcs() { return arcs_; }

  void count(Count* row, Stop& stop) {
    const GraphView<Index> sample{rows_.build(arcs_, n_nodes_, stop), graph_.n_nodes, graph_.groups};
    write_row(count_motifs(sample, sizes_, true, false, 1, stop), sizes_, row);
    stop.add_done(1);
  }

 private:
  const GraphView<Index>& graph_;
  std::int64_t n_nodes_;
  Sizes sizes_;
  std::vector<Arc> arcs_;
  SampleRows<Index> rows_;
};

}  // namespace

template <class Index>
MotifCounts count_motifs(const GraphView<Index>& graph, const Sizes& sizes, bool induced, bool by_block,
                         int num_threads, Stop& stop) {
  const bool own_layers_strict = has_strict_layers(graph, num_threads, stop);
  by_block = by_block && !graph.groups.layer_sizes.empty();
  Levels<Index> found;
  if (own_layers_strict) found.shape = Shape::kStrict;
  else found = find_levels(graph.out, stop);

  MotifCounts counts;
  if (sizes.dyads || sizes.triads) {
    // The strict short cut reads block names off the layers, so by block these must be the strict ones.
    const Shape shape =
        found.shape == Shape::kStrict && by_block && !own_layers_strict ? Shape::kBipartite : found.shape;
    Census all = census(graph, shape, sizes.triads, by_block, num_threads, stop);
    if (sizes.dyads) counts.dyads = std::move(all.dyads);
    counts.triads = std::move(all.triads);
  }
  if (sizes.tetrads) {
    if (found.shape != Shape::kStrict)
      throw NotSupported(
          "size 4 is counted on strictly layered graphs so far (every arc leads from one layer to the next), and "
          "this graph is not one");
    if (by_block && !own_layers_strict)
      throw NotSupported(
          "by_block at size 4 needs layers that every arc climbs by exactly one; the layers of this graph are not so");
    const auto levels = own_layers_strict ? graph.groups.layers : std::span<const std::int32_t>(found.level);
    const std::int64_t n_levels = levels.empty() ? 1 : std::int64_t{std::ranges::max(levels)} + 1;
    counts.tetrads = layered_tetrads(graph.out, levels, n_levels, by_block, num_threads, stop);
  }
  if (!induced) to_subgraph_counts(counts, stop);
  return counts;
}

template <class Index>
NodeCensus count_motifs_by_node(const GraphView<Index>& graph, const Sizes& sizes, bool induced, int num_threads,
                                Stop& stop) {
  if (sizes.tetrads) throw NotSupported("by_node counts sizes 2 and 3 so far, not size 4");
  Shape shape = Shape::kBipartite;
  if (has_strict_layers(graph, num_threads, stop)) shape = Shape::kStrict;
  else if (sizes.triads) shape = find_levels(graph.out, stop).shape;
  NodeCensus census = node_census(graph, shape, sizes.triads, num_threads, stop);
  if (!induced) to_subgraph_counts(census, stop);
  if (!sizes.dyads) census.dyads.clear();
  return census;
}

template <class Index>
Ensemble sample_counts(const GraphView<Index>& graph, const NullSpec& spec, const Sizes& sizes,
                       const SampleRange& range, int num_threads, Stop& stop) {
  const std::unique_ptr<NullModel> null = prepare_null(graph, spec, range.seed, num_threads, stop);
  struct Worker {
    std::unique_ptr<Drawer> drawer;
    SampleCounter<Index> counter;
    SwapStats stats{};
  };
  std::vector<Worker> workers;
  for (int id = 0; id < std::max(num_threads, 1); ++id) workers.push_back({nullptr, {graph, *null, sizes}});
  Ensemble result(range.n_samples, sizes);
  parallel_for(range.n_samples, num_threads, stop, [&](std::int64_t s, int id) {
    Worker& worker = workers[static_cast<std::size_t>(id)];
    if (!worker.drawer) worker.drawer = null->drawer();
    worker.stats += worker.drawer->draw(range.first + static_cast<std::uint64_t>(s), worker.counter.arcs(), stop);
    worker.counter.count(result.row(s), stop);
  });
  for (const Worker& worker : workers) result.stats += worker.stats;
  return result;
}

template <class Index>
Ensemble trace_counts(const GraphView<Index>& graph, const NullSpec& spec, const Sizes& sizes, const TracePlan& plan,
                      int num_threads, Stop& stop) {
  if (!spec.entry->has_chain)
    throw NotSupported("null=\"" + std::string(spec.entry->name) + "\" draws its samples directly: it has no chain");
  const std::unique_ptr<NullModel> null = prepare_null(graph, spec, plan.seed, num_threads, stop);
  Ensemble result(plan.n_chains * plan.n_records, sizes);
  std::vector<SwapStats> stats(static_cast<std::size_t>(plan.n_chains));
  parallel_for(plan.n_chains, num_threads, stop, [&](std::int64_t c, int) {
    SampleCounter<Index> counter(graph, *null, sizes);
    const std::unique_ptr<Chain> chain = null->chain(static_cast<std::uint64_t>(c), stop);
    SwapStats& total = stats[static_cast<std::size_t>(c)];
    for (std::int64_t k = 0; k < plan.n_skipped; ++k) total += chain->advance(stop);
    for (std::int64_t k = 0; k < plan.n_records; ++k) {
      total += chain->advance(stop);
      chain->collect(counter.arcs(), stop);
      counter.count(result.row(c * plan.n_records + k), stop);
    }
  });
  for (const SwapStats& chain : stats) result.stats += chain;
  return result;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                                              \
  template MotifCounts count_motifs(const GraphView<Index>&, const Sizes&, bool, bool, int, Stop&);                \
  template NodeCensus count_motifs_by_node(const GraphView<Index>&, const Sizes&, bool, int, Stop&);               \
  template Ensemble sample_counts(const GraphView<Index>&, const NullSpec&, const Sizes&, const SampleRange&, int, \
                                  Stop&);                                                                          \
  template Ensemble trace_counts(const GraphView<Index>&, const NullSpec&, const Sizes&, const TracePlan&, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)

}  // namespace motifcount
