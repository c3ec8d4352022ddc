// What every null model promises to keep; samples that depend on nothing but seed and number; counts of what is drawn.
#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "ensemble.hpp"
#include "fuzz.hpp"
#include "graph/build.hpp"
#include "tools/counts.hpp"
#include "tools/kinded.hpp"
#include "tools/null_tools.hpp"

namespace {

using namespace motifcount;
using fuzz::Bytes;
using fuzz::Input;
using test::ArcList;
using test::Kept;
using test::kept_by;
using test::never;

using Biases = std::vector<std::uint8_t>;

// Nodes that no arc leads to may be biases.
Biases read_biases(std::uint8_t wanted, const test::Digraph& graph) {
  if (wanted >= 128) return {};
  Biases biases(static_cast<std::size_t>(graph.n()), 0);
  for (int v = 0; v < graph.n(); ++v) {
    bool source_only = true;
    for (int u = 0; u < graph.n(); ++u) source_only = source_only && !graph.arc(u, v);
    biases[static_cast<std::size_t>(v)] = source_only && v % 7 < wanted % 8;
  }
  return biases;
}

void require_biases_kept(const ArcList& before, const ArcList& after, const Biases& biases) {
  std::vector<int> balance(biases.size(), 0);
  for (const Arc& arc : before) ++balance[arc.source];
  for (const Arc& arc : after) {
    --balance[arc.source];
    REQUIRE(biases[arc.target] == 0);
  }
  for (std::size_t v = 0; v < biases.size(); ++v) REQUIRE(biases[v] == 0 || balance[v] == 0);
}

std::set<std::uint32_t> sources_of(const ArcList& arcs) {
  std::set<std::uint32_t> nodes;
  for (const Arc& arc : arcs) nodes.insert(arc.source);
  return nodes;
}

std::map<std::pair<std::int32_t, std::int32_t>, std::int64_t> mutual_by_layers(const Kept& kept,
                                                                               const test::Layers& layers) {
  std::map<std::pair<std::int32_t, std::int32_t>, std::int64_t> sums;
  for (const auto& [ends, n] : kept.mutual) sums[{layers.of.empty() ? 0 : layers.of[ends.first], ends.second}] += n;
  return sums;
}

// The kinds of the arcs before and after.
struct KindsOf {
  std::span<const std::uint8_t> before, after;
};

void require_kept(const ArcList& before, const ArcList& after, const NodeGroups& groups, const NullSpec& null,
                  const KindsOf& kinds) {
  const test::Layers layers({groups.layers.begin(), groups.layers.end()}, static_cast<int>(groups.layer_sizes.size()));
  const Kept was = kept_by(before, layers), is = kept_by(after, layers);
  REQUIRE(is.simple);
  REQUIRE(is.edges == was.edges);
  if (null.entry->name == "degree") {
    REQUIRE(is.out == was.out && is.in == was.in);
    if (null.options.keep_mutual) REQUIRE(is.mutual == was.mutual);
    if (null.options.keep_kinds) {
      REQUIRE(kinds.after.size() == after.size());
      const auto kept = [&](const ArcList& arcs, std::span<const std::uint8_t> of_arc) {
        return test::kept_by_kind(test::kinded_arcs(arcs, of_arc), layers, null.options.keep_mutual);
      };
      REQUIRE(kept(after, kinds.after) == kept(before, kinds.before));
      if (null.options.keep_wiring) REQUIRE(test::as_set(after) == test::as_set(before));
    }
  } else if (!groups.layers.empty() && !groups.biases.empty()) {
    require_biases_kept(before, after, {groups.biases.begin(), groups.biases.end()});
  }
  if (null.entry->name == "dyad_count") REQUIRE(mutual_by_layers(is, layers) == mutual_by_layers(was, layers));
  if (null.entry->name == "n_of_m") REQUIRE(is.in == was.in);
  if (null.entry->name == "cover") REQUIRE(sources_of(after) == sources_of(before));
}

template <class Index>
void require_counts_of_draws(const GraphView<Index>& view, const NullSpec& null, std::uint64_t first) {
  constexpr FamilySet families = test::kDyadsAndTriads;
  const SampleRange range{test::kSeed, first, 3};
  const Ensemble one = sample_counts(view, null, families, range, 1, never());
  const Ensemble many = sample_counts(view, null, families, range, 3, never());
  REQUIRE(one.table == many.table && one.stats.accepted == many.stats.accepted);
  for (std::uint64_t k = 0; k < 3; ++k) {
    Csr<Index> csr;
    SortedRows<Index, std::uint32_t>{}.build(test::draw(view, null, first + k), view.n_nodes, csr, never());
    const MotifCounts counts = count_motifs(test::view(csr), {families}, 1, never());
    const Count* row = one.table.data() + k * families.n_classes();
    REQUIRE(std::ranges::equal(counts[Family::kDyad].row(0), std::span(row, kDyads)));
    REQUIRE(std::ranges::equal(counts[Family::kTriad].row(0), std::span(row + kDyads, kTriads)));
  }
  if (!null.entry->has_chain) return;
  const TracePlan plan{test::kSeed, null.options.swaps_per_edge, 2, 1, {first}};
  const Ensemble traced = trace_counts(view, null, families, plan, 1, never());
  REQUIRE(traced.table == trace_counts(view, null, families, plan, 3, never()).table);
  REQUIRE(traced.table.size() == 4 * families.n_classes());
}

bool may_refuse(const NodeGroups& groups, const NullSpec& null) {
  return null.entry->name == "cover" || null.entry->name == "n_of_m" ||
         (null.options.keep_mutual && !groups.layers.empty());
}

template <class Index>
void run(const Input& input, const Biases& biases, const NullSpec& spec, std::uint64_t sample, bool counts) {
  const auto csr = test::to_csr<Index>(input.graph);
  auto view = test::view_of(csr, input.layers);
  view.groups.biases = biases;
  const auto of_arc = test::kinds_by_place(csr.indices.size(), 3);
  view.kinds = {of_arc, 3};
  const ArcList before = test::arcs_of(view);
  std::unique_ptr<NullModel> null;
  try {
    null = test::prepare(view, spec);
  } catch (const InvalidGraph&) {
    REQUIRE(may_refuse(view.groups, spec));
    return;
  } catch (const NotSupported&) {
    REQUIRE(may_refuse(view.groups, spec));
    return;
  }
  const ArcList drawn = test::draw(view, spec, sample);
  const auto drawn_kinds = null->kinds(never());
  const KindsOf kinds{of_arc, drawn_kinds};
  require_kept(before, drawn, view.groups, spec, kinds);
  require_kept(before, test::draw_single(view, spec), view.groups, spec, kinds);
  REQUIRE(drawn == test::draw(view, spec, sample, 3));
  if (spec.entry->has_chain) {
    const auto chain = null->chain(sample % 5, never());
    ArcList arcs;
    for (int k = 0; k < 2; ++k) {
      chain->advance(spec.options.swaps_per_edge, never());
      chain->collect(arcs, never());
      require_kept(before, arcs, view.groups, spec, kinds);
    }
  }
  if (counts) require_counts_of_draws(view, spec, sample);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const auto& entries = null_entries();
  NullSpec spec(entries[bytes.below(static_cast<int>(entries.size()))].name);
  spec.options.swaps_per_edge = bytes.byte() / 16.0;
  const std::uint8_t kind = bytes.byte();
  spec.options.keep_mutual = kind & 1;
  spec.options.keep_kinds = kind & 32;
  spec.options.keep_wiring = (kind & 97) == 96;  // which needs these, and not that
  spec.options.kept = 1;                         // of two: what small graphs have by chance
  spec.options.group_size = 2;
  const std::uint64_t sample = kind & 2 ? bytes.raw<std::uint64_t>() >> 1 : bytes.byte();
  const std::uint8_t wanted_biases = bytes.byte();
  const Input input = fuzz::read_graph(bytes, kind & 4 ? 60 : 10);
  const Biases biases = read_biases(wanted_biases, input.graph);
  if (kind & 8) run<std::int32_t>(input, biases, spec, sample, kind & 16);
  else run<std::int64_t>(input, biases, spec, sample, kind & 16);
  return 0;
}
