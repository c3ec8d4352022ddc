#include "count.hpp"

#include <algorithm>
#include <type_traits>

#include "census/triads.hpp"
#include "graph/levels.hpp"
#include "tetrads/layered.hpp"

namespace motifcount {
namespace {

template <class Rows>
void to_subgraph_counts(Family family, Rows& rows, Stop& stop) {
  struct Term {
    std::size_t of, in;  // of a motif of class `in`
    int subsets;         // so many form class `of`
  };
  const std::size_t n = n_classes(family);
  std::vector<Term> terms;
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t j = 0; j < n; ++j)
      if (const int subsets = data_of(family).contained[k * n + j]; subsets != 0) terms.push_back({k, j, subsets});
  PacedStop pace(stop);
  for (auto& row : rows) {
    pace(std::ssize(terms));
    const auto induced = row;
    row.fill(0);
    for (const auto& [of, in, subsets] : terms) row[of] += subsets * induced[in];
  }
}

template <std::size_t N>
CountTable table_of(Family family, std::vector<std::array<Count, N>>& rows, bool induced, Stop& stop) {
  if (!induced) to_subgraph_counts(family, rows, stop);
  CountTable table{N};
  table.counts.reserve(N * rows.size());
  for (const auto& row : rows) table.counts.insert(table.counts.end(), row.begin(), row.end());
  return table;
}

// For a census of dyads and triads.
template <class Index>
int census_threads(const GraphView<Index>& graph, int num_threads) {
  return threads_for(graph.out.n_rows() + graph.out.n_edges(), num_threads);
}

template <class Index>
bool has_strict_layers(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  const bool layered = !graph.groups.layers.empty() || graph.out.n_rows() == 0;
  return layered && is_strict(graph.out, graph.groups.layers, num_threads, stop);
}

// As far as a census by node wants to know.
template <class Index>
Shape shape_of(const GraphView<Index>& graph, bool want_triads, int num_threads, Stop& stop) {
  if (has_strict_layers(graph, num_threads, stop)) return Shape::kStrict;
  return want_triads ? find_levels(graph.out, stop).shape : Shape::kBipartite;
}

template <class Index>
std::vector<LayeredTetradCounts> count_layered_tetrads(const GraphView<Index>& graph, const Levels<Index>& found,
                                                       bool own_layers_strict, bool by_block, int num_threads,
                                                       Stop& stop) {
  if (found.shape != Shape::kStrict)
    throw NotSupported(
        "the layered tetrads are those of strictly layered graphs (every edge leads from one layer to the next), and "
        "this graph is not one");
  if (by_block && !own_layers_strict)
    throw NotSupported(
        "by_block at size 4 needs layers that every edge climbs by exactly one; the layers of this graph are not so");
  const auto levels = own_layers_strict ? graph.groups.layers : std::span<const std::int32_t>(found.level);
  const std::int64_t n_levels = levels.empty() ? 1 : std::int64_t{std::ranges::max(levels)} + 1;
  return layered_tetrads(graph.out, levels, n_levels, by_block, num_threads, stop);
}

LargeArray<LayeredNodeTetrads> layered_of(const LargeArray<NodeTetrads>& tetrads) {
  LargeArray<LayeredNodeTetrads> layered(tetrads.size());
  for (std::size_t k = 0; k < kLayeredTetrads; ++k) {
    const std::size_t column = kTetradOfCode[kLayeredTetradClasses[k].code];
    for (std::size_t v = 0; v < tetrads.size(); ++v) layered[v][k] = tetrads[v][column];
  }
  return layered;
}

LargeArray<LayeredNodeTetradRoles> layered_of(const LargeArray<NodeTetradRoles>& tetrads) {
  const RolesOfFamily &layered_roles = roles_of(Family::kLayeredTetrad), &roles = roles_of(Family::kTetrad);
  LargeArray<LayeredNodeTetradRoles> layered(tetrads.size());
  for (std::size_t k = 0; k < n_roles(Family::kLayeredTetrad); ++k) {
    const std::size_t column = roles.of(layered_roles.code_of(k), layered_roles.node_of(k));
    for (std::size_t v = 0; v < tetrads.size(); ++v) layered[v][k] = tetrads[v][column];
  }
  return layered;
}

template <class Rows>
void roles_to_subgraph_counts(Family family, Rows& rows, Stop& stop) {
  const auto terms = roles_of(family).by_arcs();
  PacedStop pace(stop);
  for (auto& row : rows) {
    pace(std::ssize(terms));
    const auto induced = row;
    row.fill(0);
    for (const ContainedRole& c : terms) row[c.smaller] += c.times * induced[c.larger];
  }
}

// Counts: NodeCounts or RoleCounts.
template <class Counts, class Index>
Counts count_at_nodes(const GraphView<Index>& graph, FamilySet families, bool induced, int num_threads, Stop& stop) {
  constexpr bool kByRole = std::is_same_v<Counts, RoleCounts>;
  Counts counts;
  const bool triads = families.has(Family::kTriad), layered = families.has(Family::kLayeredTetrad);
  if (triads || families.has(Family::kDyad)) {
    const int n_threads = census_threads(graph, num_threads);
    const Shape shape = shape_of(graph, triads, n_threads, stop);
    if constexpr (kByRole) counts.small = role_census(graph, shape, triads, n_threads, stop);
    else counts.small = node_census(graph, shape, triads, n_threads, stop);
    if (!families.has(Family::kDyad)) counts.small.dyads.clear();
  }
  if (layered || families.has(Family::kTetrad)) {
    if constexpr (kByRole) counts.tetrads = tetrads_by_role(graph, num_threads, stop);
    else counts.tetrads = tetrads_by_node(graph, num_threads, stop);
  }
  if (layered) counts.layered_tetrads = layered_of(counts.tetrads);
  if (!families.has(Family::kTetrad)) counts.tetrads = {};
  if (!induced)
    counts.for_each(families, [&](Family family, auto& rows) {
      if constexpr (kByRole) roles_to_subgraph_counts(family, rows, stop);
      else to_subgraph_counts(family, rows, stop);
    });
  return counts;
}

}  // namespace

template <class Index>
MotifCounts MotifCounter<Index>::count(const GraphView<Index>& graph, const CountOptions& options, int num_threads,
                                       Stop& stop) {
  const FamilySet& families = options.families;
  const bool by_block = options.by_block && !graph.groups.layer_sizes.empty();
  const bool own_layers_strict = has_strict_layers(graph, num_threads, stop);
  Levels<Index> found;
  if (own_layers_strict) found.shape = Shape::kStrict;
  else found = find_levels(graph.out, stop);

  MotifCounts counts;
  const auto keep = [&](Family family, auto& rows) { counts[family] = table_of(family, rows, options.induced, stop); };
  if (families.has(Family::kDyad) || families.has(Family::kTriad)) {
    // The strict short cut reads block names off the layers, so by block these must be the strict ones.
    const Shape shape =
        found.shape == Shape::kStrict && by_block && !own_layers_strict ? Shape::kBipartite : found.shape;
    Census all = census(graph, shape, families.has(Family::kTriad), by_block, census_threads(graph, num_threads), stop);
    if (families.has(Family::kDyad)) keep(Family::kDyad, all.dyads);
    keep(Family::kTriad, all.triads);
  }
  if (families.has(Family::kLayeredTetrad)) {
    auto rows = count_layered_tetrads(graph, found, own_layers_strict, by_block, num_threads, stop);
    keep(Family::kLayeredTetrad, rows);
  }
  if (families.has(Family::kTetrad)) {
    if (by_block)
      throw NotSupported(
          "by_block counts tetrads only where every edge leads from one layer to the next; leave out by_block, or size "
          "4");
    if (!tetrads_) tetrads_ = std::make_unique<TetradCensus<Index>>();
    std::vector<GeneralTetradCounts> rows{tetrads_->count(graph, num_threads, stop)};
    keep(Family::kTetrad, rows);
  }
  return counts;
}

MotifCounts counts_of_sums(const CensusSums& sums, std::int64_t n_nodes, std::int64_t n_arcs,
                           const CountOptions& options, Stop& stop) {
  const FamilySet& families = options.families;
  if (options.by_block || families.has(Family::kLayeredTetrad))
    throw NotSupported("shards have no sums by block, and none of the tetrads of strictly layered graphs");
  MotifCounts counts;
  const auto keep = [&](Family family, auto rows) {
    if (families.has(family)) counts[family] = table_of(family, rows, options.induced, stop);
  };
  const Census small = census_of(sums.triads, n_nodes);
  keep(Family::kDyad, small.dyads);
  keep(Family::kTriad, small.triads);
  AllTetrads tetrads = open_counts(sums.tetrads, static_cast<Wide>(n_nodes), static_cast<Wide>(n_arcs));
  make_induced(tetrads);
  keep(Family::kTetrad, std::vector{connected(tetrads)});
  return counts;
}

template <class Index>
NodeCounts count_motifs_by_node(const GraphView<Index>& graph, FamilySet families, bool induced, int num_threads,
                                Stop& stop) {
  return count_at_nodes<NodeCounts>(graph, families, induced, num_threads, stop);
}

template <class Index>
RoleCounts count_motifs_by_role(const GraphView<Index>& graph, FamilySet families, bool induced, int num_threads,
                                Stop& stop) {
  return count_at_nodes<RoleCounts>(graph, families, induced, num_threads, stop);
}

template <class Index>
KindedCensus count_motifs_by_kind(const GraphView<Index>& graph, FamilySet families, bool induced, int num_threads,
                                  Stop& stop) {
  if (graph.kinds.n_kinds == 0) throw NotSupported("the edges of this graph have no kinds");
  if (families.has(Family::kTetrad) || families.has(Family::kLayeredTetrad))
    throw NotSupported("by_kind counts dyads and triads; leave out size 4");
  const bool triads = families.has(Family::kTriad);
  Shape shape = Shape::kStrict;
  if (!has_strict_layers(graph, num_threads, stop)) shape = find_levels(graph.out, stop).shape;
  KindedCensus counts = census_by_kind(graph, shape, triads, census_threads(graph, num_threads), stop);
  if (!families.has(Family::kDyad)) counts.dyads.clear();
  if (!induced) {
    to_subgraph_counts(kinded_family(Family::kDyad, graph.kinds.n_kinds), counts.dyads);
    to_subgraph_counts(kinded_family(Family::kTriad, graph.kinds.n_kinds), counts.triads);
  }
  return counts;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                               \
  template class MotifCounter<Index>;                                                               \
  template KindedCensus count_motifs_by_kind(const GraphView<Index>&, FamilySet, bool, int, Stop&); \
  template NodeCounts count_motifs_by_node(const GraphView<Index>&, FamilySet, bool, int, Stop&);   \
  template RoleCounts count_motifs_by_role(const GraphView<Index>&, FamilySet, bool, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
