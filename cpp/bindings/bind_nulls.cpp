// Null models by name: random graphs, and the counts of many of them.
#include "bindings.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <variant>

#include "arrays.hpp"
#include "digraph.hpp"
#include "ensemble.hpp"
#include "families.hpp"
#include "interruption.hpp"
#include "motifs/families.hpp"
#include "motifs/roles.hpp"
#include "nulls/one_state.hpp"
#include "nulls/registry.hpp"
#include "weighted_ensemble.hpp"

namespace motifcount::bindings {
namespace {

NullSpec null_spec(const std::string& name, const py::kwargs& given) {
  NullSpec spec(name);
  for (const auto& item : given) {
    const auto key = item.first.cast<std::string>();
    const auto option = std::ranges::find(spec.entry->options, key, &NullOption::name);
    if (option == spec.entry->options.end()) throw py::type_error("null=\"" + name + "\" takes no option " + key);
    const py::handle value = item.second;
    std::visit([&]<class T>(T NullOptions::* field) { spec.options.*field = value.cast<T>(); }, option->field);
  }
  return spec;
}

py::tuple describe_nulls() {
  const auto text = [](std::string_view view) { return py::str(view.data(), view.size()); };
  py::list nulls;
  for (const NullEntry& entry : null_entries()) {
    py::list options;
    for (const NullOption& option : entry.options) options.append(text(option.name));
    py::dict null;
    null["name"] = text(entry.name);
    null["has_chain"] = entry.has_chain;
    null["options"] = py::tuple(options);
    nulls.append(null);
  }
  return py::tuple(nulls);
}

// Sources or targets, in as few bytes as the numbers of the nodes take.
py::object ends_of(const std::vector<Arc>& arcs, std::uint32_t Arc::* end, std::int64_t n_nodes) {
  const auto numbers = [&]<class Index>(std::vector<Index> ends) -> py::object {
    std::ranges::transform(arcs, ends.begin(), [end](const Arc& arc) { return static_cast<Index>(arc.*end); });
    return to_numpy(std::move(ends));
  };
  if (n_nodes > std::numeric_limits<std::int32_t>::max()) return numbers(std::vector<std::int64_t>(arcs.size()));
  return numbers(std::vector<std::int32_t>(arcs.size()));
}

// Weights are in the order of the rows that the arcs make, all else in that in which arcs are drawn.
py::tuple randomize(const Digraph& graph, const NullSpec& null, std::uint64_t seed,
                    const std::optional<Array<double>>& weights, int num_threads, const py::object& progress) {
  std::vector<Arc> arcs;
  std::vector<std::uint8_t> kinds;
  std::vector<double> carried;
  const SwapStats stats = graph.visit([&](const auto& view) {
    return without_gil(progress, [&](Stop& stop) {
      const auto prepared = prepare_null(view, null, seed, num_threads, stop);
      kinds = prepared->kinds(stop);
      const SwapStats swaps = prepared->single(arcs, num_threads, stop);
      if (weights) carried = weights_of_sample(view, span_of(*weights), null, seed, kSingle, arcs, kinds, stop);
      return swaps;
    });
  });
  const std::int64_t n_nodes = graph.visit([](const auto& view) { return view.n_nodes; });
  return py::make_tuple(ends_of(arcs, &Arc::source, n_nodes), ends_of(arcs, &Arc::target, n_nodes),
                        to_numpy(std::move(kinds)), to_numpy(std::move(carried)), stats.attempts, stats.accepted);
}

using Range = std::tuple<std::uint64_t, std::uint64_t, std::int64_t>;  // a SampleRange
// A TracePlan.
using Plan = std::tuple<std::uint64_t, double, std::int64_t, std::int64_t, std::vector<std::uint64_t>, std::uint64_t>;
using Names = std::vector<std::string>;

SampleClasses classes_of(const Digraph& graph, const Names& names, bool by_kind) {
  const std::size_t n_kinds = graph.visit([](const auto& view) { return view.kinds.n_kinds; });
  if (by_kind && n_kinds == 0) throw NotSupported("the edges of this graph have no kinds");
  return {family_set(names), by_kind ? n_kinds : 0};
}

SampleRange samples_of(const Range& range) { return {std::get<0>(range), std::get<1>(range), std::get<2>(range)}; }

py::tuple bind_sample_counts(const Digraph& graph, const NullSpec& null, const Names& names, bool by_kind,
                             const Range& range, int num_threads, const py::object& progress) {
  const SampleClasses classes = classes_of(graph, names, by_kind);
  const SampleRange samples = samples_of(range);
  const Ensemble ensemble = graph.visit([&](const auto& view) {
    return without_gil(progress,
                       [&](Stop& stop) { return sample_counts(view, null, classes, samples, num_threads, stop); });
  });
  const auto n_classes = static_cast<py::ssize_t>(ensemble.n_classes);
  return py::make_tuple(counts_to_numpy(ensemble.table, {samples.n, n_classes}), ensemble.stats.attempts,
                        ensemble.stats.accepted);
}

// By family, an array of shape (samples, rows, classes or roles); the last row is that of a node without arcs.
py::tuple bind_sample_node_counts(const Digraph& graph, const NullSpec& null, const Names& names, bool by_role,
                                  const Range& range, int num_threads, const py::object& progress) {
  const FamilySet families = family_set(names);
  const SampleRange samples = samples_of(range);
  NodeEnsemble ensemble = graph.visit([&](const auto& view) {
    return without_gil(progress, [&](Stop& stop) {
      return sample_node_counts(view, null, families, by_role, samples, num_threads, stop);
    });
  });
  py::list tables;
  auto table = ensemble.tables.begin();
  families.for_each([&](Family family) {
    const auto n_columns = static_cast<py::ssize_t>(by_role ? n_roles(family) : n_classes(family));
    tables.append(owning_array<std::int64_t>(std::move(*table++), {samples.n, ensemble.n_rows, n_columns}));
  });
  return py::tuple(tables);
}

// Of shape (samples, measures, triads).
py::array_t<double> bind_sample_intensities(const Digraph& graph, const Array<double>& weights, const NullSpec& null,
                                            const Range& range, int num_threads, const py::object& progress) {
  const SampleRange samples = samples_of(range);
  std::vector<TriadSums> found = graph.visit([&](const auto& view) {
    return without_gil(progress, [&](Stop& stop) {
      return sample_intensities(view, span_of(weights), null, samples, num_threads, stop);
    });
  });
  return owning_array<double>(std::move(found),
                              {samples.n, static_cast<py::ssize_t>(kMeasures), static_cast<py::ssize_t>(kTriads)});
}

py::tuple bind_trace_counts(const Digraph& graph, const NullSpec& null, const Names& names, bool by_kind,
                            const Plan& given, int num_threads, const py::object& progress) {
  const SampleClasses classes = classes_of(graph, names, by_kind);
  const auto plan = std::apply([](const auto&... part) { return TracePlan{part...}; }, given);
  const Ensemble ensemble = graph.visit([&](const auto& view) {
    return without_gil(progress,
                       [&](Stop& stop) { return trace_counts(view, null, classes, plan, num_threads, stop); });
  });
  py::list blocks;
  for (const BlockStats& block : ensemble.by_block)
    blocks.append(py::make_tuple(block.source_layer, block.target_layer, block.swaps.attempts, block.swaps.accepted));
  const auto n_chains = plan.chains + std::ssize(plan.samples);
  const auto n_classes = static_cast<py::ssize_t>(ensemble.n_classes);
  return py::make_tuple(counts_to_numpy(ensemble.table, {n_chains, plan.records, n_classes}), py::tuple(blocks));
}

py::tuple blocks_with_choice(const Digraph& graph, bool keep_mutual) {
  const std::vector<Block> blocks = graph.visit([&](const auto& view) {
    return without_gil([&](Stop& stop) {
      std::vector<Block> found = linked_blocks(view, stop);
      if (keep_mutual) join_facing(found, stop);
      std::erase_if(found, [&](const Block& block) {
        return has_one_state(block) || (keep_mutual && (block.within_layer() || block.both_directions()));
      });
      return found;
    });
  });
  py::list pairs;
  for (const Block& block : blocks) pairs.append(py::make_tuple(block.source_layer, block.target_layer));
  return py::tuple(pairs);
}

}  // namespace

void bind_nulls(py::module_& m) {
  py::class_<NullSpec>(m, "NullSpec", plain_class(), "A null model and its options.")
      .def(py::init(&null_spec), py::arg("name"));
  m.attr("NULLS") = describe_nulls();
  m.def("randomize", &randomize, py::arg("graph"), py::arg("null"), py::arg("seed"), py::arg("weights").noconvert(),
        py::arg("num_threads"), py::arg("progress"));
  m.def("sample_intensities", &bind_sample_intensities, py::arg("graph"), py::arg("weights").noconvert(),
        py::arg("null"), py::arg("samples"), py::arg("num_threads"), py::arg("progress"));
  m.def("sample_counts", &bind_sample_counts, py::arg("graph"), py::arg("null"), py::arg("families"),
        py::arg("by_kind"), py::arg("samples"), py::arg("num_threads"), py::arg("progress"));
  m.def("sample_node_counts", &bind_sample_node_counts, py::arg("graph"), py::arg("null"), py::arg("families"),
        py::arg("by_role"), py::arg("samples"), py::arg("num_threads"), py::arg("progress"));
  m.def("trace_counts", &bind_trace_counts, py::arg("graph"), py::arg("null"), py::arg("families"), py::arg("by_kind"),
        py::arg("plan"), py::arg("num_threads"), py::arg("progress"));
  m.def("blocks_with_choice", &blocks_with_choice, py::arg("graph"), py::arg("keep_mutual") = false);
}

}  // namespace motifcount::bindings
