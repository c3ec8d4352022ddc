// Counting the motifs of one graph.
#include "bindings.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <span>

#include "arrays.hpp"
#include "census/by_arc.hpp"
#include "census/intensity.hpp"
#include "count_tables.hpp"
#include "digraph.hpp"
#include "families.hpp"
#include "graph/layer_tuples.hpp"
#include "interruption.hpp"
#include "tetrads/layered_by_kind.hpp"
#include "triangles/by_class.hpp"

namespace motifcount::bindings {
namespace {

py::tuple count(const Digraph& graph, const std::vector<std::string>& names, bool induced, bool by_block,
                int num_threads, const py::object& progress) {
  const CountOptions options{family_set(names), induced, by_block};
  const MotifCounts counts = graph.visit([&](const auto& view) {
    return without_gil(progress, [&](Stop& stop) { return count_motifs(view, options, num_threads, stop); });
  });
  return count_tables(counts, options.families);
}

// The tables of counts by node or role that were asked for, in the order of the families.
template <class Counts>
py::tuple tables_of(Counts counts, FamilySet families) {
  py::list tables;
  counts.for_each(families, [&](Family, auto& rows) { tables.append(to_numpy(std::move(rows))); });
  return py::tuple(tables);
}

py::tuple count_by_kind(const Digraph& graph, const std::vector<std::string>& names, bool induced, int num_threads,
                        const py::object& progress) {
  const FamilySet families = family_set(names);
  const KindedCensus counts = graph.visit([&](const auto& view) {
    return without_gil(progress,
                       [&](Stop& stop) { return count_motifs_by_kind(view, families, induced, num_threads, stop); });
  });
  py::list tables;
  for (const auto* table : {&counts.dyads, &counts.triads})
    if (!table->empty()) tables.append(counts_to_numpy(*table, {static_cast<py::ssize_t>(table->size())}));
  return py::tuple(tables);
}

// By class of the strictly layered tetrads, counts by the kinds of arcs; see KindedLayeredTetrads.
py::tuple count_tetrads_by_kind(const Digraph& graph, bool induced, int num_threads, const py::object& progress) {
  const KindedLayeredTetrads counts = graph.visit([&](const auto& view) {
    return without_gil(progress, [&](Stop& stop) { return layered_tetrads_by_kind(view, induced, num_threads, stop); });
  });
  py::list tables;
  for (const auto& table : counts) tables.append(counts_to_numpy(table, {static_cast<py::ssize_t>(table.size())}));
  return py::tuple(tables);
}

// By layers of three nodes and code, an array of shape (layers, layers, layers, 64).
py::array_t<std::int64_t> closed_codes(const Digraph& graph, int num_threads, const py::object& progress) {
  const std::vector<std::uint64_t> counts = graph.visit([&](const auto& view) {
    return without_gil(progress, [&](Stop& stop) { return closed_codes_by_layers(view, num_threads, stop); });
  });
  const auto n = static_cast<py::ssize_t>(graph.visit([](const auto& view) { return view.groups.layer_sizes.size(); }));
  py::array_t<std::int64_t> table({n, n, n, py::ssize_t{64}});
  std::ranges::copy(counts, table.mutable_data());
  return table;
}

py::tuple count_by_node(const Digraph& graph, const std::vector<std::string>& names, bool induced, int num_threads,
                        const py::object& progress) {
  const FamilySet families = family_set(names);
  return tables_of(graph.visit([&](const auto& view) {
    return without_gil(progress,
                       [&](Stop& stop) { return count_motifs_by_node(view, families, induced, num_threads, stop); });
  }),
                   families);
}

py::tuple count_by_role(const Digraph& graph, const std::vector<std::string>& names, bool induced, int num_threads,
                        const py::object& progress) {
  const FamilySet families = family_set(names);
  return tables_of(graph.visit([&](const auto& view) {
    return without_gil(progress,
                       [&](Stop& stop) { return count_motifs_by_role(view, families, induced, num_threads, stop); });
  }),
                   families);
}

py::tuple count_by_arc(const Digraph& graph, const std::vector<std::string>& names, bool induced, int num_threads,
                       const py::object& progress) {
  const FamilySet families = family_set(names);
  ArcCensus counts = graph.visit([&](const auto& view) {
    return without_gil(progress, [&](Stop& stop) {
      return arc_census(view, families.has(Family::kTriad), induced, num_threads, stop);
    });
  });
  py::list tables;
  if (families.has(Family::kDyad)) tables.append(to_numpy(std::move(counts.dyads)));
  if (families.has(Family::kTriad)) tables.append(to_numpy(std::move(counts.triads)));
  return py::tuple(tables);
}

// By measure and triad, of shape (measures, triads).
py::array_t<double> intensities(const Digraph& graph, const Array<double>& weights, int num_threads) {
  const TriadSums sums = graph.visit([&](const auto& view) {
    return without_gil([&](Stop& stop) { return triad_intensities(view.out, span_of(weights), num_threads, stop); });
  });
  py::array_t<double> table({kMeasures, kTriads});
  std::ranges::copy(std::span(sums.front().data(), kMeasures * kTriads), table.mutable_data());
  return table;
}

// The same by row, of shape (rows, measures, triads).
py::array_t<double> intensities_by_node(const Digraph& graph, const Array<double>& weights, int num_threads) {
  auto rows = graph.visit([&](const auto& view) {
    return without_gil(
        [&](Stop& stop) { return triad_intensities_by_node(view.out, span_of(weights), num_threads, stop); });
  });
  const auto n_rows = std::ssize(rows);
  return owning_array<double>(std::move(rows),
                              {n_rows, static_cast<py::ssize_t>(kMeasures), static_cast<py::ssize_t>(kTriads)});
}

}  // namespace

py::tuple count_tables(const MotifCounts& counts, FamilySet families) {
  py::list tables;
  families.for_each([&](Family family) {
    const CountTable& table = counts[family];
    tables.append(counts_to_numpy(
        table.counts, {static_cast<py::ssize_t>(table.n_rows()), static_cast<py::ssize_t>(table.n_classes)}));
  });
  return py::tuple(tables);
}

void bind_count(py::module_& m) {
  m.def("count", &count, py::arg("graph"), py::arg("families"), py::arg("induced"), py::arg("by_block"),
        py::arg("num_threads"), py::arg("progress"));
  m.def("count_by_node", &count_by_node, py::arg("graph"), py::arg("families"), py::arg("induced"),
        py::arg("num_threads"), py::arg("progress"));
  m.def("count_by_arc", &count_by_arc, py::arg("graph"), py::arg("families"), py::arg("induced"),
        py::arg("num_threads"), py::arg("progress"));
  m.def("count_by_kind", &count_by_kind, py::arg("graph"), py::arg("families"), py::arg("induced"),
        py::arg("num_threads"), py::arg("progress"));
  m.def("count_tetrads_by_kind", &count_tetrads_by_kind, py::arg("graph"), py::arg("induced"), py::arg("num_threads"),
        py::arg("progress"));
  m.def("closed_codes_by_layers", &closed_codes, py::arg("graph"), py::arg("num_threads"), py::arg("progress"));
  m.def("count_by_role", &count_by_role, py::arg("graph"), py::arg("families"), py::arg("induced"),
        py::arg("num_threads"), py::arg("progress"));
  m.def("intensities", &intensities, py::arg("graph"), py::arg("weights").noconvert(), py::arg("num_threads"));
  m.def("intensities_by_node", &intensities_by_node, py::arg("graph"), py::arg("weights").noconvert(),
        py::arg("num_threads"));
  m.def(
      "layer_tuples",
      [](std::int64_t n_layers) {
        const LayerTuples tuples(n_layers);
        return py::make_tuple(tuples.pairs(), tuples.triples());
      },
      py::arg("n_layers"));
}

}  // namespace motifcount::bindings
